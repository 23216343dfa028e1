"""The log of incidents over a real broker and REST: gaps, a lost end, kills, and none at all."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.domain.emergency.incidents import IncidentState
from desktop.domain.link_messages import (
    AlarmEvents,
    Answer,
    IncidentReceiptsTold,
    IncidentsTold,
    Question,
    ServiceCondition,
)
from desktop.domain.link_messages import LinkHealth as Health
from tests.command_center import rows_of
from tests.incident_samples import order, receipt
from tests.integration.link.conftest import Desk
from tests.integration.link.incident_platform import IncidentPlatform
from tests.integration.link.parts import Broker, Publisher, Station, wait_for


class Scene:
    def __init__(self, desk: Desk, platform: IncidentPlatform) -> None:
        self.desk, self.platform = desk, platform
        self.station: Station = desk.signed_in()
        self.broker: Publisher = desk.publisher()
        self.told(lambda told: told.whole)

    def told(self, which: Any, limit_s: float = 10.0) -> IncidentsTold:
        return self.station.expect(IncidentsTold, which, limit_s)

    def wait_seq(self, seq: int, limit_s: float = 10.0) -> None:
        self.told(lambda told: any(one.seq == seq for one in told.items), limit_s)

    def journal(self) -> list[int]:
        path = self.desk.profile / "journal.db"
        return [seq for (seq,) in rows_of(path, "SELECT seq FROM incident_events ORDER BY seq")]


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    yield made
    made.kill()


@pytest.fixture
def platform(broker: Broker) -> Iterator[IncidentPlatform]:
    made = IncidentPlatform(broker.port)
    yield made
    made.stop()


@pytest.fixture
def scene(tmp_path: Path, broker: Broker, platform: IncidentPlatform) -> Iterator[Scene]:
    desk = Desk(tmp_path, broker, platform)
    with contextlib.closing(desk):
        yield Scene(desk, platform)


def test_that_a_gap_and_a_lost_end_are_filled_from_the_platform(scene: Scene):
    first, _, third = [scene.platform.happen() for _ in range(3)]
    scene.platform.tell(scene.broker, first)
    scene.platform.tell(scene.broker, third)  # the second one never comes
    wait_for(lambda: scene.journal() == [1, 2, 3], 10.0, "the gap is filled")
    scene.platform.happen(state=IncidentState.STANDING_DOWN)
    scene.platform.tell_head(scene.broker)  # the head alone says that there is a fourth
    scene.wait_seq(4)
    wait_for(lambda: scene.journal() == [1, 2, 3, 4], 10.0, "the log is whole")
    states = [one.seq for told in scene.station.of(IncidentsTold) for one in told.items]
    assert states == sorted(states), "a station was taken back in time"


def test_that_what_happens_while_the_link_is_dead_is_there_when_it_is_back(scene: Scene):
    scene.platform.tell(scene.broker, scene.platform.happen(orders=(order(1), order(2))))
    scene.broker.raw("receipt/or-1", _body(receipt("or-1"))).wait_for_publish(5.0)
    scene.station.expect(IncidentReceiptsTold, lambda told: told.receipts)
    scene.desk.link.kill()
    scene.platform.happen(orders=(order(1), order(2)))
    scene.platform.happen("in-2", orders=())
    scene.platform.receipts["in-1"] = [
        msgspec.to_builtins(receipt("or-1")), msgspec.to_builtins(receipt("or-2", "team-2"))
    ]  # fmt: skip
    scene.desk.link.start()
    station = scene.desk.station()
    whole = station.expect(IncidentsTold, lambda told: told.whole)
    assert [one.seq for one in whole.items] == [1]  # from the journal, before anybody was asked
    station.expect(IncidentsTold, lambda told: any(one.seq == 3 for one in told.items))
    said = lambda: {r.order_id for m in station.of(IncidentReceiptsTold) for r in m.receipts}  # noqa: E731
    wait_for(lambda: said() == {"or-1", "or-2"}, 10.0, "the missed receipt was asked for")
    wait_for(lambda: scene.journal() == [1, 2, 3], 10.0, "the log is whole")


def _body(one: Any) -> bytes:
    return msgspec.json.encode(
        {k: v for k, v in msgspec.to_builtins(one).items() if k != "order_id"}
    )


def test_that_an_event_too_long_for_mqtt_comes_by_rest(scene: Scene):
    long = tuple(order(n, task="抽排" * 200) for n in range(400))
    scene.platform.happen(orders=long)
    scene.platform.tell_head(scene.broker)
    told = scene.told(lambda told: any(len(one.orders) == 400 for one in told.items))
    assert told.items[0].orders[399].task == "抽排" * 200


def test_that_a_platform_without_incidents_is_said_once_and_alarms_live(
    tmp_path: Path, broker: Broker, platform: IncidentPlatform
):
    platform.offered = False
    desk = Desk(tmp_path, broker, platform)
    with contextlib.closing(desk):
        scene = Scene(desk, platform)
        scene.told(lambda told: not told.offered and told.listed)
        scene.broker.event(platform.append(1)).wait_for_publish(5.0)
        scene.station.expect(AlarmEvents, lambda told: told.events)
        health = scene.station.of(Health)[-1]
        assert health.rest.condition is ServiceCondition.UP
        asked = [path for path in platform.requests if "/incident" in path]
        assert asked == ["GET /incidents"]


def test_that_the_timeline_comes_letter_by_letter_over_its_pages(scene: Scene):
    at = "2026-11-22T03:00:00.120+08:00"  # another spelling than our encoder's
    entries = [
        {"number": n, "at": at, "kind": "noted", "text": f"第 {n} 条", "hash": "h"}
        for n in range(1, 6)
    ]
    scene.platform.timeline = entries
    ask = Question(request_id="Q", name="incident_timeline", params={"incident_id": "in-1"})
    scene.station.send(ask)
    answer = scene.station.expect(Answer, lambda answer: answer.request_id == "Q")
    assert msgspec.json.decode(answer.body) == entries


def test_that_a_camera_gives_a_picture_and_nothing_else(scene: Scene):
    scene.platform.pictures["cam-1"] = b"\xff\xd8\xff\xe0 picture"
    answers = {}
    for number in (1, 2):
        params = {"camera_id": f"cam-{number}"}
        ask = Question(request_id=f"P{number}", name="camera_picture", params=params)
        scene.station.send(ask)
        answers[number] = scene.station.expect(
            Answer, lambda answer, wanted=ask.request_id: answer.request_id == wanted
        )
    assert answers[1].body == b"\xff\xd8\xff\xe0 picture" and not answers[1].error
    assert not answers[2].body and "不是画面" in answers[2].error
