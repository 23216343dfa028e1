"""The city as a whole: its alarms, its water, its time, and what moves them each second."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.domain import alarm_lifecycle
from desktop.domain.alarm_lifecycle import may_leave_the_list
from desktop.domain.alarms import (
    Alarm,
    Clip,
    Condition,
    Origin,
    Verification,
    needs_acknowledgement,
)
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.ids import ulid
from desktop.standin.aftercare import Aftercare
from desktop.standin.alarm_book import AlarmBook
from desktop.standin.catalogue import PointPlace
from desktop.standin.clips import clip_of
from desktop.standin.places import HandLaid, Places, guidance_of, name_of
from desktop.standin.tickets import TicketBook
from desktop.standin.verdicts import Verdicts
from desktop.standin.water import Gauge, Water, line_reached
from desktop.standin.weather import Sky, Weather

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
    condition_key: str = ""  # whole, where it is not made of class, point and condition
    cause_id: str | None = None
    clip: Clip | None = None
    latched: bool = False
    origin: Origin = Origin.PLATFORM


class City:
    """One thread: the loop's. `now` may be replaced by a test.

    `readings` are values that a scenario gives to points that are not gauges, `silent` the
    points that send nothing: both for whoever publishes telemetry.
    """

    def __init__(
        self,
        seed: int = 1,
        now: Callable[[], datetime] | None = None,
        places: Places | None = None,
    ) -> None:
        self.seed = seed
        self.now = now or (lambda: datetime.now(UTC))
        self.started_at = self.now()
        self.places: Places = places or HandLaid()
        self.book = AlarmBook()
        self.chance = random.Random(seed)
        self.water = Water(self.places.points, self.chance)
        self.sky = Sky()
        self.tickets = TicketBook(self.now)
        self.verdicts = Verdicts()
        self.aftercare = Aftercare(self.clear)
        self.readings: dict[str, Mapping[str, float]] = {}
        self.silent: set[str] = set()
        self.known_places: dict[str, PointPlace] = {}  # of places that are no points
        self._gauge_of_camera = self._gauges_by_camera()
        self._lines: dict[str, WarningLevel | None] = {}
        self._told: dict[str, float] = {}

    @property
    def weather(self) -> Weather:
        return self.sky.weather(self.now())

    def step(self, seconds_s: float) -> None:
        """One step of rain and water, and the alarms that follow or end."""
        at = self.now()
        self.sky.step(seconds_s, self.water.rain_mm_h, at)
        self.water.step(seconds_s, at)
        for gauge in self.water.gauges.values():
            if gauge.point.point_id not in self.silent:
                self._watch(gauge, at)
        self.aftercare.step(seconds_s)
        for alarm in self.book.shelved_alarms():
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

    def tell_again(self, alarm_id: str, draft: Draft) -> Alarm:
        """A new value, level or words of an open alarm. Raises UnknownAlarm."""
        return self.book.update(
            alarm_id,
            draft.at or self.now(),
            draft.level,
            draft.value,
            draft.title,
            self._detail(draft),
        )

    def clear(self, alarm_id: str, answered_by: str = "") -> None:
        """Does nothing for an alarm that has returned to normal or left the list.

        `answered_by` acknowledges what nobody has acknowledged.
        """
        alarm = self.book.get(alarm_id)
        if alarm.condition is Condition.ACTIVE and not may_leave_the_list(alarm):
            alarm = self.book.clear(alarm_id, self.now())
        if answered_by and needs_acknowledgement(alarm):
            self.book.acknowledge(alarm_id, self.now(), answered_by)

    def fall_silent(self, point_id: str) -> None:
        """The point sends nothing more; its open alarms stay and say so."""
        self.silent.add(point_id)
        self._mark(point_id, "source_silent", alarm_lifecycle.source_went_silent)

    def speak_again(self, point_id: str) -> None:
        self.silent.discard(point_id)
        self._mark(point_id, "source_back", alarm_lifecycle.source_came_back)

    def water_level_m(self, camera_id: str) -> float:
        """Water at the place that a camera looks at; 0 where no gauge names it."""
        gauge = self._gauge_of_camera.get(camera_id)
        return gauge.measured_m if gauge else 0.0

    def place_of(self, point: Point) -> PointPlace:
        """By the register of points; else by where it lies, which takes a while, once."""
        try:
            return self.places.place_of(point.point_id)
        except KeyError:
            known = self.known_places.get(point.point_id)
        if known is None:
            district = self.places.district_of(point.lon_deg, point.lat_deg) or ""
            grid = self.places.grid_of(point.lon_deg, point.lat_deg) or ""
            known = PointPlace(district, grid, self.places.owner_of(point.class_id))
            self.known_places[point.point_id] = known
        return known

    def knows(self, point_id: str) -> bool:
        try:
            self.places.point(point_id)
        except KeyError:
            return False
        return True

    def _gauges_by_camera(self) -> dict[str, Gauge]:
        found: dict[str, Gauge] = {}
        for gauge in self.water.gauges.values():
            if gauge.point.class_id not in ("river_level", "pipe_level"):
                for camera_id in gauge.point.camera_ids:
                    found.setdefault(camera_id, gauge)
        return found

    def _mark(self, point_id: str, kind: str, change: Callable[[Alarm, datetime], Alarm]) -> None:
        at = self.now()
        for alarm in self.book.open_at(point_id):
            changed = change(alarm, at)
            if changed.quality is not alarm.quality:
                self.book.apply(alarm.alarm_id, kind, at, changed)

    def _detail(self, draft: Draft) -> str:
        """Without a point of the register the words alone say where."""
        place = draft.point.name
        if self.knows(draft.point.point_id) or place in draft.title:
            return draft.detail
        return f"{place}，{draft.detail}" if draft.detail else place

    def _alarm(self, draft: Draft) -> Alarm:
        point, at, place = draft.point, draft.at or self.now(), self.place_of(draft.point)
        return Alarm(
            alarm_id=f"al-{ulid()}",
            revision=1,
            epoch=self.book.epoch,
            seq=0,
            class_id=point.class_id,
            point_id=point.point_id if self.knows(point.point_id) else None,
            asset_id=point.asset_id,
            condition_key=draft.condition_key or _condition_key(draft),
            level=draft.level,
            peak_level=draft.level,
            condition=Condition.ACTIVE,
            title=draft.title,
            detail=self._detail(draft),
            value=draft.value,
            limit=draft.limit,
            unit=draft.unit,
            confidence=draft.confidence,
            verification=draft.verification,
            lon_deg=point.lon_deg,
            lat_deg=point.lat_deg,
            district_id=place.district_id or None,
            grid_id=place.grid_id or None,
            org_id=place.org_id or None,
            camera_ids=point.camera_ids,
            guidance=guidance_of(point.class_id),
            cause_id=draft.cause_id,
            clip=draft.clip or clip_of(point, at),
            latched=draft.latched,
            origin=draft.origin,
            raised_at=at,
            updated_at=at,
        )

    def _watch(self, gauge: Gauge, at: datetime) -> None:
        """Raises, raises the level of, or clears the alarm of one gauge."""
        point_id = gauge.point.point_id
        before = self._lines.get(point_id)
        reached = line_reached(gauge, before)
        if reached is None and before is None:
            return
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
            self.tell_again(alarm.alarm_id, self._draft(gauge, reached, at))

    def _moved(self, gauge: Gauge) -> bool:
        told = self._told.get(gauge.point.point_id, 0.0)
        return abs(gauge.measured_m - told) >= _TELL_AGAIN_M

    def _key(self, gauge: Gauge) -> str:
        return f"{gauge.point.class_id}/{gauge.point.point_id}/water"

    def _draft(self, gauge: Gauge, level: WarningLevel, at: datetime) -> Draft:
        limit = next(line for line in gauge.point.thresholds if line.level is level)
        name = name_of(gauge.point.class_id, "水位")
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


def _condition_key(draft: Draft) -> str:
    return f"{draft.point.class_id}/{draft.point.point_id}/{draft.condition or draft.title[:4]}"


def _course_word(rise_cm_min: float) -> str:
    if rise_cm_min > 0.1:
        return f"升 {rise_cm_min:.1f} cm/min"
    return f"降 {-rise_cm_min:.1f} cm/min" if rise_cm_min < -0.1 else "持平"
