"""The life of one tile's picture as a state machine without clock, process or widget.

libVLC never says that a picture stands still and says Ended where it means lost
(measured), so what counts is only whether the number of displayed pictures grows.
Times are seconds of one monotonic clock, handed in.
"""

import math
import random
from collections.abc import Callable
from enum import Enum, auto

from desktop.domain.cameras import TileState
from desktop.domain.tile_policy import (
    FAILED_RETRY_S,
    HIDDEN_LIMIT_S,
    OPENING_LIMIT_S,
    RESTART_AFTER_S,
    STALLED_AFTER_S,
    STEADY_AFTER_S,
    backoff_s,
    refused_retry_s,
)


class Cause(Enum):
    """Why the tile is not live; the player puts it into words."""

    NONE = auto()
    EMPTY = auto()  # no camera
    HIDDEN = auto()
    STARTING = auto()
    STALLED = auto()
    ENDED = auto()
    NO_PICTURE = auto()  # nothing came within the opening limit
    NO_ADDRESS = auto()  # the platform did not answer
    REFUSED = auto()
    NO_STREAM = auto()  # none of the offered streams can be played here
    NO_BACKEND = auto()
    PROCESS_LOST = auto()


class Step(Enum):
    """What the player has to do now."""

    NOTHING = auto()
    OPEN = auto()
    STOP = auto()


class TileWatch:
    """`tick` each 250 ms; it says what to do. All other methods tell what happened."""

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        self._chance = chance
        self.state = TileState.IDLE
        self.cause = Cause.EMPTY
        self.attempt = 0
        self.retry_at_s: float | None = None
        self.last_picture_s: float | None = None
        self._displayed = 0
        self._since_s = 0.0  # of the state, for OPENING and LIVE
        self._refusals = 0
        self._hidden_since_s: float | None = None

    @property
    def exposed(self) -> bool:
        return self._hidden_since_s is None

    def begin(self) -> Step:
        """A camera is wanted that was not wanted before."""
        self.attempt = self._refusals = 0
        self.last_picture_s = None
        return self._open(Cause.STARTING)

    def end(self, cause: Cause = Cause.EMPTY) -> None:
        self._turn(TileState.IDLE, cause)
        self.attempt = 0
        self.last_picture_s = None

    def opened(self, now_s: float) -> None:
        """The address went to the video process: from here the opening limit counts."""
        self._displayed, self._since_s = 0, now_s

    def see(self, now_s: float, displayed: int, changed_ago_s: float | None, ended: bool) -> int:
        """A report of the running session. Returns how many pictures are new."""
        new = displayed - self._displayed
        if new > 0:
            self._displayed = displayed
            self.last_picture_s = now_s - (changed_ago_s or 0.0)
            if self.state in (TileState.OPENING, TileState.STALLED):
                self._turn(TileState.LIVE, Cause.NONE)
                self._since_s = now_s
        if ended and self.state in (TileState.OPENING, TileState.LIVE, TileState.STALLED):
            self.lose(now_s, Cause.ENDED)
        return max(new, 0)

    def lose(self, now_s: float, cause: Cause) -> None:
        self.attempt += 1
        self._turn(TileState.RETRY, cause)
        self.retry_at_s = now_s + backoff_s(self.attempt, self._chance())

    def refuse(self, now_s: float, status: int = 0) -> None:
        """By the platform, or by the stream's server with this status."""
        self._refusals += 1
        self.attempt += 1
        self._turn(TileState.REFUSED, Cause.REFUSED)
        self.retry_at_s = now_s + refused_retry_s(self._refusals, status)

    def fail(self, now_s: float, cause: Cause) -> None:
        self.attempt += 1
        self._turn(TileState.FAILED, cause)
        self.retry_at_s = now_s + FAILED_RETRY_S

    def process_lost(self) -> Step:
        """The video process died: what ran in it is opened at once, without back-off."""
        if self.state in (TileState.OPENING, TileState.LIVE, TileState.STALLED):
            return self._open(Cause.PROCESS_LOST)
        return Step.NOTHING

    def retry_now(self) -> Step:
        """The way to the platform came back: waiting makes no sense any more."""
        if self.state in (TileState.RETRY, TileState.REFUSED):
            self._refusals = 0
            return self._open(self.cause)
        return Step.NOTHING

    def expose(self, now_s: float, exposed: bool) -> Step:
        if not exposed:
            if self._hidden_since_s is None:
                self._hidden_since_s = now_s
            return Step.NOTHING
        self._hidden_since_s = None
        if self.state is TileState.IDLE and self.cause is Cause.HIDDEN:
            return self.begin()
        return Step.NOTHING

    def tick(self, now_s: float) -> Step:
        if self._hidden_since_s is not None and self.state is not TileState.IDLE:
            # The counter goes on in a hidden window: nothing there is worth a judgement.
            if now_s - self._hidden_since_s <= HIDDEN_LIMIT_S:
                return Step.NOTHING
            self.end(Cause.HIDDEN)
            return Step.STOP
        if self.retry_at_s is not None:
            return self._open(self.cause) if now_s >= self.retry_at_s else Step.NOTHING
        if self.state is TileState.OPENING:
            return self._watch_opening(now_s)
        if self.state in (TileState.LIVE, TileState.STALLED):
            return self._watch_pictures(now_s)
        return Step.NOTHING

    def _watch_opening(self, now_s: float) -> Step:
        if now_s - self._since_s <= OPENING_LIMIT_S:
            return Step.NOTHING
        self.lose(now_s, Cause.NO_PICTURE)
        return Step.STOP

    def _watch_pictures(self, now_s: float) -> Step:
        silent_s = now_s - (self.last_picture_s if self.last_picture_s is not None else now_s)
        if silent_s > RESTART_AFTER_S:
            self.attempt += 1
            return self._open(Cause.STALLED)
        if silent_s > STALLED_AFTER_S:
            self._turn(TileState.STALLED, Cause.STALLED)
        elif self.state is TileState.LIVE and now_s - self._since_s > STEADY_AFTER_S:
            self.attempt = self._refusals = 0
        return Step.NOTHING

    def _open(self, cause: Cause) -> Step:
        self._turn(TileState.OPENING, cause)
        self._displayed, self._since_s = 0, math.inf  # no limit before `opened`
        return Step.OPEN

    def _turn(self, state: TileState, cause: Cause) -> None:
        self.state, self.cause, self.retry_at_s = state, cause, None
