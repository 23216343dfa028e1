"""Hostile texts over the whole desk: literal, short enough, and without a file or a call."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from desktop.domain.link_messages import (
    FeedState,
    ServiceCondition,
    ServiceState,
    SessionState,
    User,
)
from desktop.domain.texts import clean_text, is_clean
from desktop.domain.weather import Weather
from desktop.shell.main_window import MainWindow
from tests.gui.driving import until
from tests.gui.fake_room import NOW, live_health
from tests.gui.hostile_text.conftest import KINDS, fill, from_wire, text_of
from tests.gui.windows import DESK_VIEWS, exposed
from tests.plain_text import below, faults, is_plain_tip, tips
from views import health, registers, settings
from widgets.confirm_dialog import ConfirmDialog

VIEWS = (
    *DESK_VIEWS,
    registers.VIEW,
    health.VIEW,
    settings.VIEW,
)


@pytest.fixture(params=KINDS)
def text(request, canary) -> str:
    return text_of(request.param, canary)


@pytest.fixture
def window(qtbot, room, text):
    fill(room, text)
    return exposed(qtbot, MainWindow(room, VIEWS))


def seen(root) -> list[str]:
    """Words of labels and buttons in sight."""
    shown = [w for w in below(root) if w.isVisible()]
    texts = [w.text() for w in shown if isinstance(w, QLabel | QAbstractButton)]
    return [text.replace("\n", " ") for text in texts]


def looked_at(root) -> None:
    """Drawn whole, every tip asked for; nothing of it is markup."""
    QApplication.processEvents()
    root.grab()
    assert faults(below(root)) == []
    assert [tip for tip in tips(root) if not is_plain_tip(tip)] == []
    assert [words for words in seen(root) if not is_clean(words)] == []


def first_words(text: str) -> str:
    return clean_text(text).replace("\n", " ")[:20]


def says(root, text: str) -> bool:
    return any(first_words(text) in words for words in seen(root))


def test_that_list_and_detail_show_the_characters_and_nothing_else(window, room, text, run):
    async def scene() -> None:
        room.selection.select_alarm("a1")
        await until(lambda: says(window.workstation.detail, text))
        looked_at(window)
        titles = [alarm.title for alarm in room.alarms.items().values()]
        assert titles == [clean_text(text)] * 3

    run(scene())


def test_that_notices_dialog_lock_and_lights_show_the_characters(window, room, text, run):
    async def scene() -> None:
        told = clean_text(text)  # as every answer of the platform comes from the link
        trouble = ServiceState(ServiceCondition.DOWN, NOW, told)
        feeds = {"alarms": FeedState(unmapped=(told,)), told[:60]: FeedState()}
        room.health.put(live_health(mqtt=trouble, rest=trouble, feeds=feeds, storage=trouble))
        room.session.put_session(SessionState(user=User("u", told, ("operator",), seat_id=told)))
        room.weather.put(from_wire(Weather, at=NOW.isoformat(), rain_mm_h=3, text=text,
                                   signal="red", signal_name=text))  # fmt: skip
        window.notices.post("k", told, told)
        window._tell_refusal(told)
        await until(lambda: says(window.notices, text))
        looked_at(window)
        window.notices.open_list(QPoint(900, 100))
        await until(lambda: QApplication.activePopupWidget() is not None)
        popup = QApplication.activePopupWidget()
        looked_at(popup)
        popup.close()
        dialog = ConfirmDialog(told, _never, window)
        dialog.open_over(window)
        await until(lambda: says(dialog, text))
        looked_at(dialog)
        assert dialog.height() < 500
        dialog.close()

    run(scene())


async def _never(password: str) -> None:
    raise AssertionError


def test_that_the_palette_lists_the_characters(window, room, text, run):
    async def scene() -> None:
        window.overlays.toggle_palette()
        palette = window.overlays.palette
        palette.field.setText(first_words(text)[:6])
        await until(lambda: not palette._asking)
        assert [row.title for row in palette.results.rows if row.title == clean_text(text)]
        looked_at(palette)
        palette.close()

    run(scene())


def test_that_the_settings_show_the_characters(window, room, text, run):
    async def scene() -> None:
        window.show_view("settings")
        await until(window._pages["settings"].isVisible)
        looked_at(window)

    run(scene())
