import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop.domain.emergency.plan_text import (
    PLACEHOLDERS,
    SKILLS,
    faults_of,
    read_plan,
    read_plans,
    usable_levels,
)
from desktop.domain.emergency.plans import Fact, Plan, ResponseLevel
from desktop.standin.generated.crews import unit_facts

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
FILES = sorted((RESOURCES / "plans").glob("*.yaml"))
SCENES = {
    tomllib.loads(p.read_text("utf-8"))["scene_id"]
    for p in (RESOURCES / "wall_scenes").glob("*.toml")
}
FLOOD = (RESOURCES / "plans" / "flood.yaml").read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_a_shipped_plan_can_be_used_at_every_level(path: Path):
    plan = read_plan(path.name, path.read_text("utf-8"), SCENES)
    assert isinstance(plan, Plan), plan
    assert {*plan.levels} == {*ResponseLevel}
    assert plan.plan_id == path.stem


def test_that_the_graver_levels_need_two_persons_and_the_others_one():
    plans, faults = read_plans([(p.name, p.read_text("utf-8")) for p in FILES], SCENES)
    assert faults == ()
    for plan in plans.values():
        two = {level for level, one in plan.levels.items() if one.two_person}
        assert two == {ResponseLevel.I, ResponseLevel.II}
        assert all(
            one.targets.on_scene_min <= 28 for level, one in plan.levels.items() if level in two
        )


def line_of(text: str) -> int:
    return FLOOD.splitlines().index(next(x for x in FLOOD.splitlines() if text in x)) + 1


@pytest.mark.parametrize(
    "old, new, word",
    [
        ("signer_role: duty_officer", "signer_role: ''", "没有写明由谁签发"),
        ("signer_role: duty_officer", "signer_role: mayor", "没有角色 mayor"),
        ("signer_role: duty_officer", "signer_role: operator", "不能签发"),
        ("{skill: patrol, name: 巡查, per_site: 1, reserve: 1}",
         "{skill: fly, name: 飞, per_site: 1}", "没有技能 fly"),
        ("task_id: look, title: 现场核查, skill: patrol, within_min: 45",
         "task_id: look, title: 现场核查, skill: pump, within_min: 45", "任务要 pump"),
        ("scene_id: flood", "scene_id: carnival", "没有大屏场景 carnival"),
        ("积水，巡查已派出，请关注。", "积水 {colour}", "没有占位 {colour}"),
        ("to: duty_officer, text", "to: nobody, text", "没有通知对象 nobody"),
        ("needed: 1", "needed: 3", "要满足 3 条，条件只有 2 条"),
        ("fact: rain_signal, value: 1", "fact: moon, value: 1", "moon"),
        ("two_person: false", "two_person: maybe", "bool"),
        ("map_zoom: 13", "map_zoom: 13\n    colour: red", "没有这个字段"),
        ("signer_role: duty_officer", "signer: duty_officer", "signer_role"),
        ("two_person: true", "two_person: false", "须由两人"),
        ("sites_over_m, line_m: 0.05, value", "sites_over_m, value", "要写明 line_m"),
        ("within_min: 30, value: 2", "value: 2", "要写明 within_min"),
        ("after_s: 600, channel: handset, to: next", "after_s: 200, channel: handset, to: next",
         "要比上一步晚"),
        ("after_s: 300, channel: voice, to: same", "after_s: 300, channel: voice, to: nobody",
         "没有通知对象 nobody"),
        ("item_id: stock", "item_id: points", "检查项 points 写了两次"),
        ("edition: 2026 版", "edition: 2026 版\nedition: 2027 版", "写了两次"),
        ("line_m: 0.5", "line_m: !!python/name:os.system 0.5", "标签"),
        ("crew_kinds: [team, vehicle]", "crew_kinds: &a [team, vehicle]", "锚点"),
    ],
)  # fmt: skip
def test_that_a_fault_names_file_line_and_reason(old: str, new: str, word: str):
    assert old in FLOOD
    found = read_plan("flood.yaml", FLOOD.replace(old, new, 1), SCENES)
    assert isinstance(found, tuple)
    fits = [str(one) for one in found if word in one.reason]
    assert fits, found
    assert all(one.startswith("flood.yaml 第 ") for one in fits)
    assert any(abs(one.line - line_of(old)) <= 1 for one in found), found


def test_that_tasks_that_wait_for_each_other_are_a_fault():
    wrong = FLOOD.replace(
        "{task_id: drain, title: 抽排积水, skill: pump, within_min: 28, detail",
        "{task_id: drain, title: 抽排积水, skill: pump, within_min: 28, after: [light], detail",
    )
    found = read_plan("flood.yaml", wrong, SCENES)
    assert isinstance(found, tuple)
    assert any("互相等待" in one.reason for one in found)
    assert any("前置任务 light 不在本级" in one.reason for one in found)  # III has no light


def test_that_one_broken_file_stops_no_other():
    plans, faults = read_plans([("a.yaml", "plan_id: ["), ("flood.yaml", FLOOD)], SCENES)
    assert [*plans] == ["flood"]
    assert [one.file for one in faults] == ["a.yaml"]


def test_that_a_later_file_replaces_the_plan_of_the_same_id():
    newer = FLOOD.replace("edition: 2026 版", "edition: 本市修订")
    plans, _ = read_plans([("flood.yaml", FLOOD), ("own.yaml", newer)], SCENES)
    assert plans["flood"].edition == "本市修订"


@given(st.integers(0, FLOOD.count("\n")), st.text(max_size=30))
def test_that_no_line_can_break_the_reader(number: int, text: str):
    lines = FLOOD.splitlines()
    lines[min(number, len(lines) - 1)] = text
    found = read_plan("flood.yaml", "\n".join(lines), SCENES)
    assert isinstance(found, Plan) or all(one.reason for one in found)


def test_that_of_a_sent_plan_only_what_nobody_may_carry_out_is_left_out():
    plan = read_plan("flood.yaml", FLOOD, SCENES)
    assert isinstance(plan, Plan)
    assert faults_of(plan, SCENES) == () and usable_levels(plan, ()) == plan
    unsigned = replace(plan.levels[ResponseLevel.II], signer_role="")
    odd = replace(plan.levels[ResponseLevel.I], scene_id="carnival")
    sent = replace(plan, levels=plan.levels | {ResponseLevel.II: unsigned, ResponseLevel.I: odd})
    faults = faults_of(sent, SCENES)
    assert [(one.path, one.stops) for one in faults] == [
        ("levels.II.signer_role", True), ("levels.I.scene_id", False),
    ]  # fmt: skip
    kept = usable_levels(sent, faults)
    assert kept is not None and {*kept.levels} == {*ResponseLevel} - {ResponseLevel.II}
    assert usable_levels(replace(plan, levels={}), ()) is None


def test_that_crews_of_the_city_can_what_the_plans_ask_for():
    able = {skill for index in range(60) for kind in ("team", "vehicle", "officer")
            for skill in unit_facts(kind, index)[1]}  # fmt: skip
    plans, _ = read_plans([(p.name, p.read_text("utf-8")) for p in FILES], SCENES)
    asked = {need.skill for plan in plans.values() for one in plan.levels.values()
             for need in one.requires}  # fmt: skip
    assert asked <= able


def test_that_every_fact_is_asked_about_or_known():
    plans, _ = read_plans([(p.name, p.read_text("utf-8")) for p in FILES], SCENES)
    asked = {c.fact for plan in plans.values() for one in plan.levels.values() for c in one.trigger}
    assert asked == {*Fact}
    assert SKILLS and PLACEHOLDERS
