"""Which cockpit stands on the wall: one after the other, stopped by hand, and put aside by what
is graver. Pure; times are seconds of a steady clock."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.alarms import Alarm, Suppression, needs_acknowledgement
from desktop.domain.emergency.incidents import Incident, IncidentState
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.levels import WarningLevel

SHORTEST_S, USUAL_S, LONGEST_S = 10, 60, 3600
EMERGENCY, OVERVIEW = "emergency", "overview"
GRAVE = (ResponseLevel.I, ResponseLevel.II)
HOLD_S = 30.0
"""What came to the front stays so long after its cause has ended: a wall does not flicker."""


class Cause(Struct, frozen=True):
    """Why a cockpit comes to the front. `key` names what happened: dismissed, it stays so."""

    key: str
    cockpit_id: str
    words: str


class Rotation(Struct, frozen=True, kw_only=True):
    """`at`: place in `ids`; `since_s`: shown since then. `paused_s`: stopped then, None: it runs.
    `front`: what stands instead of it; `ended_s`: when its cause ended; `dismissed`: keys."""

    ids: tuple[str, ...]
    dwell_s: float = USUAL_S
    at: int = 0
    since_s: float = 0.0
    paused_s: float | None = None
    front: Cause | None = None
    ended_s: float | None = None
    dismissed: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """Empty where there is nothing to show."""
        if self.front is not None:
            return self.front.cockpit_id
        return self.ids[self.at % len(self.ids)] if self.ids else ""

    @property
    def is_paused(self) -> bool:
        return self.paused_s is not None

    def left_s(self, now_s: float) -> float | None:
        """Until the next one; None while it does not turn."""
        if len(self.ids) < 2 or self.front is not None:
            return None
        until = self.paused_s if self.paused_s is not None else now_s
        return max(self.dwell_s - (until - self.since_s), 0.0)

    def ticked(self, now_s: float) -> "Rotation":
        """The next one when it is time."""
        if self.front is not None:
            over = self.ended_s is not None and now_s - self.ended_s >= HOLD_S
            return self._released(now_s) if over else self
        left = self.left_s(now_s)
        if self.is_paused or left is None or left > 0:
            return self
        return replace(self, at=(self.at + 1) % len(self.ids), since_s=now_s)

    def stepped(self, by: int, now_s: float) -> "Rotation":
        """By hand: what is in front is put aside until something new happens."""
        if self.front is not None:
            dismissed = self.dismissed | {self.front.key}
            return replace(self._released(now_s), dismissed=dismissed)
        if not self.ids:
            return self
        paused = now_s if self.is_paused else None
        return replace(self, at=(self.at + by) % len(self.ids), since_s=now_s, paused_s=paused)

    def toggled(self, now_s: float) -> "Rotation":
        """Pause, or on with what was left."""
        if self.paused_s is None:
            return replace(self, paused_s=now_s)
        return replace(self, since_s=self.since_s + now_s - self.paused_s, paused_s=None)

    def told(self, causes: Iterable[Cause], now_s: float) -> "Rotation":
        """The gravest cause first, as they are now."""
        known = tuple(causes)
        keys = {one.key for one in known}
        kept = replace(self, dismissed=self.dismissed & keys)
        first = next((one for one in known if one.key not in kept.dismissed), None)
        if first is None:
            ended = kept.front is not None and kept.ended_s is None
            return replace(kept, ended_s=now_s) if ended else kept
        return replace(kept, front=first, ended_s=None)

    def _released(self, now_s: float) -> "Rotation":
        paused = now_s if self.is_paused else None
        return replace(self, front=None, ended_s=None, since_s=now_s, paused_s=paused)


def causes(alarms: Iterable[Alarm], incidents: Iterable[Incident]) -> tuple[Cause, ...]:
    """Responses of level I and II until they are stood down, then red alarms that nobody has
    acknowledged, the newest first. A drill brings nothing to the front."""
    grave = [
        one for one in incidents
        if one.level in GRAVE and one.state is IncidentState.ACTIVE and not one.drill
    ]  # fmt: skip
    grave.sort(key=lambda one: (one.level.rank, one.incident_id))
    red = [
        one for one in alarms
        if one.level is WarningLevel.RED and needs_acknowledgement(one)
        and one.suppression is Suppression.NONE
    ]  # fmt: skip
    red.sort(key=lambda one: one.raised_at, reverse=True)
    responses = (
        Cause(
            f"incident:{one.incident_id}", EMERGENCY,
            f"{one.level.warning.roman} 级响应：{one.title}",
        )
        for one in grave
    )  # fmt: skip
    return (*responses, *(Cause(f"alarm:{one.alarm_id}", OVERVIEW, one.title) for one in red))
