"""How the city comes to stand: built in a process of its own, then read from its file.

Building takes some 350 MB for a while, which a process that lives for weeks must not keep.
"""

import asyncio
import logging
import sys
from pathlib import Path

from desktop.lifeline import die_with_parent
from desktop.standin.catalogue import CityCatalogue, open_catalogue
from desktop.standin.generated.cache import cache_file
from desktop.standin.generated.scale import SCALES

log = logging.getLogger(__name__)


async def stand_city(cache: Path, seed: int, scale: str) -> CityCatalogue:
    """20 ms from the file; the very first start builds it, some 20 s at full scale.

    Where the builder fails, or the folder cannot be written, it is built here.
    """
    if not cache_file(cache, seed, SCALES[scale]).exists():
        await _build(cache, seed, scale)
    return await asyncio.to_thread(open_catalogue, cache, seed, scale)


async def _build(cache: Path, seed: int, scale: str) -> None:
    words = ("-m", "desktop.standin.generated", "--cache", str(cache), "--seed", str(seed),
             "--scale", scale, "--quiet")  # fmt: skip
    builder = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL, preexec_fn=die_with_parent,
    )  # fmt: skip
    try:
        code = await builder.wait()
    except asyncio.CancelledError:
        builder.kill()
        raise
    if code:
        log.warning("the builder of the city ended with %d", code)
