"""Keeps what the operator set in desk.db: per user, falling back to the seat.

The one writer of desk.db, one piece of work after the other and never on the GUI thread. A full
or read-only disk is told once; the desk goes on and keeps nothing until it works again.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.clock import Clock
from desktop.errors import ProfileError
from desktop.offload import offload
from desktop.stores.health import SessionStore
from desktop.stores.preferences import Preferences
from desktop.tasks import TaskScope, loop_runs
from local_db.desk import SEAT, Desk, why
from local_db.quarantine import condemn, is_damage

log = logging.getLogger(__name__)
R = TypeVar("R")

OPEN_AGAIN_AFTER_S = 30.0
GATHER_MS = 250  # a slider that is dragged is one write
CLOSE_LIMIT_S = 1.0
# What the next person at this seat starts with, too.
_OF_THE_SEAT = frozenset({"theme", "text_scale_percent", "volume_percent", "locked"})


class DeskKeeping(QObject):
    """Owns desk.db. `kept_changed`: why nothing is kept, empty when all is well."""

    kept_changed = Signal(str)
    rebuilt = Signal(str)  # why the former file was moved aside

    def __init__(self, path: Path, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._clock = path, clock
        self._scope = TaskScope(self)
        self._desk: Desk | None = None
        self._trouble = ""
        self._open_again_s = 0.0
        self._one_at_a_time = asyncio.Lock()
        self._closed = False

    @property
    def trouble(self) -> str:
        return self._trouble

    async def ask(self, work: Callable[[Desk], R], instead: R) -> R:
        """The result of `work`, or `instead` where the file cannot be used. Raises nothing."""
        async with self._one_at_a_time:
            return await self._try(work, instead)

    def write(self, work: Callable[[Desk], None]) -> None:
        """Order is kept; a failure is told, not raised. Nothing is kept any more after `close`:
        timers of a window that is closing still come, and would open the file anew.
        """
        if not self._closed and loop_runs():
            self._scope.spawn(self.ask(work, None), "write desk.db")

    async def close(self) -> None:
        """Waits a moment for what is still to be written."""
        try:
            await asyncio.wait_for(self._end(), CLOSE_LIMIT_S)
        except TimeoutError:
            log.warning("desk.db did not close in %.0f s", CLOSE_LIMIT_S)
        self._closed, self._desk = True, None

    async def _end(self) -> None:
        """Behind the work that was given before."""
        async with self._one_at_a_time:
            self._closed = True
            if self._desk is not None:
                await self._try(Desk.close, None)

    async def _try(self, work: Callable[[Desk], R], instead: R) -> R:
        now_s = self._clock.monotonic_s()
        if self._desk is None and (self._closed or now_s < self._open_again_s):
            return instead
        try:
            if self._desk is None:
                self._desk = await offload(Desk, self._path)
                if self._desk.damage:
                    log.warning("desk.db was damaged: %s", self._desk.damage)
                    self.rebuilt.emit(self._desk.damage)
            result = await offload(work, self._desk)
        except ProfileError as error:
            self._open_again_s = now_s + OPEN_AGAIN_AFTER_S
            self._tell(error.operator_text)
        except (sqlite3.Error, OSError) as error:
            log.warning("desk.db: %s", error)
            await self._give_up_damaged(error)
            reason = self.tr("值班台的个人设置和通知没有存下：{0}。告警和命令不受影响")
            self._tell(reason.format(why(error)))
        else:
            self._tell("")
            return result
        return instead

    async def _give_up_damaged(self, error: Exception) -> None:
        """The next work opens a new file, and the damaged one is moved aside."""
        if self._desk is not None and is_damage(error):
            desk, self._desk = self._desk, None
            await offload(condemn, self._path)
            await offload(desk.close)

    def _tell(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self.kept_changed.emit(trouble)


class PreferenceKeeping(QObject):
    """Loads the values of who sits here and writes what they set."""

    loaded = Signal(str)  # owner

    def __init__(
        self,
        preferences: Preferences,
        session: SessionStore,
        keeping: DeskKeeping,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._session, self._keeping = preferences, session, keeping
        self._scope = TaskScope(self)
        self._owner = SEAT
        self._pending: dict[str, Any] = {}
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self.flush)
        preferences.wished.connect(self._on_wished)
        session.changed.connect(self._on_session)

    async def load(self) -> None:
        """The seat's values below those of the user."""
        owner = self._owner
        values = await self._keeping.ask(lambda desk: _read(desk, owner), {})
        if owner == self._owner:  # nobody else sat down meanwhile
            self._preferences.load(values | self._pending)
            self.loaded.emit(owner)

    def flush(self) -> None:
        """Writes what was gathered, at once."""
        values, self._pending = self._pending, {}
        self._gather.stop()
        if values:
            owner = self._owner
            self._keeping.write(lambda desk: _write(desk, owner, values))

    def _on_wished(self, key: str) -> None:
        self._pending[key] = self._preferences.get(key)
        self._gather.start()

    def _on_session(self) -> None:
        user = self._session.user
        owner = user.user_id if user is not None else SEAT
        if owner != self._owner:
            self.flush()
            self._owner = owner
            self._scope.spawn(self.load(), "load preferences")


def _read(desk: Desk, owner: str) -> dict[str, Any]:
    seat = desk.preferences(SEAT)
    return seat if owner == SEAT else seat | desk.preferences(owner)


def _write(desk: Desk, owner: str, values: dict[str, Any]) -> None:
    desk.put_preferences(owner, values)
    shared = {key: value for key, value in values.items() if key in _OF_THE_SEAT}
    if owner != SEAT and shared:
        desk.put_preferences(SEAT, shared)
