"""What of a case is counted, as one row of numbers."""

from collections.abc import Callable, Sequence

import numpy as np

from desktop.domain.assessment.case_counts import FACTS, Facts, Flag, month_of
from desktop.domain.assessment.case_counts import unix_of as unix
from desktop.domain.cases import PUBLIC_SOURCES, Case, Source, Stage, State, Step

NumberOf = Callable[[str, str], int]
"""level (district, street, org, person, or class) and id -> the store's number for it."""

_NONE = Stage(stage=Step.REPORT)
_REPORT, _VERIFY, _ACCEPT, _REGISTER = Step.REPORT, Step.VERIFY, Step.ACCEPT, Step.REGISTER
_DISPATCH, _SIGN, _DISPOSE = Step.DISPATCH, Step.SIGN, Step.DISPOSE
_CHECK, _ARCHIVE = Step.CHECK, Step.ARCHIVE
(
    _VOID,
    _PATROL,
    _PUBLIC,
    _HOTLINE,
    _MISSED,
    _REPEATED,
    _SATISFIED,
    _UNSATISFIED,
    _CALLED_BACK,
    _UPHELD,
    _ENDED,
    _SUSPENDED,
    _VALID,
    _REDISPATCHED,
) = (int(one) for one in Flag)  # plain numbers: an enum's sums cost four times as much
_IS_VOID, _SETTLED = State.VOID, frozenset((State.CLOSED, State.VOID))


def facts_of(cases: Sequence[Case], number_of: NumberOf) -> Facts:
    """One row for each case, in their order."""
    return np.array([_row(case, number_of) for case in cases], dtype=FACTS)


def is_settled(case: Case) -> bool:
    """Time alone changes none of its counts any more."""
    return case.state in _SETTLED


def _row(case: Case, number_of: NumberOf) -> tuple[int, ...]:
    """Written for speed: millions of cases come this way."""
    of = {one.stage: one for one in case.stages}.get
    report, verify, accept = of(_REPORT, _NONE), of(_VERIFY, _NONE), of(_ACCEPT, _NONE)
    register, dispatch, sign = of(_REGISTER, _NONE), of(_DISPATCH, _NONE), of(_SIGN, _NONE)
    dispose, check, archive = of(_DISPOSE, _NONE), of(_CHECK, _NONE), of(_ARCHIVE, _NONE)
    reported_at = report.at or case.updated_at
    due_at = dispose.due_at or case.due_at
    by = report.by if case.source is Source.PATROL else ""
    reported = unix(reported_at)
    return (
        reported, unix(accept.at), unix(register.at), unix(register.due_at), unix(dispatch.at),
        unix(dispatch.due_at), unix(sign.at), unix(sign.due_at), unix(dispose.at), unix(due_at),
        unix(archive.at), unix(archive.due_at), unix(verify.at), unix(verify.due_at),
        unix(verify.sent_at), unix(verify.sent_due_at), unix(check.at), unix(check.due_at),
        unix(check.sent_at), unix(check.sent_due_at), unix(case.joint_at), unix(case.joint_due_at),
        number_of("district", case.district_id), number_of("street", case.street_id),
        number_of("org", case.org_id),
        *(number_of("person", one) for one in (
            by, verify.by, check.by, accept.by, register.by, archive.by, dispatch.by,
        )),
        month_of(reported_at), month_of(due_at or dispose.at or reported_at),
        _flags(case, of(Step.CALL_BACK)),
        min(case.rework, 0xFFFF), min(case.returns, 0xFFFF),
        number_of("class", f"{case.kind.value}{case.class_code}"),
    )  # fmt: skip


def _flags(case: Case, call_back: Stage | None) -> int:
    source, appeal = case.source, case.appeal
    return (
        _VOID * (case.state is _IS_VOID)
        | _PATROL * (source is Source.PATROL)
        | _PUBLIC * (source in PUBLIC_SOURCES)
        | _HOTLINE * (source is Source.HOTLINE)
        | _MISSED * case.is_missed
        | _REPEATED * bool(case.repeats)
        | _SATISFIED * (case.satisfied is True)
        | _UNSATISFIED * (case.satisfied is False)
        | _CALLED_BACK * (call_back is not None and call_back.at is not None)
        | _UPHELD * (appeal is not None and appeal.state == "upheld")
        | _ENDED * is_settled(case)
        | _SUSPENDED * (case.state is State.SUSPENDED)
        | _VALID * case.is_valid
        | _REDISPATCHED * case.redispatched
    )
