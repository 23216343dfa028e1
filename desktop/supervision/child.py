"""One child process: started with a tie to us, watched by its beat, ended in order."""

import asyncio
import contextlib
import logging
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desktop.lifeline import BEAT_FD, PARENT_PID

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent.parent
STACK_DUMP_S = 0.5  # time that faulthandler gets between SIGUSR1 and SIGKILL


# glibc gives each thread a heap of its own, up to eight for a core: half of it stands empty.
_MEMORY = {"MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True)
class Timing:
    """Seconds of silence that count as a hang, before and after the first beat."""

    first_beat_s: float = 120.0
    silence_s: float = 15.0


@dataclass(frozen=True)
class ChildSpec:
    name: str
    command: tuple[str, ...]
    timing: Timing = Timing()
    env: dict[str, str] = field(default_factory=dict)
    pass_fds: tuple[int, ...] = ()
    on_line: Callable[[str], None] | None = None  # each line of stdout; None sends it to the log
    log_name: str = ""  # for a process that writes NAME.log itself

    def log_in(self, folder: Path) -> Path:
        """Where its stderr goes."""
        return folder / (self.log_name or f"{self.name}.log")


@dataclass(frozen=True)
class Ending:
    """How a process ended. `code` is negative for a signal, as of subprocess."""

    code: int
    ran_s: float
    hung: bool = False

    @property
    def kind(self) -> str:
        """How the next one is told about it."""
        return "hang" if self.hung else "crash"

    @property
    def words(self) -> str:
        if self.hung:
            return "停止响应"
        if self.code < 0:
            return f"被信号 {signal.Signals(-self.code).name} 结束"
        return f"退出码 {self.code}"


class Child:
    """Runs one spec once. Must be started from a thread that lives as long as the child:
    the kernel ties the child's life to the thread that forked it."""

    def __init__(self, spec: ChildSpec, log_folder: Path) -> None:
        self._spec = spec
        self._log_path = spec.log_in(log_folder)
        self._process: asyncio.subprocess.Process | None = None
        self._last_beat_s: float | None = None
        self._started_s = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def run(self) -> Ending:
        """Starts it and returns when it has ended, killed if it stopped to beat."""
        read_fd, write_fd = os.pipe()
        os.set_blocking(read_fd, False)
        loop = asyncio.get_running_loop()
        try:
            self._process = process = await self._start(write_fd)
        except BaseException:
            os.close(read_fd)
            raise
        finally:
            os.close(write_fd)
        loop.add_reader(read_fd, self._read_beat, read_fd)
        lines = loop.create_task(self._read_lines(process), name=f"{self._spec.name} stdout")
        watch = loop.create_task(self._watch(), name=f"{self._spec.name} beat")
        try:
            code = await process.wait()
        finally:
            loop.remove_reader(read_fd)
            os.close(read_fd)
            watch.cancel()
            hung = await asyncio.gather(watch, return_exceptions=True)
            with contextlib.suppress(TimeoutError):  # a grandchild may hold stdout open
                await asyncio.wait_for(lines, 0.5)
        return Ending(code, time.monotonic() - self._started_s, hung[0] is True)

    def send(self, signal_number: int) -> None:
        if self._process and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal_number)

    async def end(self, limit_s: float) -> None:
        """Asks by EOF and SIGTERM, kills after `limit_s`."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        if process.stdin:
            process.stdin.close()
        self.send(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), limit_s)
        except TimeoutError:
            log.warning("%s did not end in %.1f s: killed", self._spec.name, limit_s)
            self.send(signal.SIGKILL)
            await process.wait()

    async def _start(self, beat_fd: int) -> asyncio.subprocess.Process:
        env = _MEMORY | os.environ | self._spec.env
        env |= {BEAT_FD: str(beat_fd), PARENT_PID: str(os.getpid())}
        self._started_s = time.monotonic()
        with self._open_log() as output:
            return await asyncio.create_subprocess_exec(
                *self._spec.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE if self._spec.on_line else output,
                stderr=output,
                pass_fds=(beat_fd, *self._spec.pass_fds),
                process_group=0,  # Ctrl+C of a terminal reaches the supervisor only
                env=env,
                cwd=ROOT,
            )

    def _open_log(self) -> IO[bytes]:
        """A full disk costs the log, not the process."""
        try:
            return self._log_path.open("ab")
        except OSError as error:
            log.error("%s: %s", self._log_path.name, error)
            return Path(os.devnull).open("ab")

    async def _read_lines(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is None or self._spec.on_line is None:
            return
        async for line in process.stdout:
            self._spec.on_line(line.decode("utf-8", "replace").rstrip())

    def _read_beat(self, fd: int) -> None:
        data = os.read(fd, 4096)
        if data:
            self._last_beat_s = time.monotonic()
        else:  # closed by the child: silence is counted from here on
            asyncio.get_running_loop().remove_reader(fd)

    async def _watch(self) -> bool:
        """Ends the process when it is silent; True only then."""
        while True:
            rest_s = self._silent_in_s()
            if rest_s <= 0:
                break
            await asyncio.sleep(min(rest_s, self._spec.timing.silence_s))
        log.error("%s is silent: stacks go to its .stack file, then it is killed", self._spec.name)
        self.send(signal.SIGUSR1)
        with contextlib.suppress(asyncio.CancelledError):  # it may end by SIGUSR1 itself
            await asyncio.sleep(STACK_DUMP_S)
        self.send(signal.SIGKILL)
        return True

    def _silent_in_s(self) -> float:
        """Seconds until its silence counts as a hang, if no beat comes."""
        timing = self._spec.timing
        if self._last_beat_s is None:
            return self._started_s + timing.first_beat_s - time.monotonic()
        return self._last_beat_s + timing.silence_s - time.monotonic()
