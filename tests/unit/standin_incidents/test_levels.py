"""A level that is raised, lowered, refused or late while crews are on their way."""

from datetime import timedelta

import msgspec
import pytest

from desktop.domain.alarms import Acknowledgement
from desktop.domain.emergency.incidents import Incident
from desktop.standin.wire import Problem
from tests.unit.standin_incidents.city_of_paper import PaperDesk, signed

OFFICER, LEADER = signed("chenjianhua"), signed("wangzhiyuan", "seat-2")


def asked_for(paper: PaperDesk, level: str = "II") -> dict:
    made = paper.give("activate", paper.draft(), OFFICER)
    return paper.give("level", {"level": level}, OFFICER, made)


def answer_of(incident: dict) -> tuple[str, str, str]:
    told = incident["level_answer"]
    return told["level"], told["outcome"], told["by"]


def test_that_who_asks_for_a_level_until_when_stands_in_the_incident(paper: PaperDesk) -> None:
    asked = msgspec.convert(asked_for(paper), Incident)
    assert asked.asked is not None and asked.asked.by.user_id == "chenjianhua"
    assert asked.asked.level == "II" and asked.level == "III"
    assert asked.second_until == paper.now + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("by", "outcome"), [(OFFICER, "withdrawn"), (LEADER, "refused")], ids=["asker", "second"]
)
def test_that_a_level_that_was_taken_back_or_refused_leaves_the_incident_as_it_was(
    paper: PaperDesk, by, outcome
) -> None:
    now = paper.give("withdraw", {"reason": "水位已回落"}, by, asked_for(paper))
    assert (now["state"], now["level"], now["asked"]) == ("active", "III", None)
    assert answer_of(now) == ("II", outcome, by.person.name)
    assert now["level_answer"]["reason"] == "水位已回落"


def test_that_a_level_nobody_signed_lapses_says_so_and_cannot_be_signed_late(
    paper: PaperDesk,
) -> None:
    asked = asked_for(paper)
    paper.now += timedelta(seconds=61)  # the second person's answer comes before the clock's
    with pytest.raises(Problem) as late:
        paper.give("approve", {}, LEADER, asked)
    assert late.value.body["code"] == "second_late" and "维持Ⅲ级" in str(late.value.body)
    paper.pass_s(1)
    now = paper.seen(asked)
    assert (now["state"], now["level"], now["asked"]) == ("active", "III", None)
    assert answer_of(now) == ("II", "expired", "")
    assert "level_expired" in [e.kind for e in paper.desk.book.timeline(asked["incident_id"])]


def test_that_two_persons_at_two_seats_raise_a_level_and_one_lowers_it(paper: PaperDesk) -> None:
    asked = asked_for(paper)
    with pytest.raises(Problem) as same:
        paper.give("approve", {}, signed("chenjianhua", "seat-2"), asked)
    assert same.value.body["code"] == "same_person"
    raised = paper.give("approve", {}, LEADER, asked)
    assert raised["level"] == "II" and answer_of(raised) == ("II", "changed", LEADER.person.name)
    lowered = paper.give("level", {"level": "III"}, OFFICER, raised)
    assert lowered["level"] == "III" and answer_of(lowered) == ("III", "changed", "")


def test_that_the_wall_goes_to_the_scene_of_the_level_once(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(scene_id=""), OFFICER)
    before = len(paper.post.of("wall/main/scene"))
    asked = paper.give("level", {"level": "II"}, OFFICER, made)
    assert len(paper.post.of("wall/main/scene")) == before  # not before it is signed
    raised = paper.give("approve", {}, LEADER, asked)
    assert raised["scene_id"] == "flood"
    assert [one["scene_id"] for one in paper.post.of("wall/main/scene")[before:]] == ["flood"]
    paper.give("level", {"level": "III"}, OFFICER, raised)  # the same scene
    assert len(paper.post.of("wall/main/scene")) == before + 1


def test_that_more_crews_and_messages_of_the_level_go_out_in_one_act(paper: PaperDesk) -> None:
    raised = paper.give("approve", {}, LEADER, asked_for(paper))
    more = paper.draft(4)["orders"][2:]
    text = {"to": [more[0]["unit_id"]], "channel": "group", "text": "Ⅱ 级，各队出动"}
    now = paper.give("orders", {"orders": more, "messages": [text]}, OFFICER, raised)
    assert len(now["orders"]) == 4 and now["messages"][-1]["state"] == "sent"
    sent = [one for one in paper.post.of("order/") if one["task"] == "Ⅱ 级，各队出动"]
    assert len(sent) == 1 and sent[0]["channel"] == "group"
    with pytest.raises(Problem) as nothing:
        paper.give("orders", {"orders": [], "messages": []}, OFFICER, now)
    assert nothing.value.body["code"] == "nothing_to_do"


def test_that_messages_of_a_drill_stay_inside(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(drill=True), OFFICER)
    unit_id = paper.units(1)[0].unit_id
    text = {"to": [unit_id], "channel": "sms", "text": "演练"}
    now = paper.give("orders", {"orders": [], "messages": [text]}, OFFICER, made)
    assert now["messages"][-1]["state"] == "blocked" and not paper.post.of("order/")


def test_that_the_confirmation_clock_stays_open_until_somebody_acknowledges(
    paper: PaperDesk,
) -> None:
    made = paper.give("activate", paper.draft(), OFFICER)
    paper.pass_s(30)
    assert "T1" not in paper.seen(made)["clocks"]
    alarm_id = made["alarm_ids"][0]
    alarm = paper.city.book.get(alarm_id)
    earlier = Acknowledgement("张敏", paper.now - timedelta(hours=1))
    paper.city.book.apply(alarm_id, "ack", paper.now, _with_ack(alarm, earlier))
    paper.pass_s(2)
    assert "T1" not in paper.seen(made)["clocks"]  # of an earlier occurrence
    at = paper.now
    alarm = paper.city.book.get(alarm_id)
    paper.city.book.apply(alarm_id, "ack", at, _with_ack(alarm, Acknowledgement("张敏", at)))
    paper.pass_s(2)
    assert paper.seen(made)["clocks"]["T1"] == at.isoformat().replace("+00:00", "Z")


def _with_ack(alarm, ack):
    return msgspec.structs.replace(alarm, ack=ack, revision=alarm.revision + 1)
