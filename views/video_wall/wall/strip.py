"""The strip below the wall: scene and tour, what the tiles say together, since when it is known."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.clock import Clock
from desktop.domain.freshness import Freshness
from desktop.stores.feed_watch import FeedWatch
from views.video_wall.wall.words import Counts
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import BODY_PX, KPI_PX, STRONG_PX, TITLE_PX
from widgets.times import hh_mm_ss

STRIP_PX, FAR_STRIP_PX = 48, 56
FADE_MS = 30_000
"""What wants no answer does not stand there for the whole shift."""


class WallStrip(QFrame):
    """`add_control` takes what steers scenes and tours; `tell` says one thing with one way out."""

    def __init__(self, watch: FeedWatch, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wall_strip")
        self._watch, self._clock = watch, clock
        self.setFixedHeight(STRIP_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(16)
        self._controls = QHBoxLayout()
        self._controls.setSpacing(12)
        row.addLayout(self._controls)
        self._add_message(row)
        self._counts = PlainLabel(px=BODY_PX)
        row.addWidget(self._counts)
        self._as_of = PlainLabel(px=BODY_PX, tone="text2")
        row.addWidget(self._as_of)
        self._time = PlainLabel(px=STRONG_PX, bold=True)
        row.addWidget(self._time)
        self._action: Callable[[], object] | None = None
        self._fading = QTimer(self, singleShot=True, interval=FADE_MS)
        self._fading.timeout.connect(self.forget)
        self.tick()

    def _add_message(self, row: QHBoxLayout) -> None:
        self._message = ElidedLabel("", BODY_PX)
        self._message.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._way_out = QPushButton()
        self._way_out.hide()
        self._way_out.clicked.connect(self._act)
        self._dismiss = QPushButton(self.tr("知道了"))
        self._dismiss.setProperty("flat", True)
        self._dismiss.clicked.connect(self.forget)
        self._dismiss.hide()
        row.addWidget(self._message, 1)
        row.addWidget(self._way_out)
        row.addWidget(self._dismiss)

    def read_from_far(self, far: bool) -> None:
        """What is said is larger; what is pressed stays as it is."""
        self.setFixedHeight(FAR_STRIP_PX if far else STRIP_PX)
        for label in (self._message, self._counts, self._as_of):
            label.set_px(TITLE_PX if far else BODY_PX)
        self._time.set_px(KPI_PX if far else STRONG_PX)

    def add_control(self, control: QWidget) -> None:
        """From left to right in the order of the calls."""
        self._controls.addWidget(control)

    @property
    def message(self) -> str:
        return self._message.text()

    @property
    def way_out(self) -> str:
        """The words of the button beside the message, if there is one."""
        return "" if self._way_out.isHidden() else self._way_out.text()

    def tell(
        self,
        text: str,
        way_out: str = "",
        action: Callable[[], object] | None = None,
        passes: bool = False,
    ) -> None:
        """Stays until it is answered or another thing is told; mere words, and what `passes`, go
        by themselves."""
        self._fading.stop()
        if text and (passes or not way_out):
            self._fading.start()
        self._message.setText(text)
        self._way_out.setText(way_out)
        self._way_out.setVisible(bool(way_out))
        self._dismiss.setVisible(bool(text))
        self._action = action

    def forget(self) -> None:
        self.tell("")

    def show_counts(self, counts: Counts) -> None:
        """A word for each; what there is none of is not said."""
        parts = [self.tr("实时 {0}/{1}").format(counts.live, counts.total)]
        if counts.opening:
            parts.append(self.tr("连接 {0}").format(counts.opening))
        if counts.stalled:
            parts.append(self.tr("停滞 {0}").format(counts.stalled))
        if counts.lost:
            parts.append(self.tr("重连 {0}").format(counts.lost))
        if counts.refused:
            parts.append(self.tr("不可看 {0}").format(counts.refused))
        text = " · ".join(parts)
        if text != self._counts.text():
            self._counts.setText(text)
            self._counts.set_tone("stale" if counts.stalled or counts.refused else "text")

    def tick(self) -> None:
        """Each second."""
        as_of = self._watch.as_of
        words = hh_mm_ss(as_of) if as_of is not None else "—"
        self._as_of.setText(self.tr("数据截至 {0}").format(words))
        self._as_of.set_tone("text2" if self._watch.freshness is Freshness.LIVE else "stale")
        self._time.setText(hh_mm_ss(self._clock.now()))

    def _act(self) -> None:
        action = self._action
        self.forget()
        if action is not None:
            action()
