"""The sections of the detail: guidance, causes, history."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.alarms import Alarm, AlarmEvent
from views.alarm_desk.wording import kind_text, translate
from widgets.level_badge import LevelBadge, LevelLook, look_of
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX
from widgets.times import hh_mm_ss

GUIDANCE_STEPS = 3
CAUSES_AT_MOST = 5
HISTORY_AT_MOST = 30
_TIME_PX, _WORD_PX = 56, 40
_VERB_AT_MOST = 6


class Section(QWidget):
    """A head of 28 px with a note at the right, and rows below; a line under it all."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = PlainLabel(title, bold=True)
        self._aside = PlainLabel(px=NOTE_PX, tone="text2")
        self._note = ElidedLabel(px=NOTE_PX, tone="text2")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._aside)
        head.addWidget(self._note, 1)
        self._title.setFixedHeight(28)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 12, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self.body)

    def head(self, title: str, aside: str = "", note: str = "") -> None:
        self._title.setText(title)
        self._aside.setText(aside)
        self._note.setText(note)

    def _clear(self) -> None:
        while (item := self.body.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()

    def _say(self, text: str) -> None:
        label = PlainLabel(text, NOTE_PX, tone="border")
        label.setWordWrap(True)
        self.body.addWidget(label)


class GuidanceSection(Section):
    """At most three numbered steps; the verb stands out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("alarm_desk", "处置指引"), parent)
        self._shown: tuple[str, ...] | None = None

    def show_guidance(self, text: str, source: str) -> None:
        steps = tuple(filter(None, (line.strip() for line in text.splitlines())))[:GUIDANCE_STEPS]
        self.head(translate("alarm_desk", "处置指引"), note=source)
        if steps == self._shown:
            return
        self._shown = steps
        self._clear()
        for number, step in enumerate(steps, start=1):
            self.body.addWidget(self._step(number, step.lstrip("0123456789.、 ")))
        if not steps:
            self._say(translate("alarm_desk", "平台没有给出这类告警的指引"))

    def _step(self, number: int, text: str) -> QWidget:
        chip = PlainLabel(str(number), NOTE_PX)
        chip.setProperty("chip", "number")
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        chip.setFixedSize(20, 20)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(8)
        line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        verb, gap, rest = text.replace("：", " ", 1).partition(" ")
        if gap and len(verb) <= _VERB_AT_MOST:
            line.addWidget(PlainLabel(verb, bold=True), 0, Qt.AlignmentFlag.AlignTop)
            text = rest.strip()
        words = PlainLabel(text)
        words.setWordWrap(True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        line.addWidget(words, 1)
        return row


class CauseSection(Section):
    """Alarms of one origin in the order they came; hidden where there is none."""

    chosen = Signal(str)  # alarm_id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("alarm_desk", "起因"), parent)
        self.hide()

    def show_causes(self, related: Sequence[Alarm], root_id: str) -> None:
        """`related` oldest first, the alarm itself among them."""
        self.setVisible(len(related) > 1)
        self._clear()
        note = translate("alarm_desk", "同源 {0} 条 · 首出在前").format(len(related))
        self.head(translate("alarm_desk", "起因"), note=note)
        for alarm in related[:CAUSES_AT_MOST]:
            row = _CauseRow(alarm, alarm.alarm_id == root_id)
            row.pressed.connect(self.chosen)
            self.body.addWidget(row)


class _CauseRow(QWidget):
    pressed = Signal(str)

    def __init__(self, alarm: Alarm, first: bool) -> None:
        super().__init__()
        self._alarm_id = alarm.alarm_id
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        badge = LevelBadge(20)
        badge.show_level(alarm.level, look_of(alarm.state))
        row = _line(self)
        row.addWidget(_time(hh_mm_ss(alarm.raised_at)))
        row.addWidget(badge)
        row.addWidget(ElidedLabel(alarm.title, bold=first), 1)
        if first:
            chip = PlainLabel(translate("alarm_desk", "首出"), NOTE_PX)
            chip.setProperty("chip", "outline")
            chip.setFixedHeight(18)
            row.addWidget(chip)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self._alarm_id)


class HistorySection(Section):
    """What happened to the alarm, newest first: time, what, who."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("alarm_desk", "历史"), parent)

    def show_events(self, events: Sequence[AlarmEvent]) -> None:
        self._clear()
        self.head(
            translate("alarm_desk", "历史"),
            note=translate("alarm_desk", "{0} 条 · 新在前").format(len(events)),
        )
        rows = []
        before = None
        for run in _runs(events):
            rows.append(self._row(run[-1], before, len(run)))
            before = run[-1].alarm
        for row in rows[::-1][:HISTORY_AT_MOST]:
            self.body.addWidget(row)

    def tell(self, text: str) -> None:
        """Loading, or why there is none."""
        self._clear()
        self.head(translate("alarm_desk", "历史"))
        self._say(text)

    def _row(self, event: AlarmEvent, before: Alarm | None, count: int) -> QWidget:
        row = QWidget()
        line = _line(row)
        line.addWidget(_time(hh_mm_ss(event.at)))
        times = f" ×{count}" if count > 1 else ""
        word = PlainLabel(
            kind_text(event.kind) + times, bold=event.kind in ("raised", "acknowledged")
        )
        word.setMinimumWidth(_WORD_PX)
        line.addWidget(word)
        if event.alarm.level is not (before.level if before else None):
            badge = LevelBadge(14)
            badge.show_level(event.alarm.level, LevelLook.FILLED)
            line.addWidget(badge)
        line.addWidget(ElidedLabel(_what(event, before), NOTE_PX, tone="text2"), 1)
        return row


def _runs(events: Sequence[AlarmEvent]) -> list[list[AlarmEvent]]:
    """In the order of the log; plain updates in a row are one entry, the last stands for them."""
    runs: list[list[AlarmEvent]] = []
    for event in sorted(events, key=lambda one: one.seq):
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and event.kind == last.kind == "updated"
            and (event.alarm.level is last.alarm.level)
        ):
            runs[-1].append(event)
        else:
            runs.append([event])
    return runs


def _what(event: AlarmEvent, before: Alarm | None) -> str:
    """Who, and the words that go with it; else the value that changed."""
    alarm = event.alarm
    if event.kind == "acknowledged" and alarm.ack is not None:
        return " ".join(filter(None, (alarm.ack.by, alarm.ack.note)))
    if alarm.notes and (before is None or len(alarm.notes) > len(before.notes)):
        return f"{alarm.notes[-1].by} {alarm.notes[-1].text}"
    value = f"{alarm.value:g} {alarm.unit}".strip() if alarm.value is not None else ""
    if before is not None and alarm.level is not before.level:
        turn = f"{before.level.roman} → {alarm.level.roman}"
        return f"{turn} {value}".strip()
    return value or alarm.detail.partition("\n")[0]


def _line(row: QWidget) -> QHBoxLayout:
    row.setFixedHeight(26)
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    return line


def _time(text: str) -> PlainLabel:
    label = PlainLabel(text, NOTE_PX, tone="text2")
    label.setFixedWidth(_TIME_PX)
    return label
