"""Which alarms take which cells of the video wall, and when the former picture returns. Pure.

Only reserved cells are taken, never a held one. A red comes without any action, an orange by
setting, the others when somebody asks for them. One alarm has one live picture; the seconds before
it, where the platform kept them, stand beside it for as long as nobody else needs the cell.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

from msgspec import Struct

from desktop.domain.alarms import Alarm, Condition, Suppression, needs_acknowledgement
from desktop.domain.levels import WarningLevel
from desktop.domain.wall import Cell, CellOrigin, Layout, Span, Wall

T = TypeVar("T")
FIRST_RETURN_S, SHORTEST_RETURN_S, LONGEST_RETURN_S = 300, 30, 3600
_FEW, _SOME = 6, 13
_MANY_RESERVED, _SOME_RESERVED = 4, 2
_STANDS_BY = (CellOrigin.HAND, CellOrigin.SCENE)  # a tour would take the picture away again


class LinkRules(Struct, frozen=True):
    """The operator's choice. `reserved`: cell numbers, None for the default of the layout."""

    orange: bool = False
    clips: bool = True
    return_after_s: int = FIRST_RETURN_S
    reserved: tuple[int, ...] | None = None

    def comes_alone(self, level: WarningLevel) -> bool:
        """Whether an alarm of this level is shown without any action."""
        return level is WarningLevel.RED or (level is WarningLevel.ORANGE and self.orange)

    def cells(self, layout: Layout) -> tuple[int, ...]:
        """What is reserved in this layout."""
        if self.reserved is None:
            return default_reserved(layout)
        return tuple(index for index in self.reserved if 0 <= index < layout.count)


class Candidate(Struct, frozen=True):
    """An alarm that could be shown. `camera_ids`: usable ones, the best first; `waits`: nobody has
    acknowledged it; `clip_camera_id`: whose recording of the seconds before it there is, or ""."""

    alarm_id: str
    level: WarningLevel
    raised_s: float
    camera_ids: tuple[str, ...]
    waits: bool = True
    clip_camera_id: str = ""


class Take(Struct, frozen=True):
    index: int
    alarm_id: str
    camera_id: str
    clip: bool = False


class Return(Struct, frozen=True):
    """The cell's former picture."""

    index: int


class Plan(Struct, frozen=True):
    """`steps` in this order; `queue`: what wants a cell and has none; `offers`: what comes when
    somebody asks; `done`: what had its time and does not come again by itself."""

    steps: tuple[Take | Return, ...] = ()
    queue: tuple[Candidate, ...] = ()
    offers: tuple[Candidate, ...] = ()
    done: frozenset[str] = frozenset()


def default_reserved(layout: Layout) -> tuple[int, ...]:
    """The last 2x2 single squares of a large grid, else the last few cells."""
    count = layout.count
    corner = [
        layout.spans.index(span)
        for row in (layout.rows - 2, layout.rows - 1)
        for col in (layout.cols - 2, layout.cols - 1)
        if (span := Span(row, col)) in layout.spans
    ]
    if count >= _SOME and len(corner) == _MANY_RESERVED:
        return tuple(sorted(corner))
    wanted = 1 if count < _FEW else _SOME_RESERVED if count < _SOME else _MANY_RESERVED
    return tuple(range(count - wanted, count))


def usable_cameras(alarm: Alarm, near: Sequence[str], usable: Collection[str]) -> tuple[str, ...]:
    """Those that the alarm names, then those near it (its point's own), each once. A camera that
    is not online stands last: a tile that says why is better than none."""
    named = (*alarm.camera_ids, *((alarm.clip.camera_id,) if alarm.clip else ()), *near)
    ids = tuple(dict.fromkeys(named))
    return tuple(sorted(ids, key=lambda one: one not in usable))


def is_shown_by_linkage(alarm: Alarm) -> bool:
    """Still there or not yet acknowledged, and nobody has set it aside."""
    if alarm.suppression is not Suppression.NONE:
        return False
    return alarm.condition is Condition.ACTIVE or needs_acknowledgement(alarm)


