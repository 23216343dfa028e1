"""The line below a register: how many, as of when, and what of it was not usable."""

from datetime import datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.registers import RegisterNotes, RegisterState
from views.registers.wording import register_word
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX
from widgets.times import age_text, hh_mm

_HEIGHT_PX, _POPUP_PX = 40, 420


class RegisterFoot(QWidget):
    """Stale beyond half an hour is marked: tone and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("register_foot")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT_PX)
        self._state: RegisterState | None = None
        self._count = PlainLabel(px=NOTE_PX, bold=True)
        self._age = ElidedLabel(px=NOTE_PX, tone="text2")
        self.refused = self._button()
        self.unmapped = self._button()
        self.refused.clicked.connect(self._show_refused)
        self.unmapped.clicked.connect(self._show_unmapped)
        self._popup: QFrame | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(12)
        row.addWidget(self._count)
        row.addWidget(self._age, 1)
        row.addWidget(self.refused)
        row.addWidget(self.unmapped)

    def _button(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("flat", True)
        button.setProperty("small", True)
        button.hide()
        return button

    def tell(self, register: str, state: RegisterState | None, listed: int, now: datetime) -> None:
        """`listed`: rows that pass the filter."""
        self._state = state
        word = register_word(register)
        if state is None:
            self._count.setText(word)
            self._tell_age(self.tr("尚未取得"), False)
            self.refused.hide()
            self.unmapped.hide()
            return
        part = listed != state.count
        text = self.tr("{0} {1:,} / {2:,}") if part else self.tr("{0} {2:,}")
        self._count.setText(text.format(word, listed, state.count))
        age_s = state.age(now).total_seconds()
        stale = state.is_stale(now)
        age = (
            self.tr("名册截至 {0}，已 {1} 未更新") if stale else self.tr("名册截至 {0}，{1} 前")
        ).format(hh_mm(state.as_of), age_text(age_s))
        notes = state.notes
        if notes.unplaced:
            age += self.tr(" · {0:,} 行无坐标").format(notes.unplaced)
        self._tell_age(age, stale)
        self.refused.setVisible(notes.refused > 0)
        self.refused.setText(self.tr("拒收 {0:,} 行").format(notes.refused))
        self.unmapped.setVisible(bool(notes.unmapped))
        self.unmapped.setText(self.tr("未映射字段 {0}").format(len(notes.unmapped)))

    def _tell_age(self, text: str, stale: bool) -> None:
        self._age.setText(text)
        self._age.set_tone("stale" if stale else "text2")

    # ---- why --------------------------------------------------------------------------------

    def _show_refused(self) -> None:
        if self._state is not None:
            title = self.tr("拒收的行（其余照常可用）")
            self._open(self.refused, title, self._refusal_lines(self._state.notes))

    def _refusal_lines(self, notes: RegisterNotes) -> list[str]:
        lines = []
        for reason, count in sorted(notes.refusals.items(), key=lambda pair: -pair[1]):
            example = "、".join(notes.examples.get(reason, []))
            lines.append(f"{count:,} × {reason}" + (f"\n{example}" if example else ""))
        return lines

    def _show_unmapped(self) -> None:
        if self._state is not None:
            lines = [
                self.tr("{0} · {1:,} 行").format(name, count) + _example(self._state.notes, name)
                for name, count in sorted(self._state.notes.unmapped.items())
            ]
            self._open(self.unmapped, self.tr("平台给出、本版本不识别的字段"), lines)

    def _open(self, above: QWidget, title: str, lines: list[str]) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("popover", True)
        popup.setFixedWidth(_POPUP_PX)
        column = QVBoxLayout(popup)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(PlainLabel(title, STRONG_PX, bold=True))
        for line in lines[:12]:
            label = PlainLabel(line, NOTE_PX, tone="text2")
            label.setWordWrap(True)
            column.addWidget(label)
        popup.adjustSize()
        corner = above.mapToGlobal(QPoint(above.width(), -4))
        popup.move(corner.x() - popup.width(), corner.y() - popup.height())
        popup.show()


def _example(notes: RegisterNotes, name: str) -> str:
    """The first value, on a line of its own."""
    example = notes.unmapped_examples.get(name, "")
    return f"\n{example}" if example else ""
