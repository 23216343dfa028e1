"""Alarms on the reserved cells of the video wall."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain import tile_linkage as linkage
from desktop.domain.levels import WarningLevel
from desktop.domain.tile_linkage import Candidate, LinkRules, Return
from desktop.domain.wall import CellOrigin, Wall, empty_wall, preset
from tests.gui.fake_room import alarm

R, A, Y = WarningLevel.RED, WarningLevel.ORANGE, WarningLevel.YELLOW
NOW_S = 10_000.0
PLAIN = LinkRules()


def full(layout_id: str = "16") -> Wall:
    return empty_wall(preset(layout_id)).fill_from(f"c{n}" for n in range(36))


def red(name: str, raised_s: float = 0.0, level=R, **facts) -> Candidate:
    return Candidate(name, level, raised_s, facts.pop("camera_ids", (f"cam-{name}",)), **facts)


def act(wall: Wall, candidates, rules=PLAIN, asked=(), done=frozenset(), now_s=NOW_S):
    plan = linkage.plan(wall, candidates, rules, asked, done, now_s)
    for step in plan.steps:
        if isinstance(step, Return):
            wall = wall.unlink(step.index)
        else:
            wall = wall.link(step.index, step.camera_id, step.alarm_id, now_s, clip=step.clip)
    return wall, plan


def shown(wall: Wall) -> dict[int, str]:
    return {n: c.link.alarm_id for n, c in enumerate(wall.cells) if c.link}


@pytest.mark.parametrize(
    ("layout_id", "cells"),
    [("1", (0,)), ("4", (3,)), ("9", (7, 8)), ("16", (10, 11, 14, 15)), ("25", (18, 19, 23, 24)),
     ("6", (4, 5)), ("13", (8, 10, 11, 12)), ("36", (28, 29, 34, 35))],
)  # fmt: skip
def test_that_every_layout_reserves_its_last_cells(layout_id, cells):
    found = linkage.default_reserved(preset(layout_id))
    assert len(found) == len(cells)
    if layout_id != "13":
        assert found == cells


def test_that_a_red_is_shown_without_any_action_and_others_wait_to_be_asked():
    wall, plan = act(full(), [red("r"), red("o", level=A), red("y", level=Y)])
    assert shown(wall) == {10: "r"} and wall.cells[10].camera_id == "cam-r"
    assert wall.cells[10].origin is CellOrigin.LINKAGE
    assert [one.alarm_id for one in plan.offers] == ["o", "y"]


def test_that_an_orange_comes_alone_by_setting_and_a_yellow_by_one_click():
    wall, _ = act(full(), [red("o", level=A), red("y", level=Y)], LinkRules(orange=True))
    assert shown(wall) == {10: "o"}
    wall, _ = act(wall, [red("o", level=A), red("y", level=Y)], LinkRules(orange=True), ("y",))
    assert shown(wall) == {10: "o", 11: "y"}


def test_that_two_alarms_in_sight_of_one_camera_do_not_show_it_twice():
    both = [red("r", camera_ids=("a", "b")), red("s", 1.0, camera_ids=("a", "c"))]
    wall, _ = act(full(), both)
    assert [wall.cells[n].camera_id for n in (10, 11)] == ["a", "c"]
    wall, _ = act(full(), [red("r", camera_ids=("a",)), red("s", 1.0, camera_ids=("a",))])
    assert [wall.cells[n].camera_id for n in (10, 11)] == ["a", "a"], "it has no other"


def test_that_a_held_cell_is_never_taken():
    wall = full("4").hold(3, True)
    after, plan = act(wall, [red("r")])
    assert after == wall and [one.alarm_id for one in plan.queue] == ["r"]


def test_that_the_queue_is_by_level_then_by_time():
    some = [red("b", 2), red("a", 1), red("o", 0, A), red("d", 4), red("c", 3), red("e", 5)]
    wall, plan = act(full(), some, LinkRules(orange=True))
    assert shown(wall) == {10: "a", 11: "b", 14: "c", 15: "d"}
    assert [one.alarm_id for one in plan.queue] == ["e", "o"]


def test_that_a_red_takes_the_cell_of_a_lower_level_and_no_red_that_of_another():
    rules = LinkRules(orange=True)
    wall, _ = act(full("4"), [red("o", level=A)], rules)
    wall, plan = act(wall, [red("o", level=A), red("r")], rules)
    assert shown(wall) == {3: "r"} and [one.alarm_id for one in plan.queue] == ["o"]
    assert wall.cells[3].link.former_id == "c3"
    wall, plan = act(wall, [red("o", level=A), red("r"), red("older", -5)], rules)
    assert shown(wall) == {3: "r"}
    assert [one.alarm_id for one in plan.queue] == ["older", "o"]


def test_that_the_former_picture_returns_when_the_alarm_is_closed():
    wall, _ = act(full(), [red("r")])
    wall, _ = act(wall, [])
    assert wall == full()


def test_that_it_returns_after_its_time_and_does_not_come_again_by_itself():
    rules, calm = LinkRules(return_after_s=60), red("r", waits=False)
    wall, _ = act(full(), [calm], rules)
    wall, plan = act(wall, [calm], rules, now_s=NOW_S + 59)
    assert shown(wall) == {10: "r"}
    wall, plan = act(wall, [calm], rules, now_s=NOW_S + 60)
    assert wall == full() and plan.done == {"r"}
    wall, plan = act(wall, [calm], rules, done=plan.done, now_s=NOW_S + 61)
    assert not plan.steps and [one.alarm_id for one in plan.offers] == ["r"]


def test_that_a_red_that_nobody_acknowledged_stays_however_long_it_takes():
    wall, _ = act(full(), [red("r")])
    wall, plan = act(wall, [red("r")], now_s=NOW_S + 9_999)
    assert shown(wall) == {10: "r"} and not plan.steps


def test_that_a_linked_picture_that_is_held_meanwhile_stays_in_its_cell():
    wall, _ = act(full(), [red("r")])
    wall, _ = act(wall.hold(10, True), [])
    assert wall.cells[10].camera_id == "cam-r" and wall.cells[10].link is None


def test_that_one_alarm_never_takes_two_cells():
    one = red("r", camera_ids=("x", "y", "z"))
    wall, _ = act(full(), [one])
    again, plan = act(wall, [one])
    assert shown(again) == {10: "r"} and not plan.steps


def test_that_a_camera_that_stands_on_the_wall_is_framed_where_it_is():
    wall = full().put(2, "cam-r")
    after, plan = act(wall, [red("r")])
    assert after == wall and not plan.queue
    assert linkage.marks(after, [red("r")], PLAIN) == {2: red("r")}
    toured = full().put(2, "cam-r", CellOrigin.TOUR)  # it would be gone in a moment
    assert shown(act(toured, [red("r")])[0]) == {10: "r"}


def test_that_the_clip_stands_beside_the_live_picture_and_makes_room_for_an_alarm():
    rules = LinkRules(reserved=(0, 1))
    one = red("r", clip_camera_id="cam-r")
    wall, _ = act(full(), [one], rules)
    assert [(n, c.link.clip) for n, c in enumerate(wall.cells) if c.link] == [(0, False), (1, True)]
    wall, plan = act(wall, [one, red("s", 5)], rules)
    assert shown(wall) == {0: "r", 1: "s"} and not plan.queue
    wall, _ = act(wall, [], rules)
    assert wall == full()


def test_that_a_clip_ends_with_its_live_picture():
    rules = LinkRules(reserved=(0, 1), orange=True)
    wall, _ = act(full(), [red("o", level=A, clip_camera_id="cam-o")], rules)
    assert len(shown(wall)) == 2
    wall, _ = act(wall, [red("o", level=A, clip_camera_id="cam-o"), red("r"), red("s")], rules)
    assert sorted(shown(wall).values()) == ["r", "s"]


def test_that_who_is_asked_for_last_takes_the_place_of_one_as_grave_and_nothing_flutters():
    rules, some = LinkRules(reserved=(5,)), [red("x", 1, Y), red("y", 2, Y)]
    wall, _ = act(full(), some, rules, ("x",))
    wall, plan = act(wall, some, rules, ("x", "y"))
    assert shown(wall) == {5: "y"} and [one.alarm_id for one in plan.queue] == ["x"]
    assert not act(wall, some, rules, ("x", "y"), now_s=NOW_S + 1)[1].steps


def test_that_reserved_cells_beyond_a_smaller_layout_are_left_out():
    assert LinkRules(reserved=(2, 8, 15)).cells(preset("9")) == (2, 8)
    _, plan = act(full("4"), [red("r")], LinkRules(reserved=()))
    assert not plan.steps and plan.queue


def test_that_cameras_that_are_online_come_first_and_a_silent_one_is_better_than_none():
    known = alarm("a1", level=R, camera_ids=("off", "on"))
    assert linkage.usable_cameras(known, ("near",), {"on", "near"}) == ("on", "near", "off")
    assert linkage.usable_cameras(known, (), frozenset()) == ("off", "on")
    raised = datetime(2026, 7, 17, 19, 0, tzinfo=UTC)
    found = linkage.candidate_of(alarm("a1", level=R, raised_at=raised), ("on",))
    assert found.raised_s == raised.timestamp() and found.waits


levels = st.sampled_from([R, A, Y])
alarms = st.lists(
    st.builds(red, st.sampled_from("abcdefgh"), st.integers(0, 99), levels,
              waits=st.booleans(), clip_camera_id=st.sampled_from(["", "k"])),
    max_size=8, unique_by=lambda one: one.alarm_id,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(alarms, max_size=5),
    st.sets(st.integers(0, 8)),
    st.lists(st.sampled_from("abcdefgh")),
)
def test_that_whatever_happens_held_cells_stay_and_the_wall_settles(rounds, held, asked):
    rules = LinkRules(orange=True, reserved=(5, 6, 7, 8), return_after_s=100)
    wall, done = full("9"), frozenset()
    for index in held:
        wall = wall.hold(index, True)
    before = wall
    for number, some in enumerate(rounds):
        now_s = NOW_S + 40 * number
        wall, plan = act(wall, some, rules, asked, done, now_s)
        done = plan.done
        for index in set(range(9)) - {5, 6, 7, 8} | held:
            assert wall.cells[index] == before.cells[index]
        live = [c.link.alarm_id for c in wall.cells if c.link and not c.link.clip]
        assert len(live) == len(set(live))
        assert not act(wall, some, rules, asked, done, now_s)[1].steps
    assert act(wall, [], rules)[0] == before
