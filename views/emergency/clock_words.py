"""The seven clocks in the words of the screen, before the act and while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.domain.emergency.clocks import T0, T1, T2, T3, T4, T6, ClockFace, ClockState, faces
from desktop.domain.emergency.plans import Targets
from views.emergency.clock_strip import ClockCell, ClockMark, MarkKind, minutes_after
from widgets.times import hh_mm, hh_mm_ss

translate = QCoreApplication.translate


@dataclass(frozen=True)
class ClockFacts:
    """`waits`: what T2 to T4 wait for, by name; `line`: when the water is there, and its words;
    `ended`: what has not come will not come any more, and nothing runs."""

    clocks: Mapping[str, datetime]
    targets: Targets
    now: datetime
    trigger: str = ""
    here: str = T2
    waits: Mapping[str, tuple[str, str]] | None = None
    first_there: datetime | None = None
    line_at: datetime | None = None
    line_words: str = ""
    ended: bool = False


def cells_of(facts: ClockFacts) -> list[ClockCell]:
    return [_cell(face, facts) for face in faces(facts.clocks, facts.targets, facts.now)]


def _cell(face: ClockFace, facts: ClockFacts) -> ClockCell:
    word, note = (facts.waits or {}).get(face.name, ("—", ""))
    late = face.state in (ClockState.LATE, ClockState.OVERDUE)
    if face.at is None and facts.ended:
        word, note, late = translate("emergency", "未记"), "", False
    elif face.at is not None:
        word = hh_mm_ss(face.at)
        note = facts.trigger if face.name == T0 else _since(face)
    elif face.name == T4 and facts.first_there is not None:
        word = translate("emergency", "预计 {0}").format(hh_mm(facts.first_there))
        note = note or _since(face)
    elif face.name in (T1, T2) or (not note and face.state is ClockState.OVERDUE):
        note = _running(face) or note
    return ClockCell(
        face.name,
        title_of(face.name),
        word,
        note,
        come=face.at is not None,
        here=face.name == facts.here and face.at is None and not facts.ended,
        late=late,
    )


def title_of(name: str) -> str:
    words = {
        "T0": translate("emergency", "告警"),
        "T1": translate("emergency", "确认"),
        "T2": translate("emergency", "启动"),
        "T3": translate("emergency", "全部签收"),
        "T4": translate("emergency", "首到现场"),
        "T5": translate("emergency", "受控"),
        "T6": translate("emergency", "解除"),
    }
    return words[name]


def _since(face: ClockFace) -> str:
    words = f"+{span(face.since_min)}" if face.since_min is not None else ""
    if face.target_min is not None:
        words += translate("emergency", " · 限 {0}").format(span(face.target_min))
    return words


def _running(face: ClockFace) -> str:
    if face.since_min is None:
        return ""
    words = translate("emergency", "已 {0}").format(span(face.since_min))
    if face.target_min is not None:
        words += translate("emergency", " · 目标 {0}").format(span(face.target_min))
    return words


def span(minutes: float) -> str:
    """4:15, or 1 h 05 from an hour on."""
    seconds = round(max(0.0, minutes) * 60)
    if seconds >= 3600:
        return f"{seconds // 3600} h {seconds % 3600 // 60:02d}"
    return f"{seconds // 60}:{seconds % 60:02d}"


def marks_of(facts: ClockFacts) -> list[ClockMark]:
    start = facts.clocks.get(T0)
    if start is None:
        return []
    made = [
        ClockMark(minutes_after(start, at), MarkKind.COME, name)
        for name, at in sorted(facts.clocks.items())
    ]
    if T6 not in facts.clocks and not facts.ended:
        gone = span(minutes_after(start, facts.now))
        words = translate("emergency", "现在 +{0}").format(gone)
        made.append(ClockMark(minutes_after(start, facts.now), MarkKind.NOW, words))
    target = start + timedelta(minutes=facts.targets.on_scene_min)
    if T4 not in facts.clocks:
        left = (target - facts.now).total_seconds() / 60
        said = (
            ""
            if facts.ended
            else (
                translate("emergency", "剩 {0}").format(span(left))
                if left >= 0
                else translate("emergency", "已超 {0}").format(span(-left))
            )
        )
        if facts.first_there is not None:
            words = translate("emergency", "T4 预计 {0} 首到").format(hh_mm(facts.first_there))
            made.append(
                ClockMark(minutes_after(start, facts.first_there), MarkKind.EXPECTED, words)
            )
    else:
        said = ""
    words = translate("emergency", "{0:g} min 线 {1}").format(
        facts.targets.on_scene_min, hh_mm_ss(target)
    )
    words = " · ".join(filter(None, (words, said)))
    made.append(ClockMark(facts.targets.on_scene_min, MarkKind.TARGET, words))
    if facts.line_at is not None:
        words = f"{facts.line_words} {hh_mm_ss(facts.line_at)}"
        made.append(ClockMark(minutes_after(start, facts.line_at), MarkKind.LINE, words))
    return made


def clocks_before(t0: datetime | None, t1: datetime | None) -> dict[str, datetime]:
    """Of a draft: only these two can have come."""
    return {name: at for name, at in ((T0, t0), (T1, t1)) if at is not None}


def waits_before(orders: int, waits_second: bool) -> dict[str, tuple[str, str]]:
    """What stands in the cells that wait for the act."""
    return {
        T1: (translate("emergency", "未确认"), ""),
        T2: (
            translate("emergency", "待复核") if waits_second else translate("emergency", "待发起"),
            "",
        ),
        T3: (
            translate("emergency", "待执行令"),
            translate("emergency", "调度令 {0}").format(orders),
        ),
        T4: ("—", ""),
        "T5": ("—", translate("emergency", "现场报受控")),
        T6: ("—", translate("emergency", "指挥长签发")),
    }
