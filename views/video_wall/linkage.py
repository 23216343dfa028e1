"""Alarms on the wall: watches what is open, takes reserved cells, gives them back."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.context import RoomContext
from desktop.domain import tile_linkage as linkage
from desktop.domain.alarms import Alarm
from desktop.domain.cameras import nearest_cameras
from desktop.domain.permissions import Action, why_not
from desktop.domain.tile_linkage import Candidate, Return, Take
from desktop.errors import PlatformError
from desktop.offload import offload
from desktop.stores.beat import Beat
from desktop.tasks import TaskScope, loop_runs
from views.video_wall.before_alarm import span_of

LOOK_MS = 100
WRITTEN_AFTER = timedelta(seconds=8)
_CLIPS_KEPT = 500
_NEAREST = 2
_NEAR_KEPT = 2000
translate = QCoreApplication.translate
log = logging.getLogger(__name__)


class LinkageRunner(QObject):
    """Acts on `room.wall`; what waits and what is framed goes to `room.tile_linkage`."""

    told = Signal(str)  # something happened on the wall that the operator did not do

    def __init__(
        self, room: RoomContext, seen: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        """`seen`: whether the wall's page is on the screen: what nobody sees need not follow."""
        super().__init__(parent)
        self._room, self._seen = room, seen
        self._wall, self._store = room.wall, room.tile_linkage
        self._scope = TaskScope(self)
        self._near: dict[str, tuple[str, ...]] = {}  # alarm_id -> cameras around it
        self._clips: dict[str, str] = {}  # alarm_id -> camera with a recording, "" for none
        self._known: dict[str, tuple[Alarm, Candidate | None]] = {}  # with 5,000 open none twice
        self._acting = False
        self._soon = Beat(self.look, LOOK_MS, self)
        room.wall.sent_away.connect(self._on_sent_away)
        room.alarms.changed.connect(self._look_soon)
        room.wall.changed.connect(self._look_soon)
        for signal in (
            room.cameras.changed,
            room.points.changed,
            self._store.asked_changed,
            self._store.rules_changed,
        ):
            signal.connect(self._look_afresh)
        self._look_soon()

    def look(self) -> None:
        """Once for whatever happened, and each second for what is over by time."""
        if self._acting or not self._is_known():
            return
        candidates = self.candidates()
        now_s = self._room.clock.now().timestamp()
        store = self._store
        plan = linkage.plan(
            self._wall.wall, candidates, store.rules, store.asked, store.done, now_s
        )
        self._act(plan.steps, now_s)
        known = {one.alarm_id for one in candidates}
        plan = linkage.Plan(plan.steps, plan.queue, plan.offers, plan.done & known)
        store.show(plan, linkage.marks(self._wall.wall, candidates, store.rules))

    def candidates(self) -> list[Candidate]:
        """Open alarms that have a camera."""
        before, self._known = self._known, {}
        for alarm in self._room.alarms.items().values():
            known = before.get(alarm.alarm_id)
            if known is None or known[0] is not alarm:
                known = (alarm, self._candidate_of(alarm))
            self._known[alarm.alarm_id] = known
        return [one for _, one in self._known.values() if one is not None]

    def _candidate_of(self, alarm: Alarm) -> Candidate | None:
        if not linkage.is_shown_by_linkage(alarm) or not (ids := self._cameras_of(alarm)):
            return None
        clip_id = self._clips.get(alarm.alarm_id, "")
        return replace(linkage.candidate_of(alarm, ids), clip_camera_id=clip_id)

    # ---- the wall ---------------------------------------------------------------------------

    def _act(self, steps: tuple[Take | Return, ...], now_s: float) -> None:
        self._acting = True
        try:
            for step in steps:
                if isinstance(step, Return):
                    self._wall.unlink(step.index)
                else:
                    self._wall.link(
                        step.index, step.camera_id, step.alarm_id, now_s, clip=step.clip
                    )
        finally:
            self._acting = False
        self._seek_clips()
        taken = [step for step in steps if isinstance(step, Take) and not step.clip]
        if taken:
            self._tell(taken[-1])

    def _is_known(self) -> bool:
        """Before the first words of the link an alarm that is kept on the wall is not yet over:
        the health comes after the cameras and the open alarms."""
        return len(self._room.cameras) > 0 and bool(self._room.health.health.feeds)

    def _on_sent_away(self, alarm_id: str, clip: bool) -> None:
        """By the operator's hand: it does not come again by itself."""
        if clip:
            self._put_clip(alarm_id, "")
        else:
            self._store.dismiss(alarm_id)

    def _tell(self, step: Take) -> None:
        alarm = self._room.alarms.get(step.alarm_id)
        if alarm is not None:
            words = self.tr("{0} 号格：{1}").format(step.index + 1, alarm.title)
            self.told.emit(words)

    # ---- the seconds before -----------------------------------------------------------------

    def _seek_clips(self) -> None:
        """Asks once, some seconds after the alarm: what was recorded has to be written first."""
        now, user = self._room.clock.now(), self._room.session.user
        if user is None or why_not(user.roles, Action.VIDEO_PLAYBACK) or not loop_runs():
            return  # not even asked: a refusal would stand in the audit trail under his name
        for cell in self._wall.wall.cells if self._store.rules.clips else ():
            alarm_id = cell.link.alarm_id if cell.link and not cell.link.clip else ""
            alarm = self._room.alarms.get(alarm_id)
            if alarm is None or alarm_id in self._clips:
                continue
            if now - span_of(alarm)[1] < WRITTEN_AFTER:
                continue
            camera_id = alarm.clip.camera_id if alarm.clip is not None else cell.camera_id or ""
            if len(self._clips) > _CLIPS_KEPT:
                self._clips.clear()
            self._clips[alarm_id] = ""
            work = self._find_clip(alarm, camera_id)
            self._scope.spawn(work, name="recording of an alarm")

    async def _find_clip(self, alarm: Alarm, camera_id: str) -> None:
        """Only whether there is one: its address is for the player alone, and short-lived."""
        try:
            await self._room.questions.playback(camera_id, *span_of(alarm))
        except PlatformError as error:
            log.info("no recording of %s: %s", camera_id, error.operator_text)
            return
        self._put_clip(alarm.alarm_id, camera_id)
        self._look_soon()

    def _put_clip(self, alarm_id: str, camera_id: str) -> None:
        self._clips[alarm_id] = camera_id
        self._known.pop(alarm_id, None)

    # ---- cameras ----------------------------------------------------------------------------

    def _cameras_of(self, alarm: Alarm) -> tuple[str, ...]:
        point = self._room.points.get(alarm.point_id)
        own = point.camera_ids if point is not None else ()
        near = self._near.get(alarm.alarm_id)
        if near is None and not alarm.camera_ids and not own:
            self._seek(alarm)
        cameras = self._room.cameras
        ids = (*alarm.camera_ids, *own, *(near or ()))
        found = [camera for one in ids if (camera := cameras.get(one)) is not None]
        online = {camera.camera_id for camera in found if camera.online}
        known = {camera.camera_id for camera in found}
        every = linkage.usable_cameras(alarm, (*own, *(near or ())), online)
        return tuple(one for one in every if one in known)

    def _seek(self, alarm: Alarm) -> None:
        """The nearest cameras of an alarm that names none, once; only for what comes alone."""
        lon_deg, lat_deg = alarm.lon_deg, alarm.lat_deg
        rows = self._room.cameras.rows()
        alone = self._store.rules.comes_alone(alarm.level) or alarm.alarm_id in self._store.asked
        if lon_deg is None or lat_deg is None or not rows or not alone or not loop_runs():
            return
        if len(self._near) > _NEAR_KEPT:
            self._near.clear()
        self._near[alarm.alarm_id] = ()
        work = self._find_near(alarm.alarm_id, lon_deg, lat_deg)
        self._scope.spawn(work, name="nearest cameras of an alarm")

    async def _find_near(self, alarm_id: str, lon_deg: float, lat_deg: float) -> None:
        rows = self._room.cameras.rows()
        found = await offload(nearest_cameras, rows, lon_deg, lat_deg, _NEAREST)
        self._near[alarm_id] = tuple(camera.camera_id for camera in found)
        self._known.pop(alarm_id, None)
        self._look_soon()

    def _look_afresh(self, *_what: object) -> None:
        """Something that candidates are made of is another."""
        self._known.clear()
        self._look_soon()

    def _look_soon(self, *_what: object) -> None:
        if self._seen() and not self._acting:
            self._soon.call()


def card_line(alarm: Alarm, place: str, now: datetime) -> str:
    """`0.42 m，线 0.30 m · 已 12 min · 未确认 · 下穿桥 A`: the event in one line below its picture.
    The place stands last: it is what the camera's own name above says again."""
    parts = [alarm.title]
    if alarm.value is not None:
        parts = [f"{alarm.value:.3g} {alarm.unit}".strip()]
        if alarm.limit is not None:
            limit = f"{alarm.limit:.3g} {alarm.unit}".strip()
            parts[0] += translate("LinkageRunner", "，线 {0}").format(limit)
    parts.append(_since(now - alarm.raised_at))
    if alarm.ack is None:
        parts.append(translate("LinkageRunner", "未确认"))
    parts.append(place or alarm.detail.partition("\n")[0])
    return " · ".join(part for part in parts if part)


def _since(age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 1:
        return translate("LinkageRunner", "刚刚")
    if minutes < 120:
        return translate("LinkageRunner", "已 {0} min").format(minutes)
    return translate("LinkageRunner", "已 {0} h").format(minutes // 60)
