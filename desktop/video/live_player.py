"""The live picture of one tile: asks for addresses, opens, watches, tries again."""

import asyncio
import contextlib
from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.domain import cameras
from desktop.domain.cameras import (
    MOVING_FRAMES,
    Camera,
    LiveAnswer,
    RecordedCamera,
    Stream,
    TileFigures,
    TileState,
    TileStatus,
)
from desktop.domain.tile_policy import choose_stream
from desktop.errors import PlatformAway, PlatformError
from desktop.tasks import TaskScope
from desktop.video import wire
from desktop.video.stream_refusal import REFUSALS
from desktop.video.watchdog import Cause, Step, TileWatch

if TYPE_CHECKING:
    from desktop.video.pool import VideoPool

WHOLE = ((0.0, 0.0, 1.0, 1.0), 0.0)
_ASK_LIMIT_S = 5.0
_FRESH_S = 3.0
_SETTLE_LIMIT_S = 6.0
_FPS_WINDOW_S = 3.0
_TELL_S = 0.45
_SILENT_S = 1.0


class LiveQuestions(Protocol):
    """Where fresh, short-lived addresses come from. Raises PlatformError."""

    async def live(self, camera_id: str, profile: str) -> LiveAnswer: ...

    async def playback(self, camera_id: str, start: datetime, end: datetime) -> LiveAnswer: ...


