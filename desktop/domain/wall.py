"""The video wall as a value: how a grid is cut into cells, and what stands in each of them.

Every operation gives a new value and touches nothing. Cells are numbered from 0 in reading order
of their upper left corners; the screen counts from 1.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

MOST_CELLS = 36
MOST_ROWS, MOST_COLS = 6, 6
FREE_LAYOUT = "free"


class CellOrigin(StrEnum):
    """Who put the picture there."""

    HAND = "hand"
    TOUR = "tour"
    LINKAGE = "linkage"
    SCENE = "scene"


class Fit(StrEnum):
    """Whether the whole picture is seen, or the whole cell is filled and the edge is cut."""

    KEEP = "keep"
    FILL = "fill"


class CellProfile(StrEnum):
    """Which stream of the camera: by the size of the cell, or as the operator ordered."""

    AUTO = "auto"
    MAIN = "main"
    SUB = "sub"


class Span(Struct, frozen=True):
    """A rectangle of a grid, in rows and columns from 0."""

    row: int
    col: int
    rows: int = 1
    cols: int = 1

    def squares(self) -> frozenset[tuple[int, int]]:
        """(row, col) of everything it covers."""
        return frozenset(
            (row, col)
            for row in range(self.row, self.row + self.rows)
            for col in range(self.col, self.col + self.cols)
        )


class Layout(Struct, frozen=True):
    """A grid cut into spans which cover it without an overlap; see `is_whole`."""

    layout_id: str
    name: str
    rows: int
    cols: int
    spans: tuple[Span, ...]

    @property
    def count(self) -> int:
        return len(self.spans)

    def is_whole(self) -> bool:
        """Whether the spans cover every square once, and nothing outside of the grid."""
        if not (0 < self.rows <= MOST_ROWS and 0 < self.cols <= MOST_COLS):
            return False
        if self.count > MOST_CELLS or not all(self._holds(span) for span in self.spans):
            return False  # before anything is counted: a stranger's span may be of any size
        squares = [one for span in self.spans for one in span.squares()]
        whole = Span(0, 0, self.rows, self.cols).squares()
        return len(squares) == len(whole) and frozenset(squares) == whole

    def _holds(self, span: Span) -> bool:
        inside = span.row >= 0 and span.col >= 0 and span.rows > 0 and span.cols > 0
        return inside and span.row + span.rows <= self.rows and span.col + span.cols <= self.cols

    def at(self, row: int, col: int) -> int:
        """Number of the cell that covers a square. Raises IndexError outside of the grid."""
        for index, span in enumerate(self.spans):
            if (row, col) in span.squares():
                return index
        raise IndexError((row, col))

    def with_span(self, index: int, wanted: Span) -> "Layout":
        """One cell with another rectangle: what it takes falls to it, the rest of a cell that it
        cuts, and what it leaves itself, become single squares. Cut to the grid."""
        wanted = _within(wanted, self.rows, self.cols)
        taken = wanted.squares()
        spans = [wanted]
        for number, span in enumerate(self.spans):
            if number != index and not span.squares() & taken:
                spans.append(span)
            else:
                spans += [Span(row, col) for row, col in span.squares() - taken]
        return _layout(FREE_LAYOUT, "", self.rows, self.cols, spans)

    def split(self, index: int) -> "Layout":
        """One cell cut into its single squares."""
        span = self.spans[index]
        return self.with_span(index, Span(span.row, span.col))

    def neighbour(self, index: int, step_rows: int, step_cols: int) -> int:
        """The cell in a direction; the same one at the edge."""
        span = self.spans[index]
        row = span.row + (span.rows if step_rows > 0 else min(step_rows, 0))
        col = span.col + (span.cols if step_cols > 0 else min(step_cols, 0))
        if not (0 <= row < self.rows and 0 <= col < self.cols):
            return index
        return self.at(row, col)


class CellLink(Struct, frozen=True):
    """An alarm's picture in a cell, and what stood there before it. `since_s`: Unix time;
    `clip`: the seconds before the alarm, in a loop, instead of the live picture."""

    alarm_id: str
    since_s: float
    former_id: str | None = None
    former_origin: CellOrigin = CellOrigin.HAND
    former_profile: CellProfile = CellProfile.AUTO
    clip: bool = False


class Cell(Struct, frozen=True):
    """What the operator wants to see in one place. An empty one has no camera."""

    camera_id: str | None = None
    held: bool = False
    origin: CellOrigin = CellOrigin.HAND
    fit: Fit = Fit.KEEP
    profile: CellProfile = CellProfile.AUTO
    link: CellLink | None = None

    def unlinked(self) -> "Cell":
        """What stood here before the alarm; where it is held meanwhile the alarm's one stays."""
        link = self.link
        if link is None:
            return self
        if self.held:
            return replace(self, origin=CellOrigin.HAND, link=None)
        return Cell(
            link.former_id, origin=link.former_origin, fit=self.fit, profile=link.former_profile
        )


