"""Which plans there are, until GET /plans is served: any id, two signatures for I and II."""

from desktop.domain.emergency.plans import (
    ChecklistItem,
    Plan,
    PlanKind,
    PlanLevel,
    PlanTask,
    ResponseLevel,
)


def any_plan(plan_id: str) -> Plan | None:
    if not plan_id or plan_id.startswith("no_"):
        return None
    task = PlanTask(task_id="drain", title="抽排", skill="pump", within_min=28)
    item = ChecklistItem(item_id="check", text="核对现场")
    levels = {
        level: PlanLevel(
            signer_role="leader" if level is ResponseLevel.I else "duty_officer",
            two_person=level.rank <= 2, tasks=(task,), requires=(), checklist=(item,),
        )
        for level in ResponseLevel
    }  # fmt: skip
    return Plan(plan_id=plan_id, name="预案", kind=PlanKind.FLOOD, edition="", levels=levels)