class LivePlayer(QObject):
    """Shows one camera in one native window and says each 500 ms how that goes."""

    status_changed = Signal(object)  # TileStatus

    def __init__(
        self,
        tile: int,
        pool: "VideoPool",
        questions: LiveQuestions,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tile, self._pool, self._questions = tile, pool, questions
        self._clock = clock
        self._scope = TaskScope(self)
        self._watch = TileWatch()
        self._camera: Camera | None = None
        self._window_id, self._profile = 0, "sub"
        self._session = 0  # reports of older ones are not about this picture
        self._opening: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()
        self._process_ready = asyncio.Event()
        self._part = WHOLE
        self._volume_percent: int | None = None  # of a picture there is none
        self._transport, self._refusal = "", ""
        self._frames_shown = 0
        self._arrivals: deque[tuple[float, int, int]] = deque()  # s, pictures, bytes
        self._report: wire.PlayerReport | None = None  # of the running session
        self._bytes, self._bytes_s = 0, 0.0  # received, and when that last grew
        self._told_s, self._told_moving = 0.0, False
        self._status = TileStatus(tile)

    @property
    def status(self) -> TileStatus:
        return self._status

    @property
    def is_used(self) -> bool:
        """Whether it needs its process."""
        return self._watch.state is not TileState.IDLE

    def show(self, camera: Camera, window_id: int, profile: str = "sub") -> None:
        """Opens unless the same camera runs in the same window with the same profile."""
        same = self._camera is not None and self._camera.camera_id == camera.camera_id
        if same and (window_id, profile) == (self._window_id, self._profile):
            return
        if not same:
            self._frames_shown, self._refusal = 0, ""
        self._camera, self._window_id, self._profile = camera, window_id, profile
        if self._watch.exposed:
            self._do(self._watch.begin())
        else:
            self._stop()
            self._watch.end(Cause.HIDDEN)
        self._tell()

    def clear(self) -> None:
        self._camera = None
        self._stop()
        self._watch.end()
        self._tell()

    def figures(self) -> TileFigures:
        """Of the present moment; ask once a second. Empty without a picture."""
        report, now_s = self._report, self._now_s()
        if report is None or report.session != self._session:
            return TileFigures()
        byte_s = self._rate(now_s, 2)
        return TileFigures(
            transport=self._transport,
            codec=report.codec,
            width=report.width,
            height=report.height,
            fps=round(self._rate(now_s, 1), 1),
            kbit_s=round(byte_s * 8 / 1000),
            dropped=report.lost,
            behind_ms=round(report.waiting_bytes / byte_s * 1000) if byte_s else 0,
            buffer_ms=self._pool.caching_ms,
            by_processor=not self._pool.capabilities().hardware.is_usable,
        )

    @property
    def late_s(self) -> int:
        """Whole seconds in which this machine did not keep up with the picture; of a focus tile."""
        report = self._report
        return report.late_s if report is not None and report.session == self._session else 0

    def set_exposed(self, exposed: bool) -> None:
        """Whether the picture's window can be seen; hidden for 2 s stops the stream."""
        if exposed != self._watch.exposed:
            self._do(self._watch.expose(self._now_s(), exposed))
            self._tell()

    def look(self, part: tuple[float, float, float, float], aspect: float = 0.0) -> None:
        """Left, top, width and height of what is shown, as fractions of the picture; `aspect`:
        width by height of a window that it is to fill. Holds for all that comes."""
        self._part = part, aspect
        self._pool.send_look(self._tile, part, aspect)

    def set_volume(self, percent: int) -> None:
        """Of the player that sounds (places.SOUND_TILE); 0 is mute."""
        if percent != self._volume_percent:
            self._volume_percent = percent
            self._pool.send_volume(self._tile, percent)

    def retry_now(self) -> None:
        """The way to the platform came back."""
        self._do(self._watch.retry_now())

    def close(self) -> None:
        self._camera = None
        self._cancel_opening()
        self._watch.end()

    # -- called by the pool ----------------------------------------------------------------

    def tick(self) -> None:
        self._do(self._watch.tick(self._now_s()))
        self._tell()

    def process_ready(self) -> None:
        self._process_ready.set()

    def process_lost(self) -> None:
        self._process_ready.clear()
        self._do(self._watch.process_lost())
        self._tell()

    def take_report(self, report: wire.PlayerReport) -> None:
        if report.session != self._session or report.state is wire.PlayerState.IDLE:
            return
        now_s, before = self._now_s(), self._watch.state
        self._report = report
        if report.refused in REFUSALS and before is TileState.OPENING:
            self._refuse_stream(report.refused, now_s)
            return
        if report.received_bytes != self._bytes:
            self._bytes, self._bytes_s = report.received_bytes, now_s
        if report.received_bytes:  # it flows: the next one of this host may be opened
            self._settled.set()
        ended = report.state is wire.PlayerState.ENDED
        new = self._watch.see(now_s, report.displayed, report.changed_ago_s, ended)
        if new and self._watch.exposed:
            self._frames_shown += new
        if new:
            at_s = now_s - (report.changed_ago_s or 0.0)
            self._arrivals.append((at_s, report.displayed, report.received_bytes))
        if self._watch.state is not before:
            self._settled.set()
            if self._watch.state is TileState.RETRY:
                self._stop()
            self._tell()
        elif not self._told_moving:
            self._tell()

    def _refuse_stream(self, status: int, now_s: float) -> None:
        if status in (401, 403):
            text = self.tr("视频服务器拒绝取流（{0}）：没有权限，或地址已失效")
        else:
            text = self.tr("视频服务器上没有这路画面（{0}）")
        self._refusal = text.format(status)
        self._watch.refuse(now_s, status)
        self._settled.set()
        self._stop()
        self._tell()

    # -- opening ---------------------------------------------------------------------------

    def _do(self, step: Step) -> None:
        if step is Step.STOP:
            self._stop()
        elif step is Step.OPEN and self._camera is not None:
            self._cancel_opening()
            self._session += 1
            self._pool.send_stop(self._tile, self._session)
            self._arrivals.clear()
            work = self._open(self._camera, self._session)
            self._opening = self._scope.spawn(work, name=f"open tile {self._tile}")

    def _stop(self) -> None:
        self._cancel_opening()
        self._session += 1
        self._arrivals.clear()
        self._pool.send_stop(self._tile, self._session)

    def _cancel_opening(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    async def _open(self, camera: Camera, session: int) -> None:
        stream = await self._ask(camera)
        asked_s = self._now_s()
        if stream is None:
            self._tell()
            return
        async with self._pool.gates.pass_one(stream.url):
            if self._now_s() - asked_s > _FRESH_S:  # waited for others: it may have run out
                stream = await self._ask(camera)
            if stream is None:
                self._tell()
                return
            self._settled.clear()
            self._transport = self._transport_of(stream)
            self._watch.opened(self._now_s())
            self._pool.send_look(self._tile, *self._part)  # the process may be a new one
            if self._volume_percent is not None:
                self._pool.send_volume(self._tile, self._volume_percent)
            loops = isinstance(camera, RecordedCamera)
            self._pool.send_open(self._tile, session, self._window_id, stream, loops)
            with contextlib.suppress(TimeoutError):  # the watchdog says so by itself
                async with asyncio.timeout(_SETTLE_LIMIT_S):
                    await self._settled.wait()

    async def _ask(self, camera: Camera) -> Stream | None:
        """The stream to open, or None after the watch was told why there is none."""
        cause = Cause.PROCESS_LOST
        try:
            async with asyncio.timeout(_ASK_LIMIT_S):
                playable = await self._playable()
            cause = Cause.NO_ADDRESS  # asked last: addresses live for a short time only
            async with self._pool.asking, asyncio.timeout(_ASK_LIMIT_S):
                answer = await self._address(camera)
        except PlatformAway as error:
            self._refusal = error.operator_text
            self._watch.lose(self._now_s(), cause)
            return None
        except PlatformError as error:
            self._refusal = error.operator_text
            self._watch.refuse(self._now_s())
            return None
        except TimeoutError:
            self._refusal = ""
            self._watch.lose(self._now_s(), cause)
            return None
        except Exception:  # a bug, reported as one: the tile tries again all the same
            self._watch.lose(self._now_s(), cause)
            raise
        stream = choose_stream(answer.streams, playable.protocols)
        if stream is None:
            cause = Cause.NO_BACKEND if playable.reason else Cause.NO_STREAM
            self._refusal = playable.reason or "、".join(s.protocol.value for s in answer.streams)
            self._watch.fail(self._now_s(), cause)
        return stream

    async def _address(self, camera: Camera) -> LiveAnswer:
        if isinstance(camera, RecordedCamera):
            return await self._questions.playback(camera.source_id, camera.start, camera.end)
        return await self._questions.live(camera.camera_id, self._profile)

    async def _playable(self) -> wire.Capabilities:
        while (found := self._pool.ready(self._tile)) is None:
            self._process_ready.clear()
            await self._process_ready.wait()
        return found

    def _transport_of(self, stream: Stream) -> str:
        able = self._pool.ready(self._tile)
        bridged = able is not None and able.rtsp == "bridge"
        if stream.protocol is cameras.Protocol.RTSP and bridged:
            return "rtsp-bridge"
        return stream.protocol.value

    # -- telling ---------------------------------------------------------------------------

    def _tell(self) -> None:
        """At once when something happened, also that a new picture moves; each 500 ms where it
        only runs on."""
        now_s = self._now_s()
        status = self._make_status(now_s)
        if status == self._status:
            return
        before = self._status
        same = (status.camera_id, status.transport) == (before.camera_id, before.transport)
        runs_on = same and status.state is before.state is TileState.LIVE
        moves = runs_on and status.frames_shown - before.frames_shown >= MOVING_FRAMES
        if runs_on and now_s - self._told_s < _TELL_S and (self._told_moving or not moves):
            return
        self._told_moving = runs_on and (self._told_moving or moves)
        self._status, self._told_s = status, now_s
        self.status_changed.emit(status)

    def _make_status(self, now_s: float) -> TileStatus:
        watch = self._watch
        last_s, retry_s = watch.last_picture_s, watch.retry_at_s
        live = watch.state is TileState.LIVE
        return TileStatus(
            tile=self._tile,
            camera_id=self._camera.camera_id if self._camera else None,
            state=watch.state,
            transport=self._transport if live or watch.state is TileState.STALLED else "",
            frames_shown=self._frames_shown,
            fps=round(self._rate(now_s, 1), 1) if live else 0.0,
            age_ms=None if last_s is None else max(0, round((now_s - last_s) * 1000)),
            retry_in_s=None if retry_s is None else round(max(0.0, retry_s - now_s), 1),
            attempt=watch.attempt,
            reason=self._reason(),
            recorded=isinstance(self._camera, RecordedCamera),
        )

    def _rate(self, now_s: float, of: int) -> float:
        """Pictures (1) or bytes (2) a second, over the last 3 s."""
        while len(self._arrivals) > 2 and now_s - self._arrivals[0][0] > _FPS_WINDOW_S:
            self._arrivals.popleft()
        if len(self._arrivals) < 2:
            return 0.0
        first, last = self._arrivals[0], self._arrivals[-1]
        return (last[of] - first[of]) / (last[0] - first[0]) if last[0] > first[0] else 0.0

    def _reason(self) -> str:
        match self._watch.cause:
            case Cause.NONE:
                return ""
            case Cause.EMPTY:
                return self.tr("未选摄像机")
            case Cause.HIDDEN:
                return self.tr("未显示，已停止取流")
            case Cause.STARTING:
                return self.tr("正在连接摄像机")
            case Cause.STALLED:
                silent_s = self._now_s() - self._bytes_s
                if silent_s > _SILENT_S:
                    return self.tr("画面停滞：收不到数据")
                return self.tr("画面停滞：有数据，画面不动")
            case Cause.ENDED:
                return self.tr("视频流中断") + self._end_of_stream()
            case Cause.NO_PICTURE:
                return self.tr("5 秒内没有画面")
            case Cause.NO_ADDRESS:
                return self._refusal or self.tr("平台没有给出播放地址")
            case Cause.REFUSED | Cause.NO_BACKEND:
                return self._refusal
            case Cause.NO_STREAM:
                return self.tr("本机不能播放此摄像机的流：") + (self._refusal or self.tr("无"))
            case Cause.PROCESS_LOST:
                return self.tr("视频进程重启中")

    def _end_of_stream(self) -> str:
        report = self._report
        if report is not None and report.refused:
            return self.tr("：视频服务器出错（{0}）").format(report.refused)
        if report is not None and report.untrusted:
            return self.tr("：视频服务器的证书不受信任")
        if report is not None and report.unreachable:
            return self.tr("：连不上视频服务器")
        return ""

    def _now_s(self) -> float:
        return self._clock.monotonic_s()
