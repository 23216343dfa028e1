"""The tour in the strip of the wall: its name, where it stands, how long; back, stop, on."""

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.context import RoomContext
from desktop.domain.tours import Pause, TourRun
from views.video_wall.tours import TourRunner
from widgets import icons
from widgets.passing_menu import passing_menu
from widgets.plain_label import PlainLabel, plain_caption, plain_tip
from widgets.theme import BODY_PX

_BUTTON_PX, _ICON_PX, _NAME_CHARS = 28, 18, 8


class TourBar(QWidget):
    """Without a tour there is one button, which offers those that are kept."""

    edit_asked = Signal(str)  # name of a tour, "" for a new one

    def __init__(
        self, room: RoomContext, runner: TourRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tour_bar")
        self._room, self._runner = room, runner
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.choose = QToolButton()
        self.choose.setText(self.tr("轮巡"))
        self.choose.setIcon(icons.icon("refresh", "text2", 16))
        self.choose.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.choose.clicked.connect(self._offer)
        row.addWidget(self.choose)
        self.words = PlainLabel(px=BODY_PX)
        row.addWidget(self.words)
        self.back = self._tool("skip-previous", self.tr("上一步"), partial(runner.step, -1))
        self.hold = self._tool("pause", self.tr("暂停轮巡"), runner.toggle)
        self.on = self._tool("skip-next", self.tr("下一步"), partial(runner.step, 1))
        self.end = self._tool("stop", self.tr("结束轮巡，画面留在墙上"), runner.stop)
        for button in (self.back, self.hold, self.on, self.end):
            row.addWidget(button)
        room.tours.run_changed.connect(self.refresh)
        self.refresh()

    def tick(self) -> None:
        """The countdown; called four times a second while a tour runs."""
        run = self._room.tours.run
        if run is not None:
            text = self._text(run)
            if text != self.words.text():
                self.words.setText(text)

    def refresh(self) -> None:
        run = self._room.tours.run
        for part in (self.words, self.back, self.hold, self.on, self.end):
            part.setVisible(run is not None)
        if run is None:
            return
        stands = run.pause in (Pause.KEY, Pause.TOUCH)
        self.hold.setIcon(icons.icon("play" if stands else "pause", "text", _ICON_PX))
        words = self.tr("继续轮巡") if stands else self.tr("暂停轮巡")
        self.hold.setToolTip(plain_tip(words))
        self.hold.setAccessibleName(words)
        self.tick()

    def _text(self, run: TourRun) -> str:
        now_s, step = self._room.clock.monotonic_s(), self._runner.now()
        if step is None:
            return self.tr("{0} · 全部离线").format(run.tour.name[:_NAME_CHARS])
        name = run.tour.name[:_NAME_CHARS]
        parts = [f"{name} {step.number}/{step.count}", self._countdown(run, now_s)]
        if step.skipped:
            parts.append(self.tr("跳过离线 {0}").format(step.skipped))
        return " · ".join(parts)

    def _countdown(self, run: TourRun, now_s: float) -> str:
        if run.pause is Pause.TOUCH:
            left_s = run.pause_left_s(now_s) or 0.0
            return self.tr("已暂停，{0} s 后继续").format(round(left_s))
        if run.pause is not Pause.NONE:
            return self.tr("已暂停")
        return f"{round(run.countdown_s(now_s))} s"

    # ---- the menu ---------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Tours to be started, and the way to make one."""
        menu = passing_menu(self)
        for tour in self._room.tours.tours:
            size = len(tour.wall_names or tour.camera_ids)
            unit = self.tr("{0} 个布局") if tour.of_walls else self.tr("{0} 路")
            title = f"{tour.name}（{unit.format(size)}，{tour.dwell_s} s）"
            part = menu.addMenu(plain_caption(title))
            part.addAction(self.tr("开始：全部空余格"), partial(self._room.tours.ask, tour.name))
            if not tour.of_walls:
                one = partial(self._start_here, tour.name)
                part.addAction(self.tr("开始：只在选中的格"), one)
            part.addSeparator()
            part.addAction(self.tr("编辑…"), partial(self.edit_asked.emit, tour.name))
            part.addAction(self.tr("删除"), partial(self._room.tours.remove, tour.name))
        if self._room.tours.tours:
            menu.addSeparator()
        menu.addAction(self.tr("新建轮巡…"), partial(self.edit_asked.emit, ""))
        return menu

    def _offer(self) -> None:
        menu = self.menu()
        menu.popup(self.choose.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _start_here(self, name: str) -> None:
        tour = self._room.tours.get(name)
        if tour is not None:
            self._runner.start(tour, (self._room.wall.selected,))

    def _tool(self, icon: str, words: str, action: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon, "text", _ICON_PX))
        button.setProperty("flat", True)
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setToolTip(plain_tip(words))
        button.setAccessibleName(words)
        button.clicked.connect(action)
        return button
