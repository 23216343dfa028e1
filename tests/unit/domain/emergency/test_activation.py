from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.alarms import Acknowledgement, Alarm, Condition
from desktop.domain.duty import Duty
from desktop.domain.emergency.activation import Preparation, fill, prepare
from desktop.domain.emergency.dispatch import Crew, Figures, Leg, Method, Proposal, Site
from desktop.domain.emergency.plans import (
    ChannelUse,
    Plan,
    PlanKind,
    PlanLevel,
    PlanTask,
    ResponseLevel,
)
from desktop.domain.levels import WarningLevel
from desktop.domain.outreach import Channel

NOW = datetime(2026, 7, 17, 19, 12, tzinfo=UTC)
FIGURES = Figures(latest_min=9, mean_min=7, within_target=2, legs=2, red_before_line=1,
                  red_sites=1, unserved=0)  # fmt: skip
TEXT = "{plan}{level}：{place} {value}，{task}，{minutes} min。{unknown}"


def alarm(alarm_id: str, level: WarningLevel, age_min: float, **changes) -> Alarm:
    at = NOW - timedelta(minutes=age_min)
    values = {
        "alarm_id": alarm_id, "revision": 1, "epoch": "E", "seq": 1, "class_id": "water_level",
        "level": level, "condition": Condition.ACTIVE, "title": alarm_id, "raised_at": at,
        "updated_at": at,
    }  # fmt: skip
    return Alarm(**(values | changes))


def given(**changes) -> Preparation:
    sites = {
        "s1": Site(site_id="s1", name="东门地道", level=WarningLevel.RED, lon_deg=116.6,
                   lat_deg=28.9, line_in_min=12, order=1),
        "s2": Site(site_id="s2", name="人民路", level=WarningLevel.YELLOW, lon_deg=116.7,
                   lat_deg=28.9, order=0),
    }  # fmt: skip
    crews = {
        one: Crew(unit_id=one, name=f"排水 {one}", skills=("pump",), lon_deg=0, lat_deg=0)
        for one in ("T-1", "T-2", "T-3")
    }
    legs = (Leg("T-2", "s1", "pump", 9), Leg("T-1", "s1", "look", 5), Leg("T-3", "s2", "pump", 7))
    level = PlanLevel(
        signer_role="leader", two_person=True,
        tasks=(PlanTask(task_id="pump", title="强排", skill="pump", within_min=28),),
        requires=(),
        channels=(
            ChannelUse(channel=Channel.SMS, to="crews", text=TEXT),
            ChannelUse(channel=Channel.VOICE, to="leaders", text="{level}"),
            ChannelUse(channel=Channel.VOICE, to="medic", text="{level}"),
        ),
    )  # fmt: skip
    values = {
        "plan": Plan(plan_id="flood", name="防汛", kind=PlanKind.FLOOD, edition="1",
                     levels={ResponseLevel.II: level}),
        "level": ResponseLevel.II,
        "proposal": Proposal(method=Method.LEAST_LATEST, legs=legs, unserved=(), figures=FIGURES),
        "sites": sites,
        "crews": crews,
        "alarms": (
            alarm("s2", WarningLevel.YELLOW, 30, camera_ids=("c2", "c1")),
            alarm("s1", WarningLevel.RED, 5, camera_ids=("c1",),
                  ack=Acknowledgement("张敏", NOW - timedelta(minutes=4))),
        ),
        "duty": (
            Duty(org_id="o1", role="duty_officer", name="王", start=NOW - timedelta(hours=1),
                 end=NOW + timedelta(hours=1)),
            Duty(org_id="o2", role="duty_officer", name="昨天", start=NOW - timedelta(hours=9),
                 end=NOW - timedelta(hours=8)),
        ),
        "now": NOW,
        "values": {"s1": "0.35 m"},
    }  # fmt: skip
    return Preparation(**(values | changes))


def test_that_each_leg_is_an_order_and_the_first_one_there_leads():
    draft = prepare(given()).draft
    assert [(one.unit_id, one.site_id, one.lead) for one in draft.orders] == [
        ("T-1", "s1", True), ("T-2", "s1", False), ("T-3", "s2", True),
    ]  # fmt: skip
    assert {one.task_id for one in draft.orders} == {"pump"}
    assert (draft.t0, draft.t1) == (NOW - timedelta(minutes=30), None)
    assert draft.title == "东门地道等 2 处 · 防汛"
    assert draft.bookmarks == ("c1", "c2")


def test_that_a_text_names_place_task_and_minutes_and_leaves_other_braces():
    made = prepare(given())
    texts = {one.to: one.text for one in made.draft.messages}
    assert texts[("T-1",)] == "防汛Ⅱ 级：东门地道 0.35 m，强排，5 min。{unknown}"
    assert texts[("duty:o1:duty_officer:1",)] == "Ⅱ 级"
    assert made.untold == ("medic",)
    assert made.preview_people == 4


def test_that_crews_who_read_the_same_share_one_message():
    legs = (Leg("T-1", "s1", "pump", 5), Leg("T-2", "s1", "pump", 5))
    proposal = Proposal(method=Method.IN_TURN, legs=legs, unserved=(), figures=FIGURES)
    made = prepare(given(proposal=proposal))
    assert made.draft.messages[0].to == ("T-1", "T-2")


def test_that_nobody_to_send_and_nobody_to_tell_is_no_act():
    proposal = Proposal(method=Method.IN_TURN, legs=(), unserved=(), figures=FIGURES)
    with pytest.raises(ValueError):
        prepare(given(proposal=proposal, duty=()))


def test_that_a_word_with_a_brace_of_its_own_is_not_read_as_a_name():
    assert fill("{place}{value}", {"place": "{val", "value": "x"}) == "{valx"


def test_that_the_clocks_begin_with_the_alarm_it_was_opened_with():
    old, new = given().alarms
    draft = prepare(given(alarms=(new, old))).draft
    assert (draft.t0, draft.t1) == (NOW - timedelta(minutes=5), NOW - timedelta(minutes=4))


def test_that_a_drill_is_measured_from_when_it_was_opened_not_from_an_old_alarm():
    opened = NOW - timedelta(minutes=1)
    draft = prepare(given(drill=True, drill_from=opened)).draft
    assert (draft.t0, draft.t1) == (opened, None)
    confirmed = tuple(reversed(given().alarms))  # long before the drill
    draft = prepare(given(drill=True, drill_from=opened, alarms=confirmed)).draft
    assert (draft.t0, draft.t1) == (opened, opened)
