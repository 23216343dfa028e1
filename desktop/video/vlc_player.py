"""One libVLC player of a video process: orders on its own thread, reports on the caller's."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import vlc

from desktop.domain.cameras import Protocol
from desktop.memory import give_back
from desktop.video.bridge import TsBridge
from desktop.video.stream_refusal import http_refusal
from desktop.video.wire import Open, PlayerReport, PlayerState, Stop

INSTANCE_ARGS = (
    "--no-audio",
    "--no-video-title-show",
    "--no-osd",
    "--quiet",
    "--no-spu",
    "--no-lua",
    "--no-snapshot-preview",
    "--no-interact",
    "--no-keyboard-events",
    "--no-mouse-events",
    "--no-xlib",
    "--stats",
    "--clock-jitter=0",
    "--no-sub-autodetect-file",
    "--keystore=memory",  # else a 401 asks the desktop's keyring over D-Bus and waits for ever
    "--avcodec-threads=1",
    "--drop-late-frames",
    "--skip-frames",
)

# libvlc_state_t by number: python-vlc makes its names only at run time.
_STATES = {
    1: PlayerState.OPENING,  # Opening
    2: PlayerState.OPENING,  # Buffering
    3: PlayerState.PLAYING,  # Playing
    4: PlayerState.PLAYING,  # Paused
    # On a live source there is no good end: libVLC says Ended where it means Error.
    5: PlayerState.ENDED,  # Stopped
    6: PlayerState.ENDED,  # Ended
    7: PlayerState.ENDED,  # Error
}


@dataclass
class _Run:
    """What is playing now, with everything that must outlive it."""

    player: vlc.MediaPlayer
    media: vlc.Media
    bridge: TsBridge | None
    url: str = field(repr=False)
    displayed: int = 0
    changed_at_s: float | None = None
    size: tuple[int, int] = (0, 0)
    stats: vlc.MediaStats = field(default_factory=vlc.MediaStats)
    asking: threading.Thread | None = None
    refused: int = 0

    def has_no_picture(self) -> PlayerState:
        """It ended before it began: ENDED once it is known whether the server refused it."""
        if self.asking is None:
            self.asking = threading.Thread(target=self._ask, name="refusal", daemon=True)
            self.asking.start()
        return PlayerState.OPENING if self.asking.is_alive() else PlayerState.ENDED

    def _ask(self) -> None:
        self.refused = self.bridge.refused if self.bridge else http_refusal(self.url)


class VlcPlayer:
    """`order` and `report` never wait for libVLC, whose stop() was measured to take 5 s."""

    def __init__(
        self,
        number: int,
        instance: vlc.Instance,
        rtsp: str = "bridge",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.number = number
        self._instance = instance
        self._rtsp = rtsp
        self._clock = clock
        self._orders: queue.SimpleQueue[Open | Stop] = queue.SimpleQueue()
        self._lock = threading.Lock()  # a report must not read what is being released
        self._run: _Run | None = None
        self._session = 0
        self._state = PlayerState.IDLE
        self._busy_since_s: float | None = None
        self._pending = 0
        threading.Thread(target=self._work, name=f"player-{number}", daemon=True).start()

    def order(self, order: Open | Stop) -> None:
        with self._lock:
            self._pending += 1
        self._orders.put(order)

    @property
    def quiet(self) -> bool:
        """Nothing plays and nothing is being carried out."""
        with self._lock:
            return self._run is None and not self._pending

    def report(self) -> PlayerReport:
        now_s = self._clock()
        with self._lock:
            busy_s = 0.0 if self._busy_since_s is None else now_s - self._busy_since_s
            if self._run is None:
                return PlayerReport(self.number, self._session, self._state, busy_s=busy_s)
            return self._look(self._run, now_s, busy_s)

    def _look(self, run: _Run, now_s: float, busy_s: float) -> PlayerReport:
        stats = run.stats
        run.media.get_stats(stats)
        over = run.bridge is not None and run.bridge.ended
        if stats.displayed_pictures != run.displayed and not over:
            run.displayed, run.changed_at_s = stats.displayed_pictures, now_s
        state = _STATES.get(int(run.player.get_state().value), PlayerState.OPENING)
        if over:  # libVLC would take seconds to play the last pictures out
            state = PlayerState.ENDED
        if state is PlayerState.ENDED and not run.displayed:
            state = run.has_no_picture()
        return PlayerReport(
            self.number,
            self._session,
            state,
            displayed=run.displayed,
            lost=stats.lost_pictures,
            decoded=stats.decoded_video,
            demuxed_bytes=stats.demux_read_bytes & 0xFFFFFFFF,  # a C int that wraps at 2 GiB
            width=run.size[0],
            height=run.size[1],
            changed_ago_s=None if run.changed_at_s is None else now_s - run.changed_at_s,
            busy_s=busy_s,
            refused=run.refused if state is PlayerState.ENDED else 0,
        )

    def _work(self) -> None:
        while True:
            order, count = self._orders.get(), 1
            while not self._orders.empty():  # only the last order counts
                order, count = self._orders.get(), count + 1
            with self._lock:
                self._busy_since_s = self._clock()
            self._carry_out(order)
            with self._lock:
                self._busy_since_s = None
                self._pending -= count

    def _carry_out(self, order: Open | Stop) -> None:
        with self._lock:
            old, self._run = self._run, None
            self._session = order.session
            self._state = PlayerState.OPENING if isinstance(order, Open) else PlayerState.IDLE
        if old is not None:
            _close(old)
        if isinstance(order, Open):
            run = self._start(order)
            with self._lock:
                self._run = run
                if run is None:
                    self._state = PlayerState.ENDED

    def _start(self, order: Open) -> _Run | None:
        bridge = None
        if order.protocol is Protocol.RTSP and self._rtsp == "bridge":
            bridge = TsBridge(order.url)
            media = bridge.media(self._instance)
        else:
            media = self._instance.media_new(order.url)
        player = self._instance.media_player_new()
        if media is None or player is None:
            if bridge is not None:
                bridge.close()
            return None
        media.add_option(f":network-caching={order.caching_ms}")
        media.add_option(f":live-caching={order.caching_ms}")
        player.set_media(media)
        player.set_xwindow(order.window_id)
        player.video_set_mouse_input(False)
        player.video_set_key_input(False)
        player.play()
        return _Run(player, media, bridge, order.url)


def _close(run: _Run) -> None:
    if run.bridge is not None:
        run.bridge.close()  # frees libVLC's reading thread, which stop() waits for
    run.player.stop()
    run.player.release()
    run.media.release()
    if run.bridge is not None:
        run.bridge.forget()
    give_back()
