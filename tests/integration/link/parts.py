"""A real broker, a small real platform and a real link, each started and ended by a test."""

import contextlib
import getpass
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import paho.mqtt.client as mqtt
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from desktop.domain.framing import FrameSplitter, frame
from desktop.domain.link_messages import Message, ToStation
from desktop.settings import socket_path

ROOT = Path(__file__).parents[3]
PREFIX = "city/990100"
EPOCH = "01JC0000000000000000000001"
AT = "2026-07-14T16:42:31.000+08:00"
USER = {"user_id": "u1", "name": "王敏", "roles": ["operator"], "org_id": None, "seat_id": "s1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition: Callable[[], Any], limit_s: float, what: str) -> Any:
    """Polls something that no event can be had for: another process, a file."""
    until = time.monotonic() + limit_s
    pause = threading.Event()
    while time.monotonic() < until:
        if found := condition():
            return found
        pause.wait(0.02)
    raise AssertionError(f"not within {limit_s} s: {what}")


class Broker:
    """mosquitto without persistence, as in the stand-in."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._config = folder / "mosquitto.conf"
        self._config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\n"
            "max_queued_messages 0\nmax_inflight_messages 500\nset_tcp_nodelay true\n"
        )
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        command = ["mosquitto", "-c", str(self._config)]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_for(self._listens, 5.0, "mosquitto listens")

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def forbid_everybody(self) -> None:
        """From the next start on no password is the right one."""
        self.admit_only("nobody", "knows")

    def admit_only(self, username: str, password: str) -> None:
        """From the next start on."""
        passwords = self._config.with_name("passwords")
        command = ["mosquitto_passwd", "-b", "-c", str(passwords), username, password]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        text = self._config.read_text().replace("allow_anonymous true", "allow_anonymous false")
        if "password_file" not in text:
            text += f"password_file {passwords}\nuser {getpass.getuser()}\n"  # who may read it
        self._config.write_text(text)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def alarm(number: int, seq: int, **more: Any) -> dict[str, Any]:
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {
        "alarm_id": f"alarm-{number}",
        "revision": 1,
        "epoch": EPOCH,
        "seq": seq,
        "class_id": "water_level",
        "level": "red",
        "condition": "active",
        "title": "滨江大道积水",
        "raised_at": at,
        "updated_at": at,
        "ack": None,
    } | more


class Platform:
    """REST of the contract, as far as the link speaks it; the log is the truth."""

    def __init__(self, broker_port: int) -> None:
        self.port = free_port()
        self.broker_port = broker_port
        self.url = f"http://127.0.0.1:{self.port}/api/v1"
        self.epoch = EPOCH
        self.log: list[dict[str, Any]] = []
        self.executed: list[tuple[str, str]] = []  # (key, alarm_id), once each
        self.requests: list[str] = []
        self.lose_replies = 0
        self.down = False
        self.keeps_log = True  # False: nothing can be back-filled
        self.page_size = 1000
        self.camera_count = 3
        self.moves_while_paged = False  # each page of the open list is a later one
        self.broker_password = "broker-secret-7"
        self._answers: dict[str, tuple[int, Any]] = {}
        self._server = uvicorn.Server(
            uvicorn.Config(self._app(), port=self.port, log_level="critical", ws="none")
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        wait_for(lambda: self._server.started, 5.0, "the platform serves")

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=5.0)

    def append(self, number: int, kind: str = "raised", **more: Any) -> dict[str, Any]:
        seq = len(self.log) + 1
        changed = alarm(number, seq, **({"epoch": self.epoch} | more))
        event = {"epoch": self.epoch, "seq": seq, "kind": kind, "at": changed["updated_at"]}
        self.log.append(event | {"alarm": changed})
        return self.log[-1]

    def _open(self) -> list[dict[str, Any]]:
        latest = {event["alarm"]["alarm_id"]: event["alarm"] for event in self.log}
        return [a for a in latest.values() if a["condition"] == "active" or a["ack"] is None]

    def _page(self, rows: list[dict[str, Any]], cursor: str) -> dict[str, Any]:
        first = int(cursor or 0)
        end = first + self.page_size
        return {"items": rows[first:end], "next_cursor": str(end) if end < len(rows) else None}

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.middleware("http")
        async def note(request: Request, call_next: Any) -> Any:
            self.requests.append(f"{request.method} {request.url.path.removeprefix('/api/v1')}")
            if self.down:
                return JSONResponse({"title": "down"}, 503)
            return await call_next(request)

        self._add_session(app)
        self._add_alarms(app)
        self._add_registers(app)
        return app

    def _add_session(self, app: FastAPI) -> None:
        def granted() -> dict[str, Any]:
            broker = {"host": "127.0.0.1", "port": self.broker_port, "prefix": PREFIX}
            more = {"username": "desk", "password": self.broker_password, "tls": False}
            token = {"access_token": "access-secret-1", "expires_in": 600}
            return token | {
                "refresh_token": "refresh-secret-1",
                "user": USER,
                "mqtt": broker | more,
            }

        @app.post("/api/v1/auth/token")
        async def token(body: dict[str, str]) -> Any:
            if body["password"] != "right-secret":
                return JSONResponse({"title": "wrong"}, 401)
            return granted()

        @app.post("/api/v1/auth/refresh")
        async def refresh(body: dict[str, str]) -> Any:
            return granted()

        @app.get("/api/v1/health")
        async def health() -> Any:
            now = datetime.now(UTC).isoformat()
            return {"status": "ok", "time": now, "epoch": self.epoch, "seq": len(self.log)}

    def _add_alarms(self, app: FastAPI) -> None:
        @app.get("/api/v1/alarms")
        async def alarms(state: str, cursor: str = "") -> Any:
            as_of = {"epoch": self.epoch, "seq": len(self.log)}
            body = {"as_of": as_of, **self._page(self._open(), cursor)}
            if self.moves_while_paged and body["next_cursor"]:
                # The first one closes: what comes behind it moves up by one place.
                number = int(self._open()[0]["alarm_id"].removeprefix("alarm-"))
                self.append(number, "closed", condition="rtn", ack={"by": "王", "at": AT})
            return body

        @app.get("/api/v1/alarm-events")
        async def events(epoch: str, from_seq: int, limit: int) -> Any:
            if epoch != self.epoch:
                return JSONResponse({"title": "gone", "epoch": self.epoch}, 410)
            if not self.keeps_log:
                return {"items": [], "next_cursor": None}
            page = self.log[from_seq - 1 : from_seq - 1 + min(limit, 200)]
            return {"items": page, "next_cursor": from_seq + len(page) if page else None}

        @app.post("/api/v1/alarms/{alarm_id}/acknowledge")
        async def acknowledge(alarm_id: str, request: Request) -> Any:
            key = request.headers["Idempotency-Key"]
            if key not in self._answers:
                self._answers[key] = self._acknowledge(key, alarm_id)
            if self.lose_replies > 0:
                self.lose_replies -= 1
                return JSONResponse({"title": "lost"}, 502)
            status, body = self._answers[key]
            return JSONResponse(body, status)

    def _acknowledge(self, key: str, alarm_id: str) -> tuple[int, Any]:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        known = next(a for a in self._open() if a["alarm_id"] == alarm_id)
        if known["ack"]:
            return 409, {"title": "done", "code": "already_acknowledged", "current": known}
        self.executed.append((key, alarm_id))
        number = int(alarm_id.removeprefix("alarm-"))
        event = self.append(number, "acknowledged", ack={"by": "王敏", "at": now})
        return 200, event["alarm"]

    def _add_registers(self, app: FastAPI) -> None:
        @app.get("/api/v1/cameras")
        async def cameras(request: Request, cursor: str = "") -> Any:
            rows: list[dict[str, Any]] = [
                {"camera_id": f"cam-{n}", "name": f"相机 {n}"} for n in range(self.camera_count)
            ]
            body = self._page([*rows, {"camera_id": "cam-x", "name": 7}], cursor)
            etag = f'"{hash(json.dumps(body))}"'  # of the page, as simple platforms do
            if request.headers.get("If-None-Match") == etag:
                return Response(status_code=304)
            return JSONResponse(body, headers={"ETag": etag})

        @app.get("/api/v1/points")
        async def points() -> Any:
            return {"items": [{"point_id": "p1", "class_id": "water_level", "name": "立交桥下"}]}

        @app.get("/api/v1/alarm-classes")
        async def classes() -> Any:
            return {"items": [{"class_id": "water_level", "name": "道路积水"}]}

        @app.get("/api/v1/layers")
        async def layers() -> Any:
            return {"items": [{"layer_id": "basemap", "name": "底图", "kind": "basemap"}]}

        @app.get("/api/v1/layers/basemap")
        async def basemap() -> Any:
            return {"type": "FeatureCollection", "features": []}


class Publisher:
    """Publishes the platform's events; each message is known to have reached the broker."""

    def __init__(self, port: int, username: str = "", password: str = "") -> None:
        self._client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="platform")
        self._client.username_pw_set(username or None, password or None)
        self._client.max_inflight_messages_set(200)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()

    def event(self, event: dict[str, Any]) -> mqtt.MQTTMessageInfo:
        return self.raw("alarm/event", json.dumps(event, ensure_ascii=False))

    def head(self, platform: Platform) -> None:
        at = datetime.now(UTC).isoformat()
        head = {"epoch": platform.epoch, "seq": len(platform.log), "at": at, "open": {}}
        self.raw("alarm/head", json.dumps(head), retain=True).wait_for_publish(5.0)

    def raw(
        self, topic: str, payload: str | bytes, qos: int = 1, retain: bool = False
    ) -> mqtt.MQTTMessageInfo:
        return self._client.publish(f"{PREFIX}/{topic}", payload, qos, retain)

    def stop(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


class LinkProcess:
    """python -m desktop.link with its stdin held open and a memory file for its session."""

    def __init__(self, profile: Path, url: str) -> None:
        self.profile = profile
        self._url = url
        self._memory = os.memfd_create("session", 0)
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self, *more: str) -> None:
        command = [sys.executable, "-m", "desktop.link", "--profile", str(self.profile)]
        path = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
        self.process = subprocess.Popen(
            [*command, "--platform", self._url, *more],
            cwd=self.profile,  # migrations must be found from anywhere
            env=os.environ | {"CHENGKAN_SESSION_FD": str(self._memory), "PYTHONPATH": path},
            pass_fds=(self._memory,),
            stdin=subprocess.PIPE,
        )

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self._reap()

    def stop(self) -> int:
        """By the end of its stdin, as when the supervisor dies."""
        assert self.process is not None and self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(timeout=10.0)

    def _reap(self) -> None:
        assert self.process is not None and self.process.stdin is not None
        self.process.wait()
        self.process.stdin.close()


