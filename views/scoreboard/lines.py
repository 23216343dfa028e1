"""Where everything of the scoreboard's table stands: lines from top to bottom, columns beside."""

from bisect import bisect_right
from typing import NamedTuple

from desktop.domain.assessment.board import Board, BoardLeague, BoardRow

BAND_PX, TITLES_PX, LEAGUE_PX, ROW_PX, LOW_ROW_PX, TAIL_PX = 26, 44, 28, 38, 32, 30
HEAD_PX = BAND_PX + TITLES_PX
CELL_PX = 50
WIDE_PX = 1240
"""From here on there is room for the parts of a score beside it."""


class Line(NamedTuple):
    """A league's head, a row, or the line of those who did not report."""

    top: int
    height: int
    league: BoardLeague | None = None
    row: BoardRow | None = None

    @property
    def is_head(self) -> bool:
        return self.league is not None and self.row is None


class Slot(NamedTuple):
    """A frozen column: `id` says what stands in it."""

    id: str
    left: int
    width: int


_WIDE = (("rank", 44), ("change", 44), ("name", 112), ("score", 68), ("parts", 50),
         ("platform", 64), ("interval", 136), ("n", 96))  # fmt: skip
_NARROW = (("rank", 40), ("change", 40), ("name", 96), ("score", 60), ("platform", 60),
           ("interval", 88), ("n", 76))  # fmt: skip


def slots(width_px: int, parts: int) -> tuple[Slot, ...]:
    """`parts`: how many a score has; they fall away where room is short or there is one only."""
    found: list[Slot] = []
    left = 0
    for name, width in _WIDE if width_px >= WIDE_PX else _NARROW:
        times = (parts if parts > 1 else 0) if name == "parts" else 1
        for number in range(times):
            found.append(Slot(f"{name}{number}" if name == "parts" else name, left, width))
            left += width
    return tuple(found)


class Lines:
    """All lines of a board, the first at 0."""

    def __init__(self, board: Board | None, row_px: int) -> None:
        self.all: list[Line] = []
        self._top = 0
        for league in board.leagues if board is not None else ():
            self._add(Line(0, LEAGUE_PX, league))
            for row in league.rows:
                self._add(Line(0, row_px, league, row))
        if board is not None and board.unreported:
            self._add(Line(0, TAIL_PX))
        self.height_px = self._top
        self._tops = [line.top for line in self.all]
        self.rows = [line for line in self.all if line.row is not None]

    def _add(self, line: Line) -> None:
        self.all.append(line._replace(top=self._top))
        self._top += line.height

    def at(self, y: int) -> Line | None:
        if not 0 <= y < self.height_px:
            return None
        return self.all[bisect_right(self._tops, y) - 1]

    def between(self, top: int, bottom: int) -> list[Line]:
        """Those that are seen."""
        first = max(bisect_right(self._tops, top) - 1, 0)
        return self.all[first : bisect_right(self._tops, bottom)]

    def of_unit(self, unit_id: str) -> int:
        """Number among the rows, -1 for none."""
        found = (n for n, line in enumerate(self.rows) if line.row and line.row.unit_id == unit_id)
        return next(found, -1)
