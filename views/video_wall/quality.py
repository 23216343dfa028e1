"""The pictures' quality: twice a second the tiles are looked at, and told which stream to take."""

from PySide6.QtCore import QObject, QTimer

from desktop.context import RoomContext
from desktop.domain import picture_quality
from desktop.domain.cameras import TileState
from desktop.domain.picture_quality import Quality, Tile
from desktop.domain.picture_strain import Strain
from views.video_wall.tile_seat import TileSeat
from views.video_wall.wall.grid import WallGrid
from widgets.seen_timer import SeenTimer

TICK_MS = round(picture_quality.TICK_S * 1000)
_USUAL_FPS = 25.0


class QualityRunner(QObject):
    """Reads what the grid's tiles say, writes which profile each automatic one takes."""

    def __init__(self, room: RoomContext, grid: WallGrid) -> None:
        super().__init__(grid)
        self._room, self._grid = room, grid
        self.quality = Quality()
        self._strains: dict[int, tuple[tuple[str, str], Strain]] = {}  # camera, profile
        SeenTimer(grid, TICK_MS, self.tick)
        self._soon = QTimer(self)  # an enlarged picture does not wait for the next look
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.tick)
        room.wall.changed.connect(self._soon.start)

    def tick(self) -> None:
        """Called by the timer; tests call it after moving the clock."""
        if not self._grid.isVisible():
            return
        now_s = self._room.clock.monotonic_s()
        tiles = self._tiles(now_s)
        self.quality = picture_quality.decide(self.quality, tiles, now_s)
        self._grid.take_choices(self.quality.choices)

    def _tiles(self, now_s: float) -> list[Tile]:
        wall = self._room.wall
        found: list[Tile] = []
        for index, cell in enumerate(wall.wall.cells):
            seat = self._grid.tiles_of(index).front if index < self._grid.count else None
            if seat is None or seat.camera is None:
                continue
            picture, ratio = seat.tile.picture_rect, seat.tile.devicePixelRatioF()
            strain = self._strain(index, seat, now_s)
            found.append(
                Tile(
                    index,
                    seat.camera.camera_id,
                    round(picture.width() * ratio),
                    round(picture.height() * ratio),
                    cell.profile,
                    wall.focused == index,
                    seat.camera.main,
                    seat.camera.sub,
                    slow=strain.slow,
                    buffering=seat.tile.status.state is TileState.OPENING,
                    busy=strain.busy,
                )
            )
        return found

    def _strain(self, index: int, seat: TileSeat, now_s: float) -> Strain:
        """Pictures come, but too few: of what stands still or is away the platform is the cause."""
        camera, afresh = seat.camera, Strain(now_s)
        if not seat.is_live or camera is None or not seat.tile.isVisible():
            self._strains.pop(index, None)
            return afresh
        here = (camera.camera_id, seat.profile)
        known, strain = self._strains.get(index, (here, afresh))
        if known != here:
            strain = afresh
        size = camera.main if seat.profile == "main" else camera.sub
        usual_fps = size.fps if size is not None else _USUAL_FPS
        strain = strain.see(seat.figures(), usual_fps, now_s)
        self._strains[index] = (here, strain)
        return strain
