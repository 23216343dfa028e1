"""The city as a whole: its alarms, its water, its time, and what moves them each second."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.domain import alarm_lifecycle
from desktop.domain.alarm_lifecycle import may_leave_the_list
from desktop.domain.alarms import Alarm, Condition, Verification
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.ids import ulid
from desktop.standin.alarm_book import AlarmBook
from desktop.standin.catalogue import DISTRICT_ID, ORG_ID, alarm_class, points
from desktop.standin.water import Gauge, Water, line_reached

STEP_S = 1.0
_TELL_AGAIN_M = 0.02


@dataclass(frozen=True)
class Draft:
    """What a sensor or a person reports, before it is an alarm."""

    point: Point
    level: WarningLevel
    title: str
    detail: str = ""
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    confidence: float | None = None
    verification: Verification = Verification.CONFIRMED
    at: datetime | None = None  # None: now
    condition: str = ""  # tells conditions of one point apart; "" means its class


class City:
    """One thread: the loop's. `now` may be replaced by a test."""

    def __init__(self, seed: int = 1, now: Callable[[], datetime] | None = None) -> None:
        self.now = now or (lambda: datetime.now(UTC))
        self.started_at = self.now()
        self.book = AlarmBook()
        self.chance = random.Random(seed)
        self.water = Water(points(), self.chance)
        self._lines: dict[str, WarningLevel | None] = {}
        self._told: dict[str, float] = {}

    def step(self, seconds_s: float) -> None:
        """One step of water and the alarms that follow from it."""
        at = self.now()
        self.water.step(seconds_s, at)
        for gauge in self.water.gauges.values():
            self._watch(gauge, at)
        for alarm in self.book.open_alarms():
            if alarm_lifecycle.shelf_is_over(alarm, at):
                back = alarm_lifecycle.unshelve(alarm, at)
                self.book.apply(alarm.alarm_id, "unshelved", at, back)

    def set_level(self, point_id: str, level_m: float) -> None:
        """Sets a gauge by hand and holds it there. Raises KeyError."""
        gauge = self.water.gauges[point_id]
        gauge.level_m, gauge.held = level_m, True
        gauge.record(self.now(), level_m)
        self._watch(gauge, self.now())

    def release_level(self, point_id: str) -> None:
        self.water.gauges[point_id].held = False

    def raise_alarm(self, draft: Draft) -> Alarm:
        return self.book.raise_alarm(self._alarm(draft))

    def clear(self, alarm_id: str) -> None:
        """Does nothing for an alarm that has returned to normal or left the list."""
        alarm = self.book.get(alarm_id)
        if alarm.condition is Condition.ACTIVE and not may_leave_the_list(alarm):
            self.book.clear(alarm_id, self.now())

    def water_level_m(self, camera_id: str) -> float:
        """Water at the place that a camera looks at; 0 where no gauge names it."""
        for gauge in self.water.gauges.values():
            if gauge.point.class_id != "river_level" and camera_id in gauge.point.camera_ids:
                return gauge.measured_m
        return 0.0

    def _alarm(self, draft: Draft) -> Alarm:
        point, at = draft.point, draft.at or self.now()
        return Alarm(
            alarm_id=f"al-{ulid()}",
            revision=1,
            epoch=self.book.epoch,
            seq=0,
            class_id=point.class_id,
            point_id=point.point_id,
            condition_key=f"{point.class_id}/{point.point_id}/{draft.condition or draft.title[:4]}",
            level=draft.level,
            peak_level=draft.level,
            condition=Condition.ACTIVE,
            title=draft.title,
            detail=draft.detail,
            value=draft.value,
            limit=draft.limit,
            unit=draft.unit,
            confidence=draft.confidence,
            verification=draft.verification,
            lon_deg=point.lon_deg,
            lat_deg=point.lat_deg,
            district_id=DISTRICT_ID,
            org_id=ORG_ID,
            camera_ids=point.camera_ids,
            guidance=alarm_class(point.class_id).guidance,
            raised_at=at,
            updated_at=at,
        )

    def _watch(self, gauge: Gauge, at: datetime) -> None:
        """Raises, raises the level of, or clears the alarm of one gauge."""
        point_id = gauge.point.point_id
        before = self._lines.get(point_id)
        reached = line_reached(gauge, before)
        self._lines[point_id] = reached
        alarm = self.book.find_open(self._key(gauge))
        if reached is None:
            if alarm is not None and alarm.condition is Condition.ACTIVE:
                self.book.clear(alarm.alarm_id, at)
        elif alarm is None or alarm.condition is Condition.RTN:
            self._told[point_id] = gauge.measured_m
            self.raise_alarm(self._draft(gauge, reached, at))
        elif reached is not before or self._moved(gauge):
            self._told[point_id] = gauge.measured_m
            draft = self._draft(gauge, reached, at)
            self.book.update(
                alarm.alarm_id, at, reached, draft.value, draft.title, draft.detail
            )  # fmt: skip

    def _moved(self, gauge: Gauge) -> bool:
        told = self._told.get(gauge.point.point_id, 0.0)
        return abs(gauge.measured_m - told) >= _TELL_AGAIN_M

    def _key(self, gauge: Gauge) -> str:
        return f"{gauge.point.class_id}/{gauge.point.point_id}/water"

    def _draft(self, gauge: Gauge, level: WarningLevel, at: datetime) -> Draft:
        limit = next(line for line in gauge.point.thresholds if line.level is level)
        name = alarm_class(gauge.point.class_id).name
        rise = gauge.rise_cm_min()
        if limit.value > gauge.measured_m + 0.03:
            detail = f"升速 {rise:.1f} cm/min 越限"
        else:
            detail = f"超过 {limit.label} 线，{_course_word(rise)}"
        return Draft(
            point=gauge.point,
            level=level,
            title=f"{name} {gauge.measured_m:.2f} m",
            detail=detail,
            value=round(gauge.measured_m, 3),
            limit=limit.value,
            unit="m",
            at=at,
            condition="water",
        )


def _course_word(rise_cm_min: float) -> str:
    if rise_cm_min > 0.1:
        return f"升 {rise_cm_min:.1f} cm/min"
    return f"降 {-rise_cm_min:.1f} cm/min" if rise_cm_min < -0.1 else "持平"
