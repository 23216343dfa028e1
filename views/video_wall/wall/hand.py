"""The mouse on the wall: choose, enlarge, swap by drag, zoom by wheel, pull a border."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.stores.wall import WallStore
from views.video_wall.wall.rects import Border, border_at, dragged, square_at
from views.video_wall.wall.zoom import Zoom

if TYPE_CHECKING:
    from views.video_wall.wall.grid import WallGrid

_NOTCH = 120.0  # of a wheel


class Hand(QObject):
    """Every move of the operator's hand becomes one call of the store."""

    def __init__(self, grid: "WallGrid", store: WallStore) -> None:
        super().__init__(grid)
        self._grid, self._store = grid, store
        self._pressed: QPoint | None = None  # in the grid
        self._from: int | None = None  # cell
        self._last = QPointF()
        self._swapping = self._panning = False
        self._border: Border | None = None

    def tile_event(self, watched: QObject, event: QEvent) -> bool:
        """Events of the tiles, which hand over those of their pictures. True: done with."""
        if not isinstance(watched, QWidget):
            return False
        if isinstance(event, QWheelEvent):
            point = watched.mapTo(self._grid, event.position().toPoint())
            return self._wheel(point, event.angleDelta().y())
        if isinstance(event, QMouseEvent):
            point = watched.mapTo(self._grid, event.position().toPoint())
            return self._mouse(event, point)
        return False

    def grid_event(self, event: QEvent) -> bool:
        """Events of the grid itself: empty cells and the gaps."""
        if isinstance(event, QMouseEvent):
            return self._mouse(event, event.position().toPoint())
        return False

    def _mouse(self, event: QMouseEvent, point: QPoint) -> bool:
        kind, button = event.type(), event.button()
        if kind == QEvent.Type.MouseButtonPress and button == Qt.MouseButton.LeftButton:
            self._press(point)
        elif kind == QEvent.Type.MouseButtonPress and button == Qt.MouseButton.RightButton:
            self._menu(point, event.globalPosition().toPoint())
        elif kind == QEvent.Type.MouseMove:
            self._move(point, event.buttons())
        elif kind == QEvent.Type.MouseButtonRelease and button == Qt.MouseButton.LeftButton:
            self._release(point)
        elif kind == QEvent.Type.MouseButtonDblClick and button == Qt.MouseButton.LeftButton:
            here = self._grid.cell_at(point)
            if here is not None and self._grid.may_enlarge(here):
                self._store.toggle_focus(here)
        else:
            return False
        return True

    # ---- pressing ---------------------------------------------------------------------------

    def _press(self, point: QPoint) -> None:
        grid = self._grid
        grid.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed, self._last = point, QPointF(point)
        self._from = grid.cell_at(point)
        self._swapping = self._panning = False
        self._border = None
        if self._from is None:
            self._border = self._border_at(point)
        else:
            self._store.select(self._from)

    def _move(self, point: QPoint, buttons: Qt.MouseButton) -> None:
        if self._pressed is None or not buttons & Qt.MouseButton.LeftButton:
            self._show_cursor(point)
            return
        if self._border is not None:
            self._pull(point)
        elif self._from is not None:
            self._drag(point)

    def _release(self, point: QPoint) -> None:
        grid, start, border = self._grid, self._from, self._border
        swapping = self._swapping
        moved = self._pressed is not None and self._is_far(point)
        self._pressed = self._from = self._border = None
        self._swapping = self._panning = False
        grid.show_aim(())
        grid.unsetCursor()
        if border is not None and moved:  # a mere click between two pictures costs none of them
            layout = self._store.wall.layout
            row, col = square_at(layout, grid.width(), grid.height(), point)
            index, span = dragged(layout, border, row, col)
            if span != layout.spans[index]:
                self._store.stretch(index, span)
        elif swapping and start is not None:
            there = grid.cell_at(point)
            if there is not None and there != start and grid.rect().contains(point):
                self._store.swap(start, there)
                self._store.select(there)

    # ---- dragging ---------------------------------------------------------------------------

    def _drag(self, point: QPoint) -> None:
        assert self._pressed is not None and self._from is not None
        if not (self._swapping or self._panning) and self._is_far(point):
            zoomed = not self._grid.tiles_of(self._from).zoom.is_whole
            self._panning = zoomed and not self._in_header(self._pressed)
            self._swapping = not self._panning and self._store.focused is None
        if self._panning:
            self._pan(point)
        elif self._swapping:
            self._grid.setCursor(Qt.CursorShape.ClosedHandCursor)
            there = self._grid.cell_at(point)
            self._grid.show_aim(() if there in (None, self._from) else (there,))

    def _is_far(self, point: QPoint) -> bool:
        """A drag, and not the shake of a click."""
        assert self._pressed is not None
        return (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()

    def _in_header(self, point: QPoint) -> bool:
        index = self._grid.cell_at(point)
        front = self._grid.tiles_of(index).front if index is not None else None
        return front is None or point.y() - front.tile.y() < front.tile.header_px

    def _pan(self, point: QPoint) -> None:
        assert self._from is not None
        cell = self._grid.tiles_of(self._from)
        if cell.front is None:
            return
        size = cell.front.tile.picture_rect.size()
        moved = QPointF(point) - self._last
        self._last = QPointF(point)
        wide, high = max(1, size.width()), max(1, size.height())
        cell.look(cell.zoom.moved(moved.x() / wide, moved.y() / high))

    def _wheel(self, point: QPoint, turned: int) -> bool:
        index = self._grid.cell_at(point)
        if index is None:
            return False
        cell = self._grid.tiles_of(index)
        if cell.front is None or not cell.front.is_live:
            return True
        picture = cell.front.tile.picture_rect.translated(cell.front.tile.pos())
        if not picture.contains(point):
            return True
        x = (point.x() - picture.x()) / max(1, picture.width())
        y = (point.y() - picture.y()) / max(1, picture.height())
        cell.look(cell.zoom.turned(turned / _NOTCH, x, y))
        self._store.touch(index)
        return True

    def reset_zoom(self, index: int) -> None:
        self._grid.tiles_of(index).look(Zoom())

    # ---- borders ----------------------------------------------------------------------------

    def _border_at(self, point: QPoint) -> Border | None:
        if self._store.focused is not None:
            return None
        grid = self._grid
        return border_at(self._store.wall.layout, grid.width(), grid.height(), point)

    def _pull(self, point: QPoint) -> None:
        assert self._border is not None
        grid, layout = self._grid, self._store.wall.layout
        row, col = square_at(layout, grid.width(), grid.height(), point)
        index, span = dragged(layout, self._border, row, col)
        rects = grid.rects()
        touched = [n for n, one in enumerate(layout.spans) if one.squares() & span.squares()]
        outline = rects[index]
        for number in touched:
            if layout.spans[number].squares() <= span.squares():
                outline = outline.united(rects[number])
        grid.show_aim(touched if span != layout.spans[index] else (), outline)

    def _show_cursor(self, point: QPoint) -> None:
        border = self._border_at(point) if self._grid.cell_at(point) is None else None
        if border is None:
            self._grid.unsetCursor()
            return
        shape = Qt.CursorShape.SplitHCursor if border.upright else Qt.CursorShape.SplitVCursor
        self._grid.setCursor(shape)

    def _menu(self, point: QPoint, on_screen: QPoint) -> None:
        index = self._grid.cell_at(point)
        if index is not None:
            self._store.select(index)
            self._grid.menu_asked.emit(index, on_screen)
