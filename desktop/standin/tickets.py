"""12345 and other appeals: the tickets, and when several people complain of one thing."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response

from desktop.domain.alarms import AwareTime
from desktop.standin.wire import Problem, answer, page

WINDOW = timedelta(hours=24)
FEWEST_PEOPLE = 3  # three who complain of one thing are pushed to the duty room
_KEPT = 20_000
_CHINA = timezone(timedelta(hours=8))


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /tickets. `reporter_key` is a hash: one person, never who."""

    ticket_id: str
    source: str
    category: str
    text: str
    place: str
    lon: float
    lat: float
    district_id: str
    reporter_key: str
    status: str
    created_at: AwareTime
    updated_at: AwareTime


class TicketBook:
    """Newest last. One thread: the loop's."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.tickets: list[Ticket] = []
        self._count = 0

    def next_id(self, at: datetime) -> str:
        self._count += 1
        return f"12345-{at.astimezone(_CHINA):%Y%m%d}-{self._count:05d}"

    def add(self, ticket: Ticket) -> None:
        self.tickets.append(ticket)
        del self.tickets[:-_KEPT]

    def updated_since(self, since: datetime | None) -> Sequence[Ticket]:
        if since is None:
            return self.tickets
        return [t for t in self.tickets if t.updated_at >= since]

    def answer(self, ticket_id: str, at: datetime) -> None:
        """Does nothing for a ticket that is no longer kept."""
        for place in range(len(self.tickets) - 1, -1, -1):  # most lie near the end
            if self.tickets[place].ticket_id == ticket_id:
                answered = msgspec.structs.replace(
                    self.tickets[place], status="done", updated_at=at
                )
                self.tickets[place] = answered
                return

    def gathered(self, place: str, category: str, at: datetime) -> list[Ticket]:
        """Of one place and category in the last 24 h, the oldest first."""
        first = at - WINDOW
        return [
            t
            for t in self.tickets
            if t.created_at >= first and t.place == place and t.category == category
        ]


def people(tickets: Sequence[Ticket]) -> int:
    """Persons, not tickets: one who writes ten times is one."""
    return len({t.reporter_key for t in tickets})


def reporter_key(seed: int, number: int) -> str:
    return hashlib.sha256(f"{seed}/reporter/{number}".encode()).hexdigest()[:16]


def ticket_router(book: TicketBook) -> APIRouter:
    router = APIRouter(tags=["tickets"])

    @router.get("/tickets")
    async def tickets(
        updated_since: datetime | None = None,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
        cursor: str = "",
    ) -> Response:
        if updated_since is not None and updated_since.tzinfo is None:
            raise Problem(400, "bad_time", "updated_since 须带时区")
        return answer(page(book.updated_since(updated_since), limit, cursor))

    return router