def candidate_of(alarm: Alarm, camera_ids: tuple[str, ...]) -> Candidate:
    return Candidate(
        alarm.alarm_id,
        alarm.level,
        alarm.raised_at.timestamp(),
        camera_ids,
        needs_acknowledgement(alarm),
        alarm.clip.camera_id if alarm.clip else "",
    )


def standing(wall: Wall, candidate: Candidate) -> tuple[int, ...]:
    """Cells that show one of its cameras anyhow, by hand or by a scene: framed where they are."""
    return tuple(
        index
        for index, cell in enumerate(wall.cells)
        if cell.camera_id in candidate.camera_ids and _stands(cell)
    )


def _stands(cell: Cell) -> bool:
    return cell.link is None and (cell.held or cell.origin in _STANDS_BY)


def plan(
    wall: Wall,
    candidates: Iterable[Candidate],
    rules: LinkRules,
    asked: Sequence[str],
    done: frozenset[str],
    now_s: float,
) -> Plan:
    """What to do now. `asked`: alarms that somebody wants to see, the latest last, which may take
    the cell of one as grave; `now_s`: Unix time."""
    ranked = sorted(candidates, key=lambda one: (one.level.rank, one.raised_s, one.alarm_id))
    return _Planning(wall, ranked, rules, asked, done, now_s).run()


def marks(wall: Wall, candidates: Iterable[Candidate], rules: LinkRules) -> dict[int, Candidate]:
    """Cell to the alarm whose frame it has: that of its link, else the gravest that comes alone
    and names its camera."""
    known = sorted(candidates, key=lambda one: (one.level.rank, one.raised_s))
    by_id = {one.alarm_id: one for one in known}
    found: dict[int, Candidate] = {}
    for one in reversed(known):
        if rules.comes_alone(one.level):
            found |= dict.fromkeys(standing(wall, one), one)
    for index, cell in enumerate(wall.cells):
        if cell.link is not None and cell.link.alarm_id in by_id:
            found[index] = by_id[cell.link.alarm_id]
    return found


def grouped(
    some: Iterable[Candidate], key_of: Callable[[Candidate], T]
) -> dict[T, tuple[Candidate, ...]]:
    """What belongs together, in the order in which the first of each stands."""
    found: dict[T, tuple[Candidate, ...]] = {}
    for one in some:
        key = key_of(one)
        found[key] = (*found.get(key, ()), one)
    return found


