"""The line below a cockpit on the wall: which one, how long still, and why another came."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from views.cockpit.painting import baseline, cut, line_px, paint_words, width_of
from views.cockpit.type_scale import TypeScale, desk_scale
from widgets.theme import colour
from widgets.times import local


class StripWords(NamedTuple):
    """`place` of `count` in the rotation, 0: it does not turn; `front`: what brought it here,
    `is_ended`: that is over."""

    title: str
    place: int
    count: int
    left_s: float | None
    is_paused: bool
    front: str
    is_ended: bool
    is_demo: bool
    has_clock: bool
    at: datetime


class _Shown(NamedTuple):
    title: str
    middle: str
    is_front: bool
    right: str


class WallStrip(QWidget):
    """Painted only when a word is new."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cockpit_strip")
        self._scale = desk_scale(1080)
        self._shown = _Shown("", "", False, "")

    @property
    def height_px(self) -> int:
        return line_px(self._scale.body_px) + self._scale.gap_px // 2

    def set_scale(self, scale: TypeScale) -> None:
        if scale != self._scale:
            self._scale = scale
            self.update()

    def tell(self, words: StripWords) -> None:
        middle = self._front(words) if words.front else self._turning(words)
        right = [self.tr("演示数据")] if words.is_demo else []
        if words.has_clock:
            right.append(f"{local(words.at):%m-%d %H:%M}")
        shown = _Shown(words.title, middle, bool(words.front), "　".join(right))
        if shown != self._shown:
            self._shown = shown
            self.setAccessibleName(" ".join(filter(None, (shown.title, middle, shown.right))))
            self.update()

    def _front(self, words: StripWords) -> str:
        if words.is_ended:
            return self.tr("{0}　已结束，即将回到轮播").format(words.front)
        return self.tr("{0}　已自动切到本屏，处置后返回").format(words.front)

    def _turning(self, words: StripWords) -> str:
        if words.place == 0:
            return ""
        place = f"{words.place}/{words.count}"
        if words.is_paused:
            return self.tr("{0}　轮播已暂停").format(place)
        if words.left_s is None:
            return place
        left = int(words.left_s) if words.left_s < 10 else -(-int(words.left_s) // 5) * 5
        return self.tr("{0}　{1} s 后换屏").format(place, left)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scale, shown = self._scale, self._shown
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg0"))
        px, gap = scale.body_px, scale.gap_px
        base = baseline(self.rect(), px) - gap / 4
        left = gap + paint_words(painter, gap, base, shown.title, px, "text", bold=True)
        right = self.width() - gap
        right -= paint_words(painter, right, base, shown.right, px, "text2", align="right")
        room = right - left - 3 * gap
        token = "text" if shown.is_front else "text2"
        words = cut(shown.middle, px, max(room, 0.0), shown.is_front)
        if shown.is_front and words:
            wide = width_of(words, px, True)
            high = line_px(px)
            box = self.rect().adjusted(0, 0, 0, 0)
            box.setRect(round(left + gap), 0, round(wide + gap), high)
            painter.fillRect(box, colour("bg3"))
        paint_words(painter, left + 1.5 * gap, base, words, px, token, bold=shown.is_front)
