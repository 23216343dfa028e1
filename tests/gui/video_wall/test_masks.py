"""Parts of pictures that nobody may see: drawn at the wall, covered in each tile, kept by right."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.audit import Outcome
from desktop.domain.cameras import TileFigures, recorded
from desktop.domain.picture_part import Size
from desktop.domain.privacy_masks import FILE
from desktop.shell.mask_file import MaskFile, read_masks
from tests.gui.driving import run, until
from tests.gui.fake_room import NOW, fake_room, open_room
from views.video_wall.mask_editor import MaskEditor
from views.video_wall.wall.menus import CellMenu
from views.video_wall.wall.throw_menu import ThrowMenu
from widgets.mask_cover import MaskCover

__all__ = ["run"]
LEFT = Qt.MouseButton.LeftButton
HALF = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))


@pytest.fixture
def editor(qtbot):
    room = fake_room()
    picture = QImage(640, 360, QImage.Format.Format_RGB32)
    picture.fill(QColor(30, 160, 90))
    made = MaskEditor(room.masks, "c1", "东门 <b>1</b> 号", picture)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.asked = []
    room.masks.asked.connect(lambda camera, masks: made.asked.append((camera, masks)))
    made.store = room.masks  # lives as long as the editor
    made.show()
    return made


def drag(qtbot, canvas, first: tuple[int, int], second: tuple[int, int]) -> None:
    qtbot.mousePress(canvas, LEFT, pos=QPoint(*first))
    here = QPointF(*second)
    moved = (QEvent.Type.MouseMove, here, canvas.mapToGlobal(here), LEFT, LEFT)
    QApplication.sendEvent(canvas, QMouseEvent(*moved, Qt.KeyboardModifier.NoModifier))
    qtbot.mouseRelease(canvas, LEFT, pos=QPoint(*second))


def test_that_a_drag_draws_a_rectangle_and_only_saving_asks_for_it(qtbot, editor):
    drag(qtbot, editor.canvas, (96, 54), (480, 270))
    drag(qtbot, editor.canvas, (600, 300), (602, 301))  # a slip of the hand
    assert editor.canvas.masks == [((0.1, 0.1), (0.5, 0.1), (0.5, 0.5), (0.1, 0.5))]
    assert editor.asked == []
    qtbot.mouseClick(editor.save, LEFT)
    assert editor.asked == [("c1", tuple(editor.canvas.masks))] and not editor.isVisible()


def test_that_everything_goes_by_keys_too_and_stays_within_the_picture(qtbot, editor):
    canvas = editor.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Insert)
    for _ in range(40):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert max(x for x, _ in canvas.masks[0]) == pytest.approx(1.0)
    assert min(x for x, _ in canvas.masks[0]) == pytest.approx(0.8)
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert max(y for _, y in canvas.masks[0]) == pytest.approx(0.62)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.masks == [] and not editor.remove.isEnabled()


def test_that_a_press_chooses_what_lies_there(qtbot, editor):
    drag(qtbot, editor.canvas, (96, 54), (480, 270))
    qtbot.mouseClick(editor.canvas, LEFT, pos=QPoint(800, 500))
    assert editor.canvas.chosen is None
    qtbot.mouseClick(editor.canvas, LEFT, pos=QPoint(200, 100))
    qtbot.mouseClick(editor.remove, LEFT)
    assert editor.canvas.masks == []


def test_that_the_cover_has_the_shape_of_the_part_that_is_looked_at(qtbot):
    cover = MaskCover(None)
    qtbot.addWidget(cover)
    cover.resize(160, 90)
    cover.be_seen(True)
    assert cover.isHidden()
    cover.show_masks((HALF,), Size(16, 9), (0.0, 0.0, 1.0, 1.0), False)
    shape = cover.mask()
    assert shape.contains(QPoint(40, 45)) and not shape.contains(QPoint(120, 45))
    cover.show_masks((HALF,), Size(16, 9), (0.5, 0.0, 0.5, 0.5), False)  # looks at the right half
    assert not cover.mask().contains(QPoint(40, 45))
    cover.show_masks((HALF,), Size(4, 3), (0.0, 0.0, 1.0, 1.0), False)  # edges at both sides
    assert cover.mask().contains(QPoint(70, 45)) and not cover.mask().contains(QPoint(10, 45))
    cover.show_masks((), Size(4, 3), (0.0, 0.0, 1.0, 1.0), False)
    assert cover.isHidden()


def test_that_every_tile_of_the_camera_is_covered_while_it_is_live(grid, room, pool):
    room.wall.put(0, "c1")
    room.wall.put(1, "c2")
    pool.go_live()
    pool.of("c1").now = TileFigures(width=640, height=360)
    room.masks.show({"c1": (HALF,)})
    first, second = (grid.tiles_of(n).front.tile for n in (0, 1))
    assert not first.cover.isHidden() and second.cover.isHidden()
    assert first.cover.geometry() == first.picture_rect
    room.wall.swap(0, 1)
    assert [grid.tiles_of(n).front.tile.cover.isHidden() for n in (0, 1)] == [True, False]
    room.wall.put(1, "c3")
    pool.go_live()
    assert grid.tiles_of(1).front.tile.cover.isHidden()


def test_that_the_moments_before_an_alarm_are_covered_as_the_live_picture_is(
    grid, room, pool, monkeypatch
):
    clip = recorded(room.cameras.get("c1"), NOW, NOW + timedelta(seconds=10), "告警前")
    room.masks.show({"c1": (HALF,)})
    monkeypatch.setattr(grid, "_camera_of", lambda cell: clip if cell.camera_id else None)
    room.wall.put(0, "c1")
    pool.go_live()
    assert not grid.tiles_of(0).front.tile.cover.isHidden()


def menu_words(room, grid) -> list[str]:
    return [
        one.text()
        for one in CellMenu(room, grid, ThrowMenu(room, None, lambda _text: None, grid))
        .build(0)
        .actions()
    ]


def test_that_only_an_administrator_is_offered_to_draw(grid, room, pool):
    room.wall.put(0, "c1")
    open_room(room)
    assert "画面遮挡…" not in menu_words(room, grid)
    open_room(room, "admin")
    assert "画面遮挡…" in menu_words(room, grid)


def kept(room, profile, run, camera_id: str, masks) -> str:
    """What is answered."""
    said = []
    room.masks.answered.connect(said.append)
    keeper = MaskFile(profile, room)

    async def work() -> None:
        room.masks.ask(camera_id, masks)
        await until(lambda: bool(said))

    run(work())
    keeper.deleteLater()
    return said[0]


def test_that_masks_are_written_audited_and_read_again(qapp, run, tmp_path):
    room = fake_room()
    open_room(room, "admin")
    assert "1 处" in kept(room, tmp_path, run, "c1", (HALF,))
    assert read_masks(tmp_path) == {"c1": (HALF,)} and room.masks.of("c1") == (HALF,)
    assert [(one.action, one.target) for one in room.audit.waiting] == [("video.mask", "c1")]


def test_that_others_are_refused_and_a_file_nobody_can_read_is_left_alone(qapp, run, tmp_path):
    room = fake_room()
    open_room(room)
    assert "无权" in kept(room, tmp_path, run, "c1", (HALF,))
    assert room.audit.waiting[0].outcome == Outcome.NO_RIGHT
    open_room(room, "admin")
    room.masks.is_known = False
    (tmp_path / FILE).write_text("{")
    assert "读不了" in kept(room, tmp_path, run, "c1", (HALF,))
    assert (tmp_path / FILE).read_text() == "{"
