"""Colours, type sizes and the stylesheet, all from resources/tokens.toml and theme.qss."""

import re
import tomllib
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont

from desktop.domain.levels import WarningLevel

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

NOTE_PX, BODY_PX, STRONG_PX, TITLE_PX, KPI_PX = 12, 14, 16, 20, 28
LINE_PX = {NOTE_PX: 16, BODY_PX: 20, STRONG_PX: 24, TITLE_PX: 28, KPI_PX: 36}
FONT_FAMILY = "Noto Sans CJK SC"

_LEVEL_TOKENS = {
    WarningLevel.RED: "p1",
    WarningLevel.ORANGE: "p2",
    WarningLevel.YELLOW: "p3",
    WarningLevel.BLUE: "p4",
}


@cache
def tokens(theme: str = "dark") -> dict[str, str]:
    """Token name to #RRGGBB. Raises KeyError for a theme that tokens.toml does not name."""
    return tomllib.loads((RESOURCES / "tokens.toml").read_text("utf-8"))[theme]


@cache
def colour(token: str, theme: str = "dark") -> QColor:
    return QColor(tokens(theme)[token])


def level_colour(level: WarningLevel) -> QColor:
    return colour(_LEVEL_TOKENS[level])


@cache
def font(size_px: int, bold: bool = False) -> QFont:
    face = QFont(FONT_FAMILY)
    face.setPixelSize(size_px)
    face.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return face


def stylesheet(theme: str = "dark") -> str:
    """theme.qss with every @token replaced. Raises KeyError for an unknown token."""
    known = tokens(theme)
    text = (RESOURCES / "theme.qss").read_text("utf-8")
    return re.sub(r"@(\w+)", lambda match: known[match[1]], text)