class _Planning:
    """One pass over the wall: each step is done on a copy, and the next one sees it."""

    def __init__(
        self,
        wall: Wall,
        ranked: list[Candidate],
        rules: LinkRules,
        asked: Sequence[str],
        done: frozenset[str],
        now_s: float,
    ) -> None:
        self._rules, self._now_s = rules, now_s
        self._asked, self._done = asked, done
        self._favoured = asked[-1] if asked else ""
        self._ranked = ranked
        self._by_id = {one.alarm_id: one for one in ranked}
        self._cells = rules.cells(wall.layout)
        self._steps: list[Take | Return] = []
        self._see(wall)

    def run(self) -> Plan:
        self._release()
        for one in self._ranked:
            if self._comes(one) and not self._is_on_wall(one):
                self._place(one)
        absent = [one for one in self._ranked if one.camera_ids and not self._is_on_wall(one)]
        queue = tuple(one for one in absent if self._comes(one))
        offers = tuple(one for one in absent if not self._comes(one))
        if not queue:
            self._place_clips()
        return Plan(tuple(self._steps), queue, offers, self._done)

    def _comes(self, one: Candidate) -> bool:
        if one.alarm_id in self._done:
            return False
        return one.alarm_id in self._asked or self._rules.comes_alone(one.level)

    def _see(self, wall: Wall) -> None:
        """Looked at once for each change, not once for each of thousands of alarms."""
        self._wall = wall
        self._live = {alarm_id for alarm_id, clip in wall.links() if not clip}
        self._standing = {cell.camera_id for cell in wall.cells if _stands(cell)}

    def _is_on_wall(self, one: Candidate) -> bool:
        if one.alarm_id in self._live:
            return True
        asked = one.alarm_id in self._asked
        return not asked and any(camera in self._standing for camera in one.camera_ids)

    # ---- the end of a picture ---------------------------------------------------------------

    def _release(self) -> None:
        for index, cell in enumerate(self._wall.cells):
            if cell.link is None:
                continue
            one = self._by_id.get(cell.link.alarm_id)
            if one is None or self._is_over(one, cell.link.since_s):
                if one is not None:
                    self._done |= {one.alarm_id}
                self._give_back(index)
        for index, cell in enumerate(self._wall.cells):
            if cell.link and cell.link.clip and cell.link.alarm_id not in self._live:
                self._give_back(index)

    def _is_over(self, one: Candidate, since_s: float) -> bool:
        """A red that nobody has acknowledged stays, however long that takes."""
        if one.level is WarningLevel.RED and one.waits:
            return False
        return self._now_s - since_s >= self._rules.return_after_s

    def _give_back(self, index: int) -> None:
        self._steps.append(Return(index))
        self._see(self._wall.unlink(index))

    # ---- the beginning ----------------------------------------------------------------------

    def _place(self, one: Candidate) -> None:
        """What it displaces is a queue of its own, found when all are placed."""
        index = self._free()
        if index is None:
            index = self._weaker(one)
        if index is not None and one.camera_ids:
            self._take(index, one, self._unseen(index, one))

    def _unseen(self, index: int, one: Candidate) -> str:
        """Its best camera that no other alarm shows already: a storm raises several things in
        sight of one camera, and twice the same picture tells nothing more."""
        others = {
            cell.camera_id
            for number, cell in enumerate(self._wall.cells)
            if number != index and cell.link is not None and not cell.link.clip
        }
        return next((one for one in one.camera_ids if one not in others), one.camera_ids[0])

    def _free(self) -> int | None:
        """A reserved cell without an alarm, an empty one first; else one that shows a clip."""
        wall = self._wall
        open_cells = [n for n in self._cells if not wall.cells[n].held]
        free = [n for n in open_cells if wall.cells[n].link is None]
        empty = next((n for n in free if wall.cells[n].camera_id is None), None)
        if empty is not None or free:
            return free[0] if empty is None else empty
        return next((n for n in open_cells if (link := wall.cells[n].link) and link.clip), None)

    def _weaker(self, one: Candidate) -> int | None:
        """The cell of the least grave alarm below this one, the newest of them."""
        worst: tuple[int, float, int] | None = None
        for index in self._cells:
            cell = self._wall.cells[index]
            if cell.held or cell.link is None:
                continue
            other = self._by_id.get(cell.link.alarm_id)
            rank = other.level.rank if other else 9
            weaker = rank > one.level.rank
            if one.alarm_id == self._favoured and one.level is not WarningLevel.RED:
                weaker = rank >= one.level.rank
            place = (rank, -cell.link.since_s, index)
            if weaker and (worst is None or place[:2] > worst[:2]):
                worst = place
        return worst[2] if worst else None

    def _take(self, index: int, one: Candidate, camera_id: str, clip: bool = False) -> None:
        """The clip of an alarm that loses its cell goes with it."""
        before = self._wall.cells[index].link
        self._steps.append(Take(index, one.alarm_id, camera_id, clip))
        self._see(self._wall.link(index, camera_id, one.alarm_id, self._now_s, clip=clip))
        if before is None or before.clip:
            return
        for other, cell in enumerate(self._wall.cells):
            if cell.link and cell.link.clip and cell.link.alarm_id == before.alarm_id:
                self._give_back(other)

    def _place_clips(self) -> None:
        """The seconds before the alarm, only where a reserved cell stands free."""
        links = [cell.link for cell in self._wall.cells if cell.link]
        with_clip = {link.alarm_id for link in links if link.clip}
        for one in self._ranked if self._rules.clips else ():
            here = any(link.alarm_id == one.alarm_id for link in links)
            if not here or one.alarm_id in with_clip or not one.clip_camera_id:
                continue
            free = [
                n
                for n in self._cells
                if self._wall.cells[n].link is None and not self._wall.cells[n].held
            ]
            if free:
                self._take(free[0], one, one.clip_camera_id, clip=True)
