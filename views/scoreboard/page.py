"""综合考评: the ranking and its matrix, and every figure of it followed down to one case."""

from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.assessment.board import Board, board_of
from desktop.domain.assessment.explaining import course_of, explain
from desktop.domain.assessment.figures import Figures, Inputs, Level
from desktop.domain.assessment.periods import PeriodKind, last_day
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.offload import offload
from desktop.tasks import TaskScope
from views.scoreboard.appeals import AppealsDialog
from views.scoreboard.case_pictures import MOST, image_of
from views.scoreboard.course_panel import CoursePanel
from views.scoreboard.drill_panel import DrillPanel
from views.scoreboard.edition import EditionDialog
from views.scoreboard.going_out import GoingOut, Outgoing
from views.scoreboard.legend import Legend
from views.scoreboard.parts_panel import PartsPanel
from views.scoreboard.source import CaseFile, ScoreSource
from views.scoreboard.table import ScoreTable
from views.scoreboard.tool_bar import ScoreBar
from widgets import rights
from widgets.empty_state import EmptyState
from widgets.times import local

_DRILL_WIDE_PX, _DRILL_PX, _WIDE_PX = 452, 372, 1600
_LOWER_PX, _LOWER_LOW_PX, _HIGH_PX = 262, 196, 900
_NEAR_CAMERAS = 3
_THROUGH = timedelta(days=31)
"""After the end of a month most of its cases are closed."""


class _Made(NamedTuple):
    board: Board | None
    inputs: Inputs


