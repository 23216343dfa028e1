"""Keeps the memory of a process small. glibc only; elsewhere nothing is done.

glibc gives each thread a heap of its own, and what a burst of work took stays with the process.
libVLC makes and ends some thirty threads with every stream: 25 rounds of four streams grew a
video process from 67 to 195 MB.
"""

import ctypes
import os
from typing import Any

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of malloc.h
_LARGE_BYTES = 256 << 10
"""Blocks from here on, pictures mostly, are mapped each by itself and given back when freed."""

_SPARE_BYTES = 1 << 20
_PICTURE_BYTES = 32 << 20  # the most that glibc takes


def _libc() -> Any:
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None


def keep_small(heaps: int = 1) -> None:
    """For a process of many threads; to be called before there are other threads.

    `heaps`: that the threads share; one is the smallest, two keep busy threads apart.
    """
    if (libc := _libc()) is not None:
        libc.mallopt(_ARENA_MAX, heaps)
        libc.mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
        libc.mallopt(_TRIM_THRESHOLD, _SPARE_BYTES)


def keep_pictures() -> None:
    """For a process that takes and frees a picture of some megabytes 25 times a second.

    Asked of the system each time, its pages would be filled with zeros first.
    """
    if (libc := _libc()) is not None:
        libc.mallopt(_ARENA_MAX, 1)
        libc.mallopt(_MMAP_THRESHOLD, _PICTURE_BYTES)
        libc.mallopt(_TRIM_THRESHOLD, 2 * _PICTURE_BYTES)


def keep_children_small(heaps: int) -> None:
    """The same for every process started from now on (mallopt(3), environment variables)."""
    os.environ["MALLOC_ARENA_MAX"] = str(heaps)
    os.environ["MALLOC_MMAP_THRESHOLD_"] = str(_LARGE_BYTES)
    os.environ["MALLOC_TRIM_THRESHOLD_"] = str(_SPARE_BYTES)


def give_back() -> None:
    """What is free goes back to the system. Milliseconds: not in the GUI thread."""
    if (libc := _libc()) is not None:
        libc.malloc_trim(0)
