"""The map of one proposal: sites by level, crews, their ways and minutes; a crew is dragged.

The base map is read and painted beside the GUI loop; what moves is painted over it here.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.context import RoomContext
from desktop.errors import OperatorError
from desktop.offload import offload
from desktop.tasks import TaskScope, loop_runs
from views.emergency import crew_marks
from views.emergency.crew_marks import CrewMark, Layout, SiteMark, Way, lay_out
from widgets.map_ground import Frame, Ground, Inks, View, paint_ground, read_ground
from widgets.theme import NOTE_PX, colour, font

BASE_LAYER = "basemap"
_FRAME = Frame(116.60, 28.90)
_PAINT_AFTER_MS, _REACH_PX = 60, 18.0
_PAD_PX, _LARGEST_PX_M, _SMALLEST_PX_M = 70.0, 1.2, 0.004
_SCALES_M = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)


class CrewMap(QWidget):
    """`dragged` when a crew was put on a site; `released` when its pin is to be taken off."""

    dragged = Signal(str, str)  # unit_id, site_id
    released = Signal(str)  # unit_id
    chosen = Signal(str)  # site_id

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crew_map")
        self._room = room
        self._scope = TaskScope(self)
        self._sites: tuple[SiteMark, ...] = ()
        self._crews: tuple[CrewMark, ...] = ()
        self._ways: tuple[Way, ...] = ()
        self.words = ""
        self._ground: Ground | None = None
        self._etag: str | None = None
        self._image: tuple[View, QImage] | None = None
        self._view = View(0, 0, 0.1, 1, 1)
        self._by_hand = False  # the operator has moved the view: it is not fitted any more
        self._layout: Layout | None = None
        self._hand: QPointF | None = None  # where a dragged crew is
        self._picked = self._aimed = ""
        self._panned: QPointF | None = None
        self._painting = self._stale_image = False
        self.setMinimumSize(240, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("派队地图"))
        self.setAccessibleDescription(
            self.tr("方向键选队伍，Enter 拿起，方向键选点位，Enter 放下，Esc 取消")
        )
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAINT_AFTER_MS)
        self._soon.timeout.connect(self._paint_later)
        room.layers.changed.connect(self._read)
        QTimer.singleShot(0, self, self._read)

    # ---- what it shows ----------------------------------------------------------------------

    def show_marks(
        self, sites: Sequence[SiteMark], crews: Sequence[CrewMark], ways: Sequence[Way], words: str
    ) -> None:
        """`words`: at the upper left, which proposal this is."""
        new = (tuple(sites), tuple(crews), tuple(ways))
        if new == (self._sites, self._crews, self._ways) and words == self.words:
            return
        others = {one.site_id for one in new[0]} != {one.site_id for one in self._sites}
        self._sites, self._crews, self._ways = new
        self.words = words
        if others:
            self._by_hand = False
        self._fit()
        self._layout = None
        self.update()

    @property
    def layout_now(self) -> Layout:
        if self._layout is None:
            self._layout = lay_out(self._sites, self._crews, self._ways, _FRAME, self._view)
        return self._layout

    @property
    def is_dragging(self) -> bool:
        return bool(self._picked)

    def sizeHint(self) -> QSize:
        return QSize(880, 604)

    # ---- the view ---------------------------------------------------------------------------

    def _fit(self) -> None:
        """All sites and the crews on their way, with room for their names."""
        if not self._by_hand:
            sent = [one for one in self._crews if one.sent]
            places = [_FRAME.plane(one.lon_deg, one.lat_deg) for one in (*self._sites, *sent)]
            places = places or [(-2000.0, -1500.0), (2000.0, 1500.0)]
            east, south = zip(*places, strict=True)
            wide, high = max(max(east) - min(east), 200), max(max(south) - min(south), 200)
            room_x, room_y = self.width() - 2.4 * _PAD_PX, self.height() - 1.6 * _PAD_PX
            scale = min(max(room_x, 60) / wide, max(room_y, 60) / high, 0.4)
            middle = ((max(east) + min(east)) / 2, (max(south) + min(south)) / 2)
            self._view = View(*middle, max(scale, _SMALLEST_PX_M), self.width(), self.height())
        else:
            self._view = replace(self._view, width_px=self.width(), height_px=self.height())
        self._layout = None
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(1.0015 ** event.angleDelta().y(), event.position())

    def _zoom(self, factor: float, at: QPointF) -> None:
        view = self._view
        scale = min(max(view.px_per_m * factor, _SMALLEST_PX_M), _LARGEST_PX_M)
        east, south = view.plane(at.x(), at.y())
        moved = replace(view, px_per_m=scale)
        left, top = moved.plane(at.x(), at.y())
        self._move(replace(moved, east_m=view.east_m + east - left,
                           south_m=view.south_m + south - top))  # fmt: skip

    def _move(self, view: View) -> None:
        self._view, self._by_hand, self._layout = view, True, None
        self._soon.start()
        self.update()

    # ---- the base map, off the loop ---------------------------------------------------------

    def _read(self) -> None:
        etag = self._room.layers.get(BASE_LAYER) or ""
        if loop_runs() and etag != self._etag:
            self._etag = etag
            self._scope.spawn(self._fetch(etag), "base map of the crews")

    async def _fetch(self, etag: str) -> None:
        try:
            body = await self._room.questions.layer(BASE_LAYER)
            ground = await offload(read_ground, body, _FRAME) if body else None
        except (OperatorError, ValueError):
            ground = None  # the crews stand on an empty ground; the next change asks again
        if etag == self._etag and ground is not None:
            self._ground = ground
            self._soon.start()

    def _paint_later(self) -> None:
        if self._ground is None or not loop_runs() or self.width() < 2:
            return
        if self._painting:
            self._stale_image = True  # the newest view is painted next, those between are not
            return
        self._painting = True
        self._scope.spawn(self._paint_ground(self._ground, self._view), "paint the base map")

    async def _paint_ground(self, ground: Ground, view: View) -> None:
        try:
            image = await offload(paint_ground, ground, view, _inks(), self.devicePixelRatioF())
        finally:
            self._painting = False
        self._image = (view, image)
        self.update()
        if self._stale_image:
            self._stale_image = False
            self._soon.start()

    # ---- the hand ---------------------------------------------------------------------------

    def crew_at(self, at: QPointF) -> str:
        return _nearest(at, self.layout_now.crews)

    def site_at(self, at: QPointF) -> str:
        return _nearest(at, self.layout_now.sites, _REACH_PX + 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        crew, site = self.crew_at(at), self.site_at(at)
        if event.button() is Qt.MouseButton.RightButton and crew:
            self.released.emit(crew)
        elif event.button() is Qt.MouseButton.LeftButton and crew:
            self._picked, self._hand, self._aimed = crew, at, ""
        elif event.button() is Qt.MouseButton.LeftButton and site:
            self.chosen.emit(site)
        elif event.button() is Qt.MouseButton.LeftButton:
            self._panned = at
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._picked:
            self._hand, self._aimed = at, self.site_at(at)
            self.update()
        elif self._panned is not None:
            by = (at - self._panned) / self._view.px_per_m
            self._panned = at
            self._move(replace(self._view, east_m=self._view.east_m - by.x(),
                               south_m=self._view.south_m - by.y()))  # fmt: skip
        else:
            over = self.crew_at(at)
            shape = Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._panned = None
        if self._picked and self._hand is not None:
            picked, aimed = self._picked, self.site_at(event.position())
            self._drop()
            if aimed:
                self.dragged.emit(picked, aimed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same without a mouse: choose a crew, pick it up, choose a site, put it down."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if (by := step.get(Qt.Key(event.key()))) is not None:
            self._step(by)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._picked:
            self._act()
        elif event.key() == Qt.Key.Key_Delete and self._picked:
            self.released.emit(self._picked)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            factor = 0.8 if event.key() == Qt.Key.Key_Minus else 1.25
            self._zoom(factor, QPointF(self.width() / 2, self.height() / 2))
        elif event.key() == Qt.Key.Key_Escape and self._picked:
            self._drop()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if self._aimed:  # picked up: the next site
            self._aimed = _next([one.site_id for one in self._sites], self._aimed, by)
        else:
            crews = sorted(self._crews, key=lambda one: (not one.sent, one.unit_id))
            self._picked = _next([one.unit_id for one in crews], self._picked, by)
        self.update()

    def _act(self) -> None:
        if not self._aimed:
            self._aimed = next((one.site_id for one in self._sites), "")
            self.update()
            return
        picked, aimed = self._picked, self._aimed
        self._drop()
        self.dragged.emit(picked, aimed)

    def _drop(self) -> None:
        self._picked, self._aimed, self._hand = "", "", None
        self.update()

    # ---- painting ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("bg1"))
        self._paint_image(painter)
        made = self.layout_now
        for crew in self._crews:
            if not crew.sent:
                chosen = crew.unit_id == self._picked
                crew_marks.paint_crew(painter, crew, made.crews[crew.unit_id], chosen)
        crew_marks.paint_ways(painter, made)
        for crew in self._crews:
            if crew.sent:
                chosen = crew.unit_id == self._picked
                crew_marks.paint_crew(painter, crew, made.crews[crew.unit_id], chosen)
                if (box := made.names.get(crew.unit_id)) is not None:
                    crew_marks.paint_crew_name(painter, crew, box)
        for site in sorted(self._sites, key=lambda one: -one.level.rank):
            crew_marks.paint_site(
                painter, site, made.sites[site.site_id], site.site_id == self._aimed
            )
            if (box := made.names.get(site.site_id)) is not None:
                crew_marks.paint_site_name(painter, site, box)
        crew_marks.paint_plates(painter, made)
        self._paint_hand(painter, made)
        self._paint_frame(painter)

    def _paint_image(self, painter: QPainter) -> None:
        """An image of another view is moved and stretched until the right one has come."""
        if self._image is None:
            return
        view, image = self._image
        corner = self._view.at(*view.plane(0, 0))
        far = self._view.at(*view.plane(view.width_px, view.height_px))
        painter.drawImage(QRectF(corner, far), image)

    def _paint_hand(self, painter: QPainter, made: Layout) -> None:
        if not self._picked:
            return
        start = made.crews.get(self._picked)
        end = made.sites.get(self._aimed, self._hand)
        if start is not None and end is not None:
            painter.setPen(QPen(colour("focus"), 2, Qt.PenStyle.DashLine))
            painter.drawLine(start, end)

    def _paint_frame(self, painter: QPainter) -> None:
        painter.setFont(font(NOTE_PX))
        words = self.words or self.tr("还没有方案")
        wide = painter.fontMetrics().horizontalAdvance(words) + 20
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg1"))
        painter.drawRoundedRect(QRectF(8, 8, wide, 28), 4, 4)
        painter.setPen(colour("text"))
        painter.drawText(QRectF(18, 8, wide, 28), Qt.AlignmentFlag.AlignVCenter, words)
        length = next((m for m in _SCALES_M if m * self._view.px_per_m >= 70), _SCALES_M[-1])
        px, foot = length * self._view.px_per_m, self.height() - 14.0
        painter.setPen(QPen(colour("text2"), 1))
        painter.drawPolyline([QPointF(16, foot - 5), QPointF(16, foot), QPointF(16 + px, foot),
                              QPointF(16 + px, foot - 5)])  # fmt: skip
        text = f"{length} m" if length < 1000 else f"{length // 1000} km"
        painter.drawText(QPointF(24 + px, foot + 2), text)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


def _nearest(at: QPointF, places: dict[str, QPointF], reach_px: float = _REACH_PX) -> str:
    best, found = reach_px, ""
    for name, place in places.items():
        far = (place - at).manhattanLength()
        if far < best:
            best, found = far, name
    return found


def _next(names: Sequence[str], now: str, by: int) -> str:
    if not names:
        return ""
    return names[(names.index(now) + by) % len(names)] if now in names else names[0]


def _mix(first: QColor, second: QColor, share: float) -> QColor:
    pairs = (
        (first.redF(), second.redF()),
        (first.greenF(), second.greenF()),
        (first.blueF(), second.blueF()),
    )
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in pairs))


def _inks() -> Inks:
    land, line, border = colour("bg1"), colour("line"), colour("border")
    roads = (_mix(line, border, 0.2), line, _mix(colour("bg3"), line, 0.5), colour("bg3"),
             _mix(colour("bg2"), colour("bg3"), 0.6))  # fmt: skip
    return Inks(
        land=land, water=colour("bg0"), green=_mix(land, colour("bg2"), 0.5),
        house=colour("bg2"), roads=roads, name=border, water_name=_mix(border, colour("bg0"), 0.3),
        face=font(NOTE_PX),
    )  # fmt: skip
