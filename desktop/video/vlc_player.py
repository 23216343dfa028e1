"""One libVLC player of a video process: orders on its own thread, reports on the caller's."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import vlc

from desktop.memory import give_back
from desktop.video import ground
from desktop.video.bridge import RemuxFeed
from desktop.video.clip_feed import ClipFeed
from desktop.video.feed import Feed
from desktop.video.http_feed import HttpFeed
from desktop.video.part import crop
from desktop.video.probe import BRIDGED
from desktop.video.relay import Relay
from desktop.video.wire import Look, Open, PlayerReport, PlayerState, Stop, ToPlayer, Volume

_COMMON_ARGS = (
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
    "--prefetch-buffer-size=128",  # KiB; its own 16 MiB would fill up bit by bit
    "--prefetch-read-size=65536",
)
INSTANCE_ARGS = ("--no-audio", *_COMMON_ARGS)

SOUND_ARGS = ("--no-video", "--no-volume-save", *_COMMON_ARGS)

_DEMUX = ":demux=ts"
"""Every feed is one. Left to guess, libVLC takes noise for a programme stream and makes pictures
out of whatever follows (measured: 12 of 16 streams that begin with random bytes)."""

LOUDEST_PERCENT = 60
"""libVLC's scale is cubic: 0.22 of full scale, below every call of an alarm at the same volume."""

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
    feed: Feed
    window_id: int
    displayed: int = 0
    changed_at_s: float | None = None
    size: tuple[int, int] = (0, 0)
    has_output: bool = False
    stats: vlc.MediaStats = field(default_factory=vlc.MediaStats)


class VlcPlayer:
    """`order` and `report` never wait for libVLC, whose stop() was measured to take 5 s."""

    def __init__(
        self,
        number: int,
        instance: vlc.Instance,
        relay: Relay,
        news: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        sounds: bool = False,
    ) -> None:
        self.number = number
        self._instance = instance
        self._relay, self._news = relay, news
        self._clock, self._sounds = clock, sounds
        self._volume_percent = 0
        self._orders: queue.SimpleQueue[ToPlayer | None] = queue.SimpleQueue()
        self._part = Look(number)
        self._lock = threading.Lock()  # a report must not read what is being released
        self._run: _Run | None = None
        self._session = 0
        self._state = PlayerState.IDLE
        self._busy_since_s: float | None = None
        self._pending = 0
        threading.Thread(target=self._work, name=f"player-{number}", daemon=True).start()

    def order(self, order: ToPlayer) -> None:
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
        over = run.feed.ended
        shown = stats.played_abuffers if self._sounds else stats.displayed_pictures
        if shown != run.displayed and not over:
            if not run.displayed:  # the size is known now, and there is an output
                self._pending += 1
                self._orders.put(None)
            run.displayed, run.changed_at_s = shown, now_s
        state = _STATES.get(int(run.player.get_state().value), PlayerState.OPENING)
        if over:  # libVLC would take seconds to play the last pictures out
            state = PlayerState.ENDED
        return PlayerReport(
            self.number,
            self._session,
            state,
            displayed=run.displayed,
            lost=stats.lost_pictures,
            decoded=stats.decoded_video,
            received_bytes=run.feed.received_bytes,
            waiting_bytes=run.feed.waiting_bytes(),
            codec=run.feed.codec,
            width=run.size[0],
            height=run.size[1],
            changed_ago_s=None if run.changed_at_s is None else now_s - run.changed_at_s,
            busy_s=busy_s,
            refused=run.feed.refused if state is PlayerState.ENDED else 0,
            unreachable=run.feed.unreachable,
            untrusted=run.feed.untrusted,
        )

    def _work(self) -> None:
        while True:
            order, count = self._orders.get(), 1
            orders = [order]
            while not self._orders.empty():  # of each kind only the last order counts
                orders.append(self._orders.get())
                count += 1
            with self._lock:
                self._busy_since_s = self._clock()
            for look in [one for one in orders if isinstance(one, Look)][-1:]:
                self._part = look
            for volume in [one for one in orders if isinstance(one, Volume)][-1:]:
                self._volume_percent = volume.percent
            for one in [one for one in orders if isinstance(one, Open | Stop)][-1:]:
                self._carry_out(one)
            self._learn()
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

    def _learn(self) -> None:
        """The size is known with the first picture, and then only a part can be cut out; an output
        of sound takes its volume only once it is there."""
        run = self._run
        if run is None or not run.displayed:
            return
        if self._sounds:
            self._set_volume(run.player)
            return
        if not run.has_output:
            run.has_output = True
            ground.take_away(run.window_id)
        size = run.player.video_get_size(0)
        if size and all(size):
            run.size = size
            run.player.video_set_crop_geometry(crop(self._part, *size))

    def _start(self, order: Open) -> _Run | None:
        feed = feed_of(order, self._relay, self._news)
        media = self._instance.media_new(feed.address)
        player = self._instance.media_player_new()
        if media is None or player is None:
            feed.close()
            return None
        media.add_option(f":file-caching={order.caching_ms}")
        media.add_option(_DEMUX)
        player.set_media(media)
        if self._sounds:
            self._set_volume(player)
        else:
            player.set_xwindow(order.window_id)
            player.video_set_mouse_input(False)
            player.video_set_key_input(False)
        player.play()
        return _Run(player, media, feed, order.window_id)

    def _set_volume(self, player: vlc.MediaPlayer) -> None:
        """Before the first sound, and again once there is an output: some take it only then."""
        player.audio_set_volume(self._volume_percent * LOUDEST_PERCENT // 100)


def feed_of(order: Open, relay: Relay, news: Callable[[], None]) -> Feed:
    if order.loops:
        return ClipFeed(order.url, news)
    if order.protocol in BRIDGED:
        return RemuxFeed(order.url, order.protocol, news)
    return HttpFeed(order.url, relay, news)


def _close(run: _Run) -> None:
    run.feed.stop()
    run.player.stop()
    run.player.release()
    run.media.release()
    run.feed.close()
    give_back()
