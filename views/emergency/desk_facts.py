"""What the rules are given: copies of the stores, the streets, the roster, and what has not come.

A register that the platform has not told yet is not empty: it is said that it has not come.
"""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.commands.escalation import platform_now
from desktop.context import RoomContext
from desktop.domain.alarms import Alarm
from desktop.domain.duty import Duty
from desktop.domain.emergency.gathering import Gathered, Surroundings
from desktop.errors import OperatorError
from desktop.offload import offload
from views.emergency.advice import Advisers, Asked
from widgets.times import hh_mm_ss

translate = QCoreApplication.translate
STREETS, CLOSURES = "streets", "closures"
DUTY, UNITS, POINTS = "duty", "units", "points"
_RISE_READINGS = 400  # the rule of the rise looks at five minutes


class DeskFacts:
    """One for a page. Streets and roster are read once for each edition."""

    def __init__(self, room: RoomContext, advisers: Advisers) -> None:
        self._room, self._advisers = room, advisers
        self._streets: tuple[tuple[str, str], object | None] | None = None
        self.closures: bytes | None = None
        self._duty: tuple[str, tuple[Duty, ...]] | None = None
        self._missing_since: dict[str, datetime] = {}

    def now(self) -> datetime:
        """The platform's time: everything that is compared with it carries the platform's."""
        return platform_now(self._room)

    def surroundings(self) -> Surroundings:
        room = self._room
        ids = {one.point_id for one in room.alarms.items().values() if one.point_id}
        return Surroundings(
            now=self.now(),
            points={one: point for one in ids if (point := room.points.get(one))},
            courses=room.readings.copies(ids, _RISE_READINGS),
            units=room.units.rows(),
            positions=dict(room.positions.items()),
            incidents=tuple(room.incidents.items().values()),
        )

    def question(self, alarm_ids: tuple[str, ...], plan_id: str, around: Surroundings) -> Asked:
        """`plan_id` empty: the best one is wanted."""
        room = self._room
        return Asked(
            plans={one.plan_id: one for one in room.plans.rows()},
            alarms=tuple(one for one in room.alarms.items().values() if one.is_open),
            chosen=alarm_ids,
            around=around,
            weather=room.weather.weather,
            closures=self.closures,
            plan_id=plan_id,
        )

    def alarms_of(self, alarm_ids: Iterable[str]) -> dict[str, Alarm]:
        """Those that are open."""
        found = {one: self._room.alarms.last_known(one) for one in alarm_ids}
        return {one: alarm for one, alarm in found.items() if alarm is not None and alarm.is_open}

    def are_over(self, alarm_ids: tuple[str, ...]) -> bool:
        """None of them is open any more; False as long as no alarm at all has come here."""
        room = self._room
        has_come = bool(room.alarms.items()) or any(map(room.alarms.last_known, alarm_ids))
        return has_come and bool(alarm_ids) and not self.alarms_of(alarm_ids)

    # ---- streets ----------------------------------------------------------------------------

    @property
    def streets(self) -> object | None:
        return self._streets[1] if self._streets is not None else None

    async def read_streets(self) -> None:
        """A closed street changes the second layer."""
        layers = self._room.layers
        etags = (layers.get(STREETS) or "", layers.get(CLOSURES) or "")
        if self._streets is not None and self._streets[0] == etags:
            return
        streets, self.closures = await self._layer(STREETS), await self._layer(CLOSURES)
        graph = await offload(self._advisers.read_streets, streets, self.closures)
        self._streets = (etags, graph)

    async def _layer(self, layer_id: str) -> bytes | None:
        try:
            return await self._room.questions.layer(layer_id)
        except OperatorError:
            return None

    # ---- people -----------------------------------------------------------------------------

    async def on_duty(self, gathered: Gathered) -> tuple[Duty, ...]:
        """Of the city's desk and of the districts of the sites: the others are not woken."""
        rows = await self._roster()
        if not len(self._room.orgs):
            return rows
        districts = {one.district_id for one in gathered.sites if one.district_id}

        def concerns(row: Duty) -> bool:
            org = self._room.orgs.get(row.org_id)
            return org is not None and (
                org.level == 1 or (org.level == 2 and org.district_id in districts)
            )

        return tuple(row for row in rows if concerns(row))

    async def _roster(self) -> tuple[Duty, ...]:
        age = self._room.register_ages.get(DUTY)
        edition = age.version if age is not None else ""
        if self._duty is None or not self._duty[1] or self._duty[0] != edition:
            try:
                self._duty = (edition, tuple(await self._room.questions.duty()))
            except OperatorError:
                self._duty = (edition, ())
        return self._duty[1]

    # ---- what has not come ------------------------------------------------------------------

    def missing(self) -> dict[str, datetime]:
        """Registers that the platform has not told yet, each with since when that is known."""
        room = self._room
        roster = self._duty is not None and bool(self._duty[1])
        there = {
            DUTY: roster or room.register_ages.get(DUTY) is not None,
            UNITS: bool(len(room.units) or room.units.version),
            POINTS: bool(len(room.points) or room.points.version),
        }
        for name, is_there in there.items():
            if is_there:
                self._missing_since.pop(name, None)
            else:
                self._missing_since.setdefault(name, self.now())
        return dict(self._missing_since)


def register_word(name: str) -> str:
    words = {
        DUTY: translate("emergency", "值班表"),
        UNITS: translate("emergency", "队伍名册"),
        POINTS: translate("emergency", "监测点名册"),
    }
    return words.get(name, name)


def not_come(name: str, since: datetime) -> str:
    """值班表尚未取得（03:12:05 起）"""
    shape = translate("emergency", "{0}尚未取得（{1} 起），正在向平台取")
    return shape.format(register_word(name), hh_mm_ss(since))
