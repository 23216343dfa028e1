"""Tours of the video wall (轮巡): which cameras come next, when they are opened beforehand, and
what a person's hand does to a tour. Pure, in monotonic seconds.

A tour of cameras goes through its list, so many at a time as it has cells. A tour of walls shows
saved walls one after the other. An order is known before the tour starts, also the mixed one: who
looks at the desk can say what comes next.
"""

import random
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

SHORTEST_DWELL_S, LONGEST_DWELL_S, FIRST_DWELL_S = 5, 600, 20
SHORTEST_PAUSE_S, LONGEST_PAUSE_S, FIRST_PAUSE_S = 10, 600, 60
MOST_CAMERAS, MOST_TOURS, NAME_CHARS = 2000, 60, 20

_LEAD_S = 3.0
_LEAD_A_CELL_S = 0.5
"""Openings are limited at the same time (tile_policy.MAX_OPENS): more cells begin earlier."""


class TourOrder(StrEnum):
    LISTED = "listed"
    BACKWARD = "backward"
    MIXED = "mixed"


class Tour(Struct, frozen=True):
    """One of the two lists is empty: cameras by id, or saved walls by name."""

    name: str
    camera_ids: tuple[str, ...] = ()
    wall_names: tuple[str, ...] = ()
    dwell_s: int = FIRST_DWELL_S
    order: TourOrder = TourOrder.LISTED

    @property
    def of_walls(self) -> bool:
        return bool(self.wall_names)

    @property
    def is_complete(self) -> bool:
        """Whether there is something to start, and a name to start it by."""
        return bool(self.name and (self.camera_ids or self.wall_names))

    def sound(self) -> "Tour":
        """What was read or typed, within the limits; doubles of a camera are left out."""
        cameras = tuple(dict.fromkeys(self.camera_ids))[:MOST_CAMERAS]
        return replace(
            self,
            name=" ".join(self.name.split())[:NAME_CHARS],
            camera_ids=() if self.wall_names else cameras,
            dwell_s=min(max(self.dwell_s, SHORTEST_DWELL_S), LONGEST_DWELL_S),
        )

    def ordered(self) -> tuple[str, ...]:
        """Cameras or walls in the order in which they are shown. The mix is the name's own."""
        items = self.wall_names or self.camera_ids
        if self.order is TourOrder.BACKWARD:
            return items[::-1]
        if self.order is TourOrder.MIXED:
            mixed = list(items)
            random.Random(self.name).shuffle(mixed)
            return tuple(mixed)
        return items


class Step(Struct, frozen=True):
    """`items`: one camera a cell, or one wall. `number` counts from 1; `skipped`: cameras of the
    whole tour that are offline or gone, and therefore not in any step."""

    items: tuple[str, ...]
    number: int
    count: int
    skipped: int


class Pause(StrEnum):
    """Why a tour stands still. Only TOUCH ends by itself."""

    NONE = "none"
    TOUCH = "touch"
    KEY = "key"
    HIDDEN = "hidden"  # nobody can see the wall, or another tab of it is shown


class Due(StrEnum):
    NOTHING = "nothing"
    PREPARE = "prepare"
    SHOW = "show"


class TourRun(Struct, frozen=True):
    """A tour on the wall. `step`: index from 0, may lie beyond the end of a list that became
    shorter; `left_s`: what was left of the dwell at `as_of_s`."""

    tour: Tour
    cells: tuple[int, ...]
    as_of_s: float
    left_s: float
    step: int = 0
    pause: Pause = Pause.NONE
    on_at_s: float | None = None  # when a touched tour goes on
    prepared: bool = False

    def countdown_s(self, now_s: float) -> float:
        """Until the next step; stands while paused."""
        if self.pause is not Pause.NONE:
            return self.left_s
        return max(0.0, self.left_s - (now_s - self.as_of_s))

    def pause_left_s(self, now_s: float) -> float | None:
        """Until it goes on by itself; None where it does not."""
        if self.pause is not Pause.TOUCH or self.on_at_s is None:
            return None
        return max(0.0, self.on_at_s - now_s)


def start(tour: Tour, cells: Sequence[int], now_s: float) -> TourRun:
    """The first step is to be shown at once."""
    return TourRun(tour, tuple(dict.fromkeys(cells)), now_s, 0.0)


def step_at(tour: Tour, step: int, width: int, usable: Collection[str]) -> Step | None:
    """What step `step` shows on `width` cells, around at the ends; None where nothing can be
    shown. `usable`: cameras online, or walls that are still kept.

    The last step of a tour is filled up from its beginning, so that no cell stands empty; a tour
    of fewer cameras than cells shows each once.
    """
    ordered = tour.ordered()
    items = tuple(item for item in ordered if item in usable)
    if not items or width < 1:
        return None
    width = 1 if tour.of_walls else min(width, len(items))
    count = -(-len(items) // width)
    index = step % count
    shown = tuple(items[(index * width + n) % len(items)] for n in range(width))
    return Step(shown, index + 1, count, len(ordered) - len(items))


def lead_s(run: TourRun) -> float:
    """How long before a step its pictures are opened: at most half of the dwell."""
    wanted_s = _LEAD_S + _LEAD_A_CELL_S * max(0, len(run.cells) - 1)
    return min(wanted_s, run.tour.dwell_s / 2)


def tick(run: TourRun, now_s: float) -> tuple[TourRun, Due]:
    """What is due now. After SHOW comes `shown`, after PREPARE the run says that it is done."""
    if run.pause is Pause.TOUCH and run.on_at_s is not None and now_s >= run.on_at_s:
        run = resume(run, now_s)
    if run.pause is not Pause.NONE:
        return run, Due.NOTHING
    left_s = run.countdown_s(now_s)
    if left_s <= 0:
        return run, Due.SHOW
    if not run.prepared and not run.tour.of_walls and left_s <= lead_s(run):
        return replace(run, prepared=True), Due.PREPARE
    return run, Due.NOTHING


def shown(run: TourRun, step: int, now_s: float) -> TourRun:
    """A step stands on the wall from now on."""
    return replace(run, step=step, as_of_s=now_s, left_s=float(run.tour.dwell_s), prepared=False)


def pause(run: TourRun, why: Pause, now_s: float, for_s: float | None = None) -> TourRun:
    """Stands still. A key outweighs a touch, and a touch begins anew with each touch."""
    if run.pause is Pause.KEY and why is not Pause.KEY:
        return run
    left_s = run.countdown_s(now_s)
    on_at_s = now_s + for_s if why is Pause.TOUCH and for_s is not None else None
    return replace(run, pause=why, as_of_s=now_s, left_s=left_s, on_at_s=on_at_s)


def resume(run: TourRun, now_s: float) -> TourRun:
    """Goes on where it stood; what was opened beforehand may be gone and is opened again."""
    left_s = run.countdown_s(now_s)
    return replace(
        run, pause=Pause.NONE, as_of_s=now_s, left_s=left_s, on_at_s=None, prepared=False
    )


def on_cells(run: TourRun, cells: Iterable[int]) -> TourRun:
    """The operator put another picture into one of them, or the layout numbers them anew."""
    return replace(run, cells=tuple(cells), prepared=False)
