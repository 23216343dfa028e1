"""Says that what the list shows is not the present, and since when."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.clock import Clock
from desktop.domain.freshness import Freshness
from desktop.stores.feed_watch import FeedWatch
from widgets import icons
from widgets.hatch import paint_hatch
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import NOTE_PX, colour
from widgets.times import age_text, hh_mm_ss

_AGE_FROM_PX = 336  # below it the words need the room


class StaleBanner(QWidget):
    """Hidden while the feed is live."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.setFixedHeight(36)
        icon = PlainLabel()
        icon.setPixmap(icons.pixmap("lan-disconnect", "stale", 16, self.devicePixelRatioF()))
        self._text = ElidedLabel(px=NOTE_PX, bold=True, tone="stale")
        self._age = PlainLabel(px=NOTE_PX, tone="stale")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._age, 0, Qt.AlignmentFlag.AlignRight)
        self.hide()

    def tell(self, watch: FeedWatch) -> None:
        self.setVisible(watch.freshness in (Freshness.STALE, Freshness.LOST))
        if watch.as_of is None or watch.age_s is None:
            return
        words = {
            Freshness.STALE: self.tr("告警数据截至 {0} · 实时通道无心跳"),
            Freshness.LOST: self.tr("告警数据截至 {0} · 实时通道中断"),
        }.get(watch.freshness, "")
        self._text.setText(words.format(hh_mm_ss(watch.as_of)))
        self._age.setText(age_text(watch.age_s))
        self.setAccessibleName(self._text.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._age.setVisible(self.width() >= _AGE_FROM_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg1"))
        paint_hatch(painter, self.rect().toRectF(), "stale", 0.16)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("stale"))
