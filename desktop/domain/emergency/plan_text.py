"""Plans from the text of their files: a fault says file, line and reason, and stops no other."""

import re
from collections.abc import Collection, Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any, cast

import msgspec

from desktop.domain.emergency.plans import Plan, PlanLevel, ResponseLevel
from desktop.domain.marked_yaml import FileFault, Marked, fault_of, read_yaml
from desktop.domain.permissions import Action, Role, can

SKILLS = frozenset(
    ("pump", "manhole", "repair", "light", "sweep", "rescue", "patrol", "enforce", "flood", "gas",
     "close", "sprinkle", "waste", "look")
)  # fmt: skip
"""What crews of a city can: the words of GET /units."""
PLACEHOLDERS = frozenset(("place", "level", "plan", "value", "minutes", "task"))
_NAMED = re.compile(r"\{([^{}]*)\}")
_STEP = re.compile(r"([^.\[\]]+)(?=[.\[]|$)|\[(\d+)\]")
_ELSEWHERE = ("crews",)


def read_plan(
    file: str, text: str, scenes: Collection[str], skills: Collection[str] = SKILLS
) -> Plan | tuple[FileFault, ...]:
    """`scenes`: scene_ids that there are. All that is wrong with the file, not the first alone."""
    marked = read_yaml(file, text)
    if isinstance(marked, FileFault):
        return (marked,)
    try:
        plan = msgspec.convert(marked.value, Plan, strict=False)
    except msgspec.ValidationError as error:
        return (fault_of(file, marked, error),)
    faults = tuple(
        _fault(file, marked, f"levels.{level.value}.{path}", reason)
        for level, one in plan.levels.items()
        for path, reason in _faults_of(one, scenes, skills)
    )
    known = msgspec.to_builtins(plan)
    faults += tuple(
        _fault(file, marked, path, "没有这个字段") for path in marked.lines if not _has(known, path)
    )
    if not plan.levels:
        faults = (_fault(file, marked, "levels", "至少要有一个级别"),)
    return faults or plan


def read_plans(
    files: Iterable[tuple[str, str]], scenes: Collection[str], skills: Collection[str] = SKILLS
) -> tuple[dict[str, Plan], tuple[FileFault, ...]]:
    """(name, text) of files; a later one with the same plan_id replaces the earlier."""
    plans: dict[str, Plan] = {}
    faults: list[FileFault] = []
    for file, text in files:
        found = read_plan(file, text, scenes, skills)
        if isinstance(found, Plan):
            plans[found.plan_id] = found
        else:
            faults += found
    return plans, tuple(faults)


def _has(value: Any, path: str) -> bool:
    """Whether a path such as `levels.IV.tasks[2].title` is there."""
    for name, number in _STEP.findall(path):
        if number:
            value = value[int(number)]
        elif not isinstance(value, dict) or name not in value:
            return False
        else:
            value = cast(dict[str, Any], value)[name]
    return True


def _fault(file: str, marked: Marked, path: str, reason: str) -> FileFault:
    return FileFault(file, marked.line_of(path), f"{path}：{reason}")


def _faults_of(
    one: PlanLevel, scenes: Collection[str], skills: Collection[str]
) -> Iterable[tuple[str, str]]:
    """(path within the level, reason)."""
    yield from _signing_faults(one)
    for number, need in enumerate(one.requires):
        if need.skill not in skills:
            yield f"requires[{number}].skill", f"没有技能 {need.skill}，队伍名册里没有人会"
    asked = {need.skill for need in one.requires}
    for number, task in enumerate(one.tasks):
        if task.skill not in asked:
            yield f"tasks[{number}].skill", f"任务要 {task.skill}，本级力量（requires）里没有"
    yield from _order_faults(one)
    if one.scene_id and one.scene_id not in scenes:
        yield "scene_id", f"没有大屏场景 {one.scene_id}"
    for number, use in enumerate(one.channels):
        if unknown := sorted({*_NAMED.findall(use.text)} - PLACEHOLDERS):
            yield f"channels[{number}].text", f"没有占位 {{{unknown[0]}}}"
        if use.to not in _ELSEWHERE and use.to not in set(Role):
            yield f"channels[{number}].to", f"没有通知对象 {use.to}"
    if one.needed > max(1, len(one.trigger)):
        yield "needed", f"要满足 {one.needed} 条，条件只有 {len(one.trigger)} 条"


def _signing_faults(one: PlanLevel) -> Iterable[tuple[str, str]]:
    if not one.signer_role:
        yield "signer_role", "没有写明由谁签发"
    elif one.signer_role not in set(Role):
        yield "signer_role", f"没有角色 {one.signer_role}"
    elif not can(one.signer_role, Action.INCIDENT_APPROVE):
        yield "signer_role", f"{Role(one.signer_role).word} 不能签发应急响应"


def _order_faults(one: PlanLevel) -> Iterable[tuple[str, str]]:
    names = [task.task_id for task in one.tasks]
    for number, task in enumerate(one.tasks):
        if task.task_id in names[:number]:
            yield f"tasks[{number}].task_id", f"任务 {task.task_id} 写了两次"
        for missing in sorted({*task.after} - {*names}):
            yield f"tasks[{number}].after", f"前置任务 {missing} 不在本级"
    try:
        TopologicalSorter({task.task_id: task.after for task in one.tasks}).prepare()
    except CycleError as error:
        yield "tasks", f"任务互相等待：{' → '.join(error.args[1])}"


def gravest_first(plan: Plan) -> list[ResponseLevel]:
    return sorted(plan.levels, key=lambda level: level.rank)
