"""Colours, type sizes and the stylesheet, all from resources/tokens.toml and theme.qss."""

import re
import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

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


P = ParamSpec("P")
R = TypeVar("R")
DARK, LIGHT = "dark", "light"
THEMES = (DARK, LIGHT)


class _InForce:
    """The theme of this process. One for all: a widget never asks which it is."""

    name = DARK
    forget: list[Callable[[], None]] = []  # noqa: RUF012


def drawn_once(make: Callable[P, R]) -> Callable[P, R]:
    """A cache of what was drawn with colours of the theme; emptied when the theme changes."""
    kept = cache(make)
    _InForce.forget.append(kept.cache_clear)
    return cast(Callable[P, R], kept)


def drawn_lately(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The same for what never ends: the `most` that were used last are kept."""

    def keeping(make: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(most)(make)
        _InForce.forget.append(kept.cache_clear)
        return cast(Callable[P, R], kept)

    return keeping


def use(name: str) -> None:
    """Puts a theme in force. Raises KeyError for one that tokens.toml does not name."""
    tokens(name)
    _InForce.name = name
    for forget in _InForce.forget:
        forget()


def in_force() -> str:
    return _InForce.name


@cache
def _all_tokens() -> dict[str, dict[str, str]]:
    return tomllib.loads((RESOURCES / "tokens.toml").read_text("utf-8"))


def tokens(theme: str | None = None) -> dict[str, str]:
    """Token name to #RRGGBB, of the theme in force unless another is named.

    Raises KeyError for a theme that tokens.toml does not name.
    """
    return _all_tokens()[theme or _InForce.name]


@drawn_once
def colour(token: str, theme: str | None = None) -> QColor:
    return QColor(tokens(theme)[token])


def level_colour(level: WarningLevel) -> QColor:
    return colour(_LEVEL_TOKENS[level])


@cache
def font(size_px: int, bold: bool = False) -> QFont:
    face = QFont(FONT_FAMILY)
    face.setPixelSize(size_px)
    face.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return face


def stylesheet(theme: str | None = None) -> str:
    """theme.qss with every @token replaced. Raises KeyError for an unknown token."""
    known = tokens(theme)
    text = (RESOURCES / "theme.qss").read_text("utf-8")
    return re.sub(r"@(\w+)", lambda match: known[match[1]], text)
