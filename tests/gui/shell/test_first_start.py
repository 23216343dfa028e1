"""The first start: two choices, a countdown that any key stops, and a tested platform."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.settings import Settings, load_settings
from desktop.shell.city_choice import CityChoice
from desktop.shell.connection_test import NAMES
from desktop.shell.first_start import FirstStart
from desktop.shell.main_window import MainWindow
from tests.gui.driving import until
from views import alarm_desk
from widgets.plain_label import PlainLabel


class Heard:
    def __init__(self, page: FirstStart) -> None:
        self.words: list[str] = []
        page.demo_chosen.connect(self._demo)
        page.left.connect(self._left)
        page.start_anew.connect(self._anew)

    def _demo(self) -> None:
        self.words.append("demo")

    def _left(self) -> None:
        self.words.append("left")

    def _anew(self) -> None:
        self.words.append("anew")


@pytest.fixture
def page(qtbot, tmp_path):
    made = FirstStart(tmp_path, Settings(), first=True)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    yield made
    made.form.test.stop()


@pytest.fixture
def heard(page) -> Heard:
    return Heard(page)


def press(widget, key) -> None:
    QTest.keyClick(widget, key)


def test_that_enter_leads_to_the_demo_city_and_is_not_asked_again(page, heard, tmp_path, run):
    assert page.demo.hasFocus()

    async def scene():
        press(page.demo, Qt.Key.Key_Return)
        await until(lambda: bool(heard.words))

    run(scene())
    assert heard.words == ["demo"]
    assert (tmp_path / "settings.toml").exists() and load_settings(tmp_path).platform_url == ""


def test_that_ten_seconds_without_a_hand_lead_to_the_demo_city(page, heard, run):
    async def scene():
        for _ in range(9):
            page._second.timeout.emit()
        assert "1 s" in page.countdown.text() and heard.words == []
        page._second.timeout.emit()
        await until(lambda: bool(heard.words))

    run(scene())
    assert heard.words == ["demo"]


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_Right, Qt.Key.Key_Escape, Qt.Key.Key_Tab])
def test_that_any_key_stops_the_countdown(page, heard, key):
    press(page.demo, key)
    assert not page._second.isActive() and "s 后" not in page.countdown.text()
    assert heard.words == []


def test_that_a_press_of_the_mouse_stops_it_too(page):
    QTest.mouseClick(page, Qt.MouseButton.LeftButton)
    assert not page._second.isActive()


def test_that_a_profile_that_cannot_be_written_still_leads_to_the_demo_city(qtbot, tmp_path, run):
    made = FirstStart(tmp_path / "gone", Settings(), first=True)
    qtbot.addWidget(made)
    heard = Heard(made)

    async def scene():
        made._choose_demo()
        await until(lambda: bool(heard.words))

    run(scene())
    assert heard.words == ["demo"]


def test_that_without_a_platform_address_nothing_can_be_tested_or_saved(page):
    press(page.platform, Qt.Key.Key_Return)
    assert page._pages.currentWidget() is page.form and page.form.url.hasFocus()
    assert not page.form.try_it.isEnabled() and not page.form.save.isEnabled()


def tested(page, *steps: tuple[str, bool, str]) -> None:
    page._show_form()
    page.form.url.setText("https://city/api/v1")
    page.form._tested = ("https://city/api/v1", "")
    for step in steps:
        page.form._on_step(*step)
    page.form._on_finished(all(went for _, went, _ in steps))


def test_that_each_step_shows_its_words_and_a_failure_keeps_it_from_being_saved(page):
    tested(page, ("dns", True, "10.1.2.3"), ("tcp", False, "<b>连接被拒绝</b>"))
    said = [label.text() for label in page.form.findChildren(PlainLabel)]
    assert "10.1.2.3" in said and "<b>连接被拒绝</b>" in said and "✕" in said
    assert not page.form.save.isEnabled()


def test_that_a_tested_platform_is_kept_and_starts_anew(page, heard, tmp_path, run, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    async def scene():
        tested(page, *((name, True, "") for name in NAMES))
        assert page.form.save.isEnabled()
        page.form.save.click()
        await until(lambda: bool(heard.words))

    run(scene())
    assert heard.words == ["anew"]
    assert load_settings(tmp_path).platform_url == "https://city/api/v1"


def test_that_another_address_wants_another_test(page, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    tested(page, *((name, True, "") for name in NAMES))
    page.form.url.setText("https://city2/api/v1")
    assert not page.form.save.isEnabled()


def test_that_root_is_told_before_anything_is_kept(page, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    tested(page, *((name, True, "") for name in NAMES))
    assert not page.form.save.isEnabled() and "root" in page.form.error.text()


def test_that_the_real_test_runs_beside_the_window(page, qtbot):
    page._show_form()
    page.form.url.setText("http://city.example/api/v1")
    press(page.form.url, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.form.test.is_running, timeout=20_000)
    said = [label.text() for label in page.form.findChildren(PlainLabel)]
    assert any("https" in words for words in said) and "✕" in said
    assert not page.form.save.isEnabled()


# ---- when it is asked -----------------------------------------------------------------------


@pytest.fixture
def window(qtbot, room):
    made = MainWindow(room, (alarm_desk.VIEW,))
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_it_covers_everything_until_it_is_answered(window, room, tmp_path):
    choice = CityChoice(window, tmp_path, Settings(), window)
    choice.offer_first()
    assert choice.page.isVisible() and not window.workstation.isVisible()
    room.session.changed.emit()
    assert choice.page.isVisible()
    choice.page.demo_chosen.emit()
    assert choice.page is None and window.workstation.isVisible()


def test_that_who_has_answered_is_not_asked_again_but_can_ask(window, tmp_path):
    (tmp_path / "settings.toml").write_text("")
    choice = CityChoice(window, tmp_path, Settings(), window)
    choice.offer_first()
    assert choice.page is None
    choice.open()
    assert choice.page.isVisible() and not choice.page._second.isActive()
    press(choice.page.demo, Qt.Key.Key_Escape)
    assert choice.page is None and window.workstation.isVisible()
