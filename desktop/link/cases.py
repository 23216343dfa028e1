"""Cases, mirrored into cases.db: page by page, in the background, for the scoreboard's counts.

All of them once, from the oldest change on; from then on what has changed. A page and the place of
the next one are one transaction: a killed link goes on where it was. Alarms do not wait: a page is
read on a worker thread, in pieces, with a breath after each.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from desktop.clock import Clock
from desktop.domain.cases import Case
from desktop.domain.link_messages import CatalogueChanged
from desktop.errors import PlatformError
from desktop.feeds.wire import (
    MAX_MESSAGE_BYTES,
    UNREADABLE,
    DecodeError,
    clean_message,
    has_odd_text,
    is_ordinary,
)
from desktop.link.rest import Refused, Rest
from local_db.case_progress import FORM, Progress

if TYPE_CHECKING:
    from local_db.cases import CaseBook

log = logging.getLogger(__name__)

PERIOD_S, RETRY_S, NOT_SERVED_S = 20.0, 15.0, 600.0
PAGE, PIECE = 2000, 250  # a piece is decoded at once: 4 ms in which nothing else runs
DEADLINE_S = 30.0
BREATH_S = 0.003  # after each page: others want the interpreter too
TOLD_EVERY_S = 5.0
OVERLAP = timedelta(seconds=5)
_NOT_SERVED = (404, 405, 501)
_decode = msgspec.json.Decoder(Case).decode
_decode_many = msgspec.json.Decoder(list[Case]).decode


class _Page(msgspec.Struct):
    """`is_calm`: no text of it needs a closer look."""

    items: list[msgspec.Raw]
    next_cursor: str | int | None = None
    is_calm: bool = False


class CaseMirror:
    """Runs as long as somebody is signed in; `on_changed` is told of "cases"."""

    def __init__(
        self,
        rest: Rest,
        path: Path,
        clock: Clock,
        is_signed_in: Callable[[], bool],
        has_room: Callable[[], bool],
        on_changed: Callable[[CatalogueChanged], None],
    ) -> None:
        """Opens nothing yet: looking through a large file would delay the start."""
        self._rest, self._path, self._clock = rest, path, clock
        self._is_signed_in, self._has_room, self._on_changed = is_signed_in, has_room, on_changed
        self._book: CaseBook | None = None
        self._opening = asyncio.Lock()
        self._state = Progress()
        self._told: CatalogueChanged | None = None
        self._told_s = float("-inf")
        self.refused = 0

    @property
    def known(self) -> tuple[CatalogueChanged, ...]:
        """For a station that has just come."""
        return (self._told,) if self._told else ()

    def close(self) -> None:
        if self._book is not None:
            self._book.close()

    async def run(self) -> None:
        """Never returns."""
        while True:
            if not self._is_signed_in() or not self._has_room() or self._rest.wait_s > 0:
                await self._clock.sleep(1.0)
                continue
            try:
                await self.catch_up()
            except Refused as error:
                log.info("cases: %s", error.operator_text)
                served = error.status not in _NOT_SERVED
                await self._clock.sleep(RETRY_S if served else NOT_SERVED_S)
            except PlatformError as error:
                log.info("cases wait: %s", error.operator_text)
                await self._clock.sleep(RETRY_S)
            else:
                await self._clock.sleep(PERIOD_S)

    async def catch_up(self) -> int:
        """To the end of what the platform has; gives how many were new. Raises PlatformError.

        The next page is on its way while one is taken.
        """
        book = await self.book()
        changed, seen = 0, set[str]()
        since, page = self._state.since, await self._page(self._state)
        while True:
            cursor = "" if page.next_cursor is None else str(page.next_cursor)
            if cursor and cursor in seen:
                raise PlatformError("平台返回异常：案件没有结尾")
            seen.add(cursor)
            taken, following = await asyncio.gather(
                self._take(book, page, cursor),
                self._page_after(replace(self._state, cursor=cursor, since=since)),
                return_exceptions=True,
            )
            if isinstance(taken, BaseException):
                raise taken
            changed += taken
            self._tell(bool(changed) and not cursor)
            if following is None:
                return changed
            if isinstance(following, BaseException):
                raise following
            page = following

    async def _page_after(self, wanted: Progress) -> _Page | None:
        return await self._page(wanted) if wanted.cursor else None

    async def book(self) -> "CaseBook":
        """Open, and of this platform. Raises PlatformError or ProfileError."""
        async with self._opening:
            if self._book is None:
                self._book = await asyncio.to_thread(_open_book, self._path)
                self._state = await asyncio.to_thread(self._book.progress)
            url = self._rest.base_url
            if (self._state.platform_url, self._state.form) != (url, FORM):
                self._state = Progress(platform_url=url)
                await asyncio.to_thread(self._book.begin, self._state)
            return self._book

    async def _page(self, wanted: Progress) -> _Page:
        params = {"limit": str(PAGE)}
        if wanted.since:
            params["updated_since"] = wanted.since
        if wanted.cursor:
            params["cursor"] = wanted.cursor
        try:
            answer = await self._rest.get("/cases", params, deadline_s=DEADLINE_S, apart=True)
        except Refused as error:
            if wanted.cursor and error.status in (400, 410, 422):
                log.warning("cases: the platform no longer knows the page, from the start of it")
                self._state = replace(self._state, cursor="")
            raise
        try:
            return await asyncio.to_thread(_page_of, answer.body)
        except UNREADABLE:
            raise PlatformError("平台返回异常：案件读不懂") from None

    async def _take(self, book: "CaseBook", page: _Page, cursor: str) -> int:
        """The place of the next page goes in with this one."""
        cases: list[Case] = []
        for n in range(0, len(page.items), PIECE):
            piece = page.items[n : n + PIECE]
            cases += await asyncio.to_thread(self._read, piece, page.is_calm)
        newest = max([self._state.as_of, *(case.updated_at.timestamp() for case in cases)])
        after = self._after(cursor, newest)
        changed = await asyncio.to_thread(book.take, cases, after)
        self._state = after
        await self._clock.sleep(BREATH_S)
        return changed

    def _after(self, cursor: str, newest: float) -> Progress:
        """A round that has ended begins the next one at its newest change, by the platform's
        clock; an overlap costs nothing, as what is known changes nothing."""
        state = replace(self._state, cursor=cursor, as_of=newest)
        if cursor or not newest:
            return replace(state, whole=state.whole or not cursor)
        return replace(state, since=_text(newest - OVERLAP.total_seconds()), whole=True)

    def _read(self, items: list[msgspec.Raw], is_calm: bool) -> list[Case]:
        """On a worker thread; what cannot be read is left out."""
        found: list[Case] = []
        if is_calm:
            with contextlib.suppress(*UNREADABLE):
                return _decode_many(b"[" + b",".join(items) + b"]")
        for item in items:
            body = bytes(item)
            try:
                found.append(_decode(body if is_ordinary(body) else clean_message(body)))
            except (*UNREADABLE, DecodeError) as error:
                self.refused += 1
                log.warning("a case is refused: %s", error)
        return found

    def _tell(self, is_end: bool) -> None:
        now_s = self._clock.monotonic_s()
        if self._told is not None and not is_end and now_s < self._told_s + TOLD_EVERY_S:
            return
        self._told_s = now_s
        version = f"{self._state.as_of:.3f}/{self._state.cursor}"
        self._told = CatalogueChanged("cases", version, 0, self._clock.now())
        self._on_changed(self._told)


def _page_of(body: bytes) -> _Page:
    page = msgspec.json.decode(body, type=_Page)
    page.is_calm = not has_odd_text(body) and all(
        len(bytes(item)) <= MAX_MESSAGE_BYTES for item in page.items
    )
    return page


def _open_book(path: Path) -> "CaseBook":
    """With what counting needs (0.1 s and 20 MB): alarms are up before it."""
    from local_db.cases import CaseBook

    return CaseBook(path)


def _text(unix_s: float) -> str:
    return datetime.fromtimestamp(unix_s, UTC).isoformat(timespec="milliseconds")
