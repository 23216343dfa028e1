"""What the report shows: stills of the desk, then the cameras of the response, dressed."""

from dataclasses import replace

import msgspec
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from desktop.domain.cameras import Camera
from desktop.errors import PlatformError
from desktop.stores.masks import MaskStore
from tests.gui.emergency_board.conftest import board_room, night
from tests.gui.emergency_board.test_situation_report import still
from views.emergency.board.report_pictures import MOST_PICTURES, dressed, pictures_of


def coded(width: int = 640, height: int = 360, colour: int = 0x336699) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def room_with(masks: MaskStore | None = None, dark: tuple[str, ...] = ()):
    room = board_room()
    if masks is not None:
        room = replace(room, masks=masks)
    asked: list[str] = []

    async def camera_picture(camera_id: str) -> bytes:
        asked.append(camera_id)
        if camera_id in dark:
            raise PlatformError("没有画面")
        return coded()

    room.questions.camera_picture = camera_picture
    cameras = [camera(n) for n in range(1, 8)]
    room.cameras.replace([(one.camera_id, one) for one in cameras], "1", room.clock.now())
    return room, asked


def camera(number: int, **facts) -> Camera:
    values = {"camera_id": f"cam-{number}", "name": f"路口 {number}", "lon_deg": 116.6,
              "lat_deg": 28.9}  # fmt: skip
    return Camera(**(values | facts))


def response(*numbers: int):
    return msgspec.structs.replace(night(), bookmarks=tuple(f"cam-{n}" for n in numbers))


def test_that_stills_of_the_desk_come_first_and_cameras_fill_up(qapp, run):
    async def work():
        room, asked = room_with(MaskStore({}), dark=("cam-2",))
        room.snapshots.take(still(room, 9))
        shots = await pictures_of(room, response(1, 2, 3, 4, 5, 6, 7))
        assert [one.camera_id for one in shots] == ["cam-9", "cam-1", "cam-3", "cam-4"]
        assert len(shots) == MOST_PICTURES and len(asked) == MOST_PICTURES + 1

    run(work())


def test_that_where_nobody_knows_what_to_hide_no_camera_is_asked(qapp, run):
    async def work():
        room, asked = room_with(MaskStore(None))
        assert await pictures_of(room, response(1, 2)) == () and not asked

    run(work())


def test_that_masks_cover_and_a_mark_lies_over_the_picture(qapp):
    mask = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))
    bare, masked = dressed(coded(), (), ""), dressed(coded(), (mask,), "")
    marked = dressed(coded(), (), "张敏 seat-1 2026-07-18 03:11")
    assert bare is not None and masked is not None and marked is not None
    assert bare.pixel(100, 100) == bare.pixel(500, 100) == 0xFF336699
    assert masked.pixel(100, 100) != 0xFF336699 and masked.pixel(500, 100) == 0xFF336699
    changed = sum(
        marked.pixel(x, y) != 0xFF336699 for x in range(0, 640, 2) for y in range(0, 360, 2)
    )
    assert changed > 200
    assert dressed(b"no picture", (), "") is None
