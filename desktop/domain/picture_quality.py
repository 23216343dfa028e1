"""Which stream each tile of the wall takes: by its size, and by what the machine can carry. Pure.

Source: the adaptive rules of an open video client (design of the wall), with our constants. What
is forced by size or by the operator happens at once; everything that tries what the machine can
carry is one switch in five seconds, so that its effect is seen before the next.

A stream is scaled to its tile, and scaling costs more than decoding: the stream nearest in size is
taken, as long as a small one is not drawn larger than half as large again.
"""

import math
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.cameras import StreamSize
from desktop.domain.wall import CellProfile

TICK_S = 0.5
NEW_S = 1.0
"""A tile that was just added, or is just small, is not judged yet."""

SWITCH_EVERY_S = 5.0
CALM_S = 5.0
"""Without a slow stream for so long, before anything is made better."""

SMALL_PX = 171
SMALL_AGAIN = 1.34
BLOCK_S = 600.0
_FAILURES_BLOCK = 2
_MANY_TILES = 16
_SWAP_AREA = 2.0
_LARGEST_UPSCALE = 1.5
_STAYS_DOWN_TO = 1 / 1.2
_SUB, _MAIN = StreamSize(640, 360, 25.0), StreamSize(1920, 1080, 25.0)


class Why(StrEnum):
    """What a tile says of its stream."""

    HAND = "hand"
    SIZE = "size"
    ENLARGED = "enlarged"
    MANY = "many"  # more tiles than the machine is first trusted with
    LOAD = "load"


class Choice(Struct, frozen=True):
    profile: str  # main or sub
    why: Why


class Tile(Struct, frozen=True):
    """One tile with a camera, as it is now. Pixels are device pixels of the picture.

    `slow`: pictures are lost or late; `buffering`: its first picture is not there yet; `busy`: its
    decoder's queue is more than three quarters full.
    """

    cell: int
    camera_id: str
    width_px: int
    height_px: int
    mode: CellProfile = CellProfile.AUTO
    enlarged: bool = False
    main: StreamSize | None = None
    sub: StreamSize | None = None
    slow: bool = False
    buffering: bool = False
    busy: bool = False

    @property
    def area(self) -> int:
        return self.width_px * self.height_px

    @property
    def main_pixels(self) -> int:
        size = self.main or _MAIN
        return size.width * size.height


class _Known(Struct, frozen=True):
    camera_id: str
    added_s: float
    choice: Choice
    small: bool = False
    smaller_since_s: float | None = None  # its size asks for less since then
    failures: int = 0


class Quality(Struct, frozen=True):
    """What is remembered between two looks; `choices` is the answer."""

    tiles: dict[int, _Known] = {}
    switched_s: float = -math.inf
    slow_s: float = -math.inf
    blocked_until_s: float = -math.inf

    @property
    def choices(self) -> dict[int, Choice]:
        return {cell: known.choice for cell, known in self.tiles.items()}

    def is_blocked(self, now_s: float) -> bool:
        return now_s < self.blocked_until_s

    def is_limited(self) -> bool:
        """Whether somewhere a picture is worse than its size asks for: the wall says so."""
        return any(known.choice.why is Why.LOAD for known in self.tiles.values())


def decide(before: Quality, tiles: Iterable[Tile], now_s: float) -> Quality:
    """The next look, each TICK_S. `now_s`: a monotonic time."""
    return _Look(before, tuple(tiles), now_s).run()


def wanted(height_px: int, sub: StreamSize | None, main: StreamSize | None, now: str) -> str:
    """Profile of the stream nearest in size; near the border what runs goes on."""
    small, large = (sub or _SUB).height, (main or _MAIN).height
    border_px = min(math.sqrt(small * large), _LARGEST_UPSCALE * small)
    if now == "main":
        border_px *= _STAYS_DOWN_TO
    return "main" if height_px > border_px else "sub"


