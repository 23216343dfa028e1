"""The widget: the page, the strip over it, and the stores it listens to."""

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, AlarmState
from desktop.domain.freshness import Freshness
from desktop.domain.levels import WarningLevel
from desktop.errors import OperatorError
from desktop.offload import offload
from desktop.stores.feed_watch import FeedWatch
from desktop.stores.keyed import Delta
from desktop.tasks import TaskScope
from views.city_map.channel import Channel
from views.city_map.documents import json_document, page_documents
from views.city_map.marks import AlarmSheet, alarm_mark, camera_marks, plain, tile_marks
from views.city_map.notice import Notice
from views.city_map.page_view import PageView
from views.city_map.watch import PageWatch
from views.city_map.web import channel_script
from widgets.times import age_text

BASE_LAYER = "basemap"
ALARM_FEED = "alarms"


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None  # a widget exists: so does the application
    return application


class CityMap(QWidget):
    """Cameras and open alarms on the base map; clicks select, the selection moves the map."""

    def __init__(self, room: RoomContext) -> None:
        super().__init__()
        self.setObjectName("city_map")
        self._room = room
        self._scope = TaskScope(self)
        self._sheet = AlarmSheet()
        self._states = self._state_words()
        self._versions: dict[str, int] = {}
        self._last_view: tuple[float, float, float] | None = None
        self._clicked_alarm = ""
        self._ready = self._has_base_map = self._given_up = False
        self._blocked = 0
        self._tiles = b"[]"
        self._camera_count = 0
        self.channel = Channel(self)
        self.page_view = PageView(self.channel, _application(), self)
        self.watch = PageWatch(self.page_view.page(), self.channel, room.clock)
        self.notice = Notice(self)
        self._feed = FeedWatch(room.health, ALARM_FEED, room.clock, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page_view)
        self._ageing = QTimer(self, interval=1000)
        self._ageing.timeout.connect(self._tell)
        self._listen()
        self._scope.spawn(self._open(), name="open the map page")

    # ---- start ---------------------------------------------------------------------------

    def _listen(self) -> None:
        room, channel = self._room, self.channel
        room.alarms.changed.connect(self._on_alarms)
        room.points.changed.connect(self._retell_alarms)
        room.cameras.changed.connect(self._on_cameras)
        room.layers.changed.connect(self._on_layers)
        room.tiles.changed.connect(self._on_tiles)
        room.health.changed.connect(self._on_health)
        self._feed.changed.connect(self._on_health)
        room.selection.alarm_changed.connect(self._on_selected)
        room.selection.camera_changed.connect(self._tell_selection)
        channel.ready.connect(self._on_page_ready)
        channel.alarm_clicked.connect(self._on_alarm_clicked)
        channel.camera_clicked.connect(self._on_camera_clicked)
        channel.view_moved.connect(self._on_view_moved)
        channel.request_refused.connect(self._on_blocked)
        self.page_view.guard.blocked.connect(self._on_blocked)
        self.watch.lost.connect(self._on_lost)
        self.watch.reopen.connect(self._load_page)
        self.watch.given_up.connect(self._on_given_up)
        self.notice.button.clicked.connect(self._try_again)

    async def _open(self) -> None:
        """Static documents are read and composed beside the GUI thread."""
        documents = await offload(page_documents, {"words": self._words()})
        self.page_view.scheme.serve(documents | {"/qwebchannel.js": channel_script()})
        self._retell_alarms()
        self._on_tiles()
        self._load_page()
        await self._fetch_cameras()
        await self._fetch_base_map()

    def _words(self) -> dict[str, object]:
        number = plain(self._room.settings.map_approval_number)
        known, missing = self.tr("审图号 {}"), self.tr("审图号 未填 · 演示底图")
        return {
            "glyphs": {level.value: level.glyph for level in WarningLevel},
            "cameras": self.tr("摄像机"),
            "zoomIn": self.tr("放大"),
            "zoomOut": self.tr("缩小"),
            "home": self.tr("回到选中告警"),
            "baseMap": self.tr("底图"),
            "noBaseMap": self.tr("底图尚未取得"),
            "approval": known.format(number) if number else missing,
        }

    def _load_page(self) -> None:
        self._ready = False
        self.watch.expect_load()
        self.page_view.open()

    # ---- documents -----------------------------------------------------------------------

    def _publish(self, name: str, body: bytes) -> None:
        """The page is told the version only, and fetches when it has time: latest wins."""
        self.page_view.scheme.serve({f"/live/{name}.json": json_document(body)})
        self._versions[name] = self._versions.get(name, 0) + 1
        if self._ready:
            self.channel.stale.emit(name, self._versions[name])

    def _on_alarms(self, delta: Delta) -> None:
        for alarm_id in (*delta.added, *delta.updated):
            if (alarm := self._room.alarms.get(alarm_id)) is not None:
                self._put_alarm(alarm)
        for alarm_id in delta.removed:
            self._sheet.drop(alarm_id)
        self._publish("alarms", self._sheet.body())
        self._tell()
        self._report()

    def _retell_alarms(self) -> None:
        for alarm in self._room.alarms.items().values():
            self._put_alarm(alarm)
        self._publish("alarms", self._sheet.body())

    def _put_alarm(self, alarm: Alarm) -> None:
        point = self._room.points.get(alarm.point_id)
        place = point.name if point else alarm.detail.partition("\n")[0]
        self._sheet.put(alarm.alarm_id, alarm_mark(alarm, place, self._states.get(alarm.state, "")))

    def _state_words(self) -> dict[AlarmState, str]:
        return {
            AlarmState.ACTIVE_UNACKED: self.tr("未确认"),
            AlarmState.ACTIVE_ACKED: self.tr("已确认"),
            AlarmState.RTN_UNACKED: self.tr("恢复未确认"),
            AlarmState.LATCHED: self.tr("已恢复 待复位"),
            AlarmState.SHELVED: self.tr("已搁置"),
            AlarmState.SUPPRESSED: self.tr("已抑制"),
            AlarmState.OUT_OF_SERVICE: self.tr("已停用"),
            AlarmState.RTN_OPEN: self.tr("已恢复 处置中"),
        }

    def _on_cameras(self) -> None:
        self._scope.spawn(self._fetch_cameras(), name="cameras for the map")

    async def _fetch_cameras(self) -> None:
        cameras = self._room.cameras.rows()
        body = await offload(camera_marks, cameras)
        self._camera_count = len(cameras)
        self._publish("cameras", body)
        self._report()

    def _on_tiles(self) -> None:
        body = tile_marks(self._room.tiles.statuses())
        if body != self._tiles or "tiles" not in self._versions:
            self._tiles = body
            self._publish("tiles", body)

    def _on_layers(self) -> None:
        self._scope.spawn(self._fetch_base_map(), name="base map")

    async def _fetch_base_map(self) -> None:
        try:
            body = await self._room.questions.layer(BASE_LAYER)
        except OperatorError:
            body = None  # the strip says that there is none; the next change asks again
        if body is None:
            self._tell()
            return
        self.page_view.scheme.serve({"/basemap.json": json_document(body)})
        if self._ready:
            self.channel.baseMapChanged.emit()

    # ---- selection -----------------------------------------------------------------------

    def _on_selected(self, alarm_id: str) -> None:
        self._tell_selection()
        alarm = self._room.alarms.last_known(alarm_id)
        clicked, self._clicked_alarm = self._clicked_alarm == alarm_id, ""
        if alarm is not None and not clicked:  # who clicked it sees it: the map stays
            self._move_to(alarm)
        self._tell()

    def _move_to(self, alarm: Alarm) -> None:
        if alarm.lon_deg is not None and alarm.lat_deg is not None:
            self.channel.moveAsked.emit(alarm.lon_deg, alarm.lat_deg)

    def _tell_selection(self) -> None:
        selection = self._room.selection
        self.channel.selected.emit(selection.alarm_id, selection.camera_id)

    def _on_alarm_clicked(self, alarm_id: str) -> None:
        if self._room.alarms.get(alarm_id) is not None:
            self._clicked_alarm = alarm_id
            self._room.selection.select_alarm(alarm_id)
            self._clicked_alarm = ""

    def _on_camera_clicked(self, camera_id: str) -> None:
        if self._room.cameras.get(camera_id) is not None:
            self._room.selection.select_camera(camera_id)

    # ---- the page's life -----------------------------------------------------------------

    def _on_page_ready(self, has_base_map: bool) -> None:
        first, self._ready, self._has_base_map = not self._ready, True, has_base_map
        self._given_up = False
        if first:
            self._restore()
        self._on_health()
        self._report()

    def _restore(self) -> None:
        """Tells a new page everything: what is there, where it looked, what is selected."""
        for name, version in self._versions.items():
            self.channel.stale.emit(name, version)
        alarm = self._room.alarms.get(self._room.selection.alarm_id)
        if self._last_view is not None:
            self.channel.viewAsked.emit(*self._last_view)
        elif alarm is not None:
            self._move_to(alarm)
        self._tell_selection()

    def _on_view_moved(self, lon_deg: float, lat_deg: float, zoom: float) -> None:
        if self._ready:
            self._last_view = (lon_deg, lat_deg, zoom)

    def _on_lost(self) -> None:
        self._ready = False
        self._tell()
        self._report()

    def _on_given_up(self) -> None:
        self._given_up = True
        self._on_lost()

    def _try_again(self) -> None:
        self._given_up = False
        self.watch.forgive()
        self._load_page()
        self._tell()

    def _on_blocked(self) -> None:
        self._blocked += 1
        self._report()

    def _report(self) -> None:
        self._room.map_state.report(
            ready=self._ready and self._has_base_map,
            points=self._camera_count + len(self._sheet),
            blocked_requests=self._blocked,
        )

    # ---- the strip -----------------------------------------------------------------------

    def _on_health(self) -> None:
        self.channel.trustTold.emit(self._is_live())
        self._tell()

    def _is_live(self) -> bool:
        """Also a link that hangs makes them old, though its last word was good."""
        return self._feed.freshness not in (Freshness.LOST, Freshness.STALE)

    def _tell(self) -> None:
        stale = False
        text = button = ""
        if self._given_up:
            text, button = self.tr("地图页一分钟内三次停止，已不再自动打开"), self.tr("重新打开")
        elif self._versions and not self._ready:
            text = self.tr("地图正在恢复") if self._last_view else self.tr("地图正在打开")
        elif self._ready and not self._has_base_map:
            text = self.tr("底图尚未取得 · 从平台取得后自动显示")
        elif self._ready and not self._is_live():
            text, stale = self._stale_text(), True
        elif (alarm := self._selected_alarm()) and alarm.lon_deg is None:
            text = self.tr("选中的告警没有位置，地图未移动")
        self.notice.tell(text, stale=stale, button=button)
        self._ageing.start() if stale else self._ageing.stop()

    def _stale_text(self) -> str:
        if self._feed.age_s is None:
            return self.tr("实时告警中断 · 图上不是现在的告警")
        return self.tr("实时告警中断 · 图上告警是 {} 前的").format(age_text(self._feed.age_s))

    def _selected_alarm(self) -> Alarm | None:
        return self._room.alarms.get(self._room.selection.alarm_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.notice.place()
