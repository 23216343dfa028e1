"""Paints the head of the scoreboard's table: groups, titles, the scale of the intervals."""

from itertools import groupby

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QPainter

from desktop.domain.assessment.schemes import Part
from desktop.domain.assessment.standings import INDICATORS, PEERS, SPECIAL
from views.scoreboard.lines import BAND_PX, CELL_PX, HEAD_PX, TITLES_PX, Slot
from views.scoreboard.painting import Look
from views.scoreboard.words import goal, two_lines
from widgets.painted_text import paint_text
from widgets.theme import NOTE_PX, colour, font

translate = QCoreApplication.translate
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_PAD = 8


def paint_head(painter: QPainter, look: Look) -> None:
    painter.fillRect(0, 0, look.width_px, HEAD_PX, colour("bg1"))
    painter.save()
    painter.setClipRect(look.frozen_px, 0, look.width_px - look.frozen_px, HEAD_PX)
    _paint_bands(painter, look)
    painter.setFont(font(NOTE_PX))
    for number in look.columns():
        _paint_title(painter, look, number)
    painter.restore()
    _paint_frozen_titles(painter, look)
    painter.fillRect(0, HEAD_PX - 1, look.width_px, 1, colour("line"))


def _paint_bands(painter: QPainter, look: Look) -> None:
    number = 0
    painter.setFont(font(NOTE_PX))
    for group, members in groupby(look.board.columns, lambda one: one.group):
        count = len(list(members))
        box = QRect(look.cell_left(number), 0, count * CELL_PX, BAND_PX)
        painter.setPen(colour("text2"))
        seen = box.intersected(QRect(look.frozen_px, 0, look.width_px, BAND_PX))
        painter.drawText(seen, _CENTRE, f"{group} {count}")
        painter.fillRect(box.left(), 0, 1, HEAD_PX, colour("line"))
        number += count


def _paint_title(painter: QPainter, look: Look, number: int) -> None:
    one = look.board.columns[number]
    box = QRect(look.cell_left(number), BAND_PX, CELL_PX, TITLES_PX)
    is_chosen = one.id == look.indicator_id
    if is_chosen:
        painter.fillRect(box, colour("selection"))
    painter.setPen(colour("text" if is_chosen else "text2"))
    painter.drawText(box, int(_CENTRE), two_lines(one.name))


def _paint_frozen_titles(painter: QPainter, look: Look) -> None:
    titles = {
        "rank": translate("scoreboard", "名次"),
        "change": translate("scoreboard", "变化"),
        "name": translate("scoreboard", "单位"),
        "score": translate("scoreboard", "稳健分")
        if look.board.is_robust
        else translate("scoreboard", "得分"),
        "platform": translate("scoreboard", "平台分"),
        "n": translate("scoreboard", "应结案 n"),
    }
    parts = look.board.scheme.parts if look.board.scheme is not None else ()
    titles |= {f"parts{n}": part_word(part) for n, part in enumerate(parts)}
    lower = QRect(0, BAND_PX + TITLES_PX // 2, 0, TITLES_PX // 2)
    for slot in look.slots:
        box = QRect(slot.left, lower.top(), slot.width, lower.height()).adjusted(0, 0, -_PAD, 0)
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2"))
        if slot.id in titles:
            side = _CENTRE if slot.id in ("rank", "change") else _RIGHT
            side = _LEFT if slot.id == "name" else side
            painter.drawText(
                box.adjusted(0 if side != _LEFT else 4, 0, 0, 0), side, titles[slot.id]
            )
        elif slot.id == "interval":
            _paint_axis(painter, look, slot)
    text = " + ".join(f"{part_word(part)} {part.weight:g}%" for part in parts)
    text = translate("scoreboard", "得分 = {0}").format(text)
    if missing := look.board.missing_parts:
        words = translate("scoreboard", "{0}未到，暂按此排")
        text += "，" + words.format("、".join(missing))
    paint_text(painter, QRect(12, 0, look.frozen_px - 24, BAND_PX), text, NOTE_PX, "text2")


def _paint_axis(painter: QPainter, look: Look, slot: Slot) -> None:
    column = look.shown_interval
    if column < 0:
        return
    one, (low, high) = look.board.columns[column], look.axis
    upper = QRect(slot.left, BAND_PX, slot.width, TITLES_PX // 2)
    paint_text(
        painter, upper, translate("scoreboard", "{0} 95% 区间").format(one.name), NOTE_PX, "text2"
    )
    lower = upper.translated(0, TITLES_PX // 2).adjusted(0, 0, -_PAD, 0)
    painter.setPen(colour("text2"))
    painter.drawText(lower, _LEFT, f"{low:g}")
    painter.drawText(lower, _RIGHT, f"{high:g}")
    if one.target is not None and slot.width >= 120:
        painter.drawText(lower, _CENTRE, goal(one))


def part_word(part: Part) -> str:
    """Two signs for a column's head."""
    words = {
        INDICATORS: translate("scoreboard", "综合"),
        SPECIAL: translate("scoreboard", "专项"),
        PEERS: translate("scoreboard", "互评"),
    }
    return words.get(part.id, part.name[:2])
