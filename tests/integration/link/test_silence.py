"""Silent points are reported to a platform once, after it had its time to notice by itself."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from desktop.domain.alarms import Alarm
from desktop.domain.points import Reading
from desktop.link.rest import Rest
from desktop.link.silence import GRACE_S, SilenceWatch
from local_db.cache import RegisterVersion
from local_db.cache_writer import CacheWriter
from tests.integration.link.parts import alarm
from tests.unit.link.fakes import MovedClock

START = datetime(2026, 7, 18, 3, 0, 0, tzinfo=UTC)


class Scene:
    """A real server that takes reports, a real cache with two points, a clock that is moved."""

    def __init__(self, folder: Path) -> None:
        self.clock = MovedClock()
        self.cache = folder / "cache.db"
        self.reports: list[tuple[str, dict[str, Any]]] = []
        self.alarms: list[Alarm] = []
        self.may_report, self.offset_s, self.since = True, 0.0, self.clock.now()

    def write_registers(self) -> None:
        writer = CacheWriter(self.cache)
        version = RegisterVersion("points", "e", "v", 2, START, "http://x")
        rows = [
            (p, json.dumps({"point_id": p, "class_id": "flow", "name": f"流量计 {p}"}).encode())
            for p in ("FL-1", "FL-2")
        ]
        writer.replace_register(rows, version)
        writer.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        body = await reader.readexactly(int(fields["content-length"]))
        self.reports.append((fields["idempotency-key"], json.loads(body)))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        await writer.drain()
        writer.close()

    def play(self, steps: Any) -> None:
        async def run() -> None:
            server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            rest = Rest(f"http://127.0.0.1:{port}/api/v1", False, self.clock, lambda _: None)

            async def open_alarms() -> list[Alarm]:
                return self.alarms

            watch = SilenceWatch(
                rest, self.cache, self.clock, lambda: self.since, lambda: self.offset_s,
                lambda: self.may_report, open_alarms,
            )  # fmt: skip
            try:
                await steps(watch)
            finally:
                await rest.close()
                server.close()

        self.write_registers()
        asyncio.run(run())

    def reading(self, point_id: str) -> Reading:
        metrics = {"flow_m3_h": 1.0}
        now = self.clock.now()
        return Reading(at=now, metrics=metrics, class_id="flow", point_id=point_id)


def test_that_a_silent_point_is_reported_once_and_after_the_grace(tmp_path: Path) -> None:
    scene = Scene(tmp_path)

    async def steps(watch: SilenceWatch) -> None:
        watch.put([scene.reading("FL-1"), scene.reading("FL-2")])
        scene.clock.passed_s += 170
        watch.put([scene.reading("FL-2")])
        scene.clock.passed_s += 15
        await watch.look()
        assert scene.reports == []  # the platform has its time
        scene.clock.passed_s += GRACE_S
        watch.put([scene.reading("FL-2")])
        await watch.look()
        await watch.look()

    scene.play(steps)
    assert len(scene.reports) == 1
    key, body = scene.reports[0]
    assert key.startswith("device_silent/fl-1@")
    assert (body["class_id"], body["point_id"], body["level"]) == ("device_silent", "FL-1", "blue")
    assert "流量计 FL-1" in body["title"]


def test_that_nothing_is_reported_that_the_platform_knows_or_nobody_may_say(tmp_path) -> None:
    scene = Scene(tmp_path)

    async def steps(watch: SilenceWatch) -> None:
        watch.put([scene.reading("FL-1")])
        scene.clock.passed_s += 400
        known = alarm(1, 1, class_id="device_silent", point_id="FL-1")
        scene.alarms = [msgspec.json.decode(json.dumps(known), type=Alarm)]
        await watch.look()
        scene.clock.passed_s += GRACE_S + 1
        await watch.look()
        scene.alarms, scene.may_report = [], False
        await watch.look()
        scene.may_report, scene.offset_s = True, None
        await watch.look()
        scene.offset_s, scene.since = 0.0, None  # no line to the broker
        await watch.look()

    scene.play(steps)
    assert scene.reports == []


def test_that_a_point_that_was_taken_out_of_the_register_is_not_missed(tmp_path: Path) -> None:
    scene = Scene(tmp_path)

    async def steps(watch: SilenceWatch) -> None:
        watch.put([scene.reading("FL-9")])
        for _ in range(3):
            scene.clock.passed_s += 300
            await watch.look()

    scene.play(steps)
    assert scene.reports == []
