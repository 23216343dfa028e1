"""One live picture with its name, its age and its truth.

libVLC draws into a native child window, over which nothing can be painted: name, state
and level stand outside of it, and whenever the picture is not live the native window is
taken away and a painted page stands in its place.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.levels import WarningLevel
from desktop.domain.picture_part import Part, Size
from desktop.domain.privacy_masks import Mask
from widgets.focus_picture import FocusPicture
from widgets.mask_cover import MaskCover
from widgets.theme import NOTE_PX, colour, font, level_colour
from widgets.tile_header import HEADER_PX, TileHeader
from widgets.tile_page import TilePage, fit
from widgets.watermark import Watermark

FRAME_PX, FOOT_PX = 2, 20
MAX_NAME_CHARS = 120
_ASPECT = (16, 9)
_DARKEST, _EVEN = 12, 3  # of 255: no camera's picture is so dark, or so even


class NativePicture(QWidget):
    """The X window that a video process draws into."""

    window_changed = Signal()  # Qt made another native window: the old id is dead

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WinIdChange:
            self.window_changed.emit()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """libVLC paints here; ours is only the ground between two of its pictures."""
        QPainter(self).fillRect(self.rect(), colour("bg0"))


class VideoTile(QWidget):
    """Knows a camera's name and a TileStatus, nothing of players and stores."""

    selected = Signal(int)  # tile number
    focus_requested = Signal(int)
    held_changed = Signal(int, bool)
    window_changed = Signal(int)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self._name = ""
        self._shown_number = number
        self._level: WarningLevel | None = None
        self._chosen = self._fills = self._is_below = False
        self._foot = ""
        self._scale = 1.0
        self._status = TileStatus(number)
        self._header = TileHeader(number, self)
        self._page = TilePage(self)
        self._picture = self.new_picture()
        self._picture.window_changed.connect(self._on_window_changed)
        self.cover = MaskCover(self)
        self.watermark = Watermark(self)
        self._header.pin.toggled.connect(self._on_pin)
        self.setMinimumSize(200, HEADER_PX + 80)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tell_accessible()

    def new_picture(self) -> "NativePicture | FocusPicture":
        """What shows the pictures; called once."""
        return NativePicture(self)

    @property
    def held(self) -> bool:
        return self._header.pin.isChecked()

    def hold(self, held: bool) -> None:
        """As if the pin were pressed."""
        self._header.pin.setChecked(held)

    @property
    def status(self) -> TileStatus:
        return self._status

    @property
    def picture_height_px(self) -> int:
        """In device pixels: what a stream's size is chosen by."""
        return round(self._picture.height() * self.devicePixelRatioF())

    def window_id(self) -> int:
        """Of the native window; ask only when the tile is on screen."""
        return int(self._picture.winId())

    def is_exposed(self) -> bool:
        """Whether somebody could see the tile: mapped, in a window that is on screen."""
        handle = self.window().windowHandle()
        return self.isVisible() and handle is not None and handle.isExposed()

    def show_camera(self, name: str, source: str = "") -> None:
        """A new camera: nothing of the one before may remain on screen.

        `source`: the badge of the body that lends the camera.
        """
        self._name = name[:MAX_NAME_CHARS]
        self.mark("")
        self._header.show_source(source)
        self._picture.hide()
        self._page.forget_picture()
        self._header.show_name(self._name)
        self.show_status(TileStatus(self.number))
        self._tell_accessible()

    def show_status(self, status: TileStatus, now: datetime | None = None) -> None:
        """`now` is the desk's time, for the time of day of the last picture."""
        was_live = self._picture.isVisibleTo(self)
        live = status.state is TileState.LIVE
        if was_live and not live:
            self._keep_frame()
        state_changed = status.state is not self._status.state
        self._status = status
        last_at = None
        if now is not None and status.age_ms is not None:
            last_at = now - timedelta(milliseconds=status.age_ms)
        self._page.show_status(status, last_at)
        self._header.show_status(status)
        if was_live != live:
            self._picture.setVisible(live)
            if live:  # a window that was moved right after it was made may have kept its old size
                self._place()
            self.cover.be_seen(live)
            self.watermark.show_text(self.watermark.text, seen=live)
        if live:  # what the tile stands in may have moved
            self._take_windows_along()
        if state_changed:
            self._tell_accessible()

    def mark(self, text: str) -> None:
        """Who looks, across a picture that is another's; empty: no mark."""
        self.watermark.show_text(text, seen=self._picture.isVisibleTo(self))
        self._stay_below()

    def show_masks(self, masks: Sequence[Mask], source: Size, part: Part, fills: bool) -> None:
        """See MaskCover; a window that comes into sight comes to the top."""
        was_hidden = self.cover.isHidden()
        self.cover.show_masks(masks, source, part, fills)
        if self.cover.isHidden() is not was_hidden:
            self._stay_below()

    @property
    def level(self) -> WarningLevel | None:
        """Of the frame."""
        return self._level

    def link_to(self, level: WarningLevel | None) -> None:
        """A frame outside the picture, in the colour of the alarm that names this camera."""
        if level is not self._level:
            self._level = level
            self.update()
            self._tell_accessible()

    def show_number(self, number: int) -> None:
        """What the screen calls it, where that is not the number of its player."""
        self._shown_number = number
        self._header.show_number(number)
        self._tell_accessible()

    def show_kind(self, icon: str) -> None:
        self._header.show_kind(icon)

    def show_note(self, note: str) -> None:
        """Behind the age in the header: which stream, how far it is enlarged."""
        self._header.show_note(note)

    def show_sound(self, icon: str) -> None:
        """In the header of the one picture that is heard; empty: it is not."""
        self._header.show_sound(icon)

    def show_foot(self, text: str) -> None:
        """Lines below the picture, which gives its room for them; empty: none."""
        if text == self._foot:
            return
        before, self._foot = len(self._foot.splitlines()), text
        changed = len(text.splitlines()) != before
        if changed:
            self._place()
        self.update()

    def enlarge_type(self, scale: float) -> None:
        """Name, state, foot and reasons so many times as large: for a screen seen from far away."""
        if scale != self._scale:
            self._scale = scale
            self._header.enlarge(scale)
            self._page.enlarge(scale)
            self._place()
            self.update()

    @property
    def header_px(self) -> int:
        return self._header.height()

    def choose(self, chosen: bool) -> None:
        """The white frame of what a key acts on."""
        if chosen is not self._chosen:
            self._chosen = chosen
            self.update()

    def fill(self, fills: bool) -> None:
        """The picture takes the whole room below the header, and loses its edges."""
        if fills is not self._fills:
            self._fills = fills
            self._place()

    @property
    def picture_rect(self) -> QRect:
        """Where the picture stands in the tile."""
        return self._picture.geometry()

    def stand_above(self) -> None:
        """In front of another tile in the same place, with its native windows."""
        self._is_below = False
        self.raise_()
        if QGuiApplication.platformName() == "xcb":  # elsewhere windows have no order
            for window in self._windows:
                window.raise_()

    def stand_below(self) -> None:
        """Behind it: a picture is opened here while the other is still seen."""
        self._is_below = True
        self._stay_below()

    def _stay_below(self) -> None:
        """A native window comes to the top when it is made, a mark whenever it is written."""
        if not self._is_below:
            return
        self.lower()
        if QGuiApplication.platformName() == "xcb":
            for window in reversed(self._windows):
                window.lower()

    def page_lines(self) -> tuple[str, str, str]:
        return self._page.lines()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg1"))
        ring = colour("focus") if self.hasFocus() or self._chosen else None
        if self._level is not None:
            ring = level_colour(self._level)
        if ring is not None:
            painter.fillRect(self.rect(), ring)
            inner = self.rect().adjusted(FRAME_PX, FRAME_PX, -FRAME_PX, -FRAME_PX)
            painter.fillRect(inner, colour("bg1"))
        if self._foot:
            self._paint_foot(painter)

    def _paint_foot(self, painter: QPainter) -> None:
        room = self.rect().adjusted(FRAME_PX + 8, 0, -FRAME_PX - 8, -FRAME_PX)
        room.setTop(room.bottom() + 1 - self._foot_px)
        line_px = round(FOOT_PX * self._scale)
        room.setHeight(line_px)
        painter.setFont(self.foot_font)
        painter.setPen(colour("text"))
        for line in self._foot.splitlines():
            text = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
            room.translate(0, line_px)

    @property
    def foot_font(self) -> QFont:
        return font(round(NOTE_PX * self._scale))

    @property
    def _foot_px(self) -> int:
        return round(FOOT_PX * self._scale) * len(self._foot.splitlines())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._take_windows_along()

    @property
    def _windows(self) -> tuple[QWidget, ...]:
        """From below to above."""
        return self._picture, self.cover, self.watermark

    def _take_windows_along(self) -> None:
        """Qt leaves a native window behind when an ancestor without one moves and keeps its size:
        the picture of one camera would stand below the name of another."""
        for widget in self._windows:
            handle, ground = widget.windowHandle(), widget.nativeParentWidget()
            if handle is None or ground is None or not widget.isVisible():
                continue  # one that is hidden finds its place when it is shown
            wanted = QRect(widget.mapTo(ground, QPoint()), widget.size())
            if handle.geometry() != wanted:
                handle.setGeometry(wanted)

    def _place(self) -> None:
        inner = self.rect().adjusted(FRAME_PX, FRAME_PX, -FRAME_PX, -FRAME_PX)
        self._header.setGeometry(inner.left(), inner.top(), inner.width(), self.header_px)
        body = inner.adjusted(0, self.header_px, 0, -self._foot_px)
        self._page.setGeometry(body)
        self._picture.setGeometry(body if self._fills else fit(body, *_ASPECT))
        self.cover.setGeometry(self._picture.geometry())
        self.watermark.setGeometry(self._picture.geometry())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.selected.emit(self.number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.focus_requested.emit(self.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focus_requested.emit(self.number)
        elif event.key() == Qt.Key.Key_Space:
            self.selected.emit(self.number)
        else:
            super().keyPressEvent(event)

    def _keep_frame(self) -> None:
        """The picture as it stands on screen, which only the screen itself can tell."""
        screen = self.screen()
        if screen is None or QGuiApplication.platformName() != "xcb" or not self.is_exposed():
            return
        frame = screen.grabWindow(int(self._picture.winId()))
        if not _is_black(frame):
            self._page.keep_frame(frame)

    def _tell_accessible(self) -> None:
        name = self._name or self.tr("未选摄像机")
        self.setAccessibleName(
            self.tr("视频 {number} {name}").format(number=self._shown_number or "", name=name)
        )
        parts = [*self._page.lines()[:2]]
        if self._level is not None:
            parts.append(self.tr("与所选告警关联"))
        self.setAccessibleDescription("，".join(filter(None, parts)))

    def _on_pin(self, held: bool) -> None:
        self.held_changed.emit(self.number, held)

    def _on_window_changed(self) -> None:
        self._stay_below()
        self.window_changed.emit(self.number)


def _is_black(frame: QPixmap) -> bool:
    """True for a grab in which nothing can be seen: the window was empty or gone."""
    if frame.isNull():
        return True
    small = frame.scaled(16, 9).toImage()
    lights = [small.pixelColor(x, y).lightness() for x in range(16) for y in range(9)]
    return max(lights) - min(lights) < _EVEN or max(lights) < _DARKEST


if __name__ == "__main__":  # python -m widgets.video_tile
    from widgets.demo import run_demo

    def build() -> list[VideoTile]:
        tiles = []
        for number, state in enumerate(TileState, start=1):
            tile = VideoTile(number)
            tile.setMinimumHeight(160)
            tile.show_camera("陆家嘴环路下穿 · 通道内")
            tile.show_status(TileStatus(number, state=state, age_ms=47_000, reason="视频流中断"))
            tiles.append(tile)
        return tiles

    run_demo(build)
