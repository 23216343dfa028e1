"""Photographs of a case's file: as it was found, when it was handled, when that was checked."""

import re
from collections.abc import Callable

from desktop.domain.cases import Attachment, Case, CaseKind, Source, Step

Take = Callable[[str, str, float, int], bytes | None]
"""Scene, caption, Unix seconds, which of its places -> JPEG; None while it is not drawn yet."""

_TAKEN = (Step.REPORT, Step.DISPOSE, Step.CHECK)
_WORDS = {Step.REPORT: "发现时", Step.DISPOSE: "处置后", Step.CHECK: "核查时"}
_WITH_PICTURE = frozenset({Source.PATROL, Source.APP, Source.VIDEO})
"""Who calls a hotline, and a sensor, sends none."""
_ID = re.compile(r"(\d{19})-(report|dispose|check)")
_SCENES = {  # by kind, and the class or its major
    CaseKind.COMPONENT: {"0201": "parking", "0207": "underpass", "0208": "bridge",
                         "0209": "bridge", "0137": "lamps", "0139": "lamps", "02": "crossing",
                         "03": "sanitation", "04": "park"},
    CaseKind.EVENT: {"0125": "river", "0126": "river", "0117": "park", "0121": "park",
                     "0122": "park", "0110": "sanitation", "0111": "sanitation",
                     "0112": "sanitation", "0114": "sanitation", "0131": "sanitation",
                     "0135": "sanitation", "0136": "sanitation", "0129": "market",
                     "0128": "market", "0506": "underpass", "02": "plaza", "03": "site",
                     "04": "market"},
}  # fmt: skip


def photos_of(case: Case) -> tuple[Attachment, ...]:
    """In the order in which they were taken."""
    has_first = case.source in _WITH_PICTURE
    return tuple(
        Attachment(
            attachment_id=f"{case.case_id}-{step.value}", stage=step, at=at, name=_WORDS[step]
        )
        for step in _TAKEN
        if (at := case.at(step)) is not None and (has_first or step is not Step.REPORT)
    )


def case_of(attachment_id: str) -> str:
    """The case to which it would belong; "" for an id that is none."""
    found = _ID.fullmatch(attachment_id)
    return found[1] if found else ""


def take_photo(case: Case, attachment_id: str, take: Take) -> bytes | None:
    """None while its scene is not drawn. Raises KeyError where the case has no such picture."""
    found = {one.attachment_id: one for one in photos_of(case)}[attachment_id]
    assert found.at is not None
    caption = f"{found.name} {case.class_name}"
    return take(_scene_of(case), caption, found.at.timestamp(), int(case.case_id[-5:]))


def _scene_of(case: Case) -> str:
    known = _SCENES[case.kind]
    code = case.class_code
    return known.get(code) or known.get(code[:2]) or "street"
