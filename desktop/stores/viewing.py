"""Which camera was watched in which tile, from when to when; told to the audit trail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer

from desktop.clock import Clock
from desktop.domain.cameras import FIRST_WALL_TILE, TileState
from desktop.domain.permissions import Action
from desktop.stores.audit_log import AuditLog
from desktop.stores.health import SessionStore
from desktop.stores.tiles import TileStore

_CITY_ZONE = ZoneInfo("Asia/Shanghai")
GAP_S = 10.0  # a picture that comes back within it was one viewing
LONGEST = timedelta(minutes=30)  # a longer viewing is told in parts
_CHECK_MS = 5000
_SEEN = (TileState.LIVE, TileState.STALLED)  # a picture stands on the screen


@dataclass
class _Viewing:
    camera_id: str
    begun: datetime
    last: datetime
    running: bool = True
    action: Action = Action.VIDEO_LIVE


class ViewingLog(QObject):
    """One row per viewing and tile; the end of a session ends every viewing."""

    def __init__(
        self,
        tiles: TileStore,
        session: SessionStore,
        audit: AuditLog,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tiles, self._session, self._audit, self._clock = tiles, session, audit, clock
        self._viewings: dict[int, _Viewing] = {}
        tiles.changed.connect(self._look)
        session.changed.connect(self._on_session)
        audit.closing.connect(self.close)
        timer = QTimer(self)
        timer.setInterval(_CHECK_MS)
        timer.timeout.connect(self.check)
        timer.start()

    def close(self) -> None:
        """Ends every viewing: the window closes, or somebody else sits down."""
        for tile in tuple(self._viewings):
            self._end(tile)

    def check(self) -> None:
        """Called by the timer; tests call it after moving the clock."""
        self._look()
        now = self._clock.now()
        for tile, viewing in tuple(self._viewings.items()):
            silent_s = (now - viewing.last).total_seconds()
            if not viewing.running and silent_s > GAP_S:
                self._end(tile)
            elif viewing.running and now - viewing.begun >= LONGEST:
                self._end(tile)
                again = _Viewing(viewing.camera_id, now, now, action=viewing.action)
                self._viewings[tile] = again

    def _look(self, _delta: object = None) -> None:
        now = self._clock.now()
        seen: set[int] = set()
        for status in self._tiles.statuses():
            if status.camera_id is None or status.state not in _SEEN:
                continue
            seen.add(status.tile)
            viewing = self._viewings.get(status.tile)
            if viewing is not None and viewing.camera_id != status.camera_id:
                self._end(status.tile)
                viewing = None
            if viewing is None:
                action = Action.VIDEO_PLAYBACK if status.recorded else Action.VIDEO_LIVE
                begun = _Viewing(status.camera_id, now, now, action=action)
                self._viewings[status.tile] = begun
            else:
                viewing.last, viewing.running = now, True
        for tile, viewing in self._viewings.items():
            if tile not in seen and viewing.running:
                viewing.last, viewing.running = now, False

    def _on_session(self) -> None:
        if self._session.user is None:
            self.close()

    def _end(self, tile: int) -> None:
        viewing = self._viewings.pop(tile)
        end = self._clock.now() if viewing.running else viewing.last
        begun, end = viewing.begun.astimezone(_CITY_ZONE), end.astimezone(_CITY_ZONE)
        span = f"{begun:%Y-%m-%d %H:%M:%S}–{end:%H:%M:%S}"
        # On the wall pictures move from place to place: the number is not that of a cell.
        where = "视频墙" if tile >= FIRST_WALL_TILE else f"{tile} 号画面"
        reason = f"{where} {span}"
        self._audit.note(viewing.action, viewing.camera_id, reason=reason)
