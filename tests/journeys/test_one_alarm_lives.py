"""The whole command center on the stand-in city: from its start to its orderly and other ends.

The journeys share one start and run in the order of the file; the last one ends it.
"""

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtGui import QImage

from .conftest import BACK_LIMIT_S, READY_LIMIT_S, CommandCenter, eventually

POINT = "SW-0500"
FIRST_ROW = (200, 170)  # place of the gravest alarm's row
STATUS_KEYS = {
    "version",
    "started_at",
    "ready",
    "feeds",
    "alarms",
    "tiles",
    "map",
    "gui_lateness_ms",
    "outbox",
    "audit",
    "processes",
}


def test_that_it_is_ready_within_a_minute(center: CommandCenter) -> None:
    eventually(center.is_ready, READY_LIMIT_S)


def test_that_status_json_has_the_promised_keys(center: CommandCenter) -> None:
    done = center.main("status", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    status = json.loads(done.stdout)
    assert set(status) == STATUS_KEYS
    assert set(status["alarms"]) == {"open", "by_level", "by_state"}
    assert set(status["map"]) == {"ready", "points", "movers", "blocked_requests"}
    assert set(status["gui_lateness_ms"]) == {"p50", "p99", "max"}
    assert set(status["outbox"]) == {"pending", "expired"}
    assert set(status["audit"]) == {"waiting"}
    counters = {"received", "stored", "rejected", "duplicates", "backfilled", "missing", "late"}
    feed = {"freshness", "age_s", "cleaned", "unmapped"} | counters
    assert all(set(row) == feed for row in status["feeds"].values())
    tile = {"tile", "camera_id", "state", "transport", "frames_shown", "fps", "age_ms"}
    assert all(set(row) == tile for row in status["tiles"])
    assert all(set(p) == {"name", "pid", "pss_mb", "cpu_percent"} for p in status["processes"])
    names = {row["name"] for row in status["processes"]}
    assert {"supervisor", "standin", "link", "station", "video-1", "web-1", "broker"} <= names


def test_that_an_alarm_is_raised_acknowledged_and_turned_by_the_platform(
    center: CommandCenter,
) -> None:
    """By its id and never by totals: the calm city raises and ends alarms of its own."""
    draft = {"point_id": POINT, "level": "red", "title": "下穿通道积水 0.60 m", "condition": "j1"}
    alarm_id = center.control("/alarms", draft)["alarm_id"]
    eventually(lambda: center.alarm(alarm_id).get("ack", 0) is None, 5.0)
    eventually(lambda: center.status()["alarms"]["by_level"].get("red"), 5.0)  # no other is red
    time.sleep(1.0)  # the store has it; the list takes news each 100 ms, later on a busy machine
    center.click(*FIRST_ROW)
    center.press("ctrl+Return")
    orders = eventually(lambda: orders_for(center, alarm_id), 10.0)
    assert [(order["verb"], order["status"]) for order in orders] == [("acknowledge", 200)]
    eventually(lambda: center.alarm(alarm_id)["ack"], 5.0)
    eventually(lambda: center.status()["outbox"] == {"pending": 0, "expired": 0}, 5.0)


def orders_for(center: CommandCenter, alarm_id: str) -> list[dict[str, Any]]:
    entries = center.control("/ledger?what=order")["items"]
    return [entry for entry in entries if entry["target"] == alarm_id]


def test_that_a_malformed_message_is_counted_and_changes_nothing(center: CommandCenter) -> None:
    def feed() -> dict[str, Any]:
        return center.status()["feeds"]["alarms"]

    before = feed()["rejected"]
    payload = '{"epoch": "forged", "seq": 1e999'
    center.control("/publish", {"topic": "city/990100/alarm/event", "payload": payload})
    eventually(lambda: feed()["rejected"] == before + 1, 5.0)
    assert center.journal("SELECT count FROM quarantine WHERE payload = ?", payload.encode())
    assert not center.journal("SELECT seq FROM events WHERE epoch = ?", "forged")


def test_that_the_city_of_its_own_says_nothing_that_the_desk_does_not_read(
    center: CommandCenter,
) -> None:
    feeds = center.status()["feeds"]
    assert {name: row["unmapped"] for name, row in feeds.items() if row["unmapped"]} == {}


def test_that_pictures_of_all_views_show_video_and_map(
    center: CommandCenter, tmp_path: Path
) -> None:
    eventually(lambda: any(t["state"] == "live" for t in center.status()["tiles"]), 60.0)
    done = center.main("screenshot", str(tmp_path), "--size", "1600x900")
    assert (done.returncode, done.stderr) == (0, "")
    for line in done.stdout.splitlines():
        image = QImage(line)
        assert (image.width(), image.height()) == (1600, 900)
        colours = {image.pixel(x, y) for x in range(0, 1600, 8) for y in range(0, 900, 8)}
        assert len(colours) > 200  # a black hole where a picture should be has one


def test_that_a_second_instance_is_refused_in_one_line(center: CommandCenter) -> None:
    done = center.main("--as", "operator")
    assert done.returncode == 1
    assert str(center.process.pid) in done.stderr
    assert len(done.stderr.splitlines()) == 1


def kill_and_wait(center: CommandCenter, name: str, signal_number: int = signal.SIGKILL) -> None:
    """Ends one process; returns when a new one stands in its place and all is ready."""
    pid = eventually(lambda: center.pid(name))
    below = psutil.Process(pid).children(recursive=True)
    os.kill(pid, signal_number)
    eventually(lambda: center.pid(name) not in (None, pid))
    eventually(lambda: not [child for child in below if child.is_running()], 3.0)
    eventually(center.is_ready)


def test_that_a_link_is_handed_to_the_window_that_runs(center: CommandCenter) -> None:
    def shown() -> set[str | None]:
        return {tile["camera_id"] for tile in center.status().get("tiles", [])}

    camera_id = "cam-0012"
    eventually(lambda: len(shown() - {None}) > 1)
    assert camera_id not in shown()
    done = center.main("open", f"chengkan://camera/{camera_id}")
    assert (done.returncode, done.stderr) == (0, "")
    eventually(lambda: camera_id in shown())
    for link, code in (("camera/cam-none", 1), ("moon/1", 2)):
        done = center.main("open", link)
        assert done.returncode == code and len(done.stderr.splitlines()) == 1


def test_that_a_killed_link_comes_back_signed_in(center: CommandCenter) -> None:
    station = center.pid("station")
    kill_and_wait(center, "link")
    assert center.pid("station") == station


def test_that_a_killed_video_process_comes_back(center: CommandCenter) -> None:
    kill_and_wait(center, "video-1")
    eventually(lambda: any(t["state"] == "live" for t in center.status()["tiles"]))


def map_page(center: CommandCenter) -> psutil.Process:
    """The renderer is the process that the engine's zygote has forked."""
    rows = center.status()["processes"]
    web = [psutil.Process(row["pid"]) for row in rows if row["name"].startswith("web")]
    return next(p for p in web if (parent := p.parent()) and parent.pid in {w.pid for w in web})


def test_that_a_killed_map_page_comes_back(center: CommandCenter) -> None:
    before = map_page(center)
    before.kill()
    eventually(lambda: not before.is_running())
    eventually(lambda: center.is_ready() and map_page(center).pid != before.pid)


def test_that_a_killed_standin_comes_back_on_its_port(center: CommandCenter) -> None:
    before = json.loads((center.profile / "runtime.json").read_text("utf-8"))["platform_url"]
    kill_and_wait(center, "standin")
    after = json.loads((center.profile / "runtime.json").read_text("utf-8"))["platform_url"]
    assert after == before
    eventually(lambda: center.status()["feeds"]["alarms"]["freshness"] == "live")


def test_that_a_killed_station_comes_back_with_its_alarms(center: CommandCenter) -> None:
    kill_and_wait(center, "station")
    eventually(lambda: center.status()["alarms"]["open"] == center.control("/state")["open"])


def test_that_nothing_outlives_a_killed_supervisor(center: CommandCenter) -> None:
    tree = [psutil.Process(pid) for pid in center.tree()]
    assert len(tree) > 5
    center.process.kill()
    center.process.wait()
    eventually(lambda: not [p for p in tree if p.is_running()], 6.0)


def test_that_words_after_the_end_say_that_nothing_runs(center: CommandCenter) -> None:
    done = center.main("status")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert BACK_LIMIT_S  # the profile of a killed instance is not locked
