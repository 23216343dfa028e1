"""docs/performance.md: each figure beside its goal, and beside its floor or peer of the same run.

The figures themselves stand in docs/performance.json, by bench, each with date and machine.
"""

import json
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs"

_HEAD = """# Performance

Written by `make bench` (figures in `performance.json`); `make bench ARGS="--only NAME"` measures
one anew. A ratio stands beside a floor or a peer that was measured in the same run: it says more
than an absolute figure of one machine. The stand-in city runs on the same machine and takes its
share.

| what | figure | goal | met | floor or peer | ratio | bench | date |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Row:
    """`at` and `floor_at` are paths into the result of a bench; "goal" is at most, or at least."""

    what: str
    bench: str
    at: str
    unit: str
    goal: float | None = None
    at_least: bool = False
    floor_at: str = ""
    floor_is: str = ""


ROWS = (
    Row("start, platform running, to live alarm and picture", "start", "platform_running.both_s",
        "s", 6, floor_at="platform_running.window_s", floor_is="window answers"),
    Row("start with stand-in, to live alarm and picture", "start", "with_standin.both_s", "s", 12,
        floor_at="with_standin.window_s", floor_is="window answers"),
    Row("first start ever (city and pictures are made)", "start", "first_ever.both_s", "s", 60,
        floor_at="first_ever.window_s", floor_is="window answers"),
    Row("publish to pixel at 200/s, p50", "pixel", "publish_to_pixel_ms.p50", "ms", 80),
    Row("publish to pixel at 200/s, p99", "pixel", "publish_to_pixel_ms.p99", "ms", 200,
        floor_at="read_floor_ms", floor_is="reading one pixel"),
    Row("window's loop late, calm, p99", "lateness", "calm.p99", "ms", 16),
    Row("window's loop late at 200/s, p99", "lateness", "200_per_s.p99", "ms", 16,
        floor_at="calm.p99", floor_is="calm"),
    Row("window's loop late at 2,000/s, p99", "lateness", "2000_per_s.p99", "ms", 30,
        floor_at="calm.p99", floor_is="calm"),
    Row("events stored per second at 2,000/s", "lateness", "2000_per_s.stored_per_s", "1/s"),
    Row("desk with four sub-stream tiles, share of a core", "four_tiles", "cpu_percent", "%",
        floor_at="decode_floor_percent", floor_is="bare decoding of the four"),
    Row("the same against bare decoding", "four_tiles", "ratio", "x", 1.8),
    Row("memory of the desk (PSS)", "memory", "pss_mb", "MB", 800),
    Row("idle desk without tiles, share of a core", "idle", "cpu_percent", "%", 3),
    Row("events from the broker into the journal", "ingest", "events_per_s", "1/s", 2000, True,
        "counting_peer_events_per_s", "subscriber that only counts"),
    Row("decoding an alarm event", "decode", "checked_and_typed_us", "us", None, False,
        "json_loads_us", "json.loads"),
    Row("frames between link and station", "frame_coding", "framed_msgs_per_s", "1/s", None, True,
        "json_msgs_per_s", "JSON lines"),
    Row("one word of a store per 100 ms", "coalescing", "coalesced_us_per_msg", "us", None, False,
        "each_us_per_msg", "a signal per message"),
    Row("video process, four sub streams", "video_cpu", "helper_cpu_percent", "%", None, False,
        "decode_floor_cpu_percent", "bare decoding"),
    Row("first picture of a tile, median", "first_picture", "median_ms", "ms", 1500, False,
        "decode_floor_median_ms", "first decoded picture"),
    Row("1,000 alarms into a list of 10,000, longest turn", "flood", "longest_turn_ms", "ms", 30,
        False, "floor_longest_turn_ms", "a dict and one insert"),
    Row("positions of 2,000 units, station", "positions", "station_percent_of_core", "%", 2),
    Row("map drag at zoom 13, 50,000 cameras, p95", "map_drag", "zoom_13_ms.p95", "ms", 34),
    Row("map drag at zoom 16, 50,000 cameras, p95", "map_drag", "zoom_16_ms.p95", "ms", 34),
)  # fmt: skip


def write(results: dict[str, dict[str, object]], docs: Path = DOCS) -> None:
    """Adds `results` to what is known; a bench that failed leaves its former figures."""
    path = docs / "performance.json"
    known: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    stamp = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": _machine()}
    known |= {name: stamp | found for name, found in results.items() if "error" not in found}
    path.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    lines = [_line(row, known[row.bench]) for row in ROWS if row.bench in known]
    machines = "\n".join(f"- {text}" for text in sorted({r["machine"] for r in known.values()}))
    text = _HEAD + "\n".join(lines) + f"\n\nMeasured on:\n\n{machines}\n"
    (docs / "performance.md").write_text(text, "utf-8")


def _line(row: Row, found: dict[str, Any]) -> str:
    value, floor = _value(found, row.at), _value(found, row.floor_at)
    sign = "≥" if row.at_least else "≤"
    met = ratio = beside = goal = ""
    if row.goal is not None and value is not None:
        goal = f"{sign} {row.goal:g} {row.unit}"
        met = "yes" if (value >= row.goal if row.at_least else value <= row.goal) else "**no**"
    if floor and value is not None:
        beside, ratio = f"{floor:g} ({row.floor_is})", f"{value / floor:.2f}"
    shown = "-" if value is None else f"{value:g} {row.unit}"
    cells = (row.what, shown, goal, met, beside, ratio, f"`{row.bench}`", found["date"])
    return "| " + " | ".join(cells) + " |"


def _value(found: Any, at: str) -> float | None:
    for part in at.split(".") if at else ():
        found = found.get(part) if isinstance(found, dict) else None
    return found if at and isinstance(found, int | float) else None


def _machine() -> str:
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {memory_gb:.0f} GB, no GPU, Xvfb, {system}"
