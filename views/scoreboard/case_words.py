"""A case of the wire in the words of the scoreboard: one line of the list, or the whole file."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.assessment.case_clock import LimitUse
from desktop.domain.cases import (
    SOURCE_WORDS,
    STATE_WORDS,
    STEP_WORDS,
    Attachment,
    Case,
    Step,
)
from views.scoreboard.appeals import state_word
from views.scoreboard.source import CaseFile, CaseLine, PictureLine, StageLine
from widgets.times import local

translate = QCoreApplication.translate


def line_of(case: Case, now: datetime) -> CaseLine:
    return CaseLine(
        case_id=case.case_id,
        class_name=case.class_name or case.class_code,
        limit=case.limit.text,
        over_s=over_s(case, now),
        state=state_of(case),
    )


def over_s(case: Case, now: datetime) -> float | None:
    """Clock seconds by which it was handled, or still waits, beyond its limit."""
    stage = case.stage(Step.DISPOSE)
    if stage is None or stage.due_at is None or stage.is_in_time(now):
        return None
    return ((stage.at or now) - stage.due_at).total_seconds()


def state_of(case: Case) -> str:
    """An appeal that is not decided, or rework, says more than the state."""
    if case.appeal is not None and case.appeal.state == "open":
        return translate("scoreboard", "申诉中")
    return STATE_WORDS[case.state]


def file_of(case: Case, names: Mapping[str, str], use: LimitUse | None = None) -> CaseFile:
    """`names`: of districts, streets and units, by id; `use`: of its limit."""
    area = (names.get(one, "") for one in (case.district_id, case.street_id))
    return CaseFile(
        case_id=case.case_id,
        class_name=case.class_name or case.class_code,
        state=state_of(case),
        place=" ".join(one for one in (*area, case.place) if one),
        lon_deg=case.lon_deg,
        lat_deg=case.lat_deg,
        facts=tuple(_facts(case, names)),
        stages=tuple(
            StageLine(
                name=STEP_WORDS[stage.stage],
                at=stage.at,
                by=stage.by_name or names.get(stage.org_id, "") or stage.by,
                due_at=stage.due_at,
            )
            for stage in case.stages
        ),
        use=use,
        pictures=tuple(
            PictureLine(attachment_id=one.attachment_id, words=_picture_words(one))
            for one in case.attachments
        ),
    )


def _picture_words(one: Attachment) -> str:
    at = f"{local(one.at):%m-%d %H:%M}" if one.at is not None else ""
    return f"{one.name or STEP_WORDS[one.stage]} {at}".rstrip()


def _facts(case: Case, names: Mapping[str, str]) -> list[tuple[str, str]]:
    times = translate("scoreboard", "{0} 次")
    facts = [
        (translate("scoreboard", "来源"), SOURCE_WORDS[case.source]),
        (translate("scoreboard", "责任单位"), names.get(case.org_id, case.org_id)),
        (translate("scoreboard", "时限"), case.limit.text),
    ]
    if case.due_at is not None:
        facts.append((translate("scoreboard", "应办结"), f"{local(case.due_at):%m-%d %H:%M}"))
    counts = (
        (translate("scoreboard", "返工"), case.rework),
        (translate("scoreboard", "回退"), case.returns),
        (translate("scoreboard", "延期"), case.extensions),
    )
    said = "，".join(f"{name} {times.format(count)}" for name, count in counts if count)
    facts.append(
        (translate("scoreboard", "返工、回退、延期"), said or translate("scoreboard", "无"))
    )
    if case.satisfied is not None:
        yes, no = translate("scoreboard", "满意"), translate("scoreboard", "不满意")
        facts.append((translate("scoreboard", "回访"), yes if case.satisfied else no))
    if case.appeal is not None:
        facts.append((translate("scoreboard", "申诉"), state_word(case.appeal.state)))
    if case.was_overdue:
        facts.append((translate("scoreboard", "标记"), translate("scoreboard", "曾超时")))
    return facts