class ScoreboardPage(QWidget):
    """Reads figures that are counted elsewhere; keeps only what is chosen."""

    link_asked = Signal(str)  # chengkan:// address for the shell to open

    def __init__(
        self, room: RoomContext, source: ScoreSource, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("scoreboard")
        self.setProperty("ground", "0")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._room, self._source = room, source
        self._scope = TaskScope(self)
        self.level, self.kind = Level.DISTRICT, PeriodKind.MONTH
        self.period, self.is_robust = "", False
        self._figures: Figures | None = None
        self._inputs = Inputs()
        self._turn = self._case_turn = 0  # an older reading says nothing any more
        self._key: tuple[str, ...] = ()  # of the figure that is followed down
        self._is_old = True
        self._is_by_hand = False  # the period; else it follows the newest
        self._build()
        self._connect()

    # ---- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.bar = ScoreBar()
        self.out = GoingOut(self._room, self.bar, self)
        self.table = ScoreTable()
        self.legend = Legend()
        self.course = CoursePanel()
        self.parts = PartsPanel()
        self.drill = DrillPanel()
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.course, 55)
        row.addWidget(self.parts, 45)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.table, 1)
        left.addWidget(self.legend)
        left.addSpacing(8)
        left.addWidget(self.foot)
        work = QWidget()
        columns = QHBoxLayout(work)
        columns.setContentsMargins(8, 8, 8, 8)
        columns.setSpacing(8)
        columns.addLayout(left, 1)
        columns.addWidget(self.drill)
        self.work, self.empty = work, EmptyState("timer-sand", self.tr("正在读取考评数据"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.work)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.bar.period_chosen.connect(self.choose_period)
        self.bar.kind_chosen.connect(self.choose_kind)
        self.bar.level_chosen.connect(self.choose_level)
        self.bar.robust_chosen.connect(self.choose_robust)
        self.bar.appeals_asked.connect(self.open_appeals)
        self.bar.edition_asked.connect(self.open_edition)
        self.bar.workbook_asked.connect(self.export)
        self.bar.bulletin_asked.connect(self.open_bulletin)
        self.bar.screens_asked.connect(self.open_screens)
        self.table.chosen.connect(self._on_cell)
        self.table.opened.connect(self._go_to_cases)
        self.drill.case_asked.connect(self.open_case)
        self.drill.link_asked.connect(self.link_asked)
        self.drill.paper_asked.connect(self.open_case_paper)
        self._source.changed.connect(self._on_figures)
        self._room.session.changed.connect(self._on_figures)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.drill.setFixedWidth(_DRILL_WIDE_PX if self.width() >= _WIDE_PX else _DRILL_PX)
        self.foot.setFixedHeight(_LOWER_PX if self.height() >= _HIGH_PX else _LOWER_LOW_PX)

    # ---- choosing ---------------------------------------------------------------------------

    def choose_level(self, level: Level) -> None:
        self.level = level
        self.read()

    def choose_kind(self, kind: PeriodKind) -> None:
        self.kind, self.period, self._is_by_hand = kind, "", False
        self.read()

    def choose_period(self, period: str) -> None:
        self.period, self._is_by_hand = period, True
        self.read()

    def choose_robust(self, robust: bool) -> None:
        self.is_robust = robust
        self.read()

    def _on_figures(self) -> None:
        self._is_old = True
        if self.isVisible():
            self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_old:
            self.read()

    # ---- the board --------------------------------------------------------------------------

    def read(self) -> None:
        """Scores and ranks beside the GUI loop, from counts that are there."""
        self._turn += 1
        self._is_old = False
        self._scope.spawn(self._read(self._turn), name="scoreboard")

    async def _read(self, turn: int) -> None:
        user = self._room.session.user
        roles = user.roles if user is not None else ()
        refused_out = rights.why_not(roles, Action.STATISTICS_EXPORT)
        self.bar.offer_out(refused_out)
        self.drill.case.offer_paper(refused_out)
        self.out.show_screens()
        refusal = (
            rights.why_not(roles, Action.STATISTICS_VIEW) if user else self.tr("登录后可看考评")
        )
        figures = None if refusal else self._source.figures(self.level)
        if figures is None:
            self._show_empty(refusal)
            return
        periods = figures.periods(self.kind)
        if self.period not in periods or not self._is_by_hand:
            self.period = self._usual(periods, figures.as_of)
        made = await offload(_make, figures, self.period, self.is_robust)
        if turn != self._turn:
            return
        self._figures, self._inputs = figures, made.inputs
        self._show_board(made.board, periods)

    def _usual(self, periods: tuple[str, ...], as_of: datetime | None) -> str:
        """The newest that is not running any more; else the newest.

        While cases are still coming, the oldest first, one whose cases are through.
        """
        end = local(self._room.clock.now())
        if as_of is not None and not self._source.is_whole():
            end = local(as_of) - _THROUGH
        done = [period for period in periods if last_day(period) < end.date()]
        return (done or list(periods) or [""])[-1]

    def _show_empty(self, refusal: str) -> None:
        self.bar.show_nothing(self.level, self.kind)
        if refusal:
            self.empty.tell("lock-outline", refusal)
        else:
            self.empty.tell("timer-sand", self.tr("考评数据尚未就绪"), self._source.progress())
        self.stack.setCurrentWidget(self.empty)

    def _show_board(self, board: Board | None, periods: tuple[str, ...]) -> None:
        edition = board.scheme.edition if board is not None and board.scheme is not None else ""
        self.bar.show_choice(self.level, self.kind, self.period, periods, edition)
        figures = self._figures
        as_of = figures.as_of if figures is not None else None
        self.bar.show_age(self._inputs.sealed_at, as_of, self._source.is_whole())
        self.bar.show_appeals(len(self._inputs.appeals))
        if board is None or not board.leagues:
            note = self.tr("换一个期间或级别")
            self.empty.tell("inbox-outline", self.tr("这个期间没有可排名的单位"), note)
            self.stack.setCurrentWidget(self.empty)
            return
        self.table.show_board(board)
        self.stack.setCurrentWidget(self.work)
        self._show_chosen()

    # ---- going down -------------------------------------------------------------------------

    def _on_cell(self, _unit_id: str, _indicator_id: str) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        figures, board = self._figures, self.table.board
        if figures is None or board is None:
            return
        unit_id, indicator_id = self.table.unit_id, self.table.indicator_id
        mine = tuple(one for one in self._inputs.appeals if one.unit_id == unit_id)
        key = (self.level, self.period, unit_id, indicator_id)
        anew, self._key = key != self._key, key
        self.drill.level = self.drill.formula.level = self.level
        self.drill.show_explanation(explain(figures, board, unit_id, indicator_id), mine, anew)
        course = course_of(figures, board, unit_id, indicator_id)
        self.course.show_course(course, figures.names.get(unit_id, unit_id))
        self.parts.show_score(board, board.row(unit_id), self._inputs)
        self._case_turn += 1
        self._scope.spawn(self._read_cases(self._case_turn), name="cases of a figure")

    async def _read_cases(self, turn: int) -> None:
        unit_id, indicator_id = self.table.unit_id, self.table.indicator_id
        try:
            page = await self._source.cases(self.level, unit_id, self.period, indicator_id)
        except PlatformError as error:
            if turn == self._case_turn:
                self.drill.show_refusal(error.operator_text)
            return
        if turn == self._case_turn:
            self.drill.show_cases(page)

    def _go_to_cases(self) -> None:
        self.drill.cases.setFocus()
        self.drill.cases.choose_first()

    def open_case(self, case_id: str) -> None:
        self._scope.spawn(self._read_case(case_id), name="case file")

    async def _read_case(self, case_id: str) -> None:
        key = self._key
        try:
            file = await self._source.case(case_id)
        except PlatformError as error:
            self.drill.show_refusal(error.operator_text)
            return
        if key != self._key:
            return
        if file is None:
            self.drill.show_refusal(self.tr("案卷 {0} 已不在本台").format(case_id))
            return
        self.drill.show_case(file)
        self._scope.spawn(self._read_pictures(file), name="pictures of a case")
        if file.lon_deg is not None and file.lat_deg is not None:
            nearest = self._room.questions.registers.nearest
            hits = await nearest("cameras", file.lon_deg, file.lat_deg, _NEAR_CAMERAS)
            if self.drill.case.file is file:
                self.drill.case.show_cameras(hits)

    async def _read_pictures(self, file: CaseFile) -> None:
        """One after the other: the next one is asked for when the last has come."""
        for number, line in enumerate(file.pictures[:MOST]):
            image, why = await self._picture(line.attachment_id)
            if self.drill.case.file is not file:
                return
            self.drill.case.pictures.show_picture(number, image, why)

    async def _picture(self, attachment_id: str) -> tuple[QImage | None, str]:
        try:
            image = await offload(image_of, await self._source.picture(attachment_id))
        except PlatformError as error:
            return None, error.operator_text
        return image, self.tr("不是照片")

    # ---- out --------------------------------------------------------------------------------

    def outgoing(self) -> Outgoing | None:
        """The board as it is shown."""
        if self._figures is None or self.table.board is None:
            return None
        return Outgoing(
            self._figures, self.table.board, self._inputs, self.is_robust, self._source.is_whole()
        )

    def export(self) -> None:
        if (now := self.outgoing()) is not None:
            self.out.export(now)

    def open_bulletin(self) -> None:
        if (now := self.outgoing()) is not None:
            self.out.open_bulletin(now)

    def open_case_paper(self, file: CaseFile) -> None:
        self.out.open_case(file, self._source.picture)

    def open_screens(self) -> None:
        if (now := self.outgoing()) is not None:
            self.out.open_screens(now)

    # ---- windows ----------------------------------------------------------------------------

    def open_appeals(self) -> None:
        names = self._figures.names if self._figures is not None else {}
        AppealsDialog(self._inputs.appeals, names, self).open_over(self.window())

    def open_edition(self) -> None:
        if self._figures is not None and self.table.board is not None:
            EditionDialog(self._figures, self.table.board, self).open_over(self.window())


def _make(figures: Figures, period: str, robust: bool) -> _Made:
    return _Made(board_of(figures, period, robust), figures.inputs_of(period))
