"""Draws and encodes the loops that the cache lacks: python -m desktop.standin.video.encode.

Standard input: one file name of a loop per line, the one that is wanted first; a new name goes
before the old ones. After the wishes come all others. Standard output: one line per loop,
`file seconds`.
"""

import argparse
import contextlib
import fcntl
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from desktop.lifeline import die_with_parent
from desktop.standin.video.catalogue import ALL_LOOPS, LoopId, content_key, in_order
from desktop.standin.video.encoder import encode_loop
from desktop.standin.video.scenes import draw_loop
from desktop.standin.video.scenes.light import Variant


class Wishes:
    """What is wanted now, the newest first; filled by another thread."""

    def __init__(self) -> None:
        self._by_name = {loop.file_name: loop for loop in ALL_LOOPS}
        self._wanted: list[LoopId] = []
        self._lock = threading.Lock()

    def add(self, file_name: str) -> None:
        """A name that is not known is not wanted."""
        loop = self._by_name.get(file_name)
        if loop is not None:
            with self._lock:
                self._wanted = [loop, *(other for other in self._wanted if other != loop)]

    def take(self) -> LoopId | None:
        with self._lock:
            return self._wanted.pop(0) if self._wanted else None


def fill_cache(folder: Path, variant: Variant, wanted: Callable[[], LoopId | None]) -> None:
    """Makes the missing loops, what is wanted first; one process at a time per folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "pictures.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _remove_outdated(folder)
        left = in_order(variant)
        while left:
            loop = wanted() or left[0]
            if loop in left:
                left.remove(loop)
                _make(folder, loop)


def _make(folder: Path, loop: LoopId) -> None:
    path = folder / loop.file_name
    if path.exists():
        return
    started_s = time.monotonic()
    pictures = draw_loop(loop.scene, loop.variant, loop.depth_m, loop.profile, loop.take)
    encode_loop(pictures, loop.profile, path)
    print(f"{path.name} {time.monotonic() - started_s:.1f}", flush=True)


def _remove_outdated(folder: Path) -> None:
    for path in (*folder.glob("*.loop"), *folder.glob("*.loop.*.tmp")):
        if content_key() not in path.name or path.suffix == ".tmp":
            with contextlib.suppress(OSError):
                path.unlink()


def _listen(wishes: Wishes) -> None:
    for line in sys.stdin:
        wishes.add(line.strip())


def main() -> None:
    parser = argparse.ArgumentParser(description="draws and encodes the stand-in's pictures")
    parser.add_argument("--cache", type=Path, required=True, help="folder of the loops")
    parser.add_argument("--variant", type=Variant, choices=list(Variant), default=Variant.DAY)
    die_with_parent()
    os.nice(10)
    options, wishes = parser.parse_args(), Wishes()
    threading.Thread(target=_listen, args=(wishes,), daemon=True).start()
    fill_cache(options.cache, options.variant, wishes.take)
    sys.stdout.flush()
    os._exit(0)  # the listening thread may be inside a read


if __name__ == "__main__":
    main()
