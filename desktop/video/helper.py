"""A video process: some libVLC players that draw into the station's windows.

    python -m desktop.video.helper [sound]

Orders come as JSON lines on stdin, reports go as JSON lines to stdout (desktop.video.wire).
Ends with its parent, at EOF of stdin. Addresses of streams are secret: they come by stdin
only, libVLC's own output is thrown away, and a traceback here carries no exception text.
"""

import contextlib
import faulthandler
import os
import resource
import select
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from desktop.lifeline import die_with_parent
from desktop.memory import keep_small
from desktop.video import wire
from desktop.video.places import PLAYERS_PER_PROCESS
from desktop.video.relay import Relay

if TYPE_CHECKING:
    from desktop.video.av_player import AvPlayer
    from desktop.video.vlc_player import VlcPlayer

_LOOK_S = 0.05  # while a picture is being opened
_REPORT_S = 0.25
_CLOSE_S = 0.2


class VideoProcess:
    """Reads orders and writes reports until stdin ends."""

    PLAYERS = PLAYERS_PER_PROCESS
    PAUSE_S = 0.02  # of the relay

    def __init__(self, orders_fd: int, reports_fd: int, sounds: bool = False) -> None:
        self._orders_fd, self._reports_fd = orders_fd, reports_fd
        self._sounds = sounds
        self._players: dict[int, VlcPlayer | AvPlayer] = {}
        self._rest = b""
        self._capabilities = wire.Capabilities()
        self._instance: Any = None  # vlc.Instance, whose module may be missing
        self._relay = Relay(self.PAUSE_S)
        self._news_fd, self._wake_fd = os.pipe()
        os.set_blocking(self._wake_fd, False)
        self._has_news = False
        self._saying = threading.Lock()

    def run(self) -> None:
        self._load()
        self._say_ready()
        next_look_s = next_report_s = time.monotonic()
        before: list[tuple[int, wire.PlayerState, bool, bool]] = []
        while self._wait(max(0.0, next_look_s - time.monotonic())):
            now_s = time.monotonic()
            if now_s < next_look_s and not self._has_news:
                continue
            self._has_news = False
            reports = tuple(player.report() for player in self._players.values())
            opening = any(r.state is wire.PlayerState.OPENING for r in reports)
            next_look_s = now_s + (_LOOK_S if opening else _REPORT_S)
            news = [(r.session, r.state, r.displayed > 0, r.received_bytes > 0) for r in reports]
            if now_s >= next_report_s or news != before:
                before, next_report_s = news, now_s + _REPORT_S
                self._say(wire.Report(tuple(filter(wire.has_news, reports))))
        self._close()

    def _load(self) -> None:
        try:
            import vlc

            from desktop.video.hardware import hardware
            from desktop.video.probe import capabilities, plugin_folder
            from desktop.video.vlc_player import INSTANCE_ARGS, SOUND_ARGS
        except (ImportError, OSError, NotImplementedError):
            self._capabilities = wire.Capabilities(reason="未找到 libVLC，请安装 libvlc5")
            return
        self._instance = vlc.Instance(list(SOUND_ARGS if self._sounds else INSTANCE_ARGS))
        if self._instance is None:
            self._capabilities = wire.Capabilities(
                reason="libVLC 启动失败，请安装 vlc-plugin-base 与 vlc-plugin-video-output"
            )
            return
        version = vlc.libvlc_get_version().decode("utf-8", "replace")
        folder = plugin_folder()
        self._capabilities = replace(capabilities(version, folder), hardware=hardware(folder))

    def _wait(self, wait_s: float) -> bool:
        """For orders, and for news of a stream. False at the end of stdin."""
        readable, _, _ = select.select([self._orders_fd, self._news_fd], [], [], wait_s)
        if self._news_fd in readable:
            os.read(self._news_fd, 4096)
            self._has_news = True
        return self._read_orders() if self._orders_fd in readable else True

    def _tell_news(self) -> None:
        """From any thread."""
        with contextlib.suppress(BlockingIOError):  # full: it is awake anyway
            os.write(self._wake_fd, b"n")

    def _read_orders(self) -> bool:
        data = os.read(self._orders_fd, 65536)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._take(wire.decode_to_video(line))
        return bool(data)

    def _take(self, order: wire.ToVideo) -> None:
        if isinstance(order, wire.Probe):
            self._say_ready()
        elif self._instance is not None and 0 <= order.player < self.PLAYERS:
            self._player(order.player).order(order)

    def _player(self, number: int) -> "VlcPlayer | AvPlayer":
        player = self._players.get(number)
        if player is None:
            player = self._players[number] = self._new_player(number)
        return player

    def _new_player(self, number: int) -> "VlcPlayer | AvPlayer":
        from desktop.video.vlc_player import VlcPlayer

        return VlcPlayer(number, self._instance, self._relay, self._tell_news, sounds=self._sounds)

    def _say_ready(self) -> None:
        self._say(wire.Ready(os.getpid(), self._capabilities))

    def _say(self, message: wire.FromVideo) -> None:
        """From any thread; one line at a time."""
        data = wire.encode(message) + b"\n"
        with self._saying:
            while data:
                data = data[os.write(self._reports_fd, data) :]

    def _close(self) -> None:
        for number, player in self._players.items():
            player.order(wire.Stop(number, -1))
        end_s = time.monotonic() + _CLOSE_S
        while time.monotonic() < end_s and not all(p.quiet for p in self._players.values()):
            time.sleep(0.01)  # the process ends here: nothing else waits


def _own_pipes() -> tuple[int, int]:
    """stdin and stdout for us alone; what libraries print goes to /dev/null."""
    orders_fd, reports_fd, words_fd = os.dup(0), os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)
    sys.stderr = os.fdopen(words_fd, "w", 1, encoding="utf-8", errors="backslashreplace")
    faulthandler.enable(sys.stderr)
    return orders_fd, reports_fd


def _report_without_text(
    kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    lines = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
    print(f"video process: {kind.__name__} at {' < '.join(reversed(lines))}", file=sys.stderr)


def _report_thread_without_text(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _report_without_text(args.exc_type, args.exc_value, args.exc_traceback)


def run_process(make: Callable[[int, int], VideoProcess]) -> int:
    """Ends the process after its last order."""
    die_with_parent()
    os.nice(10)  # pictures may stutter before the window does (measured: GUI max 37 -> 5 ms)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold addresses
    sys.excepthook = _report_without_text
    threading.excepthook = _report_thread_without_text
    with contextlib.suppress(BrokenPipeError):
        make(*_own_pipes()).run()
    sys.stderr.flush()
    os._exit(0)  # libVLC's threads are not waited for


def main() -> int:
    keep_small()
    return run_process(partial(VideoProcess, sounds=wire.SOUND_WORD in sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
