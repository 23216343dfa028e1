"""The station's own account of itself, as `status --json` prints it."""

import dataclasses
import os
from collections import Counter
from datetime import datetime
from typing import Any

from desktop import __version__
from desktop.context import RoomContext
from desktop.domain.cameras import TileStatus
from desktop.domain.link_messages import FeedState
from desktop.offload import offload
from desktop.shell.lateness import Lateness
from desktop.shell.processes import process_rows


@dataclasses.dataclass
class Readiness:
    """What still has to happen before the station can be worked with."""

    started_at: datetime
    needs_sign_in: bool = False  # a role was named on the command line
    has_snapshot: bool = False
    safe: bool = False
    supervisor_pid: int | None = None

    def is_ready(self, room: RoomContext) -> bool:
        """Signed in: alarms and map are there. Not signed in: the sign-in page can be used."""
        if not room.health.link_connected or room.session.platform is None:
            return False
        if room.session.user is None:
            return not self.needs_sign_in
        return self.has_snapshot and (self.safe or room.map_state.ready)


async def build_status(
    room: RoomContext, readiness: Readiness, lateness: Lateness
) -> dict[str, Any]:
    """Key names are part of the command line's promise. GUI thread, except the processes."""
    health, map_state = room.health.health, room.map_state
    return {
        "version": __version__,
        "started_at": readiness.started_at.isoformat(timespec="seconds"),
        "ready": readiness.is_ready(room),
        "feeds": {name: _feed(feed) for name, feed in health.feeds.items()},
        "alarms": _alarms(room),
        "tiles": [_tile(tile) for tile in room.tiles.statuses()],
        "map": {
            "ready": map_state.ready,
            "points": map_state.points,
            "movers": map_state.movers,
            "blocked_requests": map_state.blocked_requests,
        },
        "gui_lateness_ms": lateness.figures(),
        "outbox": {"pending": health.outbox.pending, "expired": health.outbox.expired},
        "audit": {"waiting": len(room.audit.waiting)},
        "processes": await offload(process_rows, os.getpid(), readiness.supervisor_pid),
    }


def _feed(feed: FeedState) -> dict[str, Any]:
    return {
        "freshness": feed.freshness.value,
        "received": feed.received,
        "stored": feed.stored,
        "rejected": feed.rejected,
        "duplicates": feed.duplicates,
        "backfilled": feed.backfilled,
        "missing": feed.missing,
        "age_s": feed.age_s,
        "late": feed.late,
        "cleaned": feed.cleaned,
        "unmapped": list(feed.unmapped),
    }


def _alarms(room: RoomContext) -> dict[str, Any]:
    by_state = Counter(alarm.state for alarm in room.alarms.items().values())
    return {
        "open": len(room.alarms),
        "by_level": {level.value: n for level, n in room.alarms.counts_by_level().items()},
        "by_state": {state.value: count for state, count in by_state.items()},
    }


def _tile(tile: TileStatus) -> dict[str, Any]:
    return {
        "tile": tile.tile,
        "camera_id": tile.camera_id,
        "state": tile.state.value,
        "transport": tile.transport,
        "frames_shown": tile.frames_shown,
        "fps": round(tile.fps, 1),
        "age_ms": tile.age_ms,
    }
