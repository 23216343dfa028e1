"""Ways out of the desk: a workbook, a bulletin on paper, and the board on another monitor.

Each needs the right 导出统计, which is asked again where a file is written; each is noted.
"""

import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.commands.assessment_bulletin import Heading, bulletin_of
from desktop.commands.assessment_workbook import workbook
from desktop.context import RoomContext
from desktop.domain.assessment.board import Board
from desktop.domain.assessment.figures import Figures, Inputs
from desktop.domain.assessment.paper import Bulletin, Picture
from desktop.domain.monitors import Monitor
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.offload import offload
from desktop.stores.board_screen import Pushed
from desktop.stores.snapshots import Document
from desktop.tasks import TaskScope
from views.scoreboard.about import about_of, facts_of
from views.scoreboard.bulletin_dialog import BulletinDialog
from views.scoreboard.bulletin_paper import Pages, paint_apart
from views.scoreboard.case_paper import case_paper
from views.scoreboard.source import CaseFile
from views.scoreboard.tool_bar import ScoreBar
from views.scoreboard.words import level_word, period_word
from widgets import rights
from widgets.passing_menu import passing_menu

_RIGHT = Action.STATISTICS_EXPORT
_MOST_PICTURES = 12
ReadPicture = Callable[[str], Awaitable[bytes]]
"""By attachment_id; raises PlatformError."""
MakePaper = Callable[[], Awaitable[Bulletin]]


class Outgoing(NamedTuple):
    """What is on the board now."""

    figures: Figures
    board: Board
    inputs: Inputs
    robust: bool
    whole: bool = True


