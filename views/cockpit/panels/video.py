"""Key pictures: live streams side by side, as many as the file says and the panel holds."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.alarms import Alarm
from desktop.domain.cameras import nearest_cameras
from desktop.domain.cockpit.cockpit_file import Panel
from desktop.domain.linkage import assign_tiles
from views.cockpit.painting import paint_nothing
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.panels.video_choice import Wanted, by_alarms, by_filter, gravest
from views.cockpit.panels.video_seat import VideoSeat
from widgets.theme import BODY_PX

LOOK_MS = 1000
_ASPECT = 16 / 9
_NEAREST = 2


class VideoState(NamedTuple):
    wanted: tuple[Wanted, ...]


def columns_for(count: int, width: int, height: int, head_px: int) -> int:
    """Of the arrangement in which pictures are the largest."""

    def picture_px(columns: int) -> float:
        rows = -(-count // columns)
        return min(width / columns, (height / rows - head_px) * _ASPECT)

    return max(range(1, max(count, 1) + 1), key=picture_px)


class VideoPanel(CockpitPanel):
    """A camera that stays wanted stays in its place, and its picture goes on."""

    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(panel, context, parent)
        self._seats: list[VideoSeat] = []
        self._near: dict[str, tuple[str, ...]] = {}
        self._is_started = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def seats(self) -> tuple[VideoSeat, ...]:
        return tuple(self._seats)

    def start(self) -> None:
        self._is_started = True
        super().start()
        self._seat()
        self._timer.start()

    def stop(self) -> None:
        self._is_started = False
        self._timer.stop()
        while self._seats:
            self._seats.pop().close()
        super().stop()

    def refresh(self) -> None:
        super().refresh()
        if self._is_started:
            self._seat()

    # ---- which ------------------------------------------------------------------------------

    def state_now(self) -> VideoState:
        panel, room = self.panel, self.context.room
        if panel.cameras:
            known = [one for one in panel.cameras if room.cameras.get(one) is not None]
            return VideoState(tuple(Wanted(one) for one in known[: panel.limit]))
        if panel.filter.get("tag") or panel.filter.get("district_id"):
            return VideoState(tuple(by_filter(room.cameras.rows(), panel.filter, panel.limit)))
        alarms = gravest(room.alarms.items().values())
        found = by_alarms(alarms, self._nearest, panel.limit)
        found = [one for one in found if room.cameras.get(one.camera_id) is not None]
        if len(found) < panel.limit:
            ids = {one.camera_id for one in found}
            rest = by_filter(room.cameras.rows(), {}, panel.limit * 2)
            found += [one for one in rest if one.camera_id not in ids]
        return VideoState(tuple(found[: panel.limit]))

    def _nearest(self, alarm: Alarm) -> tuple[str, ...]:
        """Asked once for an alarm: fifty thousand cameras are measured for it."""
        if alarm.lon_deg is None or alarm.lat_deg is None:
            return ()
        known = self._near.get(alarm.alarm_id)
        if known is None:
            rows = self.context.room.cameras.rows()
            found = nearest_cameras(rows, alarm.lon_deg, alarm.lat_deg, _NEAREST)
            known = self._near[alarm.alarm_id] = tuple(one.camera_id for one in found)
        return known

    # ---- where ------------------------------------------------------------------------------

    def _seat(self) -> None:
        state = self.state
        assert isinstance(state, VideoState)
        wanted = {one.camera_id: one for one in state.wanted}
        self._fit(len(wanted))
        shown = [one.camera.camera_id if one.camera else None for one in self._seats]
        for place, camera_id in enumerate(assign_tiles(shown, (), tuple(wanted))):
            camera = self.context.room.cameras.get(camera_id) if camera_id else None
            if camera is not None and camera_id is not None:
                one = wanted[camera_id]
                self._seats[place].seat(camera, one.level, one.foot)

    def _fit(self, count: int) -> None:
        """So many tiles, as far as the pool has numbers."""
        if count == len(self._seats):
            return
        while len(self._seats) > count:
            self._seats.pop().close()
        pool, missing = self.context.room.video, count - len(self._seats)
        numbers: Iterable[int] = pool.lend(missing) if pool is not None else range(-missing, 0)
        zoom = self.context.scale.body_px / BODY_PX
        for number in numbers:
            seat = VideoSeat(number, self.context.room, zoom, self)
            self._seats.append(seat)
        self._place()
        for seat in self._seats:
            seat.tile.show()

    def _place(self) -> None:
        count, gap = len(self._seats), self.margin_px
        if not count:
            return
        head = self._seats[0].tile.header_px
        columns = columns_for(count, self.width(), self.height(), head)
        rows = -(-count // columns)
        wide = (self.width() - gap * (columns - 1)) // columns
        high = (self.height() - gap * (rows - 1)) // rows
        for number, seat in enumerate(self._seats):
            row, column = divmod(number, columns)
            seat.tile.setGeometry(column * (wide + gap), row * (high + gap), wide, high)

    def _look(self) -> None:
        for seat in self._seats:
            seat.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def spoken(self, state: object) -> str:
        assert isinstance(state, VideoState)
        words = self.panel.title or self.tr("视频")
        return self.tr("{0}，{1} 路").format(words, len(state.wanted))

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        """Only where no tile stands."""
        assert isinstance(state, VideoState)
        if not state.wanted:
            paint_nothing(painter, body, self.context.scale, self.tr("没有可看的画面"))
