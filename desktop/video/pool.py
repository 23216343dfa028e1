"""All live pictures of the station: video processes by need, one LivePlayer a tile."""

import asyncio
import contextlib
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.clock import Clock
from desktop.domain.cameras import Stream
from desktop.settings import Settings
from desktop.video import wire
from desktop.video.focus_canvas import FocusCanvas
from desktop.video.gates import Gates
from desktop.video.helper_process import FOCUS_PROGRAM, PROGRAM, HelperProcess
from desktop.video.live_player import LivePlayer, LiveQuestions
from desktop.video.places import (
    COCKPIT_TILES,
    FIRST_COCKPIT_TILE,
    is_focus,
    may_rest,
    place_of,
    tile_at,
)

_ASKS = 8
TICK_MS = 250
_CLOSE_S = 0.25
_KILLED_MS = 50
_REST_AFTER_S = 30.0
"""A process without a picture costs 40 MB; those beside the map wait for an alarm."""


class VideoPool(QObject):
    """Tile numbers start at 1, those of the wall at 101; some share a process (places)."""

    capabilities_changed = Signal()

    def __init__(
        self,
        questions: LiveQuestions,
        clock: Clock,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._questions, self._clock = questions, clock
        self.caching_ms = settings.network_caching_ms
        self._helpers: dict[int, HelperProcess] = {}
        self._players: dict[int, LivePlayer] = {}
        self._canvases: dict[int, FocusCanvas] = {}
        self._lent: set[int] = set()
        self._used_s: dict[int, float] = {}  # when the tiles of a process last played
        self._capabilities = wire.Capabilities()
        self._closed = False
        self._one_closed = asyncio.Event()
        self.asking = asyncio.Semaphore(_ASKS)  # addresses at a time
        self.gates = Gates()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def player(self, tile: int) -> LivePlayer:
        """The player of a tile, made at the first call; its process is started at once."""
        player = self._players.get(tile)
        if player is None:
            self._helper(tile)
            player = LivePlayer(tile, self, self._questions, self._clock, self)
            self._players[tile] = player
        return player

    def lend(self, count: int) -> tuple[int, ...]:
        """Numbers of tiles that a cockpit has until it gives them back; fewer where others have
        them."""
        numbers = range(FIRST_COCKPIT_TILE, FIRST_COCKPIT_TILE + COCKPIT_TILES)
        found = tuple(one for one in numbers if one not in self._lent)[:count]
        self._lent.update(found)
        return found

    def give_back(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._lent.discard(number)
            if (player := self._players.get(number)) is not None:
                player.clear()

    def canvas(self, tile: int) -> FocusCanvas:
        """Where the pictures of a focus tile (places) come to. Raises OSError without memory."""
        canvas = self._canvases.get(tile)
        if canvas is None:
            canvas = FocusCanvas(place_of(tile)[1], self._helper(tile).send, self)
            self._canvases[tile] = canvas
        return canvas

    def capabilities(self) -> wire.Capabilities:
        """What the last process of ordinary tiles that became ready was found to play."""
        return self._capabilities

    def ready(self, tile: int) -> wire.Capabilities | None:
        """Of the process of this tile; None while it starts."""
        helper = self._helper(tile)
        if helper.is_resting:
            helper.start()
        return None if helper.is_resting else helper.capabilities

    def pids(self) -> tuple[int, ...]:
        return tuple(pid for helper in self._helpers.values() if (pid := helper.pid))

    def send_open(
        self, tile: int, session: int, window_id: int, stream: Stream, loops: bool = False
    ) -> None:
        if (canvas := self._canvases.get(tile)) is not None:
            canvas.introduce(session)
            window_id = canvas.memory_fd
        order = wire.Open(
            player=place_of(tile)[1],
            session=session,
            window_id=window_id,
            url=stream.url,
            protocol=stream.protocol,
            caching_ms=self.caching_ms,
            loops=loops,
        )
        self._helper(tile).send(order)

    def send_stop(self, tile: int, session: int) -> None:
        self._helper(tile).send(wire.Stop(place_of(tile)[1], session))

    def send_look(self, tile: int, part: tuple[float, float, float, float], aspect: float) -> None:
        self._helper(tile).send(wire.Look(place_of(tile)[1], *part, aspect))

    def send_volume(self, tile: int, percent: int) -> None:
        self._helper(tile).send(wire.Volume(place_of(tile)[1], percent))

    async def close(self) -> None:
        """Ends every process, in 0.3 s at most."""
        self._closed = True
        self._timer.stop()
        for player in self._players.values():
            player.close()
        for helper in self._helpers.values():
            helper.closed.connect(self._on_closed)
            helper.close_input()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_S):
                while self._running():
                    self._one_closed.clear()
                    await self._one_closed.wait()
        for helper in self._helpers.values():
            helper.kill()
        for helper in self._helpers.values():
            helper.await_end(_KILLED_MS)

    def _helper(self, tile: int) -> HelperProcess:
        number = place_of(tile)[0]
        helper = self._helpers.get(number)
        if helper is None:
            program = FOCUS_PROGRAM if is_focus(number) else PROGRAM
            helper = HelperProcess(number, self._clock, self, program)
            helper.ready.connect(self._on_ready)
            helper.reported.connect(self._on_reported)
            helper.pictured.connect(self._on_pictured)
            helper.lost.connect(self._on_lost)
            self._helpers[number] = helper
            if not self._closed:
                helper.start()
                self._timer.start()
        return helper

    def _running(self) -> bool:
        return any(helper.running for helper in self._helpers.values())

    def _on_closed(self) -> None:
        self._one_closed.set()

    def _tick(self) -> None:
        for player in tuple(self._players.values()):
            player.tick()
        now_s = self._clock.monotonic_s()
        used = {place_of(tile)[0] for tile, player in self._players.items() if player.is_used}
        for number, helper in self._helpers.items():
            helper.check()
            if number in used or not may_rest(number) or helper.is_resting:
                self._used_s[number] = now_s
            elif now_s - self._used_s.setdefault(number, now_s) > _REST_AFTER_S:
                helper.rest()

    def _on_ready(self) -> None:
        helper = self.sender()
        assert isinstance(helper, HelperProcess)
        if not is_focus(helper.number):
            self._capabilities = helper.capabilities or wire.Capabilities()
        for tile in self._tiles_of(helper):
            self._players[tile].process_ready()
        self.capabilities_changed.emit()

    def _on_reported(self, report: wire.PlayerReport) -> None:
        helper = self.sender()
        assert isinstance(helper, HelperProcess)
        player = self._players.get(tile_at(helper.number, report.player))
        if player is not None:
            player.take_report(report)

    def _on_pictured(self, picture: wire.Picture) -> None:
        helper = self.sender()
        assert isinstance(helper, HelperProcess)
        canvas = self._canvases.get(tile_at(helper.number, picture.player))
        if canvas is not None:
            canvas.take(picture)

    def _on_lost(self) -> None:
        helper = self.sender()
        assert isinstance(helper, HelperProcess)
        for tile in self._tiles_of(helper):
            self._players[tile].process_lost()

    def _tiles_of(self, helper: HelperProcess) -> list[int]:
        return [tile for tile in self._players if place_of(tile)[0] == helper.number]
