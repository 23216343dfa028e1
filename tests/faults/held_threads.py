"""Threads of a process of ours that stand still while the others run: as in a deadlock of theirs.

A hung thread cannot be ordered from a library, so the kernel holds it: ptrace(2). Whoever is
traced must be waited for by its tracer, also when it is killed: `reap`.
"""

import contextlib
import ctypes
import os
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

_SEIZE, _INTERRUPT = 0x4206, 0x4207
_WALL = 0x40000000  # also threads that are no children of ours

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


def threads_of(pid: int) -> set[int]:
    return {int(task.name) for task in Path(f"/proc/{pid}/task").iterdir()}


class HeldThreads:
    """They stand from here until `reap` or the end of the block. Skips where tracing is barred."""

    def __init__(self, threads: set[int]) -> None:
        self._held: set[int] = set()
        for thread in threads:
            if _libc.ptrace(_SEIZE, thread, None, None):
                error = ctypes.get_errno()
                if error == 3:  # ESRCH: it has ended by itself
                    continue
                pytest.skip(f"no thread can be held here: {os.strerror(error)}")
            self._held.add(thread)
            _libc.ptrace(_INTERRUPT, thread, None, None)
        assert self._held, "no thread is there to be held"

    def reap(self) -> bool:
        """Whether all of them have ended. One that was killed stays in the way until then."""
        for thread in tuple(self._held):
            with contextlib.suppress(ChildProcessError):
                found, status = os.waitpid(thread, os.WNOHANG | _WALL)
                if not found or os.WIFSTOPPED(status):
                    continue
            self._held.discard(thread)
        return not self._held

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """What is left goes on when its tracer, the test run, lets it: killed ones are reaped."""
        self.reap()
