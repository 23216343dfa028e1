"""Who may sign what, and what a running incident still allows."""

import pytest

from desktop.standin.accounts import Signed
from desktop.standin.wire import Problem
from tests.unit.standin_incidents.city_of_paper import PaperDesk, signed

OFFICER, LEADER = signed("chenjianhua"), signed("wangzhiyuan", "seat-2")


def code_of(paper: PaperDesk, verb: str, body: object, by: Signed, incident: object = None) -> str:
    with pytest.raises(Problem) as refused:
        paper.give(verb, body, by, incident)
    return str(refused.value.body["code"])


@pytest.mark.parametrize(
    ("level", "by", "state"),
    [
        ("IV", OFFICER, "active"),
        ("III", OFFICER, "active"),
        ("III", signed("chenjianhua", confirmed=False), "draft"),
        ("III", signed("liweidong"), "draft"),
        ("II", OFFICER, "draft"),
        ("I", OFFICER, "draft"),
    ],
)
def test_that_one_signature_suffices_only_where_the_plan_says_so(
    paper: PaperDesk, level: str, by: Signed, state: str
) -> None:
    made = paper.give("activate", paper.draft(level=level), by)
    assert made["state"] == state
    assert ("second_until" in made and made["second_until"] is not None) is (state == "draft")
    assert len(paper.post.of("order/")) == (2 if state == "active" else 0)


def test_that_two_who_may_not_sign_do_not_make_one_who_may(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(level="I"), signed("liweidong"))
    other = signed("chenjianhua", "seat-2")
    assert code_of(paper, "approve", {}, other, made) == "signer_missing"
    assert paper.give("approve", {}, signed("wangzhiyuan", "seat-2"), made)["state"] == "active"


def test_that_only_who_began_it_or_a_signer_takes_a_draft_back(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(level="I"), signed("liweidong"))
    assert code_of(paper, "withdraw", {}, signed("zhangmin"), made) == "no_right"
    gone = paper.give("withdraw", {"reason": "误判"}, signed("liweidong"), made)
    assert gone["state"] == "withdrawn" and not paper.post.of("order/")
    again = paper.give("activate", paper.draft(level="I"), signed("liweidong"))
    assert paper.give("withdraw", {}, LEADER, again)["state"] == "withdrawn"


def test_that_a_jump_of_the_clock_expires_a_draft_and_sends_nothing(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(level="I"), OFFICER)
    paper.pass_s(59)
    assert paper.seen(made)["state"] == "draft"
    paper.pass_s(3)
    assert paper.seen(made)["state"] == "expired" and not paper.post.of("order/")
    assert code_of(paper, "approve", {}, LEADER, paper.seen(made)) == "not_waiting"


def test_that_an_asked_level_lapses_and_the_incident_runs_on(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(), OFFICER)
    asked = paper.give("level", {"level": "II"}, OFFICER, made)
    assert code_of(paper, "level", {"level": "I"}, OFFICER, asked) == "level_asked"
    paper.pass_s(62)
    now = paper.seen(made)
    assert (now["state"], now["level"], now["asked"]) == ("active", "III", None)
    lower = paper.give("level", {"level": "IV"}, OFFICER, now)
    assert lower["level"] == "IV"


def test_that_stand_down_wants_a_password_a_reason_and_a_running_incident(
    paper: PaperDesk,
) -> None:
    made = paper.give("activate", paper.draft(), OFFICER)
    cold = signed("chenjianhua", confirmed=False)
    assert code_of(paper, "stand-down", {"reason": "好"}, cold, made) == "confirm_missing"
    assert code_of(paper, "stand-down", {"reason": " "}, OFFICER, made) == "reason_missing"
    assert code_of(paper, "stand-down", {"reason": "好"}, signed("liweidong"), made) == "no_right"
    paper.give("stand-down", {"reason": "好"}, OFFICER, made)
    now = paper.seen(made)
    assert code_of(paper, "stand-down", {"reason": "好"}, OFFICER, now) == "not_active"
    assert code_of(paper, "orders", {"orders": paper.draft()["orders"]}, OFFICER, now) == (
        "not_active"
    )


def test_that_a_crew_of_one_incident_is_not_given_to_another_but_to_a_drill(
    paper: PaperDesk,
) -> None:
    paper.give("activate", paper.draft(2), OFFICER)
    assert code_of(paper, "activate", paper.draft(2), OFFICER) == "unit_locked"
    drill = paper.give("activate", paper.draft(2, drill=True), OFFICER)
    assert drill["state"] == "active"
    assert code_of(paper, "activate", paper.draft(1, drill=True), signed("zhangmin")) == "no_right"


def test_that_the_second_person_is_another_at_another_seat_who_saw_what_is_there(
    paper: PaperDesk,
) -> None:
    made = paper.give("activate", paper.draft(level="II"), OFFICER)
    elsewhere = signed("chenjianhua", "seat-9")
    assert code_of(paper, "approve", {}, elsewhere, made) == "same_person"
    assert code_of(paper, "approve", {}, signed("wangzhiyuan", "seat-1"), made) == "same_seat"
    cold = signed("wangzhiyuan", "seat-2", confirmed=False)
    assert code_of(paper, "approve", {}, cold, made) == "confirm_missing"
    assert code_of(paper, "approve", {}, signed("liweidong", "seat-2"), made) == "no_right"
    stale = dict(made, revision=made["revision"] + 1)
    assert code_of(paper, "approve", {}, LEADER, stale) == "stale_revision"
    assert not paper.post.of("order/")
    assert paper.give("approve", {}, LEADER, made)["second"]["user_id"] == "wangzhiyuan"