EMPTY = Cell()


class Wall(Struct, frozen=True):
    """Cells in the order of the layout's spans; `beyond`: what found no place when the layout
    became smaller, and comes back when it grows."""

    layout: Layout
    cells: tuple[Cell, ...]
    beyond: tuple[Cell, ...] = ()

    def put(
        self,
        index: int,
        camera_id: str,
        origin: CellOrigin = CellOrigin.HAND,
        *,
        over_held: bool = False,
    ) -> "Wall":
        """A held cell stays as it is, unless the operator said so."""
        cell = self.cells[index]
        if cell.held and not over_held:
            return self
        auto = CellProfile.AUTO
        new = replace(cell, camera_id=camera_id, origin=origin, profile=auto, link=None)
        return self._with({index: new})

    def link(self, index: int, camera_id: str, alarm_id: str, since_s: float, *,
             clip: bool = False) -> "Wall":  # fmt: skip
        """An alarm takes the cell, never a held one; `unlink` knows what stood there first."""
        cell = self.cells[index]
        if cell.held:
            return self
        before = cell.link or CellLink("", 0.0, cell.camera_id, cell.origin, cell.profile)
        link = replace(before, alarm_id=alarm_id, since_s=since_s, clip=clip)
        new = Cell(camera_id, origin=CellOrigin.LINKAGE, fit=cell.fit, link=link)
        return self._with({index: new})

    def unlink(self, index: int) -> "Wall":
        """The former picture again, see `Cell.unlinked`."""
        return self._with({index: self.cells[index].unlinked()})

    def at_rest(self) -> "Wall":
        """Without the alarms and the tour of the moment: what is worth a name and a file."""
        cells = (replace(cell.unlinked(), origin=CellOrigin.HAND) for cell in self.cells)
        return replace(self, cells=tuple(cells), beyond=())

    def links(self) -> frozenset[tuple[str, bool]]:
        """(alarm_id, whether it is the recording of the seconds before) of all that stand here."""
        found = (cell.link for cell in self.cells)
        return frozenset((link.alarm_id, link.clip) for link in found if link is not None)

    def swap(self, first: int, second: int) -> "Wall":
        """Both with all that belongs to them."""
        return self._with({first: self.cells[second], second: self.cells[first]})

    def clear(self, index: int) -> "Wall":
        """Also a held one: the order names this very cell."""
        return self._with({index: EMPTY})

    def clear_all(self) -> "Wall":
        """Held ones stay."""
        cells = tuple(cell if cell.held else EMPTY for cell in self.cells)
        return replace(self, cells=cells, beyond=())

    def fill_from(
        self, ids: Iterable[str], start: int = 0, origin: CellOrigin = CellOrigin.HAND
    ) -> "Wall":
        """One camera a cell from `start` on; held cells are left out, what has no room too."""
        places = self.places_from(start)
        found = self
        for index, camera_id in zip(places, ids, strict=False):
            found = found.put(index, camera_id, origin)
        return found

    def add(self, ids: Iterable[str], origin: CellOrigin = CellOrigin.HAND) -> "Wall":
        """One camera a place of `places_to_add`."""
        found = self
        for index, camera_id in zip(self.places_to_add(), ids, strict=False):
            found = found.put(index, camera_id, origin)
        return found

    def places_to_add(self) -> tuple[int, ...]:
        """The empty cells; where there is none, all that nobody holds."""
        free = self.places_from(0)
        return tuple(n for n in free if self.cells[n].camera_id is None) or free

    def places_from(self, start: int) -> tuple[int, ...]:
        """Cells from `start` on that nobody holds."""
        return tuple(n for n in range(start, len(self.cells)) if not self.cells[n].held)

    def hold(self, index: int, held: bool) -> "Wall":
        """An empty cell can be held too: it stays empty."""
        return self._with({index: replace(self.cells[index], held=held)})

    def with_fit(self, index: int, fit: Fit) -> "Wall":
        return self._with({index: replace(self.cells[index], fit=fit)})

    def with_profile(self, index: int, profile: CellProfile) -> "Wall":
        return self._with({index: replace(self.cells[index], profile=profile)})

    def with_layout(self, layout: Layout) -> "Wall":
        """Cells keep their order. Where there is room for fewer, held ones find a place first;
        the others wait in `beyond`, and come back with a larger layout."""
        count = layout.count
        cells = list(self.cells[:count]) + [EMPTY] * (count - len(self.cells))
        rest = [cell for cell in self.cells[count:] if cell != EMPTY]
        beyond: list[Cell] = []
        for cell in rest:
            place = _place_for_held(cells) if cell.held else None
            if place is None:
                beyond.append(cell)
                continue
            if cells[place] != EMPTY:
                beyond.append(cells[place])
            cells[place] = cell
        return _return_from(layout, cells, [*beyond, *self.beyond])

    def with_span(self, index: int, wanted: Span) -> "Wall":
        """One cell stretched or shrunk. What it keeps and what it does not touch stays in place;
        a picture that loses its cell waits in `beyond`."""
        layout = self.layout.with_span(index, wanted)
        wanted = _within(wanted, layout.rows, layout.cols)
        old = dict(zip(self.layout.spans, self.cells, strict=True))
        moved = layout.at(wanted.row, wanted.col)
        own = old.pop(self.layout.spans[index])
        cells = [
            own if number == moved else old.pop(span, EMPTY)
            for number, span in enumerate(layout.spans)
        ]
        lost: list[Cell] = []
        for span, cell in old.items():
            places = (n for n, one in enumerate(layout.spans) if one.squares() <= span.squares())
            place = next((n for n in places if cells[n] == EMPTY and n != moved), None)
            if place is not None:
                cells[place] = cell
            elif cell != EMPTY:
                lost.append(cell)
        return _return_from(layout, cells, [*lost, *self.beyond])

    def split(self, index: int) -> "Wall":
        span = self.layout.spans[index]
        return self.with_span(index, Span(span.row, span.col))

    def find(self, camera_id: str) -> tuple[int, ...]:
        """Every cell that shows this camera."""
        return tuple(n for n, cell in enumerate(self.cells) if cell.camera_id == camera_id)

    def is_whole(self) -> bool:
        """Whether what was read from a file can be used."""
        return self.layout.is_whole() and len(self.cells) == self.layout.count

    def _with(self, new: dict[int, Cell]) -> "Wall":
        cells = tuple(new.get(index, cell) for index, cell in enumerate(self.cells))
        return replace(self, cells=cells)


