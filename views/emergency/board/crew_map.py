"""队伍位置: sites and crews on a plain map, with what is left of the way and how late."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.emergency.driving import Shut
from desktop.domain.emergency.receipt_matrix import Standing
from desktop.domain.emergency.report import MapMark
from desktop.errors import OperatorError
from desktop.offload import offload
from desktop.tasks import TaskScope, loop_runs
from views.emergency.board import words
from views.emergency.board.ground import Ground, read_apart
from views.emergency.board.marks import Crewed, paint_marks
from views.emergency.board.sketch import Ink, View, paint_ground, paint_scale, paint_shut
from views.emergency.board.state import BoardState
from views.emergency.crew_marks import icon_for
from widgets.theme import NOTE_PX, colour, font, in_force

BASE_LAYER = "basemap"
_NEAR_PX = 14
_GONE = (Standing.REPLACED, Standing.RECALLED, Standing.DECLINED, Standing.HELD)


def screen_ink() -> Ink:
    """Of the theme in force."""
    return Ink(colour("bg1"), colour("bg0"), colour("bg3"), colour("accent"), colour("text"),
               colour("bg2"), colour("text"))  # fmt: skip


def marks_of(state: BoardState) -> list[Crewed]:
    """Sites once each, and every crew that goes there with its newest fix."""
    one = state.incident
    if one is None:
        return []
    standing = state.standings
    sites: dict[str, Crewed] = {}
    crews: list[Crewed] = []
    for order in one.orders:
        site = MapMark(order.place, order.lon_deg, order.lat_deg, True)
        alarm = state.room.alarms.last_known(order.site_id)
        level = alarm.level if alarm is not None else None
        sites.setdefault(order.site_id, Crewed(site, key=f"site:{order.site_id}", level=level))
        found = standing.get(order.order_id, Standing.WAITING)
        fix = state.room.positions.get(order.unit_id)
        if found in _GONE or fix is None:
            continue
        there = found in (Standing.ON_SCENE, Standing.DONE)
        to = None if there else (order.lon_deg, order.lat_deg)
        here = (fix.lon_deg, fix.lat_deg)
        line = state.ways.line(order.order_id, here) if to is not None else ()
        mark = MapMark(order.unit_name, *here, False, to, line)
        way = state.arrivals.get(order.order_id)
        strong = words.is_late(way) or found.is_trouble
        crews.append(Crewed(mark, words.crew_words(found, way), strong, order.order_id,
                            icon=_icon(state, order.unit_id)))  # fmt: skip
    return [*sites.values(), *crews]


def _icon(state: BoardState, unit_id: str) -> str:
    """As before the act: by what the crew can."""
    unit = state.room.units.get(unit_id)
    return icon_for(unit.skills) if unit is not None else icon_for(())


class CrewMap(QWidget):
    """The section stays as it is until a mark leaves it: nothing swims under the eye."""

    crew_clicked = Signal(str)  # order_id

    def __init__(self, state: BoardState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crew_map")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("队伍位置图"))
        self._state = state
        self._scope = TaskScope(self)
        self._ground, self._ground_version = Ground(), ""
        self._marks: list[Crewed] = []
        self._shut: tuple[Shut, ...] = ()
        self._view: View | None = None
        self._below: QPixmap | None = None
        self._below_for: tuple[object, ...] = ()
        self._places: dict[str, QPointF] = {}
        self._chosen = ""
        self._fetched = False
        state.rows_changed.connect(self.refresh)
        state.incident_changed.connect(self._on_incident)
        state.room.layers.changed.connect(self._on_layers)

    def sizeHint(self) -> QSize:
        return QSize(680, 400)

    def choose(self, order_id: str) -> None:
        self._chosen = order_id
        self.update()

    def refresh(self) -> None:
        marks = marks_of(self._state)
        shut = self._state.ways.shut
        if marks == self._marks and shut is self._shut and self._view is not None:
            return  # painted as it is, however many receipts come
        self._shut = shut
        self._marks = marks
        if self._view is not None and any(self._is_out(one) for one in self._marks):
            self._view = None
        self.update()

    def picture_places(self) -> dict[str, QPointF]:
        """Where each mark was painted last."""
        return self._places

    def _on_incident(self) -> None:
        self._view = None
        self.refresh()
        self._fetch()

    def _on_layers(self) -> None:
        if (self._state.room.layers.get(BASE_LAYER) or "") != self._ground_version:
            self._fetched = False
            self._fetch()

    def _fetch(self) -> None:
        if not self._fetched and self._state.incident is not None and loop_runs():
            self._fetched = True
            self._scope.spawn(self._read_ground(), "ground of the crew map")

    async def _read_ground(self) -> None:
        version = self._state.room.layers.get(BASE_LAYER) or ""
        try:
            body = await self._state.room.questions.layer(BASE_LAYER)
        except OperatorError:
            return  # without a ground the crews are still there; the next layer asks again
        self._ground = await offload(read_apart, body)
        self._ground_version = version
        self._below = None
        self.update()

    def _is_out(self, one: Crewed) -> bool:
        assert self._view is not None
        places = ((one.mark.lon_deg, one.mark.lat_deg), *one.mark.way)
        box = self._view.box.adjusted(8, 8, -8, -8)
        return not all(box.contains(self._view.at(place)) for place in places)

    # ---- painting ---------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._view = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._marks:
            painter.fillRect(self.rect(), colour("bg1"))
            painter.setPen(colour("border"))
            painter.setFont(font(NOTE_PX + 2))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("没有派出的队伍"))
            return
        if self._view is None:
            self._view = View([one.mark for one in self._marks], QRectF(self.rect()))
            self._below = None
        ink = screen_ink()
        painter.drawPixmap(0, 0, self._ground_picture(self._view, ink))
        self._places = paint_marks(
            painter, self._view, self._marks, ink, font(NOTE_PX), self._chosen
        )
        paint_scale(painter, self._view, ink, font(NOTE_PX))

    def _ground_picture(self, view: View, ink: Ink) -> QPixmap:
        """Painted once for each section, size and theme."""
        ratio = self.devicePixelRatioF()
        wanted = (id(view), self.size(), ratio, in_force(), self._shut)
        if self._below is None or self._below_for != wanted:
            self._below = QPixmap(self.size() * ratio)
            self._below.setDevicePixelRatio(ratio)
            painter = QPainter(self._below)
            paint_ground(painter, view, self._ground, ink)
            paint_shut(painter, view, [one.line for one in self._shut], ink)
            painter.end()
            self._below_for = wanted
        return self._below

    def mousePressEvent(self, event: QMouseEvent) -> None:
        here = event.position()
        near = [
            ((place - here).manhattanLength(), key)
            for key, place in self._places.items()
            if not key.startswith("site:")
        ]
        if near and min(near)[0] <= _NEAR_PX:
            self.crew_clicked.emit(min(near)[1])
