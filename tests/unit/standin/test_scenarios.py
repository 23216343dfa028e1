from collections import Counter
from datetime import timedelta

import pytest

from desktop.domain.alarms import AlarmState, Condition, Verification
from desktop.domain.levels import WarningLevel
from desktop.standin.past import make_past
from desktop.standin.scenarios import SCENARIOS, scenario_named
from desktop.standin.scenarios.alarm_flood import ALARMS
from desktop.standin.scenarios.manhole import is_displaced
from desktop.standin.scenarios.scenario import Scenario
from desktop.standin.tickets import people

from .playing import Play

NAMES = [scenario.name for scenario in SCENARIOS]
TEN_MINUTES_S = 600


def test_that_there_are_eleven_scenarios_with_a_chinese_title_each():
    assert len(set(NAMES)) == 11
    assert NAMES[:2] == ["calm", "storm"]
    assert all(any("\u4e00" <= c <= "\u9fff" for c in s.title) for s in SCENARIOS)


def test_that_a_scenario_without_steps_cannot_be_made():
    with pytest.raises(TypeError):
        Scenario(Play().city, None)  # type: ignore[abstract, arg-type]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "alarm_flood"])
def test_that_the_same_seed_plays_the_same_ten_minutes_and_another_seed_others(name: str):
    first = Play(seed=7).begin(name).run(TEN_MINUTES_S).told()
    assert first == Play(seed=7).begin(name).run(TEN_MINUTES_S).told()
    assert first != Play(seed=8).begin(name).run(TEN_MINUTES_S).told()


def test_that_the_flood_is_the_same_by_seed_too():
    first = Play(seed=7).begin("alarm_flood").run(3).told()
    assert len(first) > 2900
    assert first == Play(seed=7).begin("alarm_flood").run(3).told()
    assert first != Play(seed=8).begin("alarm_flood").run(3).told()


def test_that_what_was_played_before_does_not_change_a_scenario():
    alone = Play().begin("manhole").run(120).told()
    after = Play().begin("appeals").run(60).begin("manhole")
    first = len(after.city.book.log)
    later = [t for t in after.run(120).told()[first:] if t.kind == "raised"]
    raised = [t for t in alone if t.kind == "raised"]
    assert [(t.t_s, t.title) for t in raised] == [(t.t_s - 60, t.title) for t in later]


@pytest.mark.parametrize("name", NAMES)
def test_that_a_scenario_ends_cleanly_when_another_starts(name: str):
    """Six minutes of a calm day later nothing that it brought is active."""
    play = Play().begin(name).run(100)
    brought = {a.alarm_id for a in play.city.book.open_alarms()}
    play.begin("calm").run(420)
    still = [play.city.book.get(a) for a in brought]
    by_water = set(play.city.water.gauges)
    active = [a for a in still if a.condition is Condition.ACTIVE and a.point_id not in by_water]
    assert not active
    assert not play.city.silent and not play.city.readings
    assert play.city.water.rain_mm_h == 0 and play.city.water.rain_at is None
    assert play.levers.done.count("stop") == play.levers.done.count("start")


def test_that_speed_is_city_time_per_second():
    slow = Play().begin("ai_occupation").run(600)
    fast = Play().begin("ai_occupation", speed=10).run(60)
    assert len(slow.city.book.log) > 30
    assert abs(len(slow.city.book.log) - len(fast.city.book.log)) <= 1


