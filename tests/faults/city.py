"""The stand-in city as a process, and what can be done to it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Self

import psutil

from desktop.ids import ulid
from desktop.lifeline import die_with_parent
from desktop.settings import cache_folder
from desktop.standin.accounts import DEMO_PASSWORD
from tests.command_center import ROOT, called
from tests.faults.processes import free_ports, gone, own, read_line, wait_for

PREFIX = "city/990100"
POINT = "SW-0500"
AEDES = Path(__file__).parent / "aedes" / "broker.mjs"  # a second broker: MQTT 3.1.1, no memory
READY_LIMIT_S = 90.0  # the stand-in draws its pictures the very first time


class CityLevers(ABC):
    """What can be done to a stand-in, whoever started it."""

    state: Path

    @property
    @abstractmethod
    def control_url(self) -> str: ...

    @property
    @abstractmethod
    def url(self) -> str: ...

    @property
    @abstractmethod
    def pid(self) -> int: ...

    def control(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET, or POST of `body`, under /control."""
        return called(self.control_url + path, body)

    def raise_alarm(self, **facts: Any) -> dict[str, Any]:
        """A new alarm of its own; gives it as JSON. Facts: point_id, level, title, condition."""
        draft = {"point_id": POINT, "title": "试验告警", "condition": ulid()} | facts
        return self.control("/alarms", draft)

    def clear(self, alarm_id: str) -> None:
        self.control(f"/alarms/{alarm_id}/clear", {})

    def play(self, scenario: str, speed: float = 1.0) -> None:
        self.control("/scenario", {"name": scenario, "speed": speed})

    def publish(self, topic: str, payload: str, **more: Any) -> None:
        """As the platform, under its prefix; more: qos, retain, encoding="latin-1" for bytes."""
        self.control("/publish", {"topic": f"{PREFIX}/{topic}", "payload": payload} | more)

    def rest_fault(self, mode: str) -> None:
        """ok, 500, slow, down, drop_reply, refuse, empty, expire_tokens."""
        self.control("/faults", {"rest": mode})

    def ledger(self, what: str = "") -> list[dict[str, Any]]:
        """Every entry since the first start, from the files: also of a city that is stopped."""
        entries: list[dict[str, Any]] = []
        for path in [*sorted(self.state.glob("ledger-*.jsonl")), self.state / "ledger.jsonl"]:
            for line in path.read_text("utf-8").splitlines(keepends=True):
                if line.endswith("\n"):  # else a kill cut it: nobody was answered by it
                    entries.append(json.loads(line))
        return [entry for entry in entries if what in ("", entry["what"])]

    def seq(self) -> tuple[str, int]:
        """Epoch and number of the newest event."""
        state = self.control("/state")
        return state["epoch"], state["seq"]

    def rest(self, path: str) -> Any:
        """GET under /api/v1 as somebody who is signed in at another desk."""
        body = {"username": "zhouyan", "password": DEMO_PASSWORD}
        token = called(f"{self.url}/auth/token", body)["access_token"]
        return called(self.url + path, None, {"Authorization": f"Bearer {token}"})

    # ---- its process and its broker ------------------------------------------------------

    def pause(self) -> None:
        """SIGSTOP: REST accepts and does not answer; the broker goes on."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def broker(self) -> psutil.Process | None:
        for child in psutil.Process(self.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if any(word.endswith("mosquitto.conf") for word in child.cmdline()):
                    return child
        return None

    def kill_broker(self) -> None:
        """SIGKILL; the stand-in starts it again after half a second."""
        if (broker := self.broker()) is not None:
            broker.kill()

    def broker_down(self) -> None:
        """SIGKILL, and it stays away until `broker_up`."""
        self.kill_broker()
        self.control("/broker", {"action": "stop"})

    def broker_up(self) -> None:
        self.control("/broker", {"action": "start"})

    def pause_broker(self) -> None:
        broker = wait_for(self.broker, 5.0, "a broker that can be paused")
        broker.suspend()

    def resume_broker(self) -> None:
        broker = wait_for(self.broker, 5.0, "a broker that can go on")
        broker.resume()


class City(CityLevers):
    """`python -m desktop.standin --scale small`."""

    def __init__(
        self,
        folder: Path,
        *,
        advertised_mqtt_port: int = 0,
        broker_program: str = "",
        words: tuple[str, ...] = (),
    ) -> None:
        """`words`: more of the stand-in's own options, as ("--scenario", "storm")."""
        self.state = folder / "standin"
        self.state.mkdir(parents=True)
        self.rest_port, self.mqtt_port = free_ports(2)
        self._words = [
            *("--state", str(self.state), "--cache", str(cache_folder()), "--scale", "small"),
            *("--rest-port", str(self.rest_port), "--mqtt-port", str(self.mqtt_port)),
            *("--advertised-mqtt-port", str(advertised_mqtt_port)),
            *("--broker-program", broker_program, *words),
        ]
        self._starts = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.rest_port}/api/v1"

    @property
    def control_url(self) -> str:
        return f"http://127.0.0.1:{self.rest_port}/control"

    @property
    def pid(self) -> int:
        assert self.process is not None, "the city does not run"
        return self.process.pid

    def start(self) -> None:
        """On the ports of before; with a new epoch and an empty list, as after a reset."""
        ledger = self.state / "ledger.jsonl"
        if ledger.exists():
            ledger.rename(self.state / f"ledger-{self._starts:03}.jsonl")
        self._starts += 1
        self.process = own(
            subprocess.Popen(
                [sys.executable, "-m", "desktop.standin", *self._words],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                preexec_fn=die_with_parent,
            )
        )
        assert self.process.stdout is not None
        try:
            line = read_line(self.process.stdout, READY_LIMIT_S)
            assert line and json.loads(line)["ready"], "the city did not start"
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        """SIGKILL of the stand-in; its broker dies with it."""
        assert self.process is not None
        below = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        gone(self.process)
        psutil.wait_procs(below, 5)
        self.process = None

    def end(self) -> None:
        """In order; also when it is paused or dead already."""
        if self.process is None:
            return
        below = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGCONT)
        for child in below:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.resume()
        assert self.process.stdin is not None
        self.process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(8)
        self.process.kill()
        gone(self.process)
        self.process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


class SupervisedCity(CityLevers):
    """The stand-in of a Center."""

    def __init__(self, profile: Path) -> None:
        self.state = profile / "standin"
        self._profile = profile

    @property
    def _runtime(self) -> dict[str, Any]:
        return json.loads((self._profile / "runtime.json").read_text("utf-8"))

    @property
    def control_url(self) -> str:
        return self._runtime["control"]

    @property
    def url(self) -> str:
        return self._runtime["platform_url"]

    @property
    def pid(self) -> int:
        for child in psutil.Process(self._runtime["pid"]).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if "desktop.standin" in child.cmdline():
                    return child.pid
        raise AssertionError("no stand-in runs")