class _Look:
    def __init__(self, before: Quality, tiles: tuple[Tile, ...], now_s: float) -> None:
        self._tiles = {tile.cell: tile for tile in tiles}
        self._now_s = now_s
        self._switched_s, self._slow_s = before.switched_s, before.slow_s
        self._blocked_s = before.blocked_until_s
        self._old = before.tiles
        self._known: dict[int, _Known] = {}

    def run(self) -> Quality:
        self._meet()
        self._force()
        old = [t for t in self._tiles.values() if self._age_s(t) >= NEW_S]
        if any(tile.slow for tile in old):
            self._slow_s = self._now_s
        if self._now_s - self._switched_s >= SWITCH_EVERY_S and self._balance():
            self._switched_s = self._now_s
        return Quality(self._known, self._switched_s, self._slow_s, self._blocked_s)

    # ---- what is there ----------------------------------------------------------------------

    def _meet(self) -> None:
        """Another number of tiles is another load: what was blocked is tried again."""
        afresh = set(self._old) != set(self._tiles)
        if afresh or self._now_s >= self._blocked_s:
            self._blocked_s = -math.inf
        unblocked = self._blocked_s == -math.inf
        for cell, tile in self._tiles.items():
            known = self._old.get(cell)
            if known is None:
                known = _Known(tile.camera_id, self._now_s, self._first(tile))
            elif known.camera_id != tile.camera_id:  # a tour: the same size, the same load
                known = replace(known, camera_id=tile.camera_id, added_s=self._now_s)
            if unblocked and known.failures >= _FAILURES_BLOCK:
                known = replace(known, failures=0)
            self._known[cell] = known

    def _first(self, tile: Tile) -> Choice:
        if len(self._tiles) > _MANY_TILES:
            return Choice("sub", Why.MANY)
        if tile.height_px <= SMALL_PX:
            return Choice("sub", Why.SIZE)
        profile = wanted(tile.height_px, tile.sub, tile.main, "sub")
        strained = self._is_blocked() or self._now_s - self._slow_s < CALM_S
        if profile == "main" and strained:
            return Choice("sub", Why.LOAD)
        return Choice(profile, Why.SIZE)

    # ---- at once ----------------------------------------------------------------------------

    def _force(self) -> None:
        for cell, tile in self._tiles.items():
            known = self._measured(tile, self._known[cell])
            self._known[cell] = known
            if tile.mode is not CellProfile.AUTO:
                self._choose(cell, tile.mode.value, Why.HAND)
            elif tile.enlarged:
                self._choose(cell, "main", Why.ENLARGED)
            elif known.smaller_since_s is not None:
                if self._now_s - known.smaller_since_s >= NEW_S:
                    self._choose(cell, "sub", Why.SIZE)
            elif known.choice.why in (Why.HAND, Why.ENLARGED):
                self._choose(cell, known.choice.profile, Why.SIZE)

    def _measured(self, tile: Tile, known: _Known) -> _Known:
        """A tile that was small has to grow by a third before it counts as large."""
        limit_px = SMALL_PX * (SMALL_AGAIN if known.small else 1.0)
        small = tile.height_px <= limit_px
        less = small or wanted(tile.height_px, tile.sub, tile.main, known.choice.profile) == "sub"
        since_s = known.smaller_since_s
        if not less:
            since_s = None
        elif since_s is None:
            since_s = self._now_s
        return replace(known, small=small, smaller_since_s=since_s)

    # ---- one step in five seconds -----------------------------------------------------------

    def _balance(self) -> bool:
        """Whether something was changed for the sake of the load."""
        if self._slow_s == self._now_s:
            return self._make_worse()
        if not self._is_calm():
            return False
        low = max(self._low(), key=lambda tile: tile.area, default=None)
        if low is None:
            return False
        if not self._is_blocked():
            self._choose(low.cell, "main", Why.SIZE)
            return True
        return self._swap(low)

    def _make_worse(self) -> bool:
        """The smallest good picture, not the one that complains: it is missed least."""
        victim = min(self._high(), key=lambda tile: (tile.area, -tile.main_pixels), default=None)
        if victim is None:
            return False
        failures = self._known[victim.cell].failures + 1
        self._choose(victim.cell, "sub", Why.LOAD)
        self._known[victim.cell] = replace(self._known[victim.cell], failures=failures)
        if failures >= _FAILURES_BLOCK:
            self._blocked_s = self._now_s + BLOCK_S
        return True

    def _swap(self, low: Tile) -> bool:
        """Where nothing more is carried, the larger picture has the better stream."""
        high = min(self._high(), key=lambda tile: tile.area, default=None)
        if high is None or low.area < _SWAP_AREA * high.area:
            return False
        self._choose(low.cell, "main", Why.SIZE)
        self._choose(high.cell, "sub", Why.LOAD)
        return True

    def _low(self) -> list[Tile]:
        """Those that their size would give more."""
        return [
            tile
            for tile in self._automatic()
            if self._known[tile.cell].choice.profile == "sub"
            and self._known[tile.cell].smaller_since_s is None
        ]

    def _high(self) -> list[Tile]:
        return [t for t in self._automatic() if self._known[t.cell].choice.profile == "main"]

    def _automatic(self) -> list[Tile]:
        return [
            tile
            for tile in self._tiles.values()
            if tile.mode is CellProfile.AUTO and not tile.enlarged and self._age_s(tile) >= NEW_S
        ]

    def _is_calm(self) -> bool:
        """Nothing is slow, nothing is still being opened, no decoder is behind."""
        if self._now_s - self._slow_s < CALM_S:
            return False
        return not any(tile.buffering or tile.busy for tile in self._tiles.values())

    def _is_blocked(self) -> bool:
        return self._now_s < self._blocked_s

    def _age_s(self, tile: Tile) -> float:
        return self._now_s - self._known[tile.cell].added_s

    def _choose(self, cell: int, profile: str, why: Why) -> None:
        self._known[cell] = replace(self._known[cell], choice=Choice(profile, why))