class GoingOut(QObject):
    def __init__(self, room: RoomContext, bar: ScoreBar, page: QWidget) -> None:
        super().__init__(page)
        self._room, self._bar, self._page = room, bar, page
        self._scope = TaskScope(self)
        self._dialog: BulletinDialog | None = None
        self._shown_about = ""
        self._is_exporting = self._is_filing = False
        room.snapshots.filing_answered.connect(self._on_filed)
        room.printing.answered.connect(self._say)
        room.printing.printers_told.connect(self._on_printers)
        room.screens.changed.connect(self.show_screens)
        room.board_screen.changed.connect(self.show_screens)

    # ---- workbook ---------------------------------------------------------------------------

    def export(self, now: Outgoing) -> None:
        """The board as it is shown, formulas live."""
        if not self._is_exporting:
            self._is_exporting = True
            self._bar.say(self.tr("正在生成 Excel…"))
            self._scope.spawn(self._export(now), name="workbook of the board")

    async def _export(self, now: Outgoing) -> None:
        try:
            about = about_of(now.figures, now.board, self._room, now.inputs)
            data = await offload(workbook, now.figures, now.board, about)
        finally:
            self._is_exporting = False
        self._file(self._document(now.board, data, self.tr("综合考评-{0}-{1}"), ".xlsx"))

    def _document(self, board: Board, data: bytes, stem: str, suffix: str) -> Document:
        at = self._room.clock.now()
        name = stem.format(level_word(board.level), board.period)
        return Document(data, name, suffix, f"{board.level.value}/{board.period}", at, _RIGHT)

    def _file(self, document: Document) -> None:
        self._is_filing = True
        self._room.snapshots.file(document)

    def _on_filed(self, text: str) -> None:
        if self._is_filing:
            self._is_filing = False
            self._say(text)

    def _say(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.say(text)
        else:
            self._bar.say(text)

    # ---- bulletin ---------------------------------------------------------------------------

    def open_bulletin(self, now: Outgoing) -> None:
        """Its pages before they go anywhere."""
        document = self._document(now.board, b"", self.tr("绩效通报-{0}-{1}"), ".pdf")
        self._open(self.tr("绩效通报"), lambda: self._bulletin(now), document)

    def open_case(self, file: CaseFile, read: ReadPicture) -> None:
        """One case's file as a paper, with its photographs."""
        stem, at = self.tr("案卷-{0}").format(file.case_id), self._room.clock.now()
        document = Document(b"", stem, ".pdf", f"case/{file.case_id}", at, _RIGHT)
        self._open(self.tr("案卷"), lambda: self._case_paper(file, read), document)

    def _open(self, title: str, paper: MakePaper, document: Document) -> None:
        """One at a time: another one takes its place, the same one comes to the front."""
        if self._dialog is not None and self._shown_about == document.about:
            self._dialog.activateWindow()
            return
        if self._dialog is not None:
            self._dialog.close()
        self._shown_about = document.about
        dialog = self._dialog = BulletinDialog(title, self._page)
        dialog.destroyed.connect(lambda: self._on_closed(dialog))
        dialog.open_over(self._page.window())
        self._room.printing.printers_asked.emit()
        self._scope.spawn(self._lay_out(paper, dialog, document), name="paper")

    def _on_closed(self, dialog: BulletinDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None

    async def _bulletin(self, now: Outgoing) -> Bulletin:
        about = facts_of(now.figures, now.board, self._room, now.inputs)
        return bulletin_of(now.figures, now.board, now.inputs, self._heading(now), about)

    async def _case_paper(self, file: CaseFile, read: ReadPicture) -> Bulletin:
        """A photograph that does not come is named with the reason, and holds nothing up."""
        found: list[Picture] = []
        for line in file.pictures[:_MOST_PICTURES]:
            try:
                found.append(Picture(words=line.words, data=await read(line.attachment_id)))
            except PlatformError as error:
                found.append(Picture(words=f"{line.words}：{error.operator_text}"))
        return case_paper(file, found, self._room)

    async def _lay_out(self, paper: MakePaper, dialog: BulletinDialog, document: Document) -> None:
        try:
            pages = await offload(paint_apart, await paper())
        except (OSError, subprocess.SubprocessError) as error:
            text = self.tr("文件没有生成（{0}）；请告知管理员")
            if self._dialog is dialog:
                dialog.show_fault(text.format(type(error).__name__))
            return
        if self._dialog is dialog:
            self._show_pages(dialog, pages, replace(document, data=pages.pdf))

    def _show_pages(self, dialog: BulletinDialog, pages: Pages, document: Document) -> None:
        dialog.show_pages(pages)
        dialog.save_asked.connect(lambda: self._file(document))
        dialog.print_asked.connect(lambda name: self._room.printing.send(document, name))

    def _heading(self, now: Outgoing) -> Heading:
        platform = self._room.session.platform
        return Heading(
            title=self.tr("城市综合考评绩效通报"),
            period=period_word(now.board.period),
            level=level_word(now.board.level),
            is_robust=now.robust,
            is_whole=now.whole,
            is_demo=platform is not None and platform.standin,
        )

    def _on_printers(self, names: tuple[str, ...]) -> None:
        if self._dialog is not None:
            self._dialog.show_printers(names)

    # ---- another monitor --------------------------------------------------------------------

    def show_screens(self) -> None:
        """Whether there is anywhere to push to, as far as this role may."""
        user = self._room.session.user
        refusal = rights.why_not(user.roles if user is not None else (), _RIGHT)
        if not refusal and not self._room.screens.others():
            refusal = self.tr("只接了一台显示器；接上大屏后可投屏")
        self._bar.offer_screens(refusal, self._room.board_screen.screen is not None)

    def open_screens(self, now: Outgoing) -> None:
        menu = passing_menu(self._page)
        for monitor in self._room.screens.others():
            taken = self._room.screens.on(monitor) is not None
            text = self.tr("屏 {0}　{1}×{2}").format(monitor.number, monitor.width, monitor.height)
            action = menu.addAction(text + (self.tr("　有视频墙，先收回") if taken else ""))
            action.setEnabled(not taken)
            action.setData(monitor)
        if self._room.board_screen.screen is not None:
            menu.addSeparator()
            menu.addAction(self.tr("收回投屏"))
        menu.triggered.connect(lambda action: self._on_screen(action.data(), now))
        button = self._bar.pushing
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_screen(self, monitor: Monitor | None, now: Outgoing) -> None:
        if monitor is None:
            self._room.board_screen.recall()
        else:
            self.push(monitor, now)

    def push(self, monitor: Monitor, now: Outgoing) -> None:
        board = now.board
        pushed = Pushed(board.level, board.period, now.robust)
        self._room.board_screen.push(monitor, pushed)
        about = f"{board.level.value}/{board.period}"
        words = self.tr("投屏到屏 {0}").format(monitor.number)
        self._room.audit.note(_RIGHT, about, reason=words)
        self._bar.say(words)
