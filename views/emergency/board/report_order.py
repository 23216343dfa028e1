"""态势专报: gathers the facts of now and has them painted beside the window."""

import asyncio
import subprocess
import sys

import msgspec
from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt, Signal
from PySide6.QtGui import QImage

from desktop.domain.emergency.driving import Line
from desktop.domain.emergency.incidents import Incident
from desktop.domain.emergency.report import MapMark, Situation, paper
from desktop.errors import OperatorError, PlatformError
from desktop.offload import offload
from desktop.stores.snapshots import Document, Snapshot
from views.emergency.board import words
from views.emergency.board.crew_map import BASE_LAYER, marks_of
from views.emergency.board.report_pictures import pictures_of
from views.emergency.board.state import BoardState
from widgets.theme import RESOURCES
from widgets.times import hh_mm_ss

LIMIT_S = 60.0  # 2 s on a quiet machine
_WIDE_PX = 1280


class ReportOrder(QObject):
    """One at a time: the button that asks for it waits for its end."""

    made = Signal(str)  # incident_id

    def __init__(self, state: BoardState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state

    async def make(self) -> None:
        """Raises PlatformError with the operator's text where it cannot be painted."""
        state, one = self._state, self._state.incident
        if one is None:
            raise PlatformError(self.tr("没有进行中的响应"))
        await state.read_timeline()
        state.refresh()
        ground, pictures = await asyncio.gather(self._ground(), pictures_of(state.room, one))
        situation, marks = self._situation(one), marks_of(state)
        try:
            data = await offload(
                paint_apart, situation, tuple(m.mark for m in marks),
                tuple(m.words for m in marks), ground, pictures,
                tuple(one.line for one in state.ways.shut),
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            words_ = self.tr("态势专报没有生成（{0}）；请导出时间线，并告知管理员")
            raise PlatformError(words_.format(type(error).__name__)) from error
        stem = self.tr("态势专报-{0}{1}").format(self.tr("演练-") if one.drill else "", one.title)
        document = Document(data, stem, ".pdf", one.incident_id, situation.at)
        state.room.snapshots.file(document)
        self.made.emit(one.incident_id)

    async def _ground(self) -> bytes | None:
        try:
            return await self._state.room.questions.layer(BASE_LAYER)
        except OperatorError:
            return None  # the map then has sites and crews on a blank ground

    def _situation(self, one: Incident) -> Situation:
        state = self._state
        user = state.room.session.user
        level = state.level
        shown = msgspec.structs.replace(one, method=words.method_word(one.method))
        return Situation(
            incident=shown,
            rows=tuple(state.ordered),
            crews=state.matrix.totals_of(crews=True),
            people=state.matrix.totals_of(crews=False),
            faces=state.faces(),
            arrivals=dict(state.arrivals),
            entries=state.entries,
            check=None if state.timeline_refusal else state.check,
            checklist=level.checklist if level is not None else (),
            score=state.score(),
            at=state.now(),
            by=user.name if user is not None else "",
        )


def paint_apart(
    situation: Situation,
    marks: tuple[MapMark, ...],
    mark_words: tuple[str, ...],
    ground: bytes | None,
    pictures: tuple[Snapshot, ...],
    shut: tuple[Line, ...] = (),
) -> bytes:
    """The PDF, painted by a process of its own. Blocks: call it in offload.

    Raises OSError and subprocess.SubprocessError.
    """
    captions = [f"{shot.name}　{hh_mm_ss(shot.shown_at)}" for shot in pictures]
    job = {
        "paper": paper(situation, marks, captions),
        "ground": ground,
        "words": mark_words,
        "shut": shut,
        "pictures": tuple(_coded(shot.image) for shot in pictures),
    }
    done = subprocess.run(
        [sys.executable, "-m", "views.emergency.board.report_paper"],
        cwd=RESOURCES.parent,
        input=msgspec.msgpack.encode(job),
        capture_output=True,
        timeout=LIMIT_S,
        check=True,
    )
    if not done.stdout.startswith(b"%PDF"):
        raise OSError("no paper came")
    return done.stdout


def _coded(image: object) -> bytes:
    assert isinstance(image, QImage)
    if image.width() > _WIDE_PX:
        image = image.scaledToWidth(_WIDE_PX, Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 82)  # type: ignore[call-overload] # bytes, says its stub
    return bytes(buffer.data().data())