def empty_wall(layout: Layout) -> Wall:
    return Wall(layout, (EMPTY,) * layout.count)


def _return_from(layout: Layout, cells: list[Cell], beyond: Sequence[Cell]) -> Wall:
    """Fills the empty places with what waits. An alarm does not wait there: it comes anew."""
    waiting = [one for cell in beyond if (one := cell.unlinked()) != EMPTY]
    for index, cell in enumerate(cells):
        if cell == EMPTY and waiting:
            cells[index] = waiting.pop(0)
    return Wall(layout, tuple(cells), tuple(waiting[:MOST_CELLS]))


def _place_for_held(cells: Sequence[Cell]) -> int | None:
    """An empty cell, else the last one that nobody holds."""
    empty = next((n for n, cell in enumerate(cells) if cell == EMPTY), None)
    if empty is not None:
        return empty
    return next((n for n in reversed(range(len(cells))) if not cells[n].held), None)


def _within(span: Span, rows: int, cols: int) -> Span:
    row, col = min(max(span.row, 0), rows - 1), min(max(span.col, 0), cols - 1)
    high = min(max(span.row + span.rows, row + 1), rows) - row
    wide = min(max(span.col + span.cols, col + 1), cols) - col
    return Span(row, col, high, wide)


def _layout(layout_id: str, name: str, rows: int, cols: int, spans: Iterable[Span]) -> Layout:
    ordered = tuple(sorted(spans, key=lambda one: (one.row, one.col)))
    return Layout(layout_id, name, rows, cols, ordered)


def _around(layout_id: str, rows: int, cols: int, *large: Span) -> Layout:
    """Large cells, and single squares wherever they leave room."""
    taken = frozenset(square for span in large for square in span.squares())
    rest = [Span(row, col) for row in range(rows) for col in range(cols) if (row, col) not in taken]
    return _layout(layout_id, "", rows, cols, [*large, *rest])


PRESETS: tuple[Layout, ...] = (
    _around("1", 1, 1),
    _around("4", 2, 2),
    _around("6", 3, 3, Span(0, 0, 2, 2)),
    _around("8", 4, 4, Span(0, 0, 3, 3)),
    _around("9", 3, 3),
    _around("10", 4, 4, Span(0, 0, 2, 2), Span(0, 2, 2, 2)),
    _around("13", 4, 4, Span(1, 1, 2, 2)),
    _around("16", 4, 4),
    _around("20", 4, 5),
    _around("25", 5, 5),
    _around("30", 5, 6),
    _around("36", 6, 6),
)
"""The splits that video desks of the trade offer; the number is the count of cells."""


def preset(layout_id: str) -> Layout:
    """Raises KeyError."""
    for layout in PRESETS:
        if layout.layout_id == layout_id:
            return layout
    raise KeyError(layout_id)


def preset_for(count: int) -> Layout:
    """The smallest with room for so many; the largest where none has."""
    return next((one for one in PRESETS if one.count >= count), PRESETS[-1])
