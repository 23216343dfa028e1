"""One bridge: its sensors by what they measure, each with value, lines, state and course."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.bridges import (
    Bridge,
    SensorKind,
    SensorState,
    Standing,
    sensor_name,
    worst,
)
from desktop.domain.points import Point, Threshold
from widgets import icons
from widgets.dialog_window import DialogWindow
from widgets.level_badge import LevelBadge, LevelLook, level_word
from widgets.plain_label import ElidedLabel, PlainLabel, plain_tip
from widgets.spark_line import SparkLine
from widgets.theme import NOTE_PX, STRONG_PX
from widgets.times import age_text

REFRESH_MS = 1000
CAMERAS_AT_MOST = 4
_SIZE_PX = (880, 640)
_BADGE_PX = 24
_WIDTHS_PX = (0, 104, 96, 240, 148, 56)

translate = QCoreApplication.translate
Course = Sequence[tuple[float, float]]


class SensorReads(NamedTuple):
    """What the dialog asks each second, of the stores."""

    standing: Callable[[Point], Standing]
    course: Callable[[Point], Course]  # seconds since 1970 and values
    now: Callable[[], datetime]  # the platform's


def kind_word(kind: SensorKind) -> str:
    return {
        SensorKind.STRAIN: translate("bridge", "应变"),
        SensorKind.DEFLECTION: translate("bridge", "挠度"),
        SensorKind.TILT: translate("bridge", "倾角"),
        SensorKind.VIBRATION: translate("bridge", "振动"),
        SensorKind.OTHER: translate("bridge", "其他"),
    }[kind]


def lines_text(lines: Sequence[Threshold]) -> str:
    """`般 180  较 260  重 340  特 420`."""
    ordered = sorted(lines, key=lambda line: line.value)
    return "  ".join(f"{line.level.glyph} {line.value:g}" for line in ordered)


def state_word(standing: Standing) -> str:
    if standing.state is SensorState.REACHED and standing.level is not None:
        return translate("bridge", "超限 {0}").format(level_word(standing.level))
    return {
        SensorState.NORMAL: translate("bridge", "正常"),
        SensorState.STALE: translate("bridge", "停滞"),
        SensorState.SILENT: translate("bridge", "未收到"),
    }.get(standing.state, "")


class BridgeDialog(DialogWindow):
    """A window of its own over map and video; values follow while it is open."""

    def __init__(
        self,
        bridge: Bridge,
        reads: SensorReads,
        cameras: Sequence[tuple[str, str]],
        show_camera: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        """`cameras`: id and name, those of the bridge first."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("桥梁监测"))
        self._bridge, self._reads = bridge, reads
        self.rows: dict[str, _Row] = {}
        self._summaries: dict[SensorKind, PlainLabel] = {}
        self._badge = LevelBadge(_BADGE_PX)
        self._summary = PlainLabel(tone="text2")
        self._build(cameras, show_camera)
        self.refresh()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    def _build(
        self, cameras: Sequence[tuple[str, str]], show_camera: Callable[[str], None]
    ) -> None:
        title = ElidedLabel(px=STRONG_PX, bold=True)
        title.setText(self._bridge.name)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title, 1)
        head.addWidget(self._summary)
        head.addWidget(self._badge)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for camera_id, name in cameras[:CAMERAS_AT_MOST]:
            button = QPushButton(name)
            button.setIcon(icons.icon("cctv", "text", 16))
            button.clicked.connect(lambda _=False, camera_id=camera_id: show_camera(camera_id))
            foot.addWidget(button)
        if not cameras:
            foot.addWidget(PlainLabel(self.tr("没有看得到这座桥的摄像机"), NOTE_PX, tone="text2"))
        foot.addStretch(1)
        close = QPushButton(self.tr("关闭"))
        close.clicked.connect(self.close)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._build_groups(), 1)
        column.addLayout(foot)
        self.resize(*_SIZE_PX)

    def _build_groups(self) -> QScrollArea:
        page = QWidget()
        page.setProperty("ground", "1")
        grid = QGridLayout(page)
        grid.setContentsMargins(12, 4, 12, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, width_px in enumerate(_WIDTHS_PX):
            grid.setColumnMinimumWidth(column, width_px)
        grid.setColumnStretch(0, 1)
        line = 0
        for kind, points in self._bridge.groups:
            self._summaries[kind] = summary = PlainLabel(px=NOTE_PX, tone="text2")
            grid.addWidget(PlainLabel(kind_word(kind), bold=True), line, 0)
            grid.addWidget(summary, line, 1, 1, 5)
            grid.setRowMinimumHeight(line, 36)
            line += 1
            for point in points:
                self.rows[point.point_id] = row = _Row(point)
                row.put(grid, line)
                line += 1
        grid.setRowStretch(line, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        return scroll

    def refresh(self) -> None:
        """Values, states and ages of now."""
        now, all_standings = self._reads.now(), []
        for kind, points in self._bridge.groups:
            standings = [self._reads.standing(point) for point in points]
            for point, standing in zip(points, standings, strict=True):
                self.rows[point.point_id].tell(standing, self._reads.course(point), now)
            self._summaries[kind].setText(_counts(standings))
            all_standings += standings
        self._summary.setText(_counts(all_standings))
        level = worst(all_standings)
        self._badge.setVisible(level is not None)
        if level is not None:
            self._badge.show_level(level, LevelLook.FILLED)


class _Row:
    """Name, value, course, lines, state, age."""

    def __init__(self, point: Point) -> None:
        self._point = point
        self.name = ElidedLabel()
        self.name.setText(sensor_name(point))
        self.name.setToolTip(plain_tip(point.point_id))
        self.value = PlainLabel(bold=True)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.spark = SparkLine()
        self.lines = PlainLabel(lines_text(point.thresholds), NOTE_PX, tone="text2")
        self.state = PlainLabel()
        self.age = PlainLabel(px=NOTE_PX, tone="text2")
        self._first = min((line.value for line in point.thresholds), default=None)

    def put(self, grid: QGridLayout, line: int) -> None:
        parts = (self.name, self.value, self.spark, self.lines, self.state, self.age)
        for column, part in enumerate(parts):
            grid.addWidget(part, line, column)
        grid.setRowMinimumHeight(line, 30)

    def tell(self, standing: Standing, course: Course, now: datetime) -> None:
        stale = standing.state is SensorState.STALE
        figure = "—" if standing.value is None else f"{standing.value:.3g}"
        self.value.setText(f"{figure} {self._point.unit}".strip())
        self.value.set_tone("text2" if stale or standing.value is None else "text")
        self.state.setText(state_word(standing))
        usual = standing.state is SensorState.NORMAL
        self.state.set_tone("text" if usual else "stale")
        self.state.setAccessibleName(f"{self.name.text()} {state_word(standing)}")
        age_s = (now - standing.at).total_seconds() if standing.at else None
        self.age.setText("" if age_s is None else age_text(age_s))
        self.spark.show_course(course, self._first, standing.level, stale)


def _counts(standings: Sequence[Standing]) -> str:
    """`12 个 · 正常 10 · 超限 1 · 停滞 1`."""
    parts = [translate("bridge", "{0} 个测点").format(len(standings))]
    words = {
        SensorState.NORMAL: translate("bridge", "正常"),
        SensorState.REACHED: translate("bridge", "超限"),
        SensorState.STALE: translate("bridge", "停滞"),
        SensorState.SILENT: translate("bridge", "未收到"),
    }
    for state, word in words.items():
        count = sum(standing.state is state for standing in standings)
        if count:
            parts.append(f"{word} {count}")
    return " · ".join(parts)
