"""A tile whose picture Qt paints: the mark is in it, and any part of it stands exactly."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from widgets.focus_picture import FocusPicture
from widgets.video_tile import VideoTile

_NO_WINDOW = 1


class FocusTile(VideoTile):
    """Otherwise like any other tile: header, states, frame, place."""

    picture: FocusPicture

    def new_picture(self) -> FocusPicture:
        self.picture = FocusPicture(self)
        return self.picture

    def window_id(self) -> int:
        """Nobody draws into a window of ours; the number says only that there is a place."""
        return _NO_WINDOW

    @property
    def picture_rect(self) -> QRect:
        """Where the part that is looked at stands: larger than the tile where it fills it."""
        return self.picture.part_rect().translated(self._picture.pos())

    def show_camera(self, name: str, source: str = "") -> None:
        self.picture.forget()
        super().show_camera(name, source)

    def mark(self, text: str) -> None:
        self.picture.mark(text)
        self._stay_below()

    def _keep_frame(self) -> None:
        frame = self.picture.frame()
        if not frame.isNull():
            self._page.keep_frame(frame)


if __name__ == "__main__":  # python -m widgets.focus_tile
    from desktop.domain.cameras import TileState, TileStatus
    from widgets.demo import run_demo

    def build() -> list[QWidget]:
        tile = FocusTile(1)
        tile.setMinimumHeight(240)
        tile.show_camera("陆家嘴环路下穿 · 通道内")
        tile.show_status(TileStatus(1, state=TileState.OPENING))
        return [tile]

    run_demo(build)
