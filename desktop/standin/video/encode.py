"""Draws and encodes every loop that the cache lacks: python -m desktop.standin.video.encode.

One line per loop on standard output: `done/total file seconds`.
"""

import argparse
import contextlib
import fcntl
import os
import time
from pathlib import Path

from desktop.lifeline import die_with_parent
from desktop.standin.video.catalogue import ALL_LOOPS, content_key
from desktop.standin.video.encoder import encode_loop
from desktop.standin.video.profiles import PROFILES
from desktop.standin.video.scenes import draw_loop


def fill_cache(folder: Path) -> None:
    """Makes the missing loops, most needed first; one process at a time per folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "pictures.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for done, loop_id in enumerate(ALL_LOOPS, start=1):
            path = folder / loop_id.file_name
            started_s = time.monotonic()
            if not path.exists():
                profile = PROFILES[loop_id.profile_id]
                pictures = draw_loop(loop_id.scene, loop_id.depth_m, profile)
                encode_loop(pictures, profile, path)
            took_s = time.monotonic() - started_s
            print(f"{done}/{len(ALL_LOOPS)} {path.name} {took_s:.1f}", flush=True)
        _remove_outdated(folder)


def _remove_outdated(folder: Path) -> None:
    for path in (*folder.glob("*.loop"), *folder.glob("*.loop.*.tmp")):
        if content_key() not in path.name or path.suffix == ".tmp":
            with contextlib.suppress(OSError):
                path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description="draws and encodes the stand-in's pictures")
    parser.add_argument("--cache", type=Path, required=True, help="folder of the loops")
    die_with_parent()
    os.nice(10)
    fill_cache(parser.parse_args().cache)


if __name__ == "__main__":
    main()
