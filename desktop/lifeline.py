"""What ties a process to the one that started it: its end, its beat, its last words.

Standard library only, so that every process may import it before anything else.
"""

import contextlib
import ctypes
import faulthandler
import os
import select
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path

BEAT_FD = "CHENGKAN_BEAT_FD"
PARENT_PID = "CHENGKAN_PARENT_PID"
SESSION_FD = "CHENGKAN_SESSION_FD"
_PR_SET_PDEATHSIG = 1
_kept_open: list[object] = []  # faulthandler writes into them until the process ends
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent() -> int | None:
    """Asks the kernel to kill this process when its parent ends (prctl(2) PR_SET_PDEATHSIG).

    Serves at the start of a process and as `preexec_fn` of one. The kernel watches the
    *thread* that forked: start children from a thread that lives as long as they do.
    Ends the process at once if the parent named in CHENGKAN_PARENT_PID is already gone;
    gives that parent's pid, None when none was named.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    parent = os.environ.pop(PARENT_PID, "")  # popped: it does not name the parent of our children
    if parent and int(parent) != os.getppid():
        os._exit(1)
    return int(parent) if parent else None


class Beat:
    """The sign of life that the supervisor waits for: one byte each second."""

    def __init__(self) -> None:
        """Without CHENGKAN_BEAT_FD nobody listens and beats are free."""
        fd = os.environ.pop(BEAT_FD, "")  # popped: our children have no such pipe
        self._fd = int(fd) if fd else -1
        if self._fd >= 0:
            try:
                os.set_blocking(self._fd, False)
                os.set_inheritable(self._fd, False)  # a grandchild must not hold it open
            except OSError:
                self._fd = -1

    def beat(self) -> None:
        """Never blocks, never raises: a supervisor that does not read is no reason to stop."""
        if self._fd >= 0:
            with contextlib.suppress(OSError):
                os.write(self._fd, b".")


def ended_with_parent(on_end: Callable[[], None], fd: int = 0) -> bool:
    """Calls `on_end` in the running loop when the other end of stdin is closed.

    Only a pipe or socket that is open at this moment counts as a tie; a terminal,
    /dev/null or a pipe that is closed already does not. True when it watches.
    """
    if not _is_open_pipe(fd):
        return False
    import asyncio  # 4 MB and 40 ms that a process without a loop does not pay

    loop = asyncio.get_running_loop()

    def read() -> None:
        try:
            data = os.read(fd, 4096)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            loop.remove_reader(fd)
            on_end()

    loop.add_reader(fd, read)
    return True


def _is_open_pipe(fd: int) -> bool:
    try:
        mode = os.fstat(fd).st_mode
    except OSError:
        return False
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return False
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return not any(event & select.POLLHUP for _, event in poll.poll(0))


def leave_no_core() -> None:
    """A core file would hold passwords and tokens. Children inherit it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def arm_faulthandler(folder: Path, name: str) -> Path:
    """A fatal signal, or SIGUSR1 from the supervisor, writes all stacks to `name`.stack."""
    path = folder / f"{name}.stack"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8")
    except OSError:  # a full or read-only disk costs the file, not the process
        path = Path(os.devnull)
        file = path.open("a", encoding="utf-8")
    _kept_open.append(file)
    faulthandler.enable(file)
    leave_no_core()
    faulthandler.register(signal.SIGUSR1, file, all_threads=True, chain=False)
    return path
