"""docs/performance.md: each figure beside its goal, and beside its floor or peer of the same run.

The figures themselves stand in docs/performance.json, by bench, each with date and machine.
"""

import json
import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs"

_HEAD = """# Performance

Written by `make bench` (figures in `performance.json`); `make bench ARGS="--only NAME"` measures
one anew. A ratio stands beside a floor or a peer that was measured in the same run: it says more
than an absolute figure of one machine; there is none where figure and floor are of two kinds. The
stand-in city runs on the same machine and takes its share.

Pictures "as cameras send them" are 640x360 at 25 per second, H.264 main profile, 1.0 Mbit/s, key
frame each 2 s, without B-frames, moving and with sensor noise; the demo's own pictures cost almost
nothing to decode. Their server and the X server are counted apart. What was shown and how old it
was is read from the screen by burnt-in number. Bare decoding: a process `ffmpeg -threads 1 -f
null` for each stream, in the same run; of the wall, for five of the streams at the same time.

Beyond bare decoding the wall scales and draws with the processor, for want of a GPU. Of what the
video processes take for 25 tiles, by samples of the processor: decoding 62 %, scaling 640x360 to
384x216 (swscale, bicubic as libVLC and mpv do it) 22 %, the rest 16 % (threads, pipes, X; of them
2 % our own). So 1.5 times bare decoding is what is left to reach with that way of scaling; scaling
by area would save 0.1 and some sharpness, and was not taken. Four tiles are larger than what they
show: there scaling takes more than decoding.

An ordinary picture is 0.31 s old: 250 ms are held back against jitter (`network_caching_ms`), up
to 20 ms it waits for others of its process, the rest is one picture's time and drawing. libVLC
follows the camera's clock by when its bytes come; before, it kept the age at which a tile had
begun, up to a second where 25 began together. The price: on a machine that is too slow for its
pictures, they are left out and not shown late. Tried and not taken: hurrying what is late (4 % of
processor), reading ahead less or more (no younger, or older).

A tile's memory at 640x360: 14 to 17 decoded pictures of 0.4 MB (libVLC keeps up to 24, and a
server that gives a joiner its last group of pictures at once, or a machine that is short of time,
fills more of them), 2.4 MB for decoder and scaler, 0.7 MB for drawing and threads. Giving free
heap back to the system after the start changed nothing: it is in use.

Wall and peers share their machine with what the rows name: of two cores, one or less was left. The
share of pictures, the time until pictures are back and memory suffer from that first; ratios
least.

| what | figure | goal | met | floor or peer | ratio | bench | date |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Row:
    """`at` and `floor_at` are paths into the result of a bench; "goal" is at most, or at least.

    `is_alike`: the floor is of the same kind as the figure, so that their ratio says something.
    """

    what: str
    bench: str
    at: str
    unit: str
    goal: float | None = None
    at_least: bool = False
    floor_at: str = ""
    floor_is: str = ""
    is_alike: bool = True


_OF_FLOOR_GOALS = {4: 1.8, 9: 1.25, 25: 1.6}  # cores of the video processes through the floor's


def _wall_rows() -> Iterator[Row]:
    for protocol, walls in (("http-ts", (1, 4, 9, 25)), ("rtsp", (9, 25))):
        for tiles in walls:
            at, what = f"{protocol}.tiles_{tiles}", f"wall of {tiles}, {protocol.upper()}"
            yield Row(f"{what}: video processes, cores", "wall", f"{at}.helper_cores", "",
                      floor_at=f"{at}.floor_cores", floor_is="bare decoding")  # fmt: skip
            if goal := _OF_FLOOR_GOALS.get(tiles):
                yield Row(f"{what}: times bare decoding", "wall", f"{at}.of_floor", "x", goal)
            yield Row(f"{what}: pictures shown", "wall", f"{at}.shown_share", "of 1", 0.98, True)
            yield Row(f"{what}: what others took of the machine", "wall", f"{at}.others_cores",
                      "cores")  # fmt: skip
            yield Row(f"{what}: age on the screen, p95", "wall", f"{at}.latency_ms.p95", "ms", 400)
        at, what = f"{protocol}.tiles_25", f"wall of 25, {protocol.upper()}"
        yield Row(f"{what}: window's loop late, p99", "wall", f"{at}.gui_late_ms.p99", "ms", 16)
        yield Row(f"{what}: window's loop late, most", "wall", f"{at}.gui_late_ms.max", "ms", 33)
        yield Row(f"{what}: all stopped after", "wall", f"{at}.closed_ms", "ms", 300)
        nine, what = f"{protocol}.tiles_9", f"wall of 9, {protocol.upper()}"
        yield Row(f"{what}: first pictures, the last", "wall", f"{nine}.first_pictures_ms.max",
                  "ms", 800)  # fmt: skip
    killed = "http-ts.tiles_25.helper_killed_ms"
    yield Row("wall of 25: a video process killed, noticed", "wall", f"{killed}.noticed", "ms", 100)
    yield Row("wall of 25: its pictures back", "wall", f"{killed}.back", "ms", 1500)
    yield Row("wall: memory per added tile (PSS)", "wall", "pss_mb_per_added_tile",
              "MB", 8)  # fmt: skip
    for protocol in ("http-ts", "rtsp"):
        yield Row(f"focus picture, {protocol.upper()}: age on the screen, p95", "wall",
                  f"focus.{protocol}.latency_ms.p95", "ms", 80)  # fmt: skip
    for peer, name in (("libvlc", "plain libVLC"), ("mpv", "mpv")):
        for tiles in (9, 25):
            at, what = f"{peer}.tiles_{tiles}", f"peer, {name}, {tiles} tiles"
            yield Row(f"{what}: times bare decoding", "wall", f"{at}.of_floor", "x")
            yield Row(f"{what}: pictures shown", "wall", f"{at}.shown_share", "of 1")
            yield Row(f"{what}: age on the screen, p95", "wall", f"{at}.latency_ms.p95", "ms")


def _score_rows() -> Iterator[Row]:
    yield Row("scoreboard: 200 streets x 12 months from 2.6 M cases, cold", "scoreboard",
              "cold_ms", "ms", 2000, floor_at="counted_anew_ms",
              floor_is="counting every case", is_alike=False)  # fmt: skip
    yield Row("scoreboard: the same after one case has changed", "scoreboard", "changed_ms",
              "ms", 100)  # fmt: skip
    yield Row("scoreboard: from a figure to its cases, the slowest", "scoreboard",
              "drill_ms.worst", "ms", 50)  # fmt: skip
    yield Row("scoreboard: the same of a seat of the centre, the slowest", "scoreboard",
              "centre_ms.worst", "ms", 50)  # fmt: skip
    yield Row("scoreboard: filtered page of cases, the slowest", "scoreboard", "page_ms.worst",
              "ms", 20)  # fmt: skip
    yield Row("scoreboard: matrix repainted, most", "scoreboard", "repaint_ms.max", "ms", 16)
    yield Row("mirror of 220,000 cases beside the running desk", "case_mirror",
              "took_mirror_s", "s", 20)  # fmt: skip
    yield Row("window's loop late meanwhile, p99", "case_mirror", "gui_late_ms.p99", "ms", 16)


def _storm_rows() -> Iterator[Row]:
    """Ours beside the textbook rule that is the best of its kind."""
    for crews in (31, 15):
        at, what = f"crews_{crews}", f"storm of 2025-10-30, {crews} crews"
        yield Row(f"{what}: mean arrival of the least total", "dispatch_floodnet",
                  f"{at}.our_least_total.mean_min", "min", floor_at=f"{at}.hungarian.mean_min",
                  floor_is="Hungarian")  # fmt: skip
        yield Row(f"{what}: last arrival of the least latest", "dispatch_floodnet",
                  f"{at}.our_least_latest.latest_min", "min",
                  floor_at=f"{at}.bottleneck.latest_min", floor_is="bottleneck")  # fmt: skip
        yield Row(f"{what}: mean arrival in turn", "dispatch_floodnet",
                  f"{at}.our_in_turn.mean_min", "min", floor_at=f"{at}.greedy.mean_min",
                  floor_is="greedy")  # fmt: skip
        yield Row(f"{what}: seeds of 30 where ours is worse", "dispatch_floodnet",
                  f"{at}.seeds_worse", "", 0)  # fmt: skip


ROWS = (
    Row("start, platform running, to live alarm and picture", "start", "platform_running.both_s",
        "s", 6, floor_at="platform_running.window_s", floor_is="window answers", is_alike=False),
    Row("start with stand-in, to live alarm and picture", "start", "with_standin.both_s", "s", 12,
        floor_at="with_standin.window_s", floor_is="window answers", is_alike=False),
    Row("first start ever (city and pictures are made)", "start", "first_ever.both_s", "s", 60,
        floor_at="first_ever.window_s", floor_is="window answers", is_alike=False),
    Row("publish to pixel at 200/s, p50", "pixel", "publish_to_pixel_ms.p50", "ms", 80),
    Row("publish to pixel at 200/s, p99", "pixel", "publish_to_pixel_ms.p99", "ms", 200,
        floor_at="read_floor_ms", floor_is="reading one pixel", is_alike=False),
    Row("of these, up to the broker's word, p50", "pixel", "hops_ms.platform.p50", "ms"),
    Row("of these, up to the link's word, p50", "pixel", "hops_ms.link.p50", "ms"),
    Row("of these, up to the pixel, p50", "pixel", "hops_ms.window.p50", "ms"),
    Row("publish to pixel at 2,000/s, most", "pixel", "storm.publish_to_pixel_ms.max", "ms", 1000),
    Row("window's loop late, calm, p99", "lateness", "calm.p99", "ms", 16),
    Row("window's loop late at 200/s, p99", "lateness", "200_per_s.p99", "ms", 16,
        floor_at="calm.p99", floor_is="calm"),
    Row("window's loop late at 2,000/s, p99", "lateness", "2000_per_s.p99", "ms", 30,
        floor_at="calm.p99", floor_is="calm"),
    Row("window's loop late at 10,000 receipts in 10 s, p99", "receipts", "gui_late_ms.p99", "ms",
        30),
    Row("receipts stored in 10 s", "receipts", "receipts_per_10_s", "1", 9500, True),
    Row("cockpit: 24 panels at 3840x2160, a new value each second", "cockpit",
        "cpu_percent_of_a_core", "%", 10),
    Row("cockpit: lateness beside it, p99", "cockpit", "lateness_p99_ms", "ms", 16),
    Row("cockpit: switch to one that is built for it, the slowest", "cockpit", "switch_first_ms",
        "ms", 150),
    Row("cockpit: switch to one of the last four, the slowest", "cockpit", "switch_kept_ms",
        "ms", 150),
    Row("200 metrics over 30 days, from the platform's bytes to the store", "metrics", "whole_ms",
        "ms", 200, floor_at="json_loads_ms", floor_is="json.loads", is_alike=False),
    Row("events stored per second at 2,000/s", "lateness", "2000_per_s.stored_per_s", "1/s"),
    Row("desk with four tiles as cameras send them, share of a core", "four_tiles",
        "camera_pictures.cpu_percent", "%", floor_at="camera_pictures.decode_floor_percent",
        floor_is="bare decoding of the four"),
    Row("the same, times bare decoding", "four_tiles", "camera_pictures.of_floor", "x", 1.8),
    *(Row(f"of these, {what}", "four_tiles", f"camera_pictures.by_part_percent.{name}", "%")
      for name, what in (("window", "window"), ("link", "link"), ("video", "video processes"),
                         ("web", "web engine"), ("rest", "supervisor and sound"))),
    Row("desk with four tiles of the demo's pictures, share of a core", "four_tiles",
        "demo_pictures.cpu_percent", "%", floor_at="demo_pictures.decode_floor_percent",
        floor_is="bare decoding of the four", is_alike=False),
    Row("memory of the desk (PSS)", "memory", "pss_mb", "MB", 800),
    Row("idle desk without tiles, share of a core", "idle", "cpu_percent", "%", 3),
    Row("events from the broker into the journal", "ingest", "events_per_s", "1/s", 2000, True,
        "counting_peer_events_per_s", "subscriber that only counts"),
    Row("decoding an alarm event", "decode", "checked_and_typed_us", "us", None, False,
        "json_loads_us", "json.loads"),
    Row("frames between link and station", "frame_coding", "framed_msgs_per_s", "1/s", None, True,
        "json_msgs_per_s", "JSON lines"),
    Row("one word of a store per interval", "coalescing", "coalesced_us_per_msg", "us", None, False,
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
    *_wall_rows(),
    *_score_rows(),
    Row("plan, level and area from 500 open alarms, four plans", "suggestion",
        "whole_ms", "ms", 300, floor_at="rises_ms", floor_is="the rise of each gauge once"),
    Row("who goes where, 61 sites x 200 crews by street, three proposals", "dispatch_preview",
        "whole_ms", "ms", 500),
    Row("of these, minutes by street", "dispatch_preview", "eta_ms", "ms"),
    Row("the same again when a street is shut meanwhile", "dispatch_preview", "closure_ms", "ms",
        100),
    Row("the street graph is made", "dispatch_preview", "graph_build_ms", "ms"),
    *_storm_rows(),
)  # fmt: skip


def write(results: dict[str, dict[str, object]], docs: Path = DOCS) -> None:
    """Adds `results` to what is known; a bench that failed leaves its former figures."""
    path = docs / "performance.json"
    known: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    stamp = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": _machine()}
    known |= {name: stamp | found for name, found in results.items() if "error" not in found}
    path.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    lines = [_line(row, known[row.bench]) for row in ROWS if _is_known(row, known)]
    machines = "\n".join(f"- {text}" for text in sorted({r["machine"] for r in known.values()}))
    text = _HEAD + "\n".join(lines) + f"\n\nMeasured on:\n\n{machines}\n"
    (docs / "performance.md").write_text(text, "utf-8")


def _is_known(row: Row, known: dict[str, Any]) -> bool:
    """A figure that could not be measured stands in the table with its goal and a dash."""
    found = known.get(row.bench, {})
    return _value(found, row.at) is not None or (bool(found) and row.goal is not None)


def _line(row: Row, found: dict[str, Any]) -> str:
    value, floor = _value(found, row.at), _value(found, row.floor_at)
    sign = "≥" if row.at_least else "≤"
    met = ratio = beside = goal = ""
    if row.goal is not None:
        goal = f"{sign} {row.goal:g} {row.unit}"
    if row.goal is not None and value is not None:
        met = "yes" if (value >= row.goal if row.at_least else value <= row.goal) else "**no**"
    if floor and value is not None:
        beside = f"{floor:g} ({row.floor_is})"
        ratio = f"{value / floor:.2f}" if row.is_alike else ""
    shown = "-" if value is None else f"{value:g} {row.unit}".rstrip()
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
