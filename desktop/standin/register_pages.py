"""Pages of registers: cut by a cursor, tagged by the version of the whole register."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import msgspec
from fastapi import Query, Request
from fastapi.responses import Response

from desktop import __version__
from desktop.standin.wire import Problem, answer, cut, is_known, tag_of, unchanged

Limit = Annotated[int, Query(ge=1, le=5000)]
UpdatedSince = Annotated[
    datetime | None, Query(description="Only rows that changed after it; with a zone.")
]
Bbox = Annotated[str, Query(description="west,south,east,north in degrees.")]


@dataclass(frozen=True)
class Wanted:
    """What a list was asked for."""

    limit: int
    cursor: str
    since: datetime | None = None

    def __post_init__(self) -> None:
        """Raises Problem(400) for a time without a zone."""
        if self.since is not None and self.since.tzinfo is None:
            raise Problem(400, "bad_time", "updated_since 缺少时区")


@cache
def source_version() -> str:
    """Changes with the code that makes the rows, so that no old mirror passes for new."""
    here = Path(__file__).parent
    digest = hashlib.sha256(__version__.encode())
    for source in (*sorted((here / "generated").glob("*.py")), *sorted(here.glob("*.py"))):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


async def long_page(
    request: Request,
    version: str,
    wanted: Wanted,
    total: int,
    rows: Callable[[int, int], Sequence[Any]],
) -> Response:
    """A page whose tag stands for the whole register and this query: 304 costs nothing.

    `rows(first, last)` is called in a thread.
    """
    tag = tag_of(f"{version}|{request.url.query}")
    if is_known(request, tag):
        return unchanged(tag)
    first, last, cursor = cut(total, wanted.limit, wanted.cursor)

    def body() -> bytes:
        return msgspec.json.encode({"items": rows(first, last), "next_cursor": cursor})

    return answer(await asyncio.to_thread(body), headers={"ETag": tag})


def box_of(text: str) -> tuple[float, float, float, float]:
    """Raises Problem(400)."""
    try:
        west, south, east, north = (float(word) for word in text.split(","))
    except ValueError:
        raise Problem(400, "bad_bbox", "bbox 应为 西,南,东,北 四个数") from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise Problem(400, "bad_bbox", "bbox 的西应小于东，南应小于北")
    return west, south, east, north
