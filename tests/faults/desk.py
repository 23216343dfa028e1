"""A desk: the link process, and a station without a window."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from desktop.ids import ulid
from desktop.lifeline import die_with_parent
from desktop.standin.accounts import DEMO_PASSWORD
from tests.command_center import ROOT, rows_of
from tests.faults.processes import gone, own, read_line, seconds, wait_for
from tests.integration.link.parts import LinkProcess

STATION_LIMIT_S = 20.0


class HeadlessStation:
    """tests/faults/headless_station.py: the station without its window, one life of it.

    What it drew and what it was told is in `record`, line by line, also after its SIGKILL.
    """

    def __init__(self, profile: Path, record: Path) -> None:
        self.record = record
        self.process = own(
            subprocess.Popen(
                [sys.executable, "-m", "tests.faults.headless_station", str(profile), str(record)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                preexec_fn=die_with_parent,
            )
        )

    def ask(self, do: str, **facts: Any) -> dict[str, Any]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do} | facts).encode() + b"\n")
        self.process.stdin.flush()
        line = read_line(self.process.stdout, STATION_LIMIT_S)
        assert line, "the station has ended"
        return json.loads(line)

    def kill(self) -> None:
        self.process.kill()
        gone(self.process)


class Books:
    """What a desk has on disk, read while it runs. `since`: later events belong to this desk."""

    profile: Path
    since: tuple[str, int] = ("", 0)

    def journal(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return rows_of(self.profile / "journal.db", query, *values)

    def audit(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return rows_of(self.profile / "audit.db", query, *values)

    def position(self) -> tuple[str, int]:
        """Up to where the journal is complete."""
        facts = dict(self.journal("SELECT key, value FROM meta"))
        return facts.get("epoch", ""), int(facts.get("contiguous", 0))

    def events(self) -> list[tuple[str, int]]:
        """(epoch, seq) of the journal in order."""
        return self.journal("SELECT epoch, seq FROM events ORDER BY epoch, seq")

    def last_words(self, lines: int = 15) -> str:
        """The end of the link's log, for a failure's text."""
        log = self.profile / "log" / "link.log"
        return "\n".join(log.read_text("utf-8").splitlines()[-lines:]) if log.exists() else ""

    def outbox(self) -> dict[str, dict[str, Any]]:
        """By order_id: verb, target, state, answer."""
        rows = self.journal("SELECT order_id, verb, target, state, answer FROM outbox")
        names = ("verb", "target", "state", "answer")
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


class Desk(Books):
    """A link and a station without a window, in a profile of their own."""

    def __init__(
        self, folder: Path, platform_url: str, *, station: bool = True, seat_id: str = ""
    ) -> None:
        self.profile = folder / "席位 一"
        self.profile.mkdir(parents=True)
        if seat_id:
            (self.profile / "settings.toml").write_text(f'seat_id = "{seat_id}"\n', "utf-8")
        self.link = LinkProcess(self.profile, platform_url)
        self._own_link()
        self._folder = folder
        self._lives = 0
        self.station: HeadlessStation | None = None
        if station:
            self.start_station()  # Popen alone: it is asked later

    # ---- processes -----------------------------------------------------------------------

    def start_station(self) -> None:
        self._lives += 1
        self.station = HeadlessStation(self.profile, self._record())

    def kill_station(self) -> None:
        if self.station is not None:
            self.station.kill()
        self.station = None

    def start_link(self) -> None:
        self.link.start()
        self._own_link()

    def kill_link(self) -> None:
        """SIGKILL. Who was signed in survives in the memory file, as under the supervisor."""
        assert self.link.process is not None
        self.link.kill()
        gone(self.link.process)

    def pause_link(self) -> None:
        os.kill(self.link_pid, signal.SIGSTOP)

    def resume_link(self) -> None:
        os.kill(self.link_pid, signal.SIGCONT)

    @property
    def link_pid(self) -> int:
        assert self.link.process is not None
        return self.link.process.pid

    def _own_link(self) -> None:
        assert self.link.process is not None
        own(self.link.process)

    # ---- the operator --------------------------------------------------------------------

    def ask(self, do: str, **facts: Any) -> dict[str, Any]:
        assert self.station is not None, "no station runs"
        return self.station.ask(do, **facts)

    def sign_in(self, username: str = "zhangmin", password: str = DEMO_PASSWORD) -> None:
        """Returns when the open list is there and events flow; see `since`."""
        wait_for(lambda: self.ask("state")["linked"], STATION_LIMIT_S, "the link is there")
        answer = self.ask("sign_in", username=username, password=password)
        assert answer["user"] == username, answer
        self.wait_live()
        self.since = self.position()

    def wait_live(self, limit_s: float = 30.0) -> float:
        """Until everything is normal; gives the seconds."""
        return seconds(self.is_live, limit_s, f"all lights are green, last: {self.lights()}")

    def is_live(self) -> bool:
        lights = self.lights()
        return bool(
            lights.get("snapshot")
            and (lights["mqtt"], lights["rest"], lights["storage"]) == ("up", "up", "up")
            and lights["feeds"]["alarms"]["freshness"] == "live"
        )

    def lights(self) -> dict[str, Any]:
        """linked, snapshot, user, mqtt, rest, storage (+ _text), feeds, outbox."""
        return self.ask("state")

    def open_alarms(self) -> dict[str, list[Any]]:
        """alarm_id -> [epoch, seq, revision, state] as the station would draw them."""
        return self.ask("alarms")["open"]

    def wait_shown(self, alarm_id: str, limit_s: float = 15.0) -> float:
        return seconds(lambda: alarm_id in self.open_alarms(), limit_s, f"{alarm_id} is shown")

    def order(self, verb: str, alarm_id: str, ttl_s: float = 120.0, **body: str) -> str:
        """Sends it as the window does; gives its id, "" when no link was there to take it."""
        order_id = ulid()
        facts = {"order_id": order_id, "verb": verb, "target_id": alarm_id, "body": body}
        return order_id if self.ask("order", **facts, ttl_s=ttl_s)["sent"] else ""

    def incident(self, verb: str, incident_id: str, body: Any, ttl_s: float = 0.0) -> str:
        """As LinkOrders.incident; gives the order's id. `ttl_s` 0: as for an operator."""
        facts = {"verb": verb, "incident_id": incident_id, "body": body, "ttl_s": ttl_s}
        return self.ask("incident", **facts)["order_id"]

    def incidents(self) -> dict[str, list[Any]]:
        """incident_id -> [epoch, seq, revision, state, title] as the station has them."""
        return self.ask("incidents")["items"]

    def confirm(self, action: str, password: str = DEMO_PASSWORD) -> str:
        """The password again; gives the words of a refusal."""
        return self.ask("confirm", password=password, action=action)["refused"]

    def order_states(self) -> dict[str, list[str]]:
        """order_id -> [condition, text] as the station was told last."""
        told = (json.loads(line) for line in whole_lines(self._record()) if '"order"' in line)
        return {order[0]: order[1:] for fact in told if (order := fact.get("order"))}

    # ---- what its stations wrote down ------------------------------------------------------

    def records(self) -> list[list[dict[str, Any]]]:
        """Per life of the station what it was told and drew: see headless_station."""
        lives = []
        for path in sorted(self._folder.glob("station-*.jsonl")):
            lives.append([json.loads(line) for line in whole_lines(path)])
        return lives

    def _record(self) -> Path:
        """Of the present life of the station, or the last one."""
        return self._folder / f"station-{self._lives:03}.jsonl"

    def end(self) -> None:
        self.kill_station()
        if self.link.process is not None and self.link.process.poll() is None:
            self.resume_link()
            self.kill_link()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def whole_lines(path: Path) -> list[str]:
    """Without a last one that was cut by a kill."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return [line for line in lines if line.endswith("\n")]
