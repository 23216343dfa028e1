"""Both themes can be read, and change while the program runs."""

import re
import tomllib

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.domain.levels import WarningLevel
from desktop.shell.appearance import retint
from widgets import icons, theme
from widgets.level_badge import LevelLook, level_pixmap
from widgets.theme import RESOURCES, THEMES

AA = 4.5  # WCAG 1.4.3
TEXTS = ("text", "text2", "accent", "normal", "stale", "p1", "p2", "p3", "p4")
GROUNDS = ("bg0", "bg1", "bg2")
FILLS = ("p1", "p2", "p3", "p4", "stale", "text", "accent", "focus")


@pytest.fixture(autouse=True)
def dark_again():
    yield
    theme.use("dark")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return sum(w * x for w, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def unreadable(tokens: dict[str, str]) -> list[str]:
    """Every pair of text and ground that is used and has too little contrast."""
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [(text, ground) for text in ("text", "text2") for ground in ("bg3", "selection")]
    pairs += [("ink", fill) for fill in FILLS] + [("border", "bg1")]
    return [f"{a} on {b}" for a, b in pairs if contrast(tokens[a], tokens[b]) < AA]


@pytest.mark.parametrize("name", THEMES)
def test_that_every_text_can_be_read_on_every_ground_it_stands_on(name):
    assert unreadable(theme.tokens(name)) == []


def test_that_a_pale_text_would_be_seen():
    tokens = {**theme.tokens("light"), "p1": "#FF5A52"}
    assert "p1 on bg1" in unreadable(tokens)


def test_that_both_themes_have_the_same_tokens_and_the_map_too():
    assert set(theme.tokens("dark")) == set(theme.tokens("light"))
    greys = tomllib.loads((RESOURCES / "map" / "palette.toml").read_text("utf-8"))
    assert set(greys["dark"]) == set(greys["light"])


@pytest.mark.parametrize("name", THEMES)
def test_that_alarm_colours_stand_out_from_the_map(name):
    greys = tomllib.loads((RESOURCES / "map" / "palette.toml").read_text("utf-8"))[name]
    grounds = [greys[key] for key in ("land", "water", "green", "building")]
    for level in ("p1", "p2", "p3", "p4"):
        worst = min(contrast(theme.tokens(name)[level], ground) for ground in grounds)
        assert worst >= 3.0, level  # WCAG 1.4.11: a graphical object


def test_that_the_stylesheet_names_only_tokens_that_exist(qapp):
    for name in THEMES:
        theme.use(name)
        assert not re.search(r"@\w", theme.stylesheet())


def test_that_what_is_painted_takes_the_theme_in_force(qapp):
    dark = level_pixmap(WarningLevel.RED, LevelLook.FILLED, 24).toImage()
    theme.use("light")
    assert theme.colour("p1").name().upper() == theme.tokens("light")["p1"]
    assert level_pixmap(WarningLevel.RED, LevelLook.FILLED, 24).toImage() != dark
    theme.use("dark")
    assert level_pixmap(WarningLevel.RED, LevelLook.FILLED, 24).toImage() == dark


def test_that_icons_that_somebody_holds_are_drawn_anew(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column, button, label, other = QVBoxLayout(window), QToolButton(), QLabel(), QLabel()
    button.setIcon(icons.icon("close", "text2", 16))
    label.setPixmap(icons.pixmap("close", "text", 16))
    other.setPixmap(QPixmap(4, 4))
    for part in (button, label, other):
        column.addWidget(part)
    before = (button.icon().pixmap(16).toImage(), label.pixmap().toImage())
    foreign = other.pixmap().cacheKey()
    theme.use("light")
    retint(window)
    assert button.icon().pixmap(16).toImage() != before[0]
    assert label.pixmap().toImage() != before[1]
    assert other.pixmap().cacheKey() == foreign
    theme.use("dark")
    retint(window)
    assert label.pixmap().toImage() == before[1]


def test_that_an_unknown_theme_is_refused_and_nothing_changes():
    with pytest.raises(KeyError):
        theme.use("pink")
    assert theme.in_force() == "dark"
