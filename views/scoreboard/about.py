"""What an export says of itself: period, edition, as of when, by whom."""

from PySide6.QtCore import QCoreApplication

from desktop.commands.assessment_workbook import About
from desktop.context import RoomContext
from desktop.domain.assessment.board import Board
from desktop.domain.assessment.figures import Figures, Inputs
from views.scoreboard.words import level_word, period_word
from widgets.times import local

translate = QCoreApplication.translate


def facts_of(figures: Figures, board: Board, room: RoomContext, inputs: Inputs) -> About:
    """What a paper says below its title, which names period and level itself."""
    said = {
        translate("scoreboard", "办法"),
        translate("scoreboard", "构成"),
        translate("scoreboard", "数据截至"),
        translate("scoreboard", "封账"),
        translate("scoreboard", "导出"),
        translate("scoreboard", "导出人"),
    }
    lines = about_of(figures, board, room, inputs).lines
    return About(tuple(line for line in lines if line[0] in said))


def about_of(figures: Figures, board: Board, room: RoomContext, inputs: Inputs) -> About:
    user, scheme = room.session.user, board.scheme
    as_of, sealed = figures.as_of, inputs.sealed_at
    parts = "、".join(f"{p.name} {p.weight:g}%" for p in scheme.parts) if scheme else ""
    lines = [
        (translate("scoreboard", "期间"), period_word(board.period)),
        (translate("scoreboard", "级别"), level_word(board.level)),
        (translate("scoreboard", "办法"), f"{scheme.name} {scheme.edition}" if scheme else ""),
        (translate("scoreboard", "构成"), parts),
        (translate("scoreboard", "数据截至"), f"{local(as_of):%Y-%m-%d %H:%M}" if as_of else "—"),
        (translate("scoreboard", "封账"), f"{local(sealed):%Y-%m-%d %H:%M}" if sealed else "—"),
        (translate("scoreboard", "未上报"), "、".join(board.unreported) or "—"),
        (translate("scoreboard", "导出"), f"{local(room.clock.now()):%Y-%m-%d %H:%M}"),
        (translate("scoreboard", "导出人"), user.name if user is not None else "—"),
        (
            translate("scoreboard", "说明"),
            translate("scoreboard", "指标与得分均为公式：改动计数，得分随之重算"),
        ),
    ]
    if room.session.platform is not None and room.session.platform.standin:
        lines.insert(0, (translate("scoreboard", "注意"), translate("scoreboard", "演示数据")))
    return About(tuple(lines))
