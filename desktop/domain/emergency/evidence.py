"""The facts that triggers of plans ask about, computed from what the desk knows. Pure.

A stale reading or a stale weather is no fact: the condition that needs it cannot be told (`value`
None), and nothing is read from it in either direction. An alarm that has returned to normal, was
found false, or is kept off the list by an operator speaks for nothing.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

from desktop.domain.alarms import Alarm, Flow, Suppression, Verification
from desktop.domain.alarms import Condition as AlarmCondition
from desktop.domain.emergency.gathering import (
    STAGE_CLASSES,
    SiteFacts,
    Surroundings,
    site_facts,
)
from desktop.domain.emergency.plans import Condition, Fact, Plan
from desktop.domain.water_levels import minutes_to
from desktop.domain.weather import STALE_AFTER_S, Weather


def stands(alarm: Alarm) -> bool:
    """What it tells of is there now."""
    return (
        alarm.condition is AlarmCondition.ACTIVE
        and alarm.suppression is Suppression.NONE
        and alarm.verification is not Verification.REJECTED
        and alarm.flow is not Flow.FALSE
    )


class Facts:
    """Of one plan at one moment. Each is computed when it is first asked for."""

    def __init__(
        self,
        plan: Plan,
        alarms: Sequence[Alarm],
        around: Surroundings,
        weather: Weather | None,
        roads_cut: int | None,
    ) -> None:
        """`alarms`: every open one; `roads_cut`: closures in force, None where nobody tells."""
        self._plan, self._around, self._roads_cut = plan, around, roads_cut
        fresh = weather is not None and (around.now - weather.at).total_seconds() <= STALE_AFTER_S
        self._weather = weather if fresh else None
        self.alarms = [one for one in alarms if one.class_id in plan.alarm_classes and stands(one)]

    @cached_property
    def sites(self) -> Mapping[str, SiteFacts]:
        """alarm_id -> what is measured there; of several alarms of one point each has it."""
        known: dict[str, SiteFacts] = {}
        found: dict[str, SiteFacts] = {}
        for alarm in self.alarms:
            key = alarm.point_id or alarm.alarm_id
            if key not in known:
                known[key] = site_facts(alarm, self._plan, self._around)
            found[alarm.alarm_id] = known[key]
        return found

    @cached_property
    def taken(self) -> frozenset[str]:
        """alarm_ids that a response is under way for; a drill takes none."""
        return frozenset(
            alarm_id
            for one in self._around.incidents
            if one.is_open and not one.drill
            for alarm_id in one.alarm_ids
        )

    def value(self, condition: Condition) -> float | None:
        """What stands against `condition.value`; None where it cannot be told."""
        match condition.fact:
            case Fact.RAIN_1H_MM:
                return self._weather.rain_1h_mm if self._weather is not None else None
            case Fact.RAIN_3H_MM:
                return self._weather.rain_3h_mm if self._weather is not None else None
            case Fact.RAIN_SIGNAL:
                return self._signal()
            case Fact.OPEN_ALARMS:
                return float(len(self._of_level(condition)))
            case Fact.SITES_OVER_M:
                return self._over(condition)
            case Fact.SITES_REACHING_M:
                return self._reaching(condition)
            case Fact.GAS_LEL_PERCENT:
                return self._highest("%LEL")
            case Fact.ROADS_CUT:
                return None if self._roads_cut is None else float(self._roads_cut)

    def holds(self, condition: Condition) -> bool | None:
        """None where it cannot be told."""
        value = self.value(condition)
        return None if value is None else value >= condition.value

    def _signal(self) -> float | None:
        if self._weather is None:
            return None
        return 0.0 if self._weather.signal is None else float(5 - self._weather.signal.rank)

    def _of_level(self, condition: Condition) -> list[Alarm]:
        level = condition.level
        return [a for a in self.alarms if level is None or a.level.rank <= level.rank]

    def _fresh_points(self) -> list[SiteFacts]:
        """Each point that measures water over a street once, with a reading of now, in metres."""
        seen = {
            alarm.point_id: self.sites[alarm.alarm_id]
            for alarm in self.alarms
            if alarm.point_id and alarm.class_id not in STAGE_CLASSES
        }
        return [
            one for one in seen.values()
            if one.value is not None and one.unit == "m" and one.age_s is not None
            and not one.is_stale
        ]  # fmt: skip

    def _over(self, condition: Condition) -> float | None:
        if (line_m := condition.line_m) is None:
            return None
        return float(sum((one.value or 0.0) >= line_m for one in self._fresh_points()))

    def _reaching(self, condition: Condition) -> float | None:
        line_m, within_min = condition.line_m, condition.within_min
        if line_m is None or within_min is None:
            return None
        left = (
            minutes_to(one.value or 0.0, one.rise_cm_min, line_m) for one in self._fresh_points()
        )
        return float(sum(minutes is not None and minutes <= within_min for minutes in left))

    def _highest(self, unit: str) -> float | None:
        """A probe without telemetry speaks by its alarm, which stands until it is told again."""
        values = [
            one.value
            for one in self.sites.values()
            if one.unit == unit and one.value is not None and not one.is_stale
        ]
        return max(values) if values else (None if self.alarms else 0.0)
