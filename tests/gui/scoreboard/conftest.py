"""The scoreboard on figures made by hand."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal

from desktop.context import RoomContext
from desktop.domain.assessment.figures import Figures, Level
from desktop.errors import PlatformError
from tests.gui.driving import room, run, until
from tests.score_figures import district_figures, street_figures
from views.scoreboard.page import ScoreboardPage
from views.scoreboard.source import CaseFile, CaseLine, CasePage

__all__ = ["room", "run"]


class Source(QObject):
    """What the page asks of the assessment; `asked` in order."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ready: dict[Level, Figures] = {}
        self.files: dict[str, CaseFile] = {}
        self.pictures: dict[str, bytes] = {}
        self.lines: tuple[CaseLine, ...] = ()
        self.error: PlatformError | None = None
        self.whole = True
        self.asked: list[tuple[str, ...]] = []

    def figures(self, level: Level) -> Figures | None:
        return self.ready.get(level)

    def is_whole(self) -> bool:
        return self.whole

    def progress(self) -> str:
        return "正在统计 2026 年 6 月"

    async def cases(self, level: Level, unit_id: str, period: str, indicator_id: str) -> CasePage:
        self.asked.append((level, unit_id, period, indicator_id))
        if self.error is not None:
            raise self.error
        return CasePage(title="未按期结案", total=len(self.lines) + 40, lines=self.lines)

    async def case(self, case_id: str) -> CaseFile | None:
        return self.files.get(case_id)

    async def picture(self, attachment_id: str) -> bytes:
        if attachment_id not in self.pictures:
            raise PlatformError("平台没有这张照片")
        return self.pictures[attachment_id]


class Near:
    async def nearest(self, *_: Any) -> tuple[()]:
        return ()


@pytest.fixture
def source(room: RoomContext) -> Source:
    made = Source()
    made.ready = {Level.DISTRICT: district_figures(), Level.STREET: street_figures(40)}
    object.__setattr__(room.questions, "registers", Near())
    return made


@pytest.fixture
def shown(room: RoomContext, source: Source, run: Callable[..., Any]):
    """Runs a body with the page when it shows its board."""

    def drive(body: Callable[[Any], Coroutine[Any, Any, None]], ready: bool = True) -> None:
        async def all_of_it() -> None:
            page = ScoreboardPage(room, source)
            page.resize(1864, 1040)
            page.show()
            if ready:
                await until(lambda: page.stack.currentWidget() is page.work)
            await body(page)
            page.hide()
            page.deleteLater()

        run(all_of_it())

    return drive
