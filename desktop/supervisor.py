"""Starts the processes of one command center, keeps them alive, and ends them together.

No Qt here: what watches the window must not die with it.
"""

import asyncio
import dataclasses
import json
import logging
import os
import signal
import time
from collections.abc import Callable

from desktop.display import refuse_without_display
from desktop.errors import OperatorError
from desktop.supervision import commands
from desktop.supervision.child import Child, ChildSpec, Ending
from desktop.supervision.commands import Programs, StartOptions
from desktop.supervision.policy import Backoff, Mode, StationMode
from desktop.supervision.profile import Profile, last_words

log = logging.getLogger(__name__)

END_LIMIT_S = 3.0  # for each process that is asked to end
EARLY_S = 3.0
DISPLAY_LOOKS, DISPLAY_LOOK_S = 8, 0.25
LINK_CANNOT_START = 2  # its exit code when the operator has to change something
STANDIN_CANNOT_SERVE = 3  # its exit code when a program that it needs is missing


class Supervisor:
    """Owns a locked profile until `run` returns."""

    def __init__(
        self,
        profile: Profile,
        options: StartOptions,
        programs: Programs = commands,
        display_is_there: Callable[[], None] = refuse_without_display,
    ) -> None:
        self._profile, self._options, self._programs = profile, options, programs
        self._display_is_there = display_is_there  # raises OperatorError where none is
        self._running: dict[str, Child] = {}  # in the order in which they are ended
        self._station_mode = StationMode()
        self._session_fd = os.memfd_create("session")
        self._url = options.platform_url
        self._rest_port = 0
        self._runtime: dict[str, str] = {}
        self._starts: dict[str, int] = {}

    async def run(self) -> int:
        """Exit code: 0 when the window was closed, START_ANEW when settings.toml has changed.

        Raises OperatorError if nothing can start.
        """
        loop = asyncio.get_running_loop()
        self._result: asyncio.Future[int] = loop.create_future()
        self._url_known = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._finish, 0)
        self._note_runtime({})
        keepers = [loop.create_task(self._keep_station()), loop.create_task(self._keep_link())]
        if self._options.standin:
            keepers.append(loop.create_task(self._keep_standin()))
        for keeper in keepers:
            keeper.add_done_callback(self._keeper_done)
        try:
            return await self._result
        finally:
            await self._end_all(keepers)
            self._profile.release()

    def _finish(self, code: int) -> None:
        if not self._result.done():
            self._result.set_result(code)

    def _keeper_done(self, keeper: asyncio.Task[None]) -> None:
        if not keeper.cancelled() and (error := keeper.exception()) is not None:
            told = isinstance(error, OperatorError)  # by the command line: no stack to look for
            log.error("%s", error if told else "a keeper ended", exc_info=None if told else error)
            if not self._result.done():
                self._result.set_exception(error)

    async def _keep_station(self) -> None:
        backoff, after = Backoff(), ""
        while True:
            mode = self._station_mode.mode
            spec = self._programs.station_command(self._options, mode)
            if after and mode is not Mode.LAST_RESORT:
                spec = dataclasses.replace(spec, command=(*spec.command, commands.AFTER, after))
            ending = await self._run(spec)
            self._options = dataclasses.replace(self._options, link="")  # opened once
            if ending.code == commands.TRY_AGAIN and not ending.hung:
                self._station_mode.try_again()
                after = ""
            elif mode is Mode.LAST_RESORT:
                return self._finish(1)
            elif ending.code in (0, commands.START_ANEW) and not ending.hung:
                return self._finish(ending.code)
            else:
                await self._refuse_without_display()
                mode, after = self._station_mode.crashed(time.monotonic()), ending.kind
                log.warning("the next station is started in mode %s", mode.value)
                await asyncio.sleep(backoff.after(ending.ran_s))

    async def _refuse_without_display(self) -> None:
        """Raises OperatorError: the X server took the window with it, and no other can be shown."""
        reason = ""
        for _ in range(DISPLAY_LOOKS):  # a server that is just being restarted is waited for
            try:
                return self._display_is_there()
            except OperatorError as error:
                reason = error.operator_text
            await asyncio.sleep(DISPLAY_LOOK_S)
        raise OperatorError(f"窗口所在的显示器已断开，城瞰已退出。{reason}")

    async def _keep_link(self) -> None:
        backoff = Backoff()
        if self._url:
            self._url_known.set()
        await self._url_known.wait()
        has_run = stays = False
        while True:
            spec = self._programs.link_command(self._options, self._url, self._session_fd)
            if stays:
                spec = dataclasses.replace(spec, command=(*spec.command, commands.LINK_STAYS))
            ending = await self._run(spec)
            stays = ending.code == LINK_CANNOT_START
            if stays and not has_run:
                raise OperatorError(self._last_words(spec))
            has_run = True
            await asyncio.sleep(backoff.after(ending.ran_s))

    async def _keep_standin(self) -> None:
        backoff = Backoff()
        while True:
            spec = self._programs.standin_command(self._options, self._rest_port)
            ending = await self._run(dataclasses.replace(spec, on_line=self._standin_says))
            if ending.code == STANDIN_CANNOT_SERVE and not self._url_known.is_set():
                raise OperatorError(self._last_words(spec))
            if ending.ran_s < EARLY_S:
                self._rest_port = 0  # perhaps another program has taken the port meanwhile
            await asyncio.sleep(backoff.after(ending.ran_s))

    def _standin_says(self, line: str) -> None:
        """The stand-in serves: its line names the addresses."""
        try:
            ready = json.loads(line)
            before, self._url = self._url, ready["rest"]
        except (ValueError, KeyError, TypeError):
            return log.warning("the stand-in wrote a line that is not its address")
        if before and before != self._url and "link" in self._running:
            self._running["link"].send(signal.SIGTERM)  # its keeper starts it on the new address
        self._rest_port = int(self._url.split(":")[2].split("/")[0])
        self._note_runtime({"control": ready.get("control", "")})
        self._url_known.set()

    async def _run(self, spec: ChildSpec) -> Ending:
        if self._result.done():  # everything ends: who died before its turn stays dead
            await asyncio.get_running_loop().create_future()
        self._starts[spec.name] = self._starts.get(spec.name, 0) + 1
        self._note_runtime({})
        child = self._running[spec.name] = Child(spec, self._profile.logs)
        ending = await child.run()
        wished = ending.code in (0, commands.START_ANEW, commands.TRY_AGAIN) and not ending.hung
        level = logging.INFO if wished else logging.WARNING
        log.log(level, "%s: %s (%.1f s)", spec.name, ending.words, ending.ran_s)
        return ending

    def _last_words(self, spec: ChildSpec) -> str:
        path = spec.log_in(self._profile.logs)
        return last_words(path) or f"进程 {spec.name} 无法启动，原因见 {path}"

    def _note_runtime(self, more: dict[str, str]) -> None:
        self._runtime |= more
        facts = {"pid": os.getpid(), "platform_url": self._url, "standin": self._options.standin}
        self._profile.write_runtime(facts | self._runtime | {"starts": self._starts})

    async def _end_all(self, keepers: list[asyncio.Task[None]]) -> None:
        """Station, link, stand-in: who orders ends before who carries out."""
        for name in ("station", "link", "standin"):
            if name in self._running:
                await self._running[name].end(END_LIMIT_S)
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)
        os.close(self._session_fd)