class Station:
    """The station's end of the socket."""

    def __init__(self, profile: Path) -> None:
        self._path = socket_path(profile, "link.sock")
        self.messages: list[Any] = []
        self._condition = threading.Condition()
        self._socket = wait_for(self._connected, 10.0, "the link listens")
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _connected(self) -> socket.socket | None:
        peer = socket.socket(socket.AF_UNIX)
        with contextlib.suppress(OSError):
            peer.connect(str(self._path))
            return peer
        peer.close()
        return None

    def _read(self) -> None:
        splitter, decode = FrameSplitter(), msgspec.msgpack.Decoder(ToStation).decode
        with contextlib.suppress(OSError):
            while data := self._socket.recv(65536):
                with self._condition:
                    self.messages += [decode(body) for body in splitter.feed(data)]
                    self._condition.notify_all()

    def send(self, message: Message) -> None:
        self._socket.sendall(frame(message))

    def expect(self, kind: type, which: Callable[[Any], bool], limit_s: float = 10.0) -> Any:
        """The first message of this kind that fits, from the beginning of the connection."""

        def found() -> Any:
            fits = (m for m in self.messages if isinstance(m, kind) and which(m))
            return next(fits, None)

        with self._condition:
            got = self._condition.wait_for(found, limit_s)
        assert got, f"no such {kind.__name__}; last: {self.messages[-3:]}"
        return got

    def forget(self) -> None:
        """What came up to now no longer meets an expectation."""
        with self._condition:
            self.messages.clear()

    def of(self, kind: type) -> list[Any]:
        with self._condition:
            return [message for message in self.messages if isinstance(message, kind)]

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(timeout=5.0)


@contextlib.contextmanager
def city(folder: Path) -> Iterator[tuple[Broker, Platform]]:
    broker = Broker(folder)
    platform = Platform(broker.port)
    try:
        yield broker, platform
    finally:
        platform.stop()
        broker.kill()
