"""How much of its limit a case has used: a bar with marks at 80 % and 100 %, and the light."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.assessment.case_clock import LimitUse
from desktop.domain.assessment.working_time import NEAR_SHARE, OVER_SHARE, Light
from widgets.painted_text import paint_text
from widgets.plain_label import plain_tip
from widgets.theme import NOTE_PX, colour

_HEIGHT_PX, _BAR_PX, _SHOWN_SHARE = 44, 8, 1.25
_SHAPE = {Light.GREEN: "●", Light.YELLOW: "▲", Light.RED: "■"}
_TONE = {Light.GREEN: "border", Light.YELLOW: "text2", Light.RED: "text"}


class LimitBar(QWidget):
    """Grey as all figures: shape and word carry the light, so that alarms keep their colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use: LimitUse | None = None
        self.setFixedHeight(_HEIGHT_PX)
        self.setVisible(False)

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT_PX)

    def show_use(self, use: LimitUse | None) -> None:
        """None: nothing is running yet."""
        self._use = use
        self.setVisible(use is not None)
        self.setAccessibleName(self.words())
        self.setToolTip(plain_tip(self.words()))
        self.update()

    def words(self) -> str:
        use = self._use
        if use is None:
            return ""
        if use.light is None:
            return self.tr("时限不能计算：{0}").format(use.reason)
        light = {Light.GREEN: self.tr("绿灯"), Light.YELLOW: self.tr("黄灯，已过 80%"),
                 Light.RED: self.tr("红灯，已超时限")}[use.light]  # fmt: skip
        used = self.tr("已用 {0:.0f}%").format(use.share * 100)
        span = _span(abs(use.left_s), use.day_s)
        left = self.tr("余 {0}") if use.left_s >= 0 else self.tr("超 {0}")
        if not use.is_running:
            left = self.tr("提前 {0} 办结") if use.left_s >= 0 else self.tr("超 {0} 办结")
        return f"{_SHAPE[use.light]} {light} · {used} · {left.format(span)}"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, use = QPainter(self), self._use
        box = QRect(0, 0, self.width(), 24)
        light = use.light if use is not None else None
        tone = "text2" if light in (None, Light.GREEN) else "text"
        paint_text(painter, box, self.words(), NOTE_PX, tone, bold=light is Light.RED)
        if use is None or light is None:
            return
        bar = QRectF(0, 28, self.width(), _BAR_PX)
        painter.fillRect(bar, colour("bg3"))
        share = min(max(use.share, 0.0), _SHOWN_SHARE) / _SHOWN_SHARE
        painter.fillRect(QRectF(0, 28, bar.width() * share, _BAR_PX), colour(_TONE[light]))
        for mark, style in ((NEAR_SHARE, Qt.PenStyle.DotLine), (OVER_SHARE, Qt.PenStyle.SolidLine)):
            x = bar.width() * mark / _SHOWN_SHARE
            painter.setPen(QPen(colour("focus"), 1, style))
            painter.drawLine(QPointF(x, 26), QPointF(x, 28 + _BAR_PX + 2))
            if use.share > mark:  # seen on the filled part too
                painter.fillRect(QRectF(x - 1, 28, 2, _BAR_PX), colour("bg1"))


def _span(seconds: float, day_s: float) -> str:
    """Of the limit's own clock: a working day has as many hours as are worked."""
    days, rest = divmod(seconds, day_s)
    hours, minutes = int(rest // 3600), int(rest % 3600 // 60)
    if days:
        return f"{days:.0f} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
