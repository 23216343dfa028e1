"""Notices that the page's process died or hangs, and says when to open the page again."""

import contextlib
import os
import signal
from collections import deque

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEnginePage

from desktop.clock import Clock
from views.city_map.channel import Channel

PING_MS = 2000
SILENT_AFTER_S = 5.0
LOAD_WITHIN_S = 15.0  # a cold start of the engine on a busy machine
TRIES, TRIES_WITHIN_S = 3, 60.0
VAIN_TRIES = 2
_REOPEN_MS = 100
_Ending = QWebEnginePage.RenderProcessTerminationStatus


class PageWatch(QObject):
    """`lost`, then `reopen` 100 ms later; `given_up` after three losses in a minute.

    `engine_is_gone`: what starts pages died itself. Chromium starts its zygote once in the life
    of a process, so that no new view and no reload brings a page back, only another window.
    """

    lost = Signal()
    reopen = Signal()
    given_up = Signal()

    def __init__(self, page: QWebEnginePage, channel: Channel, clock: Clock) -> None:
        super().__init__(page)
        self._page, self._channel, self._clock = page, channel, clock
        self._losses: deque[float] = deque(maxlen=TRIES)
        self._heard_s = clock.monotonic_s()
        self._loading = True
        self._in_vain = 0  # losses one after the other of which no page came to its end
        self._number = 0
        self._pinging = QTimer(self)
        self._pinging.setInterval(PING_MS)
        self._pinging.timeout.connect(self._ping)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_REOPEN_MS)
        self._again.timeout.connect(self.reopen)
        page.renderProcessTerminated.connect(self._on_terminated)
        channel.ponged.connect(self._hear)
        channel.ready.connect(self._hear_ready)

    @property
    def engine_is_gone(self) -> bool:
        return self._in_vain >= VAIN_TRIES

    def expect_load(self) -> None:
        """A load was started: silence is allowed for LOAD_WITHIN_S."""
        self._loading = True
        self._heard_s = self._clock.monotonic_s()
        self._pinging.start()

    def forgive(self) -> None:
        """The operator asks for another try."""
        self._losses.clear()

    def _hear(self, number: int) -> None:
        self._heard_s = self._clock.monotonic_s()

    def _hear_ready(self, has_base_map: bool) -> None:
        self._loading = False
        self._in_vain = 0
        self._hear(0)

    def _ping(self) -> None:
        limit_s = LOAD_WITHIN_S if self._loading else SILENT_AFTER_S
        if self._clock.monotonic_s() - self._heard_s > limit_s:
            self._end_hung_process()
            return
        self._number += 1
        self._channel.pinged.emit(self._number)

    def _end_hung_process(self) -> None:
        """A stopped renderer gives no signal and does not reload; its end gives one."""
        self._heard_s = self._clock.monotonic_s()
        pid = int(self._page.renderProcessPid())
        if pid > 0:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        else:
            self._lose()

    def _on_terminated(self, status: _Ending, code: int) -> None:
        # The normal status also comes when the engine swaps processes.
        if status != _Ending.NormalTerminationStatus:
            self._lose()

    def _lose(self) -> None:
        self._pinging.stop()
        self._in_vain += self._loading
        now_s = self._clock.monotonic_s()
        self._losses.append(now_s)
        if len(self._losses) == TRIES and now_s - self._losses[0] < TRIES_WITHIN_S:
            self.given_up.emit()
            return
        self.lost.emit()
        self._again.start()
