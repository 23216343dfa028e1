"""The calm base map of a cockpit: read and painted off the loop, kept for one view."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QImage

from desktop.context import RoomContext
from desktop.errors import OperatorError
from desktop.offload import offload
from desktop.tasks import TaskScope, loop_runs
from widgets.map_ground import Frame, Ground, Inks, View, paint_ground, read_ground
from widgets.theme import colour, font, in_force

BASE_LAYER = "basemap"
FRAME = Frame(116.60, 28.90)
_NAME_PX = 14
_SOON_MS = 40


class MapGround(QObject):
    """`image` for the view last wanted, or for the one before until that is painted."""

    changed = Signal()

    def __init__(self, room: RoomContext, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._scope = TaskScope(self)
        self._etag: str | None = None
        self._ground: Ground | None = None
        self._wanted: tuple[View, float, str] | None = None
        self._painted: tuple[View, float, str] | None = None
        self._is_painting = False
        self.image: QImage | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._paint)
        room.layers.changed.connect(self.read)

    def read(self) -> None:
        etag = self._room.layers.get(BASE_LAYER) or ""
        if loop_runs() and etag != self._etag:
            self._etag = etag
            self._scope.spawn(self._fetch(etag), "base map of a cockpit")

    def want(self, view: View, unit: float) -> None:
        """`unit`: pixels of a line that is one pixel wide on a desk."""
        self._wanted = (view, unit, in_force())
        if self._wanted != self._painted:
            self._soon.start()

    @property
    def view(self) -> View | None:
        """What `image` shows."""
        return self._painted[0] if self._painted is not None else None

    async def _fetch(self, etag: str) -> None:
        try:
            body = await self._room.questions.layer(BASE_LAYER)
            ground = await offload(read_ground, body, FRAME) if body else None
        except (OperatorError, ValueError):
            ground = None  # the alarms stand on an empty ground; the next layer asks again
        if etag == self._etag and ground is not None:
            self._ground = replace(ground, labels=tuple(one for one in ground.labels if one[3]))
            self._painted = None
            self._soon.start()

    def _paint(self) -> None:
        if self._ground is None or self._wanted is None or self._is_painting or not loop_runs():
            return
        self._is_painting = True
        self._scope.spawn(self._paint_off(self._ground, *self._wanted), "paint a base map")

    async def _paint_off(self, ground: Ground, view: View, unit: float, theme: str) -> None:
        small = View(
            view.east_m, view.south_m, view.px_per_m / unit,
            round(view.width_px / unit), round(view.height_px / unit),
        )  # fmt: skip
        try:
            image = await offload(paint_ground, ground, small, _inks(), unit)
        finally:
            self._is_painting = False
        image.setDevicePixelRatio(1.0)
        self.image, self._painted = image, (view, unit, theme)
        self.changed.emit()
        if self._wanted != self._painted:
            self._soon.start()


def _inks() -> Inks:
    def mixed(first: str, second: str) -> QColor:
        one, other = colour(first), colour(second)
        return QColor.fromRgbF(
            (one.redF() + other.redF()) / 2, (one.greenF() + other.greenF()) / 2,
            (one.blueF() + other.blueF()) / 2,
        )  # fmt: skip

    roads = tuple(colour(one) for one in ("line", "bg3", "bg3", "bg2", "bg2"))
    return Inks(
        colour("bg0"), mixed("bg1", "bg2"), mixed("bg0", "bg1"), colour("bg1"), roads,
        colour("border"), colour("border"), font(_NAME_PX),
    )  # fmt: skip
