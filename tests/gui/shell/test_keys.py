"""Keys: one table, and window, sheet and palette agree with it; each does what it says."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.context import ViewSpec
from desktop.domain.link_messages import SessionState
from desktop.shell.keys import KEYS, WIDGET_KEYS, key_words
from desktop.shell.main_window import MainWindow
from desktop.shell.places import Mode
from tests.gui.driving import until
from tests.gui.fake_room import R, Y, alarm
from tests.gui.windows import DESK_VIEWS, activated, put_alarms
from widgets.plain_label import PlainLabel
from widgets.video_tile import VideoTile


class WallPage(PlainLabel):
    bare = enlarged = False

    def set_bare(self, bare: bool) -> None:
        self.bare = bare

    def step_back(self) -> bool:
        was, self.enlarged = self.enlarged, False
        return was


class Board(PlainLabel):
    reports = 0

    def make_report(self) -> None:
        self.reports += 1


class ResponsePage(PlainLabel):
    def __init__(self) -> None:
        super().__init__("应急")
        self.board = Board("执行", parent=self)


VIEWS = (
    *DESK_VIEWS,
    ViewSpec("wall", "视频墙", "cctv.svg", lambda room: WallPage("墙")),
    ViewSpec("emergency", "应急", "flash-outline.svg", lambda room: ResponsePage()),
    ViewSpec("cockpit", "驾驶舱", "chart-bar.svg", lambda room: QWidget()),
    *(
        ViewSpec(f"page{n}", f"页{n}", "history.svg", lambda room: PlainLabel("页"))
        for n in range(6)
    ),
)


@pytest.fixture
def done() -> list[str]:
    """What the parts that belong to others were asked for."""
    return []


@pytest.fixture
def window(qtbot, room, done):
    """Everything that the whole station provides is provided, in place of it a note."""
    put_alarms(room, *(alarm(f"a{n:02}", Y if n else R, 20 + n) for n in range(30)))
    made = MainWindow(room, VIEWS)
    for slot in sorted(set(made.keys.unprovided())):
        made.keys.provide(slot, Note(made, slot, done).note)
    return activated(qtbot, made)


class Note(QWidget):
    def __init__(self, parent: QWidget, slot: str, done: list[str]) -> None:
        super().__init__(parent)
        self._slot, self._done = slot, done

    def note(self) -> None:
        self._done.append(self._slot)


def press(widget: QWidget, sequence: str) -> None:
    combination = QKeySequence(sequence)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def sequences(window: MainWindow) -> list[str]:
    shortcuts = [key for key in window.findChildren(QShortcut) if key.isEnabled()]
    return sorted(key.key().toString() for key in shortcuts)


def told(specs) -> list[str]:
    return sorted(QKeySequence(one).toString() for spec in specs for one in spec.sequences)


def test_that_the_sheet_shows_exactly_the_shortcuts_of_the_window(window):
    press(window, "F1")
    shown = [s for s in window.overlays.sheet.shown() if s not in WIDGET_KEYS]
    assert told(shown) == sequences(window)
    assert len(sequences(window)) == len(set(sequences(window))), "two things on one key"
    words = [label.text() for label in window.overlays.sheet.findChildren(PlainLabel)]
    for spec in window.overlays.sheet.shown():
        assert window.keys.words(spec) in words
        for one in spec.sequences:
            assert key_words(one) in words
    assert {spec.name for spec in WIDGET_KEYS} <= {s.name for s in window.overlays.sheet.shown()}


def test_that_no_other_place_of_the_program_makes_shortcuts():
    from pathlib import Path

    root = Path(__file__).resolve().parents[3]
    makers = [
        path.relative_to(root).as_posix()
        for folder in ("desktop", "views", "widgets")
        for path in sorted((root / folder).rglob("*.py"))
        if "QShortcut(" in path.read_text("utf-8") or ".setShortcut(" in path.read_text("utf-8")
    ]
    assert makers == ["desktop/shell/keys.py"]


# ---- what each key of the table does --------------------------------------------------------

Check = Callable[[MainWindow, object, list[str]], bool]
MODES = {"F2": Mode.MAP, "F3": Mode.VIDEO}
DOES: dict[str, Check] = {
    "enlarge_map": lambda w, room, done: w.workstation.mode is Mode.MAP,
    "enlarge_video": lambda w, room, done: w.workstation.mode is Mode.VIDEO,
    "dispatch": lambda w, room, done: (
        room.emergency.shown is not None
        and room.emergency.shown.alarm_ids == ("a02",)
        and w.shown_view() == "emergency"
    ),
    "situation_report": lambda w, room, done: (
        (page := w.page("emergency")) is not None and page.board.reports == 1
    ),
    "previous": lambda w, room, done: room.selection.alarm_id == "a01",
    "next": lambda w, room, done: room.selection.alarm_id == "a03",
    "search_list": lambda w, room, done: w.workstation.list._search.hasFocus(),
    "palette": lambda w, room, done: w.overlays.palette.isVisible(),
    "key_sheet": lambda w, room, done: w.overlays.sheet.isVisible(),
    "wall_bare": lambda w, room, done: "wall" in w._pages and w._pages["wall"].bare,
    **{
        slot: lambda w, room, done, slot=slot: done == [slot]
        for slot in ("silence", "lock", "text_larger", "text_smaller", "text_normal", "choose_city")
    },
}
ELSEWHERE = {"back", "acknowledge", "locate"}  # tests of their own below
KEYED = [spec for spec in KEYS if spec.sequences]


def test_that_every_key_of_the_table_is_tried():
    assert {spec.name for spec in KEYED} == set(DOES) | ELSEWHERE


@pytest.mark.parametrize(
    ("name", "sequence"),
    [(s.name, one) for s in KEYED if s.name not in ELSEWHERE for one in s.sequences],
)
def test_that_a_key_does_what_the_sheet_says(window, room, done, name, sequence):
    room.selection.select_alarm("a02")
    if name not in ("palette", "key_sheet"):  # these two are not built yet
        assert not DOES[name](window, room, done)
    press(window, sequence)
    assert DOES[name](window, room, done)


@pytest.mark.parametrize("number", range(1, 10))
def test_that_ctrl_and_a_number_show_the_view_of_that_number(window, number):
    press(window, f"Ctrl+{2 if number == 1 else 1}")
    press(window, f"Ctrl+{number}")
    view_id = window.view_ids()[number - 1]
    assert window.navigation.items()[view_id].isChecked()
    if view_id in {mode.value for mode in Mode}:
        assert window._work.currentWidget() is window.workstation
        assert window.workstation.mode.value == view_id
    else:
        assert window._work.currentWidget() is window._pages[view_id]


@pytest.mark.parametrize("sequence", ["Ctrl+Return", "Ctrl+Enter"])
def test_that_the_keypad_acknowledges_too(window, room, run, sequence):
    async def scene():
        room.selection.select_alarm("a02")
        press(window, sequence)
        await until(lambda: bool(room.orders.given))

    run(scene())
    assert room.orders.given == [("acknowledge", "a02")]


@pytest.mark.parametrize("sequence", ["Alt+Return", "Alt+Enter"])
def test_that_locating_leads_back_from_a_page(window, room, sequence):
    room.selection.select_alarm("a02")
    asked: list[str] = []
    room.selection.alarm_changed.connect(asked.append)
    window.show_view("page0")
    press(window, sequence)
    assert window._work.currentWidget() is window.workstation and asked == ["a02"]


def test_that_esc_closes_what_lies_on_top_before_it_leads_back(window):
    window.show_view("page0")
    window.notices.post("k", "标题", "说明")
    press(window, "Esc")
    assert window.notices.shown == () and window._work.currentWidget() is not window.workstation
    press(window, "Esc")
    assert window._work.currentWidget() is window.workstation


def test_that_esc_gives_an_enlarged_picture_back_before_it_takes_a_notice_away(window):
    window.show_view("wall")
    page = window._work.currentWidget()
    page.enlarged = True
    window.notices.post("k", "标题", "说明")
    press(window, "Esc")
    assert not page.enlarged and len(window.notices.shown) == 1
    press(window, "Esc")
    assert window.notices.shown == ()


def test_that_f2_on_a_page_shows_the_map_and_not_a_page_with_another_name(window):
    window.show_view("page0")
    press(window, "F2")
    assert window._work.currentWidget() is window.workstation
    assert window.workstation.mode is Mode.MAP


def test_that_ctrl_f_leads_to_the_search_of_the_page_shown(window):
    class Page(QWidget):
        asked = 0

        def focus_search(self) -> None:
            Page.asked += 1

    window._pages["page0"] = page = Page()
    window._work.addWidget(page)
    window.show_view("page0")
    press(window, "Ctrl+F")
    assert Page.asked == 1
    window.show_view("page1")  # has none
    press(window, "Ctrl+F")
    assert Page.asked == 1


def test_that_a_page_has_arrows_and_ctrl_enter_to_itself(window, room, run):
    room.selection.select_alarm("a02")
    window.show_view("page0")
    press(window, "Down")
    press(window, "Ctrl+Return")
    assert room.selection.alarm_id == "a02" and room.orders.given == []
    window.show_view("alarms")
    press(window, "Down")
    assert room.selection.alarm_id == "a03"


# ---- when keys work -------------------------------------------------------------------------


def test_that_signed_out_only_the_keys_of_the_sign_in_page_work(window, room):
    room.session.put_session(SessionState())
    allowed = [spec for spec in KEYED if spec.signed_out]
    assert sequences(window) == told(allowed) and "F1" in sequences(window)
    press(window, "F1")
    assert window.overlays.sheet.shown() == window.keys.working()


def test_that_behind_a_cover_only_what_the_lock_allows_works(window):
    before = sequences(window)
    window.cover(PlainLabel("锁定"))
    assert sequences(window) == told(spec for spec in KEYED if spec.while_locked)
    press(window, "Ctrl+K")
    assert window.overlays.palette is None
    window.cover(None)
    assert sequences(window) == before


def test_that_a_key_that_nobody_carries_out_is_neither_made_nor_shown(qtbot, room):
    bare = MainWindow(room, VIEWS)
    qtbot.addWidget(bare)
    assert "F9" not in sequences(bare)
    assert "silence" not in {spec.name for spec in bare.keys.sheet()}
    with pytest.raises(KeyError):
        bare.keys.provide("fly", bare.close)


@pytest.mark.parametrize("way_back", ["F11", "Escape"])
def test_that_the_wall_that_stands_alone_gets_its_bars_back_by_key(window, way_back):
    press(window, "F11")
    assert window._pages["wall"].bare and not window.top_bar.isVisible()
    press(window, way_back)
    assert not window._pages["wall"].bare and window.top_bar.isVisible()


# ---- keys that widgets handle ---------------------------------------------------------------


def test_that_the_list_pages_and_jumps(window, room):
    view = window.workstation.list.view
    room.selection.select_alarm("a00")
    press(view, "End")
    assert room.selection.alarm_id == "a29"
    press(view, "Home")
    assert room.selection.alarm_id == "a00"
    press(view, "PgDown")
    assert room.selection.alarm_id not in ("a00", "a01", "a29")
    press(view, "PgUp")
    assert room.selection.alarm_id == "a00"


def test_that_a_tile_is_enlarged_and_selected_by_key(qtbot):
    tile = VideoTile(3)
    qtbot.addWidget(tile)
    enlarged, selected = [], []
    tile.focus_requested.connect(enlarged.append)
    tile.selected.connect(selected.append)
    press(tile, "Return")
    press(tile, "Space")
    assert (enlarged, selected) == ([3], [3])


# ---- the sheet ------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (1100, 620)])
def test_that_the_sheet_fits_and_cuts_no_word(window, width, height):
    """1280 x 720 is a screen of 1920 x 1080 with its text at 150 %."""
    window.resize(width, height)
    press(window, "F1")
    sheet = window.overlays.sheet
    QTest.qWait(1)
    assert sheet.width() <= width and sheet.height() <= height
    for label in sheet.findChildren(PlainLabel):
        room_px = label.heightForWidth(label.width()) if label.wordWrap() else 0
        assert label.height() >= room_px, label.text()
        if not label.wordWrap():
            assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
    area = sheet._scroll
    assert area.widget().width() <= area.viewport().width()
    if height >= 1080:
        assert area.widget().height() <= area.viewport().height(), "all of it without scrolling"


def test_that_the_sheet_closes_by_the_key_that_opened_it_and_leads_to_the_guide(window):
    press(window, "F1")
    sheet = window.overlays.sheet
    press(sheet, "F1")
    assert not sheet.isVisible()
    press(window, "F1")
    QTest.mouseClick(sheet.guide, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not sheet.isVisible() and window.overlays.guide.isVisible()
    window.overlays.close_all()


def test_that_the_names_of_the_table_are_unique():
    names = [spec.name for spec in (*KEYS, *WIDGET_KEYS)]
    assert len(names) == len(set(names))
    assert all(dataclasses.is_dataclass(spec) for spec in KEYS)
