"""What moves the wall beside the operator's hand: scenes, tours, alarms, quality, the sound.

Built once with the wall's page; their buttons stand in its strip.
"""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from views.video_wall.event_facts import EventFacts
from views.video_wall.linkage import LinkageRunner, card_line
from views.video_wall.linkage_bar import LinkageBar
from views.video_wall.linkage_dialog import LinkageDialog
from views.video_wall.quality import QualityRunner
from views.video_wall.scenes import SceneButton, SceneRunner
from views.video_wall.tour_bar import TourBar
from views.video_wall.tour_editor import TourEditor
from views.video_wall.tours import TourRunner
from views.video_wall.wall.grid import WallGrid
from views.video_wall.wall.sound import WallSound
from widgets.seen_timer import SeenTimer

_TICK_MS, _SECOND_MS = 250, 1000


class WallAids(QObject):
    """`controls` go into the strip, from left to right; `told` is one line for it."""

    told = Signal(str)

    def __init__(self, room: RoomContext, grid: WallGrid, page: QWidget) -> None:
        super().__init__(page)
        self._room, self._grid, self._page = room, grid, page
        self.tours = TourRunner(room, grid.isVisible, self)
        self.linkage = LinkageRunner(room, grid.isVisible, self)
        self.scenes = SceneRunner(room, self)
        self.quality = QualityRunner(room, grid)
        self.sound = WallSound(room, grid)
        self.scene_button = SceneButton(room)
        self.tour_bar = TourBar(room, self.tours)
        self.linkage_bar = LinkageBar(room)
        self.facts = EventFacts(room, grid)
        self.controls = (self.scene_button, self.tour_bar, self.linkage_bar)
        self.tour_bar.edit_asked.connect(self._edit_tour)
        self.linkage_bar.rules_asked.connect(self._edit_rules)
        self.scenes.told.connect(self.told)
        self.sound.told.connect(self.told)
        for key, order in {
            Qt.Key.Key_P: self.tours.toggle,
            Qt.Key.Key_N: partial(self.tours.step, 1),
            Qt.Key.Key_B: partial(self.tours.step, -1),
            Qt.Key.Key_L: self.linkage_bar.show_next,
            Qt.Key.Key_U: self.sound.toggle,
        }.items():
            grid.keys.add(key, order)
        room.tile_linkage.changed.connect(self._dress)
        room.wall.changed.connect(self._dress)
        SeenTimer(grid, _TICK_MS, self.tour_bar.tick)
        SeenTimer(grid, _SECOND_MS, self._tick)

    def _tick(self) -> None:
        if self._grid.isVisible():
            self.linkage.look()
            self._dress()

    def _dress(self) -> None:
        """Frames and event lines: the time since an alarm goes on by itself."""
        room, marks = self._room, self._room.tile_linkage.marks
        self._grid.link_levels({cell: one.level for cell, one in marks.items()})
        cards: dict[int, str] = {}
        now = room.clock.now()
        for cell, one in marks.items():
            alarm = room.alarms.get(one.alarm_id)
            if alarm is not None and cell != room.wall.focused:  # there the facts stand beside it
                point = room.points.get(alarm.point_id)
                cards[cell] = card_line(alarm, point.name if point is not None else "", now)
        self._grid.show_cards(cards)
        self._tell_facts()

    def _tell_facts(self) -> None:
        """Only beside an enlarged picture: small ones have their line."""
        focused, marks = self._room.wall.focused, self._room.tile_linkage.marks
        one = marks.get(focused) if focused is not None else None
        alarm = self._room.alarms.get(one.alarm_id) if one is not None else None
        if alarm is not None:
            self.facts.tell(alarm)
        self._grid.set_beside(self.facts if alarm is not None else None)

    def _edit_tour(self, name: str) -> None:
        TourEditor(self._room, name, self._page).open_over(self._page.window())

    def _edit_rules(self) -> None:
        LinkageDialog(self._room, self._page).open_over(self._page.window())
