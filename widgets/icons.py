"""Icons: SVG files of resources/icons, tinted by a token."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from widgets.theme import RESOURCES, colour, drawn_once

_RATIOS = (1.0, 2.0)
_KEPT = 4_000
# How a picture that somebody holds was asked for, by QIcon/QPixmap.cacheKey: to draw it anew.
_asked: dict[int, tuple[object, ...]] = {}


@drawn_once
def _renderer(name: str, colour_name: str) -> QSvgRenderer:
    """Raises FileNotFoundError for an icon that resources/icons does not hold."""
    svg = (RESOURCES / "icons" / f"{name.removesuffix('.svg')}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(svg.replace("<path", f'<path fill="{colour_name}"').encode()))


@drawn_once
def pixmap(name: str, token: str = "text2", size_px: int = 16, ratio: float = 1.0) -> QPixmap:
    """`size_px` in logical pixels; `ratio` is the screen's device pixel ratio."""
    renderer = _renderer(name, colour(token).name())
    image = QPixmap(round(size_px * ratio), round(size_px * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    _note(image.cacheKey(), (name, token, size_px, ratio))
    return image


def paint_icon(painter: QPainter, rect: QRectF, name: str, token: str = "text2") -> None:
    """Straight from the vector: for icons inside a painted shape."""
    _renderer(name, colour(token).name()).render(painter, rect)


@drawn_once
def icon(name: str, token: str = "text2", size_px: int = 24, on_token: str = "text") -> QIcon:
    """An icon whose checked and active states take `on_token`, its disabled state the border."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, token, size_px, ratio))
        made.addPixmap(pixmap(name, on_token, size_px, ratio), QIcon.Mode.Active)
        made.addPixmap(pixmap(name, on_token, size_px, ratio), QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(pixmap(name, "border", size_px, ratio), QIcon.Mode.Disabled)
    _note(made.cacheKey(), (name, token, size_px, on_token))
    return made


def icon_anew(held: QIcon) -> QIcon | None:
    """The same icon in the theme in force; None for one that was not made here."""
    asked = _asked.get(held.cacheKey())
    return None if asked is None else icon(*asked)  # type: ignore[arg-type]


def pixmap_anew(held: QPixmap) -> QPixmap | None:
    """The same picture in the theme in force; None for one that was not made here."""
    asked = _asked.get(held.cacheKey())
    return None if asked is None else pixmap(*asked)  # type: ignore[arg-type]


def _note(key: int, asked: tuple[object, ...]) -> None:
    _asked[key] = asked
    if len(_asked) > _KEPT:
        del _asked[next(iter(_asked))]


if __name__ == "__main__":  # python -m widgets.icons
    from widgets.demo import run_demo
    from widgets.plain_label import PlainLabel

    def build() -> list[PlainLabel]:
        labels = []
        for path in sorted((RESOURCES / "icons").glob("*.svg")):
            label = PlainLabel(path.stem)
            label.setPixmap(pixmap(path.stem, "text", 24))
            labels.append(label)
        return labels

    run_demo(build)
