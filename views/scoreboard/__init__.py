"""考评: every score explained down to the case."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext, ViewSpec
from views.scoreboard.page import ScoreboardPage
from views.scoreboard.reading import MirroredScores
from views.scoreboard.wall_board import WallBoard
from widgets.empty_state import EmptyState


def build(room: RoomContext) -> QWidget:
    """A room without a mirror of cases says so."""
    if room.assessment is None:
        text = QCoreApplication.translate("scoreboard", "本台没有案件数据")
        return EmptyState("inbox-outline", text)
    source = MirroredScores(room, room.assessment)
    page = ScoreboardPage(room, source)
    source.setParent(page)
    return page


def build_wall(room: RoomContext) -> WallBoard:
    """The ranking alone, for another monitor. `room` has a mirror of cases."""
    assert room.assessment is not None
    source = MirroredScores(room, room.assessment)
    board = WallBoard(room, source)
    source.setParent(board)
    return board


VIEW = ViewSpec("scoreboard", str(QT_TRANSLATE_NOOP("views", "考评")), "chart-bar.svg", build)

__all__ = ["VIEW", "build", "build_wall"]
