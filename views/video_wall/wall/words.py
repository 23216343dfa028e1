"""What the wall says in words: sums of all tiles, names of layouts."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.wall import FREE_LAYOUT, Layout

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


def layout_name(layout: Layout) -> str:
    if layout.layout_id == FREE_LAYOUT:
        return translate("WallWords", "自由 {0} 格").format(layout.count)
    return translate("WallWords", "{0} 格").format(layout.count)
