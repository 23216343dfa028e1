"""What the wall says in words: sums of all tiles, names of layouts."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.picture_quality import Choice, Why
from desktop.domain.wall import FREE_LAYOUT, CellProfile, Layout

_WIDE_PX, _WIDER_PX = 360, 560
"""From these widths on the header says who chose the stream, and that nobody did."""

translate = QCoreApplication.translate


class Counts(NamedTuple):
    """Tiles by what an operator would do about them."""

    live: int = 0
    stalled: int = 0
    opening: int = 0
    lost: int = 0  # trying again
    refused: int = 0
    total: int = 0


def count(statuses: Iterable[TileStatus]) -> Counts:
    states = [status.state for status in statuses if status.camera_id is not None]
    return Counts(
        states.count(TileState.LIVE),
        states.count(TileState.STALLED),
        states.count(TileState.OPENING),
        states.count(TileState.RETRY),
        states.count(TileState.REFUSED) + states.count(TileState.FAILED),
        len(states),
    )


def stream_words(profile: CellProfile, choice: Choice | None, stream: str, wide_px: int) -> str:
    """Which stream runs; where there is room, whether that is the operator's order, spares the
    machine, or follows the size as usual."""
    words = translate("WallWords", "主") if stream == "main" else translate("WallWords", "子")
    why = ""
    if profile is not CellProfile.AUTO:
        why = translate("WallWords", "手动")
    elif choice is not None and choice.why is Why.LOAD:
        why = translate("WallWords", "降质")
    if why and wide_px >= _WIDE_PX:
        return f"{words} {why}"
    if not why and wide_px >= _WIDER_PX:
        return words + translate("WallWords", " 自动")
    return words


def layout_name(layout: Layout) -> str:
    if layout.layout_id == FREE_LAYOUT:
        return translate("WallWords", "自由 {0} 格").format(layout.count)
    return translate("WallWords", "{0} 格").format(layout.count)
