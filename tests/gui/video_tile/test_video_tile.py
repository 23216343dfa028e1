from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.levels import WarningLevel
from widgets.theme import level_colour
from widgets.tile_header import HEADER_PX, TileHeader
from widgets.tile_words import header_text, is_past, next_try_text
from widgets.video_tile import NativePicture, VideoTile

NOW = datetime(2026, 7, 17, 19, 12, 5, tzinfo=UTC)


def said(state: TileState, **fields: object) -> TileStatus:
    return TileStatus(1, "c1", state, **fields)


@pytest.fixture
def tile(qtbot) -> VideoTile:
    tile = VideoTile(1)
    qtbot.addWidget(tile)
    tile.resize(412, 232)
    tile.show_camera("陆家嘴环路下穿 · 通道内")
    tile.show()
    qtbot.waitExposed(tile)
    return tile


def picture(tile: VideoTile) -> NativePicture:
    return tile.findChild(NativePicture)


@pytest.mark.parametrize("state", list(TileState))
def test_that_the_native_picture_stands_only_while_it_is_live(tile, state):
    tile.show_status(said(TileState.LIVE, age_ms=100), NOW)
    assert picture(tile).isVisible()
    tile.show_status(said(state, age_ms=100, reason="视频流中断"), NOW)
    assert picture(tile).isVisible() is (state is TileState.LIVE)


@pytest.mark.parametrize("state", [s for s in TileState if s is not TileState.LIVE])
def test_that_every_other_state_has_a_word_and_its_reason(tile, state):
    tile.show_status(said(state, reason="原因甲", retry_in_s=4.0, attempt=3), NOW)
    word, reason, _ = tile.page_lines()
    assert word and reason == "原因甲"
    assert word in tile.accessibleDescription()
    image = tile.grab().toImage()
    colours = {image.pixel(x, y) for x in range(100, 300) for y in range(100, 160)}
    assert len(colours) > 4  # letters are really painted


@pytest.mark.parametrize(
    "status, text",
    [
        (said(TileState.LIVE, age_ms=200), "实时 0.2 s"),
        (said(TileState.STALLED, age_ms=47_300), "停滞 47 s"),
        (said(TileState.OPENING, age_ms=9_000, attempt=1), "停滞 9 s"),
        (said(TileState.RETRY, age_ms=65_000, retry_in_s=4.0), "停滞 1 min"),
        (said(TileState.RETRY, retry_in_s=3.6), "重连 4 s"),
        (said(TileState.OPENING), "连接中"),
        (said(TileState.REFUSED, retry_in_s=30.0), "被拒绝"),
    ],
)
def test_that_the_header_says_the_age_of_what_stands_below_it(status, text):
    assert header_text(status) == text


def test_that_a_refused_tile_never_shows_a_picture_of_the_past():
    assert is_past(said(TileState.RETRY, age_ms=1000))
    assert not is_past(said(TileState.REFUSED, age_ms=1000))
    assert not is_past(said(TileState.OPENING))


def test_that_the_next_try_is_counted_and_announced():
    status = said(TileState.RETRY, attempt=3, retry_in_s=4.2)
    assert next_try_text(status) == "第 3 次重试 4 s 后"


def test_that_the_picture_keeps_sixteen_to_nine_below_the_header(tile):
    rect = picture(tile).geometry()
    assert rect.width() / rect.height() == pytest.approx(16 / 9, abs=0.02)
    assert rect.top() >= HEADER_PX
    tile.resize(300, 400)
    rect = picture(tile).geometry()
    assert rect.width() / rect.height() == pytest.approx(16 / 9, abs=0.02)
    assert rect.left() >= 2 and rect.right() <= 297  # the frame stays outside


def test_that_a_red_linked_alarm_frames_the_tile_outside_the_picture(tile):
    assert tile.grab().toImage().pixelColor(0, 120) != level_colour(WarningLevel.RED)
    tile.link_to(WarningLevel.RED)
    image = tile.grab().toImage()
    assert image.pixelColor(0, 120) == image.pixelColor(1, 120) == level_colour(WarningLevel.RED)
    assert image.pixelColor(2, 120) != level_colour(WarningLevel.RED)
    assert "关联" in tile.accessibleDescription()


def test_that_a_click_selects_and_a_double_click_asks_for_focus(qtbot, tile):
    tile.show_status(said(TileState.LIVE, age_ms=0), NOW)
    with qtbot.waitSignal(tile.selected) as selected:
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert selected.args == [1]
    with qtbot.waitSignal(tile.focus_requested) as focus:
        qtbot.mouseDClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert focus.args == [1]


def test_that_the_keyboard_reaches_what_the_mouse_reaches(qtbot, tile):
    with qtbot.waitSignal(tile.focus_requested):
        qtbot.keyClick(tile, Qt.Key.Key_Return)
    with qtbot.waitSignal(tile.selected):
        qtbot.keyClick(tile, Qt.Key.Key_Space)


def test_that_a_hostile_name_stays_text_of_bounded_length(tile):
    tile.show_camera('<img src="/etc/passwd">' + "长" * 1_000_000)
    tile.grab()
    assert len(tile.accessibleName()) < 200


def test_that_a_new_camera_shows_nothing_of_the_one_before(tile):
    tile.show_status(said(TileState.LIVE, age_ms=0), NOW)
    tile.show_camera("泵站 · 前池")
    assert not picture(tile).isVisible()
    assert tile.status.state is TileState.IDLE
    assert "泵站" in tile.accessibleName()


def test_that_the_window_of_a_picture_goes_where_its_tile_goes(qtbot):
    """Also when the tile keeps its size, and when only what it stands in moves."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    ground = QWidget(window)
    ground.setGeometry(0, 0, 800, 300)
    tile = VideoTile(1, ground)
    tile.setGeometry(0, 0, 300, 220)
    with qtbot.waitExposed(window):
        window.show()
    tile.show_camera("路口")
    tile.mark("张敏")
    live = TileStatus(1, state=TileState.LIVE)
    tile.show_status(live)

    def places() -> set[tuple[int, int]]:
        widgets = (tile._picture, tile.watermark)
        return {
            (one.windowHandle().x() - one.mapTo(window, QPoint()).x(),
             one.windowHandle().y() - one.mapTo(window, QPoint()).y())
            for one in widgets
        }  # fmt: skip

    assert places() == {(0, 0)}
    tile.move(310, 40)
    assert places() == {(0, 0)}
    ground.move(50, 70)
    tile.show_status(live)
    assert places() == {(0, 0)}


def test_that_a_narrow_header_leaves_its_room_to_the_name_and_hides_no_trouble(qtbot):
    header = TileHeader(1)
    qtbot.addWidget(header)
    header.show_status(TileStatus(1, state=TileState.LIVE, age_ms=200))
    header.resize(480, header.height())
    assert header.shown_text == "实时 0.2 s"
    header.resize(300, header.height())
    assert header.shown_text == "0.2 s"
    header.show_status(TileStatus(1, state=TileState.STALLED, age_ms=12_000))
    assert header.shown_text == "停滞 12 s"
    header.show_status(TileStatus(1, state=TileState.REFUSED))
    assert header.shown_text == "被拒绝"
