"""Plans from the text of their files: a fault says file, line and reason, and stops no other.

What is wrong with a plan is told the same way when the platform has sent it.
"""

import re
from collections.abc import Collection, Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple, cast

import msgspec

from desktop.domain.emergency.plans import (
    ChannelUse,
    Condition,
    Fact,
    Plan,
    PlanLevel,
    ResponseLevel,
)
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
_CREWS, _LEADERS = "crews", "leaders"
_SAME, _NEXT = "same", "next"
_TWO_PERSONS = (ResponseLevel.I, ResponseLevel.II)
_NEEDS_LINE = (Fact.SITES_OVER_M, Fact.SITES_REACHING_M)


class PlanFault(NamedTuple):
    """`path` such as `levels.IV.tasks[2].skill`. `stops`: nobody may act by this level; else it is
    of use but for this."""

    path: str
    reason: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.path}：{self.reason}"


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
        _fault(file, marked, found.path, found.reason) for found in faults_of(plan, scenes, skills)
    )
    known = msgspec.to_builtins(plan)
    faults += tuple(
        _fault(file, marked, path, "没有这个字段") for path in marked.lines if not _has(known, path)
    )
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


def usable_levels(plan: Plan, faults: Collection[PlanFault]) -> Plan | None:
    """What is left of a plan that the platform has sent; None where no level is."""
    broken = {one.path.split(".")[1] for one in faults if one.stops and "." in one.path}
    levels = {level: one for level, one in plan.levels.items() if level.value not in broken}
    return msgspec.structs.replace(plan, levels=levels) if levels else None


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


def faults_of(
    plan: Plan, scenes: Collection[str], skills: Collection[str] = SKILLS
) -> tuple[PlanFault, ...]:
    """Whoever has made the plan."""
    if not plan.levels:
        return (PlanFault("levels", "至少要有一个级别"),)
    return tuple(
        PlanFault(f"levels.{level.value}.{found.path}", found.reason, found.stops)
        for level, one in plan.levels.items()
        for found in (
            *_signing_faults(level, one),
            *_strength_faults(one, skills),
            *_order_faults(one),
            *_trigger_faults(one),
            *_telling_faults(one, scenes),
        )
    )


def _strength_faults(one: PlanLevel, skills: Collection[str]) -> Iterable[PlanFault]:
    """A plan that asks for what nobody can still sends the others: the preview shows the gap."""
    for number, need in enumerate(one.requires):
        if need.skill not in skills:
            reason = f"没有技能 {need.skill}，队伍名册里没有人会"
            yield PlanFault(f"requires[{number}].skill", reason, stops=False)
    asked = {need.skill for need in one.requires}
    for number, task in enumerate(one.tasks):
        if task.skill not in asked:
            reason = f"任务要 {task.skill}，本级力量（requires）里没有"
            yield PlanFault(f"tasks[{number}].skill", reason, stops=False)


def _telling_faults(one: PlanLevel, scenes: Collection[str]) -> Iterable[PlanFault]:
    if one.scene_id and one.scene_id not in scenes:
        yield PlanFault("scene_id", f"没有大屏场景 {one.scene_id}", stops=False)
    for number, use in enumerate(one.channels):
        yield from _channel_faults(f"channels[{number}]", use)
    for number, step in enumerate(one.ladder):
        if step.to not in (_SAME, _NEXT, *Role):
            yield PlanFault(f"ladder[{number}].to", f"没有通知对象 {step.to}", stops=False)
        if number and step.after_s <= one.ladder[number - 1].after_s:
            yield PlanFault(f"ladder[{number}].after_s", "要比上一步晚", stops=False)
    items = [item.item_id for item in one.checklist]
    for number, item_id in enumerate(items):
        if item_id in items[:number]:
            yield PlanFault(f"checklist[{number}].item_id", f"检查项 {item_id} 写了两次")


def _channel_faults(path: str, use: ChannelUse) -> Iterable[PlanFault]:
    if unknown := sorted({*_NAMED.findall(use.text)} - PLACEHOLDERS):
        yield PlanFault(f"{path}.text", f"没有占位 {{{unknown[0]}}}", stops=False)
    if use.to not in (_CREWS, _LEADERS, *Role):
        yield PlanFault(f"{path}.to", f"没有通知对象 {use.to}", stops=False)


def _trigger_faults(one: PlanLevel) -> Iterable[PlanFault]:
    if one.needed > max(1, len(one.trigger)):
        reason = f"要满足 {one.needed} 条，条件只有 {len(one.trigger)} 条"
        yield PlanFault("needed", reason, stops=False)
    for number, condition in enumerate(one.trigger):
        if missing := _missing_in(condition):
            reason = f"{condition.fact} 要写明 {missing}"
            yield PlanFault(f"trigger[{number}]", reason, stops=False)


def _missing_in(condition: Condition) -> str:
    if condition.fact in _NEEDS_LINE and condition.line_m is None:
        return "line_m"
    reaching = condition.fact is Fact.SITES_REACHING_M
    return "within_min" if reaching and condition.within_min is None else ""


def _signing_faults(level: ResponseLevel, one: PlanLevel) -> Iterable[PlanFault]:
    if not one.signer_role:
        yield PlanFault("signer_role", "没有写明由谁签发")
    elif one.signer_role not in set(Role):
        yield PlanFault("signer_role", f"没有角色 {one.signer_role}")
    elif not can(one.signer_role, Action.INCIDENT_APPROVE):
        yield PlanFault("signer_role", f"{Role(one.signer_role).word} 不能签发应急响应")
    if level in _TWO_PERSONS and not one.two_person:
        reason = f"{level.warning.roman} 级须由两人在两个席位签发"
        yield PlanFault("two_person", reason, stops=False)


def _order_faults(one: PlanLevel) -> Iterable[PlanFault]:
    names = [task.task_id for task in one.tasks]
    for number, task in enumerate(one.tasks):
        if task.task_id in names[:number]:
            yield PlanFault(f"tasks[{number}].task_id", f"任务 {task.task_id} 写了两次")
        for missing in sorted({*task.after} - {*names}):
            yield PlanFault(f"tasks[{number}].after", f"前置任务 {missing} 不在本级")
    try:
        TopologicalSorter({task.task_id: task.after for task in one.tasks}).prepare()
    except CycleError as error:
        yield PlanFault("tasks", f"任务互相等待：{' → '.join(error.args[1])}")


def gravest_first(plan: Plan) -> list[ResponseLevel]:
    return sorted(plan.levels, key=lambda level: level.rank)
