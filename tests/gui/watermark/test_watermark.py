"""Who looks stands across a lent picture, and only there."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.link_messages import SessionState, User
from tests.gui.driving import room
from tests.gui.fake_room import NOW
from tests.samples import camera
from views.video_wall.tile_seat import TileSeat
from widgets.video_tile import VideoTile
from widgets.watermark import Watermark

__all__ = ["room"]
LIVE, STALLED = (TileStatus(1, state=s) for s in (TileState.LIVE, TileState.STALLED))


def tile(qtbot) -> VideoTile:
    made = VideoTile(1)
    qtbot.addWidget(made)
    made.resize(400, 260)
    return made


def test_that_the_mark_lies_on_the_picture_while_it_is_live(qtbot):
    shown = tile(qtbot)
    shown.show_camera("路口", "公安共享")
    shown.mark("张敏 seat-1 2026-07-18 03:12")
    assert shown.watermark.isHidden()  # no picture yet
    shown.show_status(LIVE)
    assert not shown.watermark.isHidden()
    assert shown.watermark.geometry() == shown._picture.geometry()
    shown.show_status(STALLED)  # the kept frame has it in itself
    assert shown.watermark.isHidden()


def test_that_the_next_camera_does_not_inherit_the_mark(qtbot):
    shown = tile(qtbot)
    shown.show_camera("路口", "公安共享")
    shown.show_status(LIVE)
    shown.mark("张敏")
    shown.show_camera("自有")
    shown.show_status(LIVE)
    assert shown.watermark.isHidden() and shown.watermark.text == ""


def test_that_it_has_the_shape_of_its_letters_all_over_the_picture(qtbot):
    owner = tile(qtbot)
    mark = Watermark(owner)
    mark.resize(400, 225)
    mark.show_text("张敏 seat-1 2026-07-18 03:12", seen=True)
    region = mark.mask()
    covered = sum(r.width() * r.height() for r in region)
    assert 0.01 < covered / (400 * 225) < 0.12  # legible, and hides nothing
    for quarter in (QRect(0, 0, 200, 112), QRect(200, 112, 200, 112)):
        assert region.intersects(quarter)
    before = region.boundingRect()
    mark.resize(800, 450)
    mark.show_text(mark.text, seen=True)
    assert mark.mask().boundingRect() != before


def test_that_the_words_come_from_the_session_and_the_clock(room, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    seat = TileSeat(1, room, window)
    lent = camera("c-1", shared=True, source="公安视频平台")
    room.session.put_session(SessionState(user=User("u", "李卫东", ("dispatcher",), None, "s-7")))
    seat._camera = lent
    assert seat._mark_text() == f"李卫东 s-7 {NOW:%Y}-07-18 03:12"
    assert seat._source_badge() == "公安共享"
    seat._camera = camera("c-2", source="交通视频平台")
    assert seat._mark_text() == "" and seat._source_badge() == ""
    seat._camera = camera("c-3", watermark=True)
    assert seat._mark_text().startswith("李卫东")
    room.session.put_session(SessionState(user=None))
    assert seat._mark_text() == ""