def test_that_a_calm_day_is_as_quiet_as_a_real_city():
    """24 h: at most 6 alarms in ten minutes on average by day, about 80 / 15 / 5 % by level."""
    play = Play()
    make_past(play.city)
    play.begin("calm", speed=4)
    play.run(24 * 3600 / 4)
    raised = [e for e in play.city.book.log if e.kind in ("raised", "raised_again")]
    new = [e for e in raised if e.at > play.city.started_at]
    per_ten = len(new) / 144
    by_level = Counter(event.alarm.level for event in new)
    assert 350 <= len(new) <= 620 and 2.5 <= per_ten <= 4.5, len(new)
    fullest = Counter(int((e.at - play.city.started_at).total_seconds() // 600) for e in new)
    assert max(fullest.values()) <= 7
    assert 0.74 <= by_level[WarningLevel.BLUE] / len(new) <= 0.86, by_level
    assert 0.10 <= by_level[WarningLevel.YELLOW] / len(new) <= 0.20, by_level
    assert 0.02 <= by_level[WarningLevel.ORANGE] / len(new) <= 0.08, by_level
    assert by_level[WarningLevel.RED] == 0
    assert play.city.book.open_count <= 40


def test_that_gas_climbs_through_its_lines_to_red_and_the_probes_down_the_wind_follow():
    play = Play().begin("gas_leak").run(400)
    source = [t for t in play.told() if t.class_id == "gas" and "浓度" in t.title]
    levels = list(dict.fromkeys(t.level for t in source))
    assert levels == ["yellow", "orange", "red"]
    red = next(t for t in source if t.level == "red")
    assert 200 < red.t_s < 320  # 50 %LEL at 12 %LEL/min
    reached = {a.condition_key for a in play.city.book.open_alarms() if "level" in a.condition_key}
    assert 3 <= len(reached) <= 6  # those across and against the wind stay dry
    assert any("压力" in t.title and t.level == "orange" for t in play.told())
    play.run(1200)
    assert not [a for a in play.city.book.open_alarms() if a.condition is Condition.ACTIVE]


def test_that_a_road_sinks_through_its_lines_gives_way_and_is_filled_in_again():
    play = Play().begin("collapse").run(300)
    sinking = [t for t in play.told() if "沉降" in t.title]
    assert list(dict.fromkeys(t.level for t in sinking)) == ["yellow", "orange", "red"]
    (fallen,) = [t for t in play.told() if "塌陷" in t.title]
    assert fallen.level == "red" and fallen.t_s > sinking[-1].t_s > 60
    still = [a for a in play.city.book.open_alarms() if a.condition is Condition.ACTIVE]
    assert len(still) == 2  # what sank does not rise by itself
    play.run(2600)
    assert not [a for a in play.city.book.open_alarms() if a.condition is Condition.ACTIVE]


def test_that_a_vehicle_that_rolls_over_a_cover_is_no_alarm():
    assert not is_displaced(29, 1.9)
    assert not is_displaced(14, 600)
    assert is_displaced(16, 2.0)
    play = Play().begin("manhole").run(TEN_MINUTES_S)
    assert play.stage.facts()["过车滤除"] > 100
    raised = [t for t in play.told() if t.kind == "raised"]
    assert 5 <= len(raised) <= 30


def test_that_covers_tilt_move_get_lost_and_run_out_of_battery():
    play = Play().begin("manhole", speed=10).run(TEN_MINUTES_S)
    words = {t.title[:4] for t in play.told()}
    assert {"井盖倾斜", "井盖移位", "井盖缺失", "井盖电量"} <= words
    lost = [t for t in play.told() if t.title == "井盖缺失"]
    assert {t.level for t in lost} == {"red"}


def test_that_lamps_that_go_out_together_name_one_cause():
    play = Play().begin("lamps_out").run(90)
    alarms = play.city.book.open_alarms()
    causes = {a.alarm_id for a in alarms if a.cause_id is None}
    members = [a for a in alarms if a.cause_id is not None]
    assert len(causes) == 2 and {m.cause_id for m in members} == causes
    first = min(causes)
    told = play.city.book.get(first)
    assert sum(m.cause_id == first for m in members) == told.value
    play.run(1200)
    active = [a for a in play.city.book.open_alarms() if a.condition is Condition.ACTIVE]
    assert not active


def test_that_a_broken_link_silences_a_district_and_all_is_repaired_at_the_end():
    play = Play()
    play.city.set_level("SW-0500", 0.3)
    play.begin("link_down").run(70)
    silent = [a for a in play.city.book.open_alarms() if a.class_id == "device_silent"]
    assert play.levers.done == ["stop", "start"]
    assert len(silent) > 20 and len(play.city.silent) == len(silent)
    cause = next(a for a in play.city.book.open_alarms() if a.class_id == "link")
    assert {a.cause_id for a in silent} == {cause.alarm_id}
    water = play.city.book.find_open("water_level/SW-0500/water")
    assert water is not None and water.quality == "stale"
    play.run(200)
    left = [a for a in play.city.book.open_alarms() if a.class_id in ("device_silent", "link")]
    assert all(a.condition is Condition.RTN for a in left)
    assert not play.city.silent
    water = play.city.book.find_open("water_level/SW-0500/water")
    assert water is not None and water.quality == "good"


def test_that_ten_thousand_alarms_come_in_ten_seconds_each_of_its_own_and_it_calms():
    play = Play().begin("alarm_flood").run(10)
    raised = [e for e in play.city.book.log if e.kind == "raised"]
    assert len(raised) == ALARMS == play.city.book.open_count
    assert len({e.alarm.condition_key for e in raised}) == ALARMS
    per_second = Counter(int((e.at - play.city.started_at).total_seconds()) for e in raised)
    assert max(per_second.values()) <= 1100
    levels = Counter(e.alarm.level for e in raised)
    assert 0.7 < levels[WarningLevel.BLUE] / ALARMS < 0.85 and levels[WarningLevel.RED] < 100
    play.run(300)
    assert play.city.book.open_count == 0


def test_that_a_flood_that_is_left_early_ends_too():
    play = Play().begin("alarm_flood").run(4).begin("calm").run(320)
    assert play.city.book.open_count < 20


def test_that_several_people_with_one_matter_make_an_alarm_and_one_who_repeats_does_not():
    play = Play().begin("appeals").run(TEN_MINUTES_S)
    tickets = play.city.tickets
    alarms = [a for a in play.city.book.open_alarms() if a.class_id == "appeal"]
    assert alarms
    for alarm in alarms:
        _, place, category = alarm.title.split(" ", 2)
        together = tickets.gathered(place, category, play.now)
        assert alarm.value == people(together) >= 3
        assert together[-1].ticket_id in alarm.detail
    hot = next(a for a in alarms if a.level is WarningLevel.ORANGE)
    assert hot.value is not None and hot.value >= 8
    one = tickets.tickets[0]
    assert people([one] * 10) == 1


def test_that_appeals_are_forgotten_after_a_day():
    play = Play().begin("appeals").run(60)
    first = play.city.tickets.tickets[0]
    late = first.created_at + timedelta(hours=24, seconds=1)
    assert first not in play.city.tickets.gathered(first.place, first.category, late)


def test_that_a_machine_finds_false_things_too_and_is_less_sure_of_them():
    play = Play().begin("ai_occupation", speed=20).run(300)
    alarms = {e.alarm.alarm_id: e.alarm for e in play.city.book.log if e.kind == "raised"}
    truth = play.city.verdicts._truth
    false = [alarms[a].confidence for a, true in truth.items() if not true]
    true = [alarms[a].confidence for a, true in truth.items() if true]
    assert 0.2 < len(false) / len(truth) < 0.45
    assert sum(true) / len(true) > sum(false) / len(false) + 0.05  # type: ignore[arg-type]
    assert all(a.verification is Verification.PENDING for a in alarms.values())
    assert all(a.clip and a.clip.camera_id == a.camera_ids[0] for a in alarms.values())


def test_that_a_falling_thing_that_is_not_sure_waits_for_a_person():
    play = Play().begin("falling_object", speed=10).run(200)
    alarms = [e.alarm for e in play.city.book.log if e.kind == "raised"]
    sure = [a for a in alarms if a.verification is Verification.CONFIRMED]
    assert sure and len(sure) < len(alarms)
    assert all((a.confidence or 0) >= 0.85 for a in sure)
    assert all("待核实" in a.title for a in alarms if a not in sure)


def test_that_every_alarm_of_every_scenario_lies_in_a_district_and_belongs_to_a_unit():
    play = Play()
    for name in NAMES:
        play.begin(name).run(30)
    alarms = [e.alarm for e in play.city.book.log]
    assert all(a.district_id and a.org_id and a.lon_deg and a.lat_deg for a in alarms)
    states = {a.state for a in alarms}
    assert AlarmState.ACTIVE_UNACKED in states


def test_that_an_unknown_scenario_leaves_the_present_one_playing():
    play = Play().begin("calm")
    with pytest.raises(KeyError):
        play.stage.play("earthquake")
    assert play.stage.name == "calm"
    assert scenario_named("calm").title == "平日"


def test_that_many_alarms_that_end_together_do_not_hold_up_a_step():
    play = Play().begin("alarm_flood").run(6).begin("calm", speed=100)
    left = play.city.book.open_count
    play.run(3)
    assert 0 < left - play.city.book.open_count <= 450
    play.run(60)
    assert play.city.book.open_count < 40


def test_that_a_link_that_is_down_is_mended_when_another_scenario_starts():
    away = Play().begin("link_down").run(15).begin("calm")
    assert away.levers.done == ["stop", "start"]
    silent = Play().begin("link_down").run(60)
    assert silent.city.silent
    silent.begin("calm")
    assert not silent.city.silent
    left = [a for a in silent.city.book.open_alarms() if a.class_id == "device_silent"]
    assert left and all(a.condition is Condition.RTN for a in left)


def test_that_an_alarm_without_a_point_of_the_register_says_in_words_where_it_is():
    play = Play().begin("ai_occupation").run(120)
    found = [a for a in play.city.book.open_alarms() if a.point_id is None]
    names = {camera.name for camera in play.city.places.cameras_by_id.values()}
    assert found and all(a.detail.split("，")[0] in names for a in found)
