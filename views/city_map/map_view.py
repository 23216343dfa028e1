"""The widget: the page, the strip over it, the layers beside it, and the stores it hears."""

import json

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm
from desktop.domain.freshness import Freshness
from desktop.domain.levels import WarningLevel
from desktop.offload import offload
from desktop.stores.feed_watch import FeedWatch
from desktop.tasks import TaskScope
from views.city_map import words
from views.city_map.alarm_layer import AlarmLayer
from views.city_map.base_layers import BaseLayers
from views.city_map.cards import Cards
from views.city_map.channel import Channel
from views.city_map.documents import page_documents
from views.city_map.layer_choice import LayerChoice
from views.city_map.layer_panel import LayerPanel
from views.city_map.live_layers import CameraLayer, PointLayer, Seen, UnitLayer
from views.city_map.marks import plain
from views.city_map.notice import Notice
from views.city_map.page_view import PageView
from views.city_map.publishing import Publisher
from views.city_map.watch import PageWatch
from views.city_map.weather_strip import WeatherStrip
from views.city_map.web import channel_script
from widgets.times import age_text

ALARM_FEED = "alarms"
THEME_KEY = "theme"


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None  # a widget exists: so does the application
    return application


LEAST_MAP_PX = 280  # of the map beside its layers


class CityMap(QWidget):
    """The city with all that happens in it; clicks select, the selection moves the map."""

    def __init__(self, room: RoomContext) -> None:
        super().__init__()
        self.setObjectName("city_map")
        self._room = room
        self._scope = TaskScope(self)
        self._last_view: tuple[float, float, float] | None = None
        self._clicked_alarm = ""
        self._ready = self._has_base_map = self._given_up = self._is_unmade = False
        self._blocked = 0
        self._told_live: bool | None = None
        self.channel = Channel(self)
        self.page_view = PageView(self.channel, _application(), self)
        self.watch = PageWatch(self.page_view.page(), self.channel, room.clock)
        self.notice = Notice(self)
        self._feed = FeedWatch(room.health, ALARM_FEED, room.clock, self)
        self._build_layers()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addWidget(self.page_view, 1)
        self._ageing = QTimer(self, interval=1000)
        self._ageing.timeout.connect(self._tell)
        self._listen()
        self._scope.spawn(self._open(), name="open the map page")

    # ---- start ---------------------------------------------------------------------------

    def _build_layers(self) -> None:
        room = self._room
        self._publisher = publisher = Publisher(self.page_view.scheme, self.channel)
        self._seen = seen = Seen(self)
        self.base = BaseLayers(room, self.page_view.scheme, publisher, self)
        self.alarms = AlarmLayer(room, publisher, self)
        self.cameras = CameraLayer(room, publisher, self)
        self.units = UnitLayer(room, publisher, seen, self)
        self.points = PointLayer(room, publisher, seen, self)
        self.weather = WeatherStrip(room, publisher, self)
        self.cards = Cards(room, self.base, publisher, self)
        self.choice = LayerChoice(room.preferences, self)
        self.panel = LayerPanel(room, self.choice, self.units.sheet, self)
        self._panel_called = False  # by hand, where there is hardly room for it
        self.channel.hover_text = self.cards.hover

    def _listen(self) -> None:
        room, channel = self._room, self.channel
        for layer in (self.alarms, self.cameras, self.units):
            layer.changed.connect(self._report)
        self.alarms.changed.connect(self._tell)
        self.base.base_changed.connect(self._on_base_map)
        self.cards.unit_chosen.connect(channel.unitSelected)
        self.cards.camera_wanted.connect(room.selection.ask_camera)
        self.choice.changed.connect(self._on_choice)
        self.panel.closed.connect(self._toggle_panel)
        room.health.changed.connect(self._on_health)
        self._feed.changed.connect(self._on_health)
        room.selection.alarm_changed.connect(self._on_selected)
        room.selection.camera_changed.connect(self._tell_selection)
        room.map_state.fly_asked.connect(self._on_fly_asked)
        room.map_state.layer_asked.connect(self.choice.ask)
        room.preferences.changed.connect(self._on_preference)
        channel.ready.connect(self._on_page_ready)
        channel.mark_clicked.connect(self._on_mark_clicked)
        channel.area_clicked.connect(self.cards.show_area)
        channel.card_pressed.connect(self.cards.press)
        channel.place_pressed.connect(self.cards.reaching.open_near)
        room.map_state.bridge_asked.connect(self.cards.bridges.open)
        room.map_state.near_asked.connect(self.cards.reaching.open_near)
        channel.layers_pressed.connect(self._toggle_panel)
        channel.view_moved.connect(self._on_view_moved)
        channel.request_refused.connect(self._on_blocked)
        self.page_view.guard.blocked.connect(self._on_blocked)
        self.watch.lost.connect(self._on_lost)
        self.watch.reopen.connect(self._load_page)
        self.watch.given_up.connect(self._on_given_up)
        self.notice.button.clicked.connect(self._try_again)

    async def _open(self) -> None:
        """Static documents are read and composed beside the GUI thread."""
        theme = self._room.preferences.get(THEME_KEY)
        try:
            documents = await offload(page_documents, {"words": self._words()}, theme)
        except Exception:  # a broken installation: reported as one, and said where the map is
            self._is_unmade = True
            self._on_given_up()
            raise
        self.page_view.scheme.serve(documents | {"/qwebchannel.js": channel_script()})
        self.alarms.retell()
        self.cameras.tell_tiles()
        self._publish_choice()
        self.points.tell()
        self.weather.tell()
        self.units.tell()
        self._load_page()
        await self.cameras.fetch()
        await self.base.fetch()

    def _words(self) -> dict[str, object]:
        number = plain(self._room.settings.map_approval_number)
        known, missing = self.tr("审图号 {}"), self.tr("审图号 未填 · 演示底图")
        return {
            "glyphs": {level.value: level.glyph for level in WarningLevel},
            "unitGlyphs": {kind.value: glyph for kind, glyph in words.unit_glyphs().items()},
            "unitKinds": {kind.value: word for kind, word in words.unit_kinds().items()},
            "cameraKinds": {kind.value: word for kind, word in words.camera_kinds().items()},
            "levels": {level.value: word for level, word in words.levels().items()},
            "acknowledged": self.tr("已确认"),
            "cleared": self.tr("恢复未确认"),
            "offline": self.tr("离线"),
            "oldPlace": self.tr("位置停滞"),
            "cameras": self.tr("摄像机"),
            "close": self.tr("关闭"),
            "layers": self.tr("图层"),
            "legend": self.tr("图例"),
            "wholeCity": self.tr("全市"),
            "zoomIn": self.tr("放大"),
            "zoomOut": self.tr("缩小"),
            "home": self.tr("回到选中告警"),
            "baseMap": self.tr("底图"),
            "noBaseMap": self.tr("底图尚未取得"),
            "approval": known.format(number) if number else missing,
        }

    def _load_page(self) -> None:
        self._ready = self._publisher.is_open = False
        self.watch.expect_load()
        self.page_view.open()

    # ---- layers --------------------------------------------------------------------------

    def _on_base_map(self, there: bool) -> None:
        if not there:
            self._tell()
        elif self._ready:
            self.channel.baseMapChanged.emit()

    def _on_choice(self) -> None:
        self._show_panel()
        self._publish_choice()

    def _is_narrow(self) -> bool:
        return self.width() - self.panel.width() < LEAST_MAP_PX

    def _show_panel(self) -> None:
        """A narrow map keeps its width unless the layers were asked for there and then."""
        if not self._is_narrow():
            self._panel_called = False
        wanted = self._panel_called if self._is_narrow() else self.choice.panel_open
        self.panel.setVisible(wanted)

    def _publish_choice(self) -> None:
        facts = {"hidden": sorted(self.choice.hidden), "itemClasses": list(words.item_classes())}
        self._publisher.json("layers", json.dumps(facts).encode())

    def _toggle_panel(self) -> None:
        if self._is_narrow():
            self._panel_called = not self._panel_called
            return self._show_panel()
        self.choice.open_panel(not self.choice.panel_open)

    def _on_preference(self, key: str) -> None:
        if key == THEME_KEY:
            self.show_theme(self._room.preferences.get(THEME_KEY))

    def show_theme(self, theme: str) -> None:
        """The page keeps both palettes; the base map is painted anew, in place."""
        self.channel.themeTold.emit(theme)

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

    def _on_fly_asked(self, lon_deg: float, lat_deg: float, zoom: float) -> None:
        self._last_view = (lon_deg, lat_deg, zoom)  # a page that opens later goes there
        if self._ready:
            self.channel.placeAsked.emit(lon_deg, lat_deg, zoom)

    def _tell_selection(self) -> None:
        selection = self._room.selection
        self.channel.selected.emit(selection.alarm_id, selection.camera_id)

    def _on_mark_clicked(self, kind: str, mark_id: str) -> None:
        if kind == "alarm":
            self._on_alarm_clicked(mark_id)
            return
        self.cards.choose(kind, mark_id)
        if kind == "camera" and self._room.cameras.get(mark_id) is not None:
            self._room.selection.ask_camera(mark_id)

    def _on_alarm_clicked(self, alarm_id: str) -> None:
        if self._room.alarms.get(alarm_id) is not None:
            self._clicked_alarm = alarm_id
            self._room.selection.select_alarm(alarm_id)
            self._clicked_alarm = ""

    # ---- the page's life -----------------------------------------------------------------

    def _on_page_ready(self, has_base_map: bool) -> None:
        first, self._ready, self._has_base_map = not self._ready, True, has_base_map
        self._given_up = False
        if first:
            self._restore()
        if first and not has_base_map and self.base.has_base_map:
            self.channel.baseMapChanged.emit()  # it came while the page was loading
        self._on_health()
        self._report()

    def _restore(self) -> None:
        """Tells a new page everything: what is there, where it looked, what is selected."""
        self._publisher.is_open = True
        self._told_live = None
        self.channel.themeTold.emit(self._room.preferences.get(THEME_KEY))
        self._publisher.tell_all()
        alarm = self._room.alarms.get(self._room.selection.alarm_id)
        if self._last_view is not None:
            self.channel.viewAsked.emit(*self._last_view)
        elif alarm is not None:
            self._move_to(alarm)
        self._tell_selection()
        self.channel.unitSelected.emit(self.cards.unit_id)

    def _on_view_moved(self, lon_deg: float, lat_deg: float, zoom: float) -> None:
        if self._ready:
            self._last_view = (lon_deg, lat_deg, zoom)

    def _on_lost(self) -> None:
        self._ready = self._publisher.is_open = False
        self._tell()
        self._report()

    def _on_given_up(self) -> None:
        self._given_up = True
        self._on_lost()

    def _try_again(self) -> None:
        if self._is_unmade:
            self._is_unmade = self._given_up = False
            self._tell()
            self._scope.spawn(self._open(), name="open the map page")
            return
        if self.watch.engine_is_gone:
            self._room.map_state.ask_restart()
            return
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
            points=self.cameras.count + len(self.alarms),
            movers=len(self.units.sheet),
            blocked_requests=self._blocked,
        )

    # ---- the strip -----------------------------------------------------------------------

    def _on_health(self) -> None:
        self._tell_trust()
        self._tell()

    def _tell_trust(self) -> None:
        """Only what changed: the page paints for each word."""
        if (live := self._is_live()) is not self._told_live:
            self._told_live = live
            self.channel.trustTold.emit(live)

    def _is_live(self) -> bool:
        """Also a link that hangs makes them old, though its last word was good."""
        return self._feed.freshness not in (Freshness.LOST, Freshness.STALE)

    def _tell(self) -> None:
        stale = False
        text = button = ""
        if self._given_up:
            text, button = self._given_up_words()
        elif self._publisher and not self._ready:
            text = self.tr("地图正在恢复") if self._last_view else self.tr("地图正在打开")
        elif self._ready and not self._has_base_map:
            text = self.tr("底图尚未取得 · 从平台取得后自动显示")
        elif self._ready and not self._is_live():
            text, stale = self._stale_text(), True
        elif (alarm := self._selected_alarm()) and alarm.lon_deg is None:
            text = self.tr("选中的告警没有位置，地图未移动")
        self.notice.tell(text, stale=stale, button=button)
        self._ageing.start() if stale else self._ageing.stop()

    def _given_up_words(self) -> tuple[str, str]:
        if self._is_unmade:
            words = self.tr("地图页没有生成，程序文件可能不全；告警和视频照常，请告知管理员")
            return words, self.tr("重新打开")
        if self.watch.engine_is_gone:
            words = self.tr("地图引擎已停止，要随窗口一起恢复：约 5 秒，告警和声音随后照常")
            return words, self.tr("重启窗口")
        return self.tr("地图页一分钟内三次停止，已不再自动打开"), self.tr("重新打开")

    def _stale_text(self) -> str:
        if self._feed.age_s is None:
            return self.tr("实时告警中断 · 图上不是现在的告警")
        return self.tr("实时告警中断 · 图上告警是 {} 前的").format(age_text(self._feed.age_s))

    def _selected_alarm(self) -> Alarm | None:
        return self._room.alarms.get(self._room.selection.alarm_id)

    # ---- the widget ----------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.turn(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._seen.turn(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_panel()
        self.notice.place()
