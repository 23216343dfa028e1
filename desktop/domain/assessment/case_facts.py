"""What of a case is counted, as one row of numbers."""

from collections.abc import Callable, Sequence

import numpy as np

from desktop.domain.assessment.case_counts import AREAS, FACTS, PEOPLE, Facts, Flag, month_of
from desktop.domain.assessment.case_counts import unix_of as unix
from desktop.domain.cases import PUBLIC_SOURCES, Case, Source, Stage, State, Step

NumberOf = Callable[[str, str], int]
"""level (district, street, org, person, or class) and id -> the store's number for it."""

_NONE = Stage(stage=Step.REPORT)
_WHO = dict(zip(PEOPLE, (Step.REPORT, Step.VERIFY, Step.CHECK, Step.ACCEPT, Step.REGISTER,
                         Step.ARCHIVE, Step.DISPATCH), strict=True))  # fmt: skip


def facts_of(cases: Sequence[Case], number_of: NumberOf) -> Facts:
    """One row for each case, in their order."""
    return np.array([_row(case, number_of) for case in cases], dtype=FACTS)


def is_settled(case: Case) -> bool:
    """Time alone changes none of its counts any more."""
    return case.state in (State.CLOSED, State.VOID)


def _row(case: Case, number_of: NumberOf) -> tuple[int, ...]:
    steps = {one.stage: one for one in case.stages}

    def of(step: Step) -> Stage:
        return steps.get(step, _NONE)

    verify, check, dispose, sign = (
        of(step) for step in (Step.VERIFY, Step.CHECK, Step.DISPOSE, Step.SIGN)
    )
    register, dispatch, archive = of(Step.REGISTER), of(Step.DISPATCH), of(Step.ARCHIVE)
    due_at = dispose.due_at or case.due_at
    times = (
        case.reported_at, of(Step.ACCEPT).at, register.at, register.due_at, dispatch.at,
        dispatch.due_at, sign.at, sign.due_at, dispose.at, due_at, archive.at, archive.due_at,
        verify.at, verify.due_at, verify.sent_at, verify.sent_due_at, check.at, check.due_at,
        check.sent_at, check.sent_due_at, case.joint_at, case.joint_due_at,
    )  # fmt: skip
    is_patrol = case.source is Source.PATROL
    people = [
        number_of("person", of(step).by) if field != "reporter" or is_patrol else 0
        for field, step in _WHO.items()
    ]
    return (
        *(unix(at) for at in times),
        *(number_of(level, getattr(case, f"{level}_id")) for level in AREAS),
        *people,
        month_of(case.reported_at),
        month_of(due_at or dispose.at or case.reported_at),
        _flags(case, steps.get(Step.CALL_BACK)),
        min(case.rework, 0xFFFF),
        min(case.returns, 0xFFFF),
        number_of("class", f"{case.kind.value}{case.class_code}"),
    )


def _flags(case: Case, call_back: Stage | None) -> int:
    told = {
        Flag.VOID: case.state is State.VOID,
        Flag.PATROL: case.source is Source.PATROL,
        Flag.PUBLIC: case.source in PUBLIC_SOURCES,
        Flag.HOTLINE: case.source is Source.HOTLINE,
        Flag.MISSED: case.is_missed,
        Flag.REPEATED: bool(case.repeats),
        Flag.SATISFIED: case.satisfied is True,
        Flag.UNSATISFIED: case.satisfied is False,
        Flag.CALLED_BACK: call_back is not None and call_back.at is not None,
        Flag.UPHELD: case.appeal is not None and case.appeal.state == "upheld",
        Flag.ENDED: is_settled(case),
        Flag.SUSPENDED: case.state is State.SUSPENDED,
        Flag.VALID: case.is_valid,
        Flag.REDISPATCHED: case.redispatched,
    }
    return sum(flag for flag, holds in told.items() if holds)
