"""Pictures of every view as they stand on the X screen, with video and map in them."""

import asyncio
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, AlarmState
from desktop.domain.cameras import TileState
from desktop.errors import OperatorError
from desktop.offload import offload
from desktop.shell.screen_faults import screen_faults

STEP_S, SETTLE_LIMIT_S, PAINT_S = 0.1, 15.0, 1.0
_UNSETTLED = (TileState.OPENING, TileState.RETRY, TileState.STALLED)


class ViewWindow(Protocol):
    """The part of the main window that a photographer needs."""

    def show_view(self, view_id: str) -> None: ...

    def view_ids(self) -> tuple[str, ...]: ...


class ScreenGrabber:
    """Shows one view after the other; the window is as before when it has finished."""

    def __init__(self, window: QMainWindow, views: ViewWindow, room: RoomContext) -> None:
        self._window, self._views, self._room = window, views, room

    async def take(
        self, folder: Path, size: tuple[int, int], wanted: tuple[str, ...] = ()
    ) -> dict[str, list[str]]:
        """PNG files `view-WIDTHxHEIGHT.png` of these views, of all of them without, each with the
        faults seen on it.

        Raises OperatorError.
        """
        before = self._window.size()
        self._resize(QSize(*size))
        self._select_gravest()
        try:
            if self._room.session.user is None:
                return dict([await self._take_one("sign_in", folder)])
            views = wanted or self._views.view_ids()
            return dict([await self._take_view(view, folder) for view in views])
        finally:
            self._window.resize(before)
            self._views.show_view(self._views.view_ids()[0])

    async def _take_view(self, view_id: str, folder: Path) -> tuple[str, list[str]]:
        self._views.show_view(view_id)
        return await self._take_one(view_id, folder)

    async def _take_one(self, view_id: str, folder: Path) -> tuple[str, list[str]]:
        await self._settle()
        image = grab(self._window)
        faults = screen_faults(self._window, image)
        name = view_id.replace("/", "-")
        path = folder / f"{name}-{image.width()}x{image.height()}.png"  # pixels, not points
        if not await offload(image.save, str(path)):
            raise _cannot_write(path)
        return str(path), faults

    def _resize(self, size: QSize) -> None:
        screen = self._window.screen().size()
        if size.width() > screen.width() or size.height() > screen.height():
            raise _too_large(size, screen)
        self._window.showNormal()
        self._window.move(0, 0)
        self._window.resize(size)

    def _select_gravest(self) -> None:
        """A workstation without a selected alarm shows less than it can."""
        alarms = list(self._room.alarms.items().values())
        if alarms and not self._room.selection.alarm_id:
            self._room.selection.select_alarm(min(alarms, key=_gravity).alarm_id)

    async def _settle(self) -> None:
        await asyncio.sleep(PAINT_S)
        waited_s = 0.0
        while not self._is_settled() and waited_s < SETTLE_LIMIT_S:
            await asyncio.sleep(STEP_S)
            waited_s += STEP_S
        await asyncio.sleep(PAINT_S)

    def _is_settled(self) -> bool:
        if self._room.session.user is None or self._room.video is None:  # None: safe mode
            return True
        tiles = self._room.tiles.statuses()
        moving = any(tile.state in _UNSETTLED and tile.camera_id for tile in tiles)
        return self._room.map_state.ready and not moving


def _gravity(alarm: Alarm) -> tuple[int, bool, float]:
    """The gravest that waits for its acknowledgement, the newest of several."""
    waits = alarm.state is AlarmState.ACTIVE_UNACKED
    return alarm.level.rank, not waits, -alarm.raised_at.timestamp()


def _cannot_write(path: Path) -> OperatorError:
    text = QCoreApplication.translate(
        "Screenshots", "截图无法写入 {path}：请检查目录权限和磁盘空间"
    )
    return OperatorError(text.format(path=path))


def _too_large(size: QSize, screen: QSize) -> OperatorError:
    text = QCoreApplication.translate(
        "Screenshots", "屏幕只有 {screen}，放不下 {size}：请用 --size 指定较小的尺寸"
    )
    return OperatorError(text.format(screen=_words(screen), size=_words(size)))


def _words(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"


def grab(window: QWidget) -> QImage:
    """What X shows of the window: unlike QWidget.grab it has other processes' pictures in it."""
    return window.screen().grabWindow(window.winId()).toImage()
