"""Hostile bytes and texts through the real broker, link and window: nothing lost, run or loaded."""

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from desktop.domain.alarms import Alarm
from desktop.domain.texts import clean_text, is_clean
from tests.canary import Canary
from tests.faults import invariants
from tests.faults.rig import Center, City, Desk, wait_for
from tests.faults.whole_desk import READY_LIMIT_S, WholeDesk
from tests.unit.feeds.wire_cases import DECODERS, NASTY_TEXTS, STARTS, outcome, payloads

CASES = 10_000
PER_CASE_S = 0.050  # the slowest one, on two busy cores
MESSAGES = 300
SEED = 20_261_122


# ---- fault 9: bytes and JSON --------------------------------------------------------------------


@pytest.mark.timeout(600)
@pytest.mark.fault("9", "10,000 组随机字节与 JSON", promise="解码器只报自己的错误，用时有界")
def test_that_ten_thousand_messages_raise_nothing_but_refusals(measured: dict[str, Any]) -> None:
    feeds = [name for name in DECODERS if name.startswith("feed ")]
    others = [name for name in DECODERS if name not in feeds]
    told = {"cases": 0, "refused": 0, "slowest_ms": 0.0}

    @settings(max_examples=CASES, suppress_health_check=list(HealthCheck))
    @given(payload=payloads())
    def one(payload: bytes) -> None:
        told["cases"] += 1
        # Every feed each time; of the twenty readers of REST answers another one each time.
        for name in (*feeds, others[int(told["cases"]) % len(others)]):
            start_s = time.thread_time()
            told["refused"] += outcome(name, payload) is None
            took_ms = (time.thread_time() - start_s) * 1000
            told["slowest_ms"] = max(told["slowest_ms"], took_ms)

    one()
    measured |= told | {"slowest_ms": round(told["slowest_ms"], 1)}
    assert told["cases"] >= CASES * 0.9
    assert told["slowest_ms"] < PER_CASE_S * 1000


def refused_payloads(count: int) -> list[str]:
    """Damaged messages that no decoder of alarms takes, as latin-1; the same ones on every run."""
    dice, found = random.Random(SEED), []
    while len(found) < count:
        wire = bytearray(json.dumps(dice.choice(STARTS)).encode())
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(wire))
            wire[at : at + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 2))
        if outcome("feed alarms", bytes(wire)) is None:
            found.append(wire.decode("latin-1"))
    return found


def quarantined(desk: Desk) -> int:
    query = "SELECT coalesce(sum(count), 0) FROM quarantine WHERE topic LIKE '%alarm/event'"
    return int(desk.journal(query)[0][0])


@pytest.mark.gate
@pytest.mark.fault("9b", "平台发来读不懂的消息", promise="隔离数 = 拒收数，告警不受影响")
def test_that_what_cannot_be_read_is_counted_kept_and_harms_nothing(
    city: City, desk: Desk, measured: dict[str, Any]
) -> None:
    before = desk.lights()["feeds"]["alarms"]["rejected"], quarantined(desk)
    for payload in refused_payloads(MESSAGES):
        city.publish("alarm/event", payload, qos=1, encoding="latin-1")
    alarm_id = city.raise_alarm(level="red")["alarm_id"]
    measured["alarm_behind_it_seconds"] = desk.wait_shown(alarm_id)

    def counted() -> bool:
        rejected = desk.lights()["feeds"]["alarms"]["rejected"] - before[0]
        return rejected == quarantined(desk) - before[1] == MESSAGES

    wait_for(counted, 20.0, "every refused message is counted and kept")
    measured["refused"] = MESSAGES
    invariants.normal_again(desk)
    invariants.nothing_lost(city, desk)
    invariants.databases_are_whole(desk.profile)


# ---- faults 12 and 13: texts --------------------------------------------------------------------


def hostile_texts(canary: Canary) -> list[str]:
    """Whatever JSON can carry; half characters cannot come through the stand-in's own JSON."""
    whole = [text for text in NASTY_TEXTS if text.encode("utf-8", "ignore").decode() == text]
    return [canary.markup(), *whole, "水位" * 30_000, "积\u202e水\u0000\u200b <b>"]


@pytest.mark.gate
@pytest.mark.fault("12", "告警文字带方向符、零宽、控制字符、超长", promise="告警不丢，清洗后显示")
def test_that_an_alarm_with_a_hostile_text_is_not_lost(
    city: City, desk: Desk, tmp_path: Path, measured: dict[str, Any]
) -> None:
    with Canary(tmp_path) as canary:
        texts = hostile_texts(canary)
    raised = {}
    for text in texts:
        alarm = city.raise_alarm(title=text, detail=text[:2000], unit=text[:20])
        raised[alarm["alarm_id"]] = text
    for alarm_id, text in raised.items():
        desk.wait_shown(alarm_id)
        kept = shown_title(desk, alarm_id)
        assert kept == clean_text(text) and is_clean(kept)
    odd = sum(text != clean_text(text) for text in texts)
    wait_for(lambda: desk.lights()["feeds"]["alarms"]["cleaned"] >= odd, 10.0, "they are counted")
    assert desk.lights()["feeds"]["alarms"]["rejected"] == 0
    measured |= {"alarms": len(raised), "cleaned": odd}
    invariants.nothing_lost(city, desk)


def shown_title(desk: Desk, alarm_id: str) -> str:
    ((body,),) = desk.journal("SELECT body FROM alarms WHERE alarm_id = ?", alarm_id)
    return msgspec.json.decode(body, type=Alarm).title


@pytest.fixture
def whole(display: str, tmp_path: Path) -> Iterator[WholeDesk]:
    with Center(tmp_path / "席位 一", display) as center:
        whole = WholeDesk(center)
        wait_for(whole.is_live, READY_LIMIT_S, "the program is ready")
        yield whole


@pytest.mark.fault("13", "标题里的标记、脚本、文件与网络引用", promise="原样显示，不读文件、不联网")
def test_that_the_window_shows_hostile_alarms_and_opens_nothing(
    whole: WholeDesk, tmp_path: Path, measured: dict[str, Any]
) -> None:
    center = whole.center
    with Canary(tmp_path) as canary:
        canary.touched()
        for number, text in enumerate(hostile_texts(canary)):
            alarm = center.city.raise_alarm(title=text, detail=text[:2000], level="red")
            alarm_id = alarm["alarm_id"]
            wait_for(lambda wanted=alarm_id: center.alarm(wanted), 20.0, "the alarm is kept")
            if number % 5 == 0:
                done = center.main("open", f"chengkan://alarm/{alarm_id}")
                assert done.returncode == 0, done.stderr
                chosen = lambda wanted=alarm_id: whole.facts().get("selected_alarm") == wanted  # noqa: E731
                wait_for(chosen, 20.0, "it is selected")
        for view in ("map", "alarms"):
            assert center.main("open", f"chengkan://view/{view}").returncode == 0
        for at in ((200, 300), (1700, 300), (900, 500)):  # list, detail, map: tips come up there
            center.click(*at)
        assert center.main("screenshot", str(tmp_path / "pictures")).returncode == 0
        status = center.status()
        assert status["feeds"]["alarms"]["rejected"] == 0
        assert status["map"]["ready"] and status["map"].get("blocked_requests", 0) == 0
        measured["gui_lateness_p99_ms"] = status["gui_lateness_ms"].get("p99")
        assert canary.touched() == []
    names = [path.name for path in (tmp_path / "pictures").iterdir()]
    assert names and all(name.isascii() and name.isprintable() for name in names)
