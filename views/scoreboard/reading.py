"""The page's questions, answered by the store of the mirrored cases."""

from PySide6.QtCore import QObject, Signal

from desktop.context import RoomContext
from desktop.domain.assessment.case_clock import limit_use
from desktop.domain.assessment.figures import Figures, Level
from desktop.domain.assessment.mirrored import CaseRow
from desktop.domain.cases import STATE_WORDS, State
from desktop.stores.assessment import AssessmentStore
from views.scoreboard.case_words import file_of
from views.scoreboard.source import CaseFile, CaseLine, CasePage


class MirroredScores(QObject):
    """`changed` follows the store's."""

    changed = Signal()

    def __init__(
        self, room: RoomContext, store: AssessmentStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._room, self._store = room, store
        store.changed.connect(self.changed)

    def figures(self, level: Level) -> Figures | None:
        return self._store.figures(level)

    def is_whole(self) -> bool:
        return self._store.is_whole()

    def progress(self) -> str:
        count = self._store.case_count()
        if not count:
            return self.tr("案件正在从平台下载，期间其余功能照常")
        return self.tr("已下载 {0:,} 件案件，正在统计").format(count)

    async def cases(self, level: Level, unit_id: str, period: str, indicator_id: str) -> CasePage:
        found = await self._store.rows(level, unit_id, period, indicator_id)
        return CasePage(
            title=self._title(found.against),
            total=found.total,
            lines=tuple(line_of_row(row) for row in found.rows),
            classes=found.classes,
        )

    def _title(self, against: int | None) -> str:
        if against is None:
            return self.tr("案件（超时最多的在前）")
        if not against:
            return self.tr("案件，没有失分的，共")
        return self.tr("失分案件 {0:,}，在前；共").format(against)

    async def case(self, case_id: str) -> CaseFile | None:
        case = await self._store.case(case_id)
        reads = self._room.questions.registers
        names = dict(await reads.names("districts")) | dict(await reads.names("orgs"))
        clock = await self._store.work_clock()
        return file_of(case, names, limit_use(case, clock, self._room.clock.now()))

    async def picture(self, attachment_id: str) -> bytes:
        return await self._store.picture(attachment_id)


def line_of_row(row: CaseRow) -> CaseLine:
    """A state that the platform names otherwise stays as it is."""
    try:
        state = STATE_WORDS[State(row.state)]
    except ValueError:
        state = row.state
    return CaseLine(
        case_id=row.case_id,
        class_name=row.class_name,
        limit=row.limit_text,
        over_s=row.over_s,
        is_against=row.is_against,
        state=state,
    )
