"""Finds threads and child processes that outlive a test, and says where they were started."""

import subprocess
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

PATIENCE_S = 3.0

# Threads that belong to the process, not to a test.
KEPT_THREADS = (
    "offload",  # desktop.offload's pool lives as long as the process
    "asyncio_",  # default executor of a closed loop
    "pytest_timeout",
    "Dummy-",  # a thread of Qt or libVLC that called into Python
    "MainThread",
)
# Processes that Qt starts once for the whole process, and those of multiprocessing itself.
KEPT_PROCESSES = ("QtWebEngineProcess", "multiprocessing.resource_tracker")

_places: "weakref.WeakKeyDictionary[threading.Thread, str]" = weakref.WeakKeyDictionary()
_process_places: dict[int, str] = {}


def _place() -> str:
    foreign = ("/lib/python", "<frozen", "tests/leaks.py")
    ours = [f for f in traceback.extract_stack() if not any(x in f.filename for x in foreign)]
    return "\n".join(f"    {f.filename}:{f.lineno} {f.name}: {f.line}" for f in ours[-3:])


@contextmanager
def places_recorded() -> Iterator[None]:
    """While open, every start of a thread or process notes the lines it came from."""
    start_thread: Callable[..., None] = threading.Thread.start
    start_process = subprocess.Popen.__init__

    def start(thread: threading.Thread) -> None:
        _places[thread] = _place()
        start_thread(thread)

    def open_process(process: subprocess.Popen, *args, **kwargs) -> None:
        start_process(process, *args, **kwargs)
        _process_places[process.pid] = _place()

    threading.Thread.start = start
    subprocess.Popen.__init__ = open_process
    try:
        yield
    finally:
        threading.Thread.start = start_thread
        subprocess.Popen.__init__ = start_process


def _threads() -> set[threading.Thread]:
    return {t for t in threading.enumerate() if not t.name.startswith(KEPT_THREADS)}


def _is_kept(process: psutil.Process) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return True  # it ended; only nobody has asked for its exit code
        line = " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return True
    return any(name in line for name in KEPT_PROCESSES)


def _has_children() -> bool:
    """Without psutil's look at every process of the machine: most tests start none."""
    for path in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            if path.read_bytes():
                return True
    return False


def _children() -> set[psutil.Process]:
    if not _has_children():
        return set()
    return {p for p in psutil.Process().children(recursive=True) if not _is_kept(p)}


class Inventory:
    """What ran before a test; `leaks` compares, waits for stragglers and cleans up."""

    def __init__(self) -> None:
        self._threads = _threads()
        self._children = _children()

    @property
    def is_clean(self) -> bool:
        return not self._left()

    def leaks(self, patience_s: float = PATIENCE_S) -> str:
        """Report of what is left after `patience_s`, "" if nothing; left processes are killed."""
        deadline = time.monotonic() + patience_s
        while (left := self._left()) and time.monotonic() < deadline:
            time.sleep(0.02)
        report = ""
        for item in left:
            if isinstance(item, threading.Thread):
                report += f"  thread {item.name!r} started at\n{_places.get(item, '    ?')}\n"
            else:
                report += f"  process {item.pid} {_command(item)} started at\n"
                report += f"{_process_places.get(item.pid, '    ? (a grandchild)')}\n"
        for item in left:
            if isinstance(item, psutil.Process):
                _kill(item)
        return report

    def _left(self) -> list[threading.Thread | psutil.Process]:
        return [*(_threads() - self._threads), *(_children() - self._children)]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())[:200]
    except psutil.NoSuchProcess:
        return "(just ended)"


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
        process.wait(2)
    except (psutil.NoSuchProcess, psutil.TimeoutExpired):
        pass
