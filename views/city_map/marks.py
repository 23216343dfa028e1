"""What the page is told of alarms and cameras: small, flat, and only what it draws."""

import json
from collections.abc import Iterable
from typing import Any

from desktop.domain.alarms import Alarm, AlarmState
from desktop.domain.cameras import FIRST_WALL_TILE, TileStatus

LONGEST_TEXT = 60  # characters; the call-out shows about 24
_LOOKS = {
    AlarmState.ACTIVE_UNACKED: "filled",
    AlarmState.RTN_UNACKED: "dashed",
    AlarmState.SHELVED: "muted",
    AlarmState.SUPPRESSED: "muted",
    AlarmState.OUT_OF_SERVICE: "muted",
}


def plain(text: str) -> str:
    """One line without control or direction characters, cut to LONGEST_TEXT."""
    kept = text[: 4 * LONGEST_TEXT]
    if not kept.isprintable():
        kept = "".join(c for c in kept if c.isprintable())
    return kept if len(kept) <= LONGEST_TEXT else kept[: LONGEST_TEXT - 1] + "…"


def alarm_mark(alarm: Alarm, place: str, state_word: str) -> bytes | None:
    """JSON of one mark; None without a position."""
    if alarm.lon_deg is None or alarm.lat_deg is None:
        return None
    return _json({
        "id": alarm.alarm_id,
        "lon": alarm.lon_deg,
        "lat": alarm.lat_deg,
        "level": alarm.level.value,
        "look": _LOOKS.get(alarm.state, "outline"),
        "title": plain(alarm.title.strip()) or "—",
        "value": value_text(alarm),
        "place": plain(place),
        "state": state_word,
    })  # fmt: skip


def value_text(alarm: Alarm) -> str:
    """The value with its unit, as long as the title does not say it already."""
    if alarm.value is None:
        return ""
    figure = f"{alarm.value:.2f}" if alarm.unit == "m" else f"{alarm.value:g}"
    return "" if figure in alarm.title else plain(f"{figure} {alarm.unit}".strip())


def tile_marks(statuses: Iterable[TileStatus]) -> bytes:
    """Which camera stands in which tile beside the map; ages stay out, so it changes seldom."""
    return _json([
        {"id": status.camera_id, "tile": status.tile, "state": status.state.value}
        for status in statuses
        if status.camera_id and status.tile < FIRST_WALL_TILE
    ])  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


class AlarmSheet:
    """The marks of the open alarms, each encoded once; an event costs only its own mark."""

    def __init__(self) -> None:
        self._marks: dict[str, bytes] = {}

    def __len__(self) -> int:
        return len(self._marks)

    def put(self, alarm_id: str, mark: bytes | None) -> None:
        if mark is None:
            self._marks.pop(alarm_id, None)
        else:
            self._marks[alarm_id] = mark

    def drop(self, alarm_id: str) -> None:
        self._marks.pop(alarm_id, None)

    def body(self) -> bytes:
        return b"[" + b",".join(self._marks.values()) + b"]"
