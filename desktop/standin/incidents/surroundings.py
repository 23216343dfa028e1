"""What incidents ask of the rest of the city: plans, crews, people, alarms, cameras, time."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec

from desktop.domain.alarms import Alarm
from desktop.domain.emergency.plans import Plan
from desktop.domain.outreach import OWNER_PREFIX, duty_person_id
from desktop.standin.alarm_book import UnknownAlarm
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.city import City
from desktop.standin.generated.rows import Unit

PersonCheck = Callable[[str], None]
"""Raises Problem(400) for who cannot be reached."""


class Surroundings(Protocol):
    """A test brings its own."""

    seed: int

    def now(self) -> datetime: ...

    def plan(self, plan_id: str) -> Plan | None: ...

    def unit(self, unit_id: str) -> Unit | None: ...

    def person_name(self, person_id: str) -> str:
        """Raises Problem(400) for who cannot be reached."""
        ...

    def has_camera(self, camera_id: str) -> bool: ...

    def alarm(self, alarm_id: str) -> Alarm | None: ...

    def mark_alarm(self, alarm_id: str, incident_id: str) -> None:
        """The alarm belongs to the incident from now on."""
        ...


class CitySurroundings:
    def __init__(
        self,
        city: City,
        catalogue: CityCatalogue,
        plan: Callable[[str], Plan | None],
        check_person: PersonCheck,
    ) -> None:
        self.seed = catalogue.city.seed
        self._city, self._catalogue = city, catalogue
        self._plan = plan
        self._check_person = check_person
        self._duty: tuple[datetime | None, dict[str, str]] = (None, {})
        self._units = {unit.unit_id: unit for unit in catalogue.units}

    def now(self) -> datetime:
        return self._city.now()

    def plan(self, plan_id: str) -> Plan | None:
        return self._plan(plan_id)

    def unit(self, unit_id: str) -> Unit | None:
        return self._units.get(unit_id)

    def person_name(self, person_id: str) -> str:
        if (on_duty := self._on_duty().get(person_id)) is not None:
            return on_duty
        self._check_person(person_id)
        if (unit := self._units.get(person_id)) is not None:
            return unit.name
        if person_id.startswith(OWNER_PREFIX):
            owner = self._catalogue.item(person_id.removeprefix(OWNER_PREFIX)).owner
            return owner.name if owner is not None else person_id
        return person_id

    def _on_duty(self) -> dict[str, str]:
        """Names by `duty:{org_id}:{role}:{ladder}`; asked for hundreds of people at once."""
        minute = self.now().replace(second=0, microsecond=0)
        if self._duty[0] != minute:
            rows = self._catalogue.duty(minute)
            names = {duty_person_id(r.org_id, r.role, r.ladder): r.name for r in reversed(rows)}
            self._duty = (minute, names)
        return self._duty[1]

    def has_camera(self, camera_id: str) -> bool:
        return camera_id in self._catalogue.cameras_by_id

    def alarm(self, alarm_id: str) -> Alarm | None:
        try:
            return self._city.book.get(alarm_id)
        except UnknownAlarm:
            return None

    def mark_alarm(self, alarm_id: str, incident_id: str) -> None:
        alarm = self.alarm(alarm_id)
        if alarm is None or alarm.incident_id == incident_id:
            return
        at = self.now()
        marked = msgspec.structs.replace(
            alarm, incident_id=incident_id, revision=alarm.revision + 1, updated_at=at
        )
        self._city.book.apply(alarm_id, "incident", at, marked)
