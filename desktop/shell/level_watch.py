"""A response that is under way while its plan's conditions for a graver level are reached."""

import msgspec
from PySide6.QtCore import QObject, QTimer

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm
from desktop.domain.emergency.evidence import Facts
from desktop.domain.emergency.gathering import Surroundings
from desktop.domain.emergency.incidents import Incident, IncidentState
from desktop.domain.emergency.plans import Plan
from desktop.domain.emergency.street_text import read_closures
from desktop.domain.emergency.suggestion import Assessed, assess, changed_level
from desktop.domain.weather import Weather
from desktop.offload import offload
from desktop.shell.notices import RED, NoticeBoard
from desktop.tasks import TaskScope

PERIOD_MS = 10_000


class LevelWatch(QObject):
    """One notice for each response and level; it goes when the level was raised, the conditions
    hold no more, or the response has ended. No timer runs without a response."""

    def __init__(self, room: RoomContext, board: NoticeBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._board = room, board
        self._scope = TaskScope(self)
        self._told: dict[str, Assessed] = {}
        self._looking = False
        self._timer = QTimer(self, interval=PERIOD_MS)
        self._timer.timeout.connect(self.look)
        room.incidents.changed.connect(self._follow)

    def look(self) -> None:
        """Called by the timer; tests call it."""
        if not self._looking:
            self._looking = True
            self._scope.spawn(self._look(), "level of a response")

    def _follow(self, _delta: object = None) -> None:
        if self._running() or self._told:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()

    def _running(self) -> list[Incident]:
        return [
            one
            for one in self._room.incidents.open()
            if one.state is IncidentState.ACTIVE and not one.drill
        ]

    async def _look(self) -> None:
        try:
            running = self._running() if self._room.session.user is not None else []
            closures = await self._room.questions.layer("closures") if running else None
            found = {one.incident_id: await self._graver(one, closures) for one in running}
            for incident_id in {*self._told} - {*found}:
                self._settle(incident_id)
            for one in running:
                self._tell(one, found[one.incident_id])
        finally:
            self._looking = False
            self._follow()

    async def _graver(self, one: Incident, closures: bytes | None) -> Assessed | None:
        plan, room = self._room.plans.get(one.plan_id), self._room
        if plan is None:
            return None
        alarms = [a for a in room.alarms.items().values() if a.class_id in plan.alarm_classes]
        weather = room.weather.weather
        return await offload(_graver, one, plan, alarms, self._around(alarms), weather, closures)

    def _around(self, alarms: list[Alarm]) -> Surroundings:
        room = self._room
        ids = {one.point_id for one in alarms if one.point_id}
        return Surroundings(
            now=room.clock.now(),
            points={one: point for one in ids if (point := room.points.get(one))},
            courses={one: room.readings.course(one) for one in ids},
            units=(),
            positions={},
        )

    def _tell(self, one: Incident, graver: Assessed | None) -> None:
        known = self._told.get(one.incident_id)
        if graver is None:
            return self._settle(one.incident_id)
        if known is not None and known.level is graver.level:
            return
        self._settle(one.incident_id)
        self._told[one.incident_id] = graver
        title = self.tr("应急响应已达到 {0} 级条件").format(graver.level.warning.roman)
        reasons = "；".join(held.condition.text for held in graver.held if held.holds)
        words = self.tr("{0}\n{1}\n现行 {2} 级，是否提级请指挥人员决定")
        text = words.format(one.title, reasons, one.level.warning.roman)
        self._board.post(_key(one.incident_id), title, text, RED)

    def _settle(self, incident_id: str) -> None:
        if self._told.pop(incident_id, None) is not None:
            self._board.settle(_key(incident_id))


def _key(incident_id: str) -> str:
    return f"incident-level:{incident_id}"


def _graver(
    one: Incident, plan: Plan, alarms: list[Alarm], around: Surroundings, weather: Weather | None,
    closures: bytes | None,
) -> Assessed | None:  # fmt: skip
    try:
        cut = None if closures is None else len(read_closures(closures))
    except msgspec.DecodeError:
        cut = None
    facts = Facts(plan, alarms, around, weather, cut)
    level = changed_level(one, plan, facts)
    return None if level is None else assess(plan, level, facts)
