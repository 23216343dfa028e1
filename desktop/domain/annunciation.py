"""What sounds now: a pure rule over waiting alarms, silence and flood, in virtual time.

Source: IEC 60601-1-8 (pulses, no continuous tone), ISA-18.2 (flood: more than ten alarms in ten
minutes); rhythm per level as in docs/glossary.md "提示音".
"""

from collections import deque
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from desktop.domain.levels import WarningLevel

SILENCE_S = 60.0
FLOOD_ALARMS, FLOOD_WITHIN_S = 10, 600.0
LOSS_TICK_EVERY_S = 10.0  # a feed that flutters does not rattle
RED_FLOOR_PERCENT = 40  # a red stays audible whatever volume is wished


class Cue(StrEnum):
    """One sound; the value is the file name in resources/sounds."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    LOSS = "loss"


_REPEATED = {  # while an alarm of the level waits: every so many seconds
    WarningLevel.RED: (Cue.RED, 5.0),
    WarningLevel.ORANGE: (Cue.ORANGE, 15.0),
}


class Announcement(msgspec.Struct, frozen=True):
    """What to do at one moment.

    `flood_more`: told once when a flood begins, how many alarms wait beside the gravest;
    0 otherwise. `silence_left_s`: 0 when not silenced.
    """

    cues: tuple[Cue, ...] = ()
    flood_more: int = 0
    silence_left_s: float = 0.0
    silence_broken: bool = False
    red_waiting: bool = False


def volume_percent(cue: Cue, wished_percent: int) -> int:
    """0-100. What the operator wished, but never below the floor for a red."""
    wished = min(max(wished_percent, 0), 100)
    return max(wished, RED_FLOOR_PERCENT) if cue is Cue.RED else wished


class Annunciation:
    """Remembers what it has sounded. `now_s` is a monotonic time and never goes back.

    A silence mutes the repeated pulses for a minute; it is no acknowledgement, and a new red
    ends it. What sounds follows from what waits, so that a lost message cannot leave it mute.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, WarningLevel] = {}
        self._began = False
        self._last_s: dict[Cue, float] = {}
        self._silent_until_s = 0.0
        self._new_s: deque[float] = deque()
        self._in_flood = False
        self._chime_due = self._loss_due = self._broken = False
        self._flood_due = False

    @property
    def in_flood(self) -> bool:
        return self._in_flood

    def take(self, waiting: Mapping[str, WarningLevel], now_s: float) -> None:
        """`waiting`: alarm_id to level of all alarms that need an acknowledgement."""
        fresh = {key: level for key, level in waiting.items() if self._is_graver(key, level)}
        self._waiting = dict(waiting)
        if not self._began:  # what was there before us: heard once more (ISA-18.2), no flood
            self._began = True
            self._chime_due = WarningLevel.YELLOW in waiting.values()
            return
        self._count(len(fresh), now_s)
        levels = set(fresh.values())
        if WarningLevel.RED in levels and now_s < self._silent_until_s:
            self._silent_until_s = now_s
            self._broken = True
        quiet = self._in_flood or now_s < self._silent_until_s
        if WarningLevel.YELLOW in levels and not quiet:
            self._chime_due = True

    def rest(self) -> None:
        """Nobody sits here: nothing sounds, and whoever comes hears anew what waits then."""
        self._waiting = {}
        self._began = self._chime_due = False

    def silence(self, now_s: float) -> None:
        """F9: a minute from now on."""
        self._silent_until_s = now_s + SILENCE_S
        self._chime_due = False

    def lose(self) -> None:
        """A source fell silent: one soft tick."""
        self._loss_due = True

    def at(self, now_s: float) -> Announcement:
        """What is due now; asked again a moment later it is not due any more."""
        self._leave_flood(now_s)
        left_s = max(0.0, self._silent_until_s - now_s)
        cues = () if left_s > 0 else self._due(now_s)
        more = len(self._waiting) - 1 if self._flood_due else 0
        broken, self._broken, self._flood_due = self._broken, False, False
        red = WarningLevel.RED in self._waiting.values()
        return Announcement(cues, max(more, 0), left_s, broken, red)

    def _is_graver(self, alarm_id: str, level: WarningLevel) -> bool:
        """New, or raised to a graver level than before."""
        before = self._waiting.get(alarm_id)
        return before is None or level.rank < before.rank

    def _due(self, now_s: float) -> tuple[Cue, ...]:
        """The gravest waiting level pulses alone: two rhythms at once are no rhythm."""
        levels = set(self._waiting.values())
        gravest = next((level for level in _REPEATED if level in levels), None)
        due: list[Cue] = []
        if gravest is not None:
            cue, every_s = _REPEATED[gravest]
            if now_s - self._last_s.get(cue, -every_s) >= every_s:
                due.append(cue)
        if self._chime_due and gravest is not WarningLevel.RED:
            due.append(Cue.YELLOW)
        loss_s = now_s - self._last_s.get(Cue.LOSS, -LOSS_TICK_EVERY_S)
        if self._loss_due and loss_s >= LOSS_TICK_EVERY_S:
            due.append(Cue.LOSS)
        self._chime_due = self._loss_due = False
        self._last_s.update(dict.fromkeys(due, now_s))
        return tuple(due)

    def _count(self, fresh: int, now_s: float) -> None:
        self._new_s.extend([now_s] * min(fresh, FLOOD_ALARMS + 1))
        while len(self._new_s) > FLOOD_ALARMS + 1:
            self._new_s.popleft()
        self._leave_flood(now_s)
        if len(self._new_s) > FLOOD_ALARMS and not self._in_flood:
            self._in_flood = self._flood_due = True

    def _leave_flood(self, now_s: float) -> None:
        """A flood is over when ten minutes hold no more than ten new alarms."""
        while self._new_s and now_s - self._new_s[0] > FLOOD_WITHIN_S:
            self._new_s.popleft()
        if len(self._new_s) <= FLOOD_ALARMS:
            self._in_flood = False
