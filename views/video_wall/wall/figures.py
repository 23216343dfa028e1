"""The figures of each picture, in words: how it comes, and what of it is lost on the way."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetrics

from desktop.domain.cameras import TileFigures, TileState
from views.video_wall.tile_seat import TileSeat

translate = QCoreApplication.translate
_CODECS = {"h264": "H.264", "h265": "H.265", "hevc": "H.265", "mjpeg": "MJPEG"}
_TRANSPORTS = {"http-ts": "HTTP-TS", "http-flv": "HTTP-FLV", "hls": "HLS", "rtsp": "RTSP"}
_BRIDGE = "rtsp-bridge"
_EDGES_PX = 24


class Figures:
    """Asks the players only while the figures are shown, and each once a second."""

    def __init__(self) -> None:
        self.shown = False
        self._lines: dict[TileSeat, tuple[str, ...]] = {}

    def toggle(self) -> None:
        self.shown = not self.shown
        self._lines.clear()

    def forget(self) -> None:
        """A second is over: whatever is asked for next is asked anew."""
        self._lines.clear()

    def lines(self, seat: TileSeat) -> tuple[str, ...]:
        """Below the picture of this tile; none where nobody wants or sees them."""
        if not self.shown or not seat.tile.isVisible():
            return ()
        if seat not in self._lines:
            self._lines[seat] = _lines_of(seat)
        return self._lines[seat]


def _lines_of(seat: TileSeat) -> tuple[str, ...]:
    """Of a picture that does not move the figures would be those of the past."""
    if seat.tile.status.state is not TileState.LIVE:
        return (translate("Figures", "没有实时画面"),)
    figures = seat.figures()
    what = (
        translate("Figures", "{0} 帧/s").format(f"{figures.fps:.1f}"),
        _size_text(figures),
        _transport_text(figures.transport),
    )
    way = (
        translate("Figures", "软解") if figures.by_processor else "",
        f"{figures.kbit_s} kbit/s",
        translate("Figures", "丢 {0} 帧").format(figures.dropped),
        translate("Figures", "积压 {0} ms").format(figures.behind_ms),
    )
    held_back = translate("Figures", "缓冲 {0} ms").format(figures.buffer_ms)
    end = (seat.remark,)
    room_px, type_ = seat.tile.width() - _EDGES_PX, seat.tile.foot_font
    for line in (_joined((*what, *way, held_back, *end)), _joined((*what, *way, *end))):
        if QFontMetrics(type_).horizontalAdvance(line) <= room_px:
            return (line,)
    return _joined(what), _joined((*way, *end))


def _size_text(figures: TileFigures) -> str:
    """As it was measured: the register may say something else."""
    codec = _CODECS.get(figures.codec, figures.codec.upper())
    size = f"{figures.width}×{figures.height}" if figures.width else ""
    return f"{size} {codec}".strip()


def _transport_text(transport: str) -> str:
    if transport == _BRIDGE:
        return translate("Figures", "RTSP 桥接")
    return _TRANSPORTS.get(transport, transport.upper())


def _joined(parts: tuple[str, ...]) -> str:
    return " · ".join(filter(None, parts))
