"""The cockpits of one process, painted on an X server of 3840x2160; JSON on stdout.

24 panels get a new value each second; then every shipped cockpit is shown in turn, and turned
through as often as in eight hours.
"""

import gc
import json
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.cockpit_rules import CockpitFiles, read_files
from desktop.context import RoomContext
from desktop.domain.cockpit.cockpit_file import Cockpit, read_cockpit
from desktop.domain.cockpit.metrics import Registry
from desktop.domain.cockpit.series import MetricSeries, read_series
from desktop.feeds.metrics import read_rows
from tests.bench.metrics import body_of
from tests.rooms import room_of
from views.cockpit.page import CockpitPage
from widgets import theme

SIZE = (3840, 2160)
SETTLE_S, WATCHED_S, TURNS = 3.0, 20.0, 480  # 480: eight hours of a minute each
EVERY_MS, LATE_EVERY_MS = 1000, 10
DISTRICTS = tuple(f"d{number}" for number in range(9))
_NUMBERS = ("case.rate.dispose_in_time", "case.rate.satisfied", "case.open", "ticket.open",
            "alarm.open", "alarm.unacked", "point.online_rate", "camera.online_rate",
            "unit.on_duty", "unit.idle", "incident.open", "case.overdue")  # fmt: skip


def cockpit_text() -> str:
    """12 numbers, 4 courses of 30 days, 3 rankings, 2 gauges, a share, a table, a matrix."""
    lines = [f"  - {{kind: number, metrics: [{one}], refresh_s: 1}}" for one in _NUMBERS]
    lines += [
        f"  - {{kind: line, metrics: [{one}, {other}], refresh_s: 1}}"
        for one, other in zip(_NUMBERS[:8:2], _NUMBERS[1:8:2], strict=True)
    ]
    lines += [f"  - {{kind: bars, metrics: [{one}], by: district, refresh_s: 1}}"
              for one in ("case.open", "unit.on_duty", "alarm.open")]  # fmt: skip
    lines += [f"  - {{kind: gauge, metrics: [{one}], lowest: 0, highest: 100, refresh_s: 1}}"
              for one in ("case.rate.satisfied", "point.online_rate")]  # fmt: skip
    lines.append("  - {kind: share, metrics: [case.filed, case.handling], refresh_s: 1}")
    lines.append(f"  - {{kind: table, metrics: [{', '.join(_NUMBERS[:6])}], refresh_s: 1}}")
    lines.append(
        "  - {kind: matrix, metrics: [case.open, case.overdue], by: district, refresh_s: 1}"
    )
    head = "id: bench\ntitle: bench\ncolumns: 6\nrows: 4\npanels:\n"
    return head + "\n".join(lines) + "\n"


def wait_s(seconds_s: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds_s * 1000), loop.quit)
    loop.exec()


def pss_mb() -> float:
    """Of this process."""
    text = Path("/proc/self/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1e3


class Lateness:
    """Of a timer of 10 ms, in milliseconds."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._due_s = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(LATE_EVERY_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        self._due_s = time.perf_counter() + LATE_EVERY_MS / 1000
        self._timer.start()

    def _on_tick(self) -> None:
        now_s = time.perf_counter()
        self.late_ms.append(max(now_s - self._due_s, 0.0) * 1000)
        self._due_s = now_s + LATE_EVERY_MS / 1000

    def p99(self) -> float:
        self._timer.stop()
        return round(sorted(self.late_ms)[int(len(self.late_ms) * 0.99)], 1)


def series_of(names: Iterable[str], scopes: Iterable[str], hours: int) -> list[MetricSeries]:
    known = list(names)
    items = [row for scope in scopes for row in body_of(known, scope, hours, datetime.now(UTC))]
    rows, _ = read_rows(msgspec.json.encode({"items": items}))
    return list(read_series(msgspec.json.encode(rows)))


def room_with(registry: Registry, names: list[str]) -> RoomContext:
    room = room_of(orders=object(), questions=object())
    room.metrics.put_registry(registry)
    room.metrics._names = {one: one for one in DISTRICTS}
    room.metrics.take(series_of(names, ("city",), 720), True)
    room.metrics.take(series_of(names, DISTRICTS, 0), False)
    return room


def measure() -> dict[str, object]:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.use("dark")
    files = read_files()
    bench = read_cockpit("bench.yaml", cockpit_text(), files.registry)
    assert isinstance(bench, Cockpit) and not bench.faults, bench
    names = sorted({name for one in (bench, *files.cockpits.values()) for name in one.metric_ids()})
    room = room_with(files.registry, names)
    cockpits = {"bench": bench} | {
        key: one for key, one in files.cockpits.items() if key not in ("overview", "parks")
    }  # those with pictures are measured by the wall
    room.cockpits.files = CockpitFiles(files.registry, cockpits, files.state, ())
    page = CockpitPage(room)
    page.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    page.resize(*SIZE)
    page.show()
    room.cockpits.changed.emit()
    wait_s(SETTLE_S)
    found = _second_by_second(page, room, names)
    found |= _switches(page, [key for key in cockpits if key != "bench"])
    page.hide()
    return found


def _second_by_second(page: CockpitPage, room: RoomContext, names: list[str]) -> dict[str, object]:
    assert page.grid is not None
    panels = page.grid.panels()
    before_paints = sum(panel.paints for panel in panels)
    step = [0]

    def news() -> None:
        step[0] += 1
        told = series_of(_NUMBERS, ("city",), 0)
        at = datetime.now(UTC)
        room.metrics.take([_moved(one, step[0], at) for one in told], False)

    timer = QTimer()
    timer.timeout.connect(news)
    timer.start(EVERY_MS)
    wait_s(SETTLE_S)
    late = Lateness()
    late.start()
    cpu_s, start_s = time.process_time(), time.perf_counter()
    wait_s(WATCHED_S)
    took_s = time.perf_counter() - start_s
    used_s = time.process_time() - cpu_s
    timer.stop()
    painted = sum(panel.paints for panel in panels) - before_paints
    return {
        "panels": len(panels), "cpu_percent_of_a_core": round(used_s / took_s * 100, 1),
        "cpu_goal_percent": 10, "lateness_p99_ms": late.p99(), "lateness_goal_ms": 16,
        "paints_per_s": round(painted / (took_s + SETTLE_S), 1),
    }  # fmt: skip


def _moved(one: MetricSeries, step: int, at: datetime) -> MetricSeries:
    value = (one.present.value or 0.0) + step % 7 + 0.1 * step
    return replace(one, present=replace(one.present, value=value, at=at, as_of=at))


def _switches(page: CockpitPage, ids: list[str]) -> dict[str, object]:
    """Until it is painted. The first time of each builds it; of those kept nothing is built."""
    first = [_switch_ms(page, one) for one in ids]
    again = [_switch_ms(page, one) for one in ids[-3:] * 3]
    gc.collect()
    before_mb = pss_mb()
    for turn in range(TURNS):
        _switch_ms(page, ids[turn % len(ids)])
    gc.collect()
    wait_s(1.0)
    return {
        "switch_first_ms": round(max(first)), "switch_kept_ms": round(max(again)),
        "switch_goal_ms": 150, "turns": TURNS, "memory_before_mb": round(before_mb),
        "memory_after_mb": round(pss_mb()),
    }  # fmt: skip


def _switch_ms(page: CockpitPage, cockpit_id: str) -> float:
    start_s = time.perf_counter()
    page.choose(cockpit_id)
    page.repaint()
    QApplication.processEvents()
    return (time.perf_counter() - start_s) * 1000


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
