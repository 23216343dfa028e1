"""The ranking for a room: one monitor, read from metres away, no hand on it.

More units than one screen holds are turned over page by page.
"""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.assessment.board import Board, BoardLeague, BoardRow, board_of
from desktop.domain.assessment.figures import Figures, Inputs
from desktop.offload import offload
from desktop.stores.board_screen import Pushed
from desktop.tasks import TaskScope
from views.scoreboard.heading import part_word
from views.scoreboard.source import ScoreSource
from views.scoreboard.words import level_word, period_word
from widgets.painted_text import paint_text
from widgets.theme import colour, font
from widgets.times import local

TURN_MS = 12_000
_HIGH = 1080.0
"""All sizes below are of a screen of this height and grow with it."""
_HEAD, _TITLES, _FOOT, _ROW, _LEAGUE, _SIDE = 104, 44, 52, 72, 52, 40
_LOW, _TOP = 80.0, 100.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class _Shown(NamedTuple):
    board: Board | None
    inputs: Inputs
    figures: Figures


class _Line(NamedTuple):
    """A league's name, or a row."""

    league: BoardLeague
    row: BoardRow | None = None


class WallBoard(QWidget):
    """`show_pushed` says what; it follows the figures from then on."""

    def __init__(
        self, room: RoomContext, source: ScoreSource, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("wall_board")
        self._room, self._source = room, source
        self._scope = TaskScope(self)
        self._pushed: Pushed | None = None
        self._shown: _Shown | None = None
        self._turn = 0  # an older reading says nothing any more
        self.page = 0
        self._pages: list[list[_Line]] = []
        source.changed.connect(self._read)
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self.turn)

    def sizeHint(self) -> QSize:
        return QSize(1920, 1080)

    def show_pushed(self, pushed: Pushed) -> None:
        if pushed != self._pushed:
            self._pushed, self._shown, self.page = pushed, None, 0
            self._read()

    @property
    def board(self) -> Board | None:
        return self._shown.board if self._shown is not None else None

    @property
    def page_count(self) -> int:
        return max(len(self._pages), 1)

    def turn(self) -> None:
        self.page = (self.page + 1) % self.page_count
        self.update()

    def _read(self) -> None:
        if self._pushed is not None:
            self._turn += 1
            self._scope.spawn(self._read_board(self._pushed, self._turn), name="pushed board")

    async def _read_board(self, pushed: Pushed, turn: int) -> None:
        figures = self._source.figures(pushed.level)
        if figures is None:
            return  # what stood there stays; `changed` comes with the figures
        shown = await offload(_make, figures, pushed)
        if turn == self._turn:
            self._shown = shown
            self._lay_out()

    # ---- pages ------------------------------------------------------------------------------

    def _px(self, size: float) -> int:
        return round(size * self.height() / _HIGH)

    def resizeEvent(self, event: object) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        """A league's name is never the last line of a page, and stands again on the next."""
        room = self.height() - self._px(_HEAD + _TITLES + _FOOT)
        pages: list[list[_Line]] = []
        used = room
        for league in self.board.leagues if self.board is not None else ():
            for number, row in enumerate(league.rows):
                need = self._px(_ROW) + (self._px(_LEAGUE) if number == 0 else 0)
                if not pages or used + need > room:
                    pages.append([])
                    used = 0
                if number == 0 or not pages[-1]:
                    pages[-1].append(_Line(league))
                    used += self._px(_LEAGUE)
                pages[-1].append(_Line(league, row))
                used += self._px(_ROW)
        self._pages = pages
        self.page = min(self.page, self.page_count - 1)
        if self.page_count > 1:
            self._timer.start()
        else:
            self._timer.stop()
        self.setAccessibleName(self._title())
        self.update()

    def _title(self) -> str:
        pushed = self._pushed
        if pushed is None:
            return self.tr("综合考评")
        text = self.tr("综合考评　{0}　{1}")
        text = text.format(period_word(pushed.period), level_word(pushed.level))
        return text + (self.tr("　稳健排名") if pushed.robust else "")

    # ---- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg0"))
        self._paint_head(painter)
        if not self._pages:
            painter.setFont(font(self._px(36)))
            painter.setPen(colour("text2"))
            text = self.tr("正在读取考评数据")
            if self._shown is not None:
                text = self.tr("这个期间没有可排名的单位")
            painter.drawText(self.rect(), _CENTRE, text)
            return
        slots = self._slots()
        self._paint_titles(painter, slots)
        top = self._px(_HEAD + _TITLES)
        for line in self._pages[self.page]:
            if line.row is None:
                self._paint_league(painter, line.league, top)
                top += self._px(_LEAGUE)
            else:
                self._paint_row(painter, line.row, slots, top)
                top += self._px(_ROW)
        self._paint_foot(painter)

    def _paint_head(self, painter: QPainter) -> None:
        side = self._px(_SIDE)
        box = QRect(side, 0, self.width() - 2 * side, self._px(_HEAD))
        paint_text(painter, box, self._title(), self._px(44), "text", bold=True)
        painter.setFont(font(self._px(28), bold=True))
        painter.setPen(colour("text"))
        painter.drawText(box, _RIGHT, "　".join(self._marks()))

    def _marks(self) -> list[str]:
        marks: list[str] = []
        if (platform := self._room.session.platform) is not None and platform.standin:
            marks.append(self.tr("演示数据"))
        shown = self._shown
        if shown is not None and not self._source.is_whole():
            marks.append(self.tr("暂行：案件下载中"))
        elif shown is not None and shown.board is not None:
            if shown.board.missing_parts:
                marks.append(self.tr("暂行：{0}未到").format("、".join(shown.board.missing_parts)))
            elif shown.inputs.sealed_at is None:
                marks.append(self.tr("暂行：未封账"))
        return marks

    def _slots(self) -> dict[str, QRect]:
        """Columns from left to right; the bar takes what is left."""
        parts = self._parts()
        widths: dict[str, int] = {"rank": 100, "change": 110, "name": 300, "score": 180}
        widths |= {f"part{number}": 140 for number in range(len(parts))}
        widths |= {"bar": 0, "n": 190, "platform": 170}
        whole = self.width() - 2 * self._px(_SIDE)
        scaled = {name: self._px(width) for name, width in widths.items()}
        scaled["bar"] = max(whole - sum(scaled.values()), 0)
        slots, left = {}, self._px(_SIDE)
        for name, width in scaled.items():
            slots[name] = QRect(left, 0, width, 0)
            left += width
        return slots

    def _parts(self) -> tuple[tuple[str, str], ...]:
        """Ids and words, where a score has more than one part."""
        scheme = self.board.scheme if self.board is not None else None
        parts = scheme.parts if scheme is not None else ()
        words = tuple((one.id, f"{part_word(one)} {one.weight:g}%") for one in parts)
        return words if len(words) > 1 else ()

    def _paint_titles(self, painter: QPainter, slots: dict[str, QRect]) -> None:
        titles = {"rank": self.tr("名次"), "change": self.tr("变化"), "name": self.tr("单位"),
                  "score": self.tr("稳健分") if self._is_robust() else self.tr("得分"),
                  "n": self.tr("应结案"),
                  "platform": self.tr("平台分")}  # fmt: skip
        titles |= {f"part{n}": word for n, (_, word) in enumerate(self._parts())}
        titles["bar"] = self.tr("80 至 100 分")
        top = self._px(_HEAD)
        painter.setFont(font(self._px(24)))
        painter.setPen(colour("text2"))
        for name, slot in slots.items():
            box = QRect(slot.left(), top, slot.width(), self._px(_TITLES))
            if name == "bar" and slot.width() < self._px(200):
                continue
            painter.drawText(self._inset(box, name), self._side(name), titles[name])

    def _is_robust(self) -> bool:
        return self.board is not None and self.board.is_robust

    def _inset(self, box: QRect, name: str) -> QRect:
        return box.adjusted(self._px(36), 0, 0, 0) if name == "bar" else box

    def _side(self, name: str) -> Qt.AlignmentFlag:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return left if name in ("rank", "change", "name", "bar") else _RIGHT

    def _paint_league(self, painter: QPainter, league: BoardLeague, top: int) -> None:
        box = QRect(0, top, self.width(), self._px(_LEAGUE))
        painter.fillRect(box, colour("bg1"))
        name = league.name or self.tr("全部")
        text = self.tr("{0} {1} 个单位").format(name, len(league.rows))
        side = self._px(_SIDE)
        paint_text(painter, box.adjusted(side, 0, -side, 0), text, self._px(24), "text2")

    def _paint_row(
        self, painter: QPainter, row: BoardRow, slots: dict[str, QRect], top: int
    ) -> None:
        high = self._px(_ROW)
        score = row.score
        change = "—" if not row.change else f"{'▲' if row.change > 0 else '▼'} {abs(row.change)}"
        words = {
            "rank": str(row.rank) if row.rank is not None else self.tr("不排"),
            "change": change,
            "score": "—" if (total := self._points(row)) is None else f"{total:.2f}",
            "n": self.tr("小样本 {0:,.0f}").format(row.n) if row.is_small else f"{row.n:,.0f}",
            "platform": "—" if row.published is None else f"{row.published:.2f}",
        }
        for number, (part, _) in enumerate(self._parts()):
            value = score.parts.get(part)
            words[f"part{number}"] = "—" if value is None else f"{value:.1f}"
        for name, text in words.items():
            slot = slots[name]
            is_main = name in ("rank", "score") and row.rank is not None
            painter.setFont(font(self._px(36 if is_main else 28), is_main))
            painter.setPen(colour("text" if is_main or name.startswith("part") else "text2"))
            painter.drawText(
                QRect(slot.left(), top, slot.width(), high), self._side(name), text
            )  # fmt: skip
        slot = slots["name"]
        box = QRect(slot.left(), top, slot.width() - self._px(12), high)
        paint_text(painter, box, row.name, self._px(32), "text", bold=True)
        self._paint_bar(painter, row, slots["bar"], top)
        side = self._px(_SIDE)
        painter.fillRect(side, top + high - 1, self.width() - 2 * side, 1, colour("bg2"))

    def _points(self, row: BoardRow) -> float | None:
        return self.board.points(row) if self.board is not None else None

    def _paint_bar(self, painter: QPainter, row: BoardRow, slot: QRect, top: int) -> None:
        total = self._points(row)
        if total is None or slot.width() < self._px(200):
            return
        high, thick = self._px(_ROW), self._px(16)
        left = slot.left() + self._px(36)
        width = slot.right() - left - self._px(12)
        y = top + (high - thick) // 2
        painter.fillRect(left, y, width, thick, colour("bg2"))
        share = min(max((total - _LOW) / (_TOP - _LOW), 0.0), 1.0)
        token = "border" if row.rank is None else "text2"
        painter.fillRect(QRectF(left, y, width * share, thick), colour(token))

    def _paint_foot(self, painter: QPainter) -> None:
        shown, side = self._shown, self._px(_SIDE)
        assert shown is not None
        assert shown.board is not None
        box = QRect(side, self.height() - self._px(_FOOT), self.width() - 2 * side, self._px(_FOOT))
        words: list[str] = []
        if shown.board.scheme is not None:
            words.append(f"{shown.board.scheme.name} {shown.board.scheme.edition}")
        if (as_of := shown.figures.as_of) is not None:
            words.append(self.tr("数据截至 {0}").format(f"{local(as_of):%m-%d %H:%M}"))
        if shown.board.unreported:
            words.append(self.tr("未上报 {0}").format("、".join(shown.board.unreported)))
        if len(self._pages) > 1:
            painter.setFont(font(self._px(24)))
            painter.setPen(colour("text2"))
            painter.drawText(box, _RIGHT, f"{self.page + 1} / {len(self._pages)}")
            box = box.adjusted(0, 0, -self._px(140), 0)
        paint_text(painter, box, "　".join(words), self._px(24), "text2")


def _make(figures: Figures, pushed: Pushed) -> _Shown:
    board = board_of(figures, pushed.period, pushed.robust)
    return _Shown(board, figures.inputs_of(pushed.period), figures)
