"""GET /cases, in the order of their changes."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response

from desktop.domain.cases import CaseKind, CasePage, Source, State
from desktop.domain.orgs import below
from desktop.standin.case_classes import case_classes
from desktop.standin.cases.answers import CaseAnswers
from desktop.standin.cases.book import START, CaseBook, Chosen, Key
from desktop.standin.cases.surroundings import Surroundings
from desktop.standin.generated.orgs import org_tree
from desktop.standin.schemas import answers_with
from desktop.standin.wire import Problem, answer

From = Annotated[datetime | None, Query(alias="from", description="Reported then or later.")]
To = Annotated[datetime | None, Query(alias="to", description="Reported before.")]
Since = Annotated[datetime | None, Query(description="Changed then or later; with a zone.")]
Limit = Annotated[int, Query(ge=1, le=5000)]
ClassCode = Annotated[
    str, Query(alias="class", description="Major's and minor's digits, or the major's alone.")
]


def seconds_of(at: datetime | None, name: str, otherwise: int) -> int:
    """Raises Problem(400) for a time without a zone."""
    if at is None:
        return otherwise
    if at.tzinfo is None:
        raise Problem(400, "bad_time", f"{name} 缺少时区")
    return int(at.timestamp())


@dataclass(frozen=True)
class Words:
    """What a list was asked for, as it was written; "" for any."""

    district_id: str = ""
    street_id: str = ""
    org_id: str = ""
    class_code: str = ""
    kind: str = ""
    source: str = ""
    state: str = ""

    def chosen(self, places: Surroundings, from_s: int, to_s: int) -> Chosen:
        """Raises Problem(400) for a word that is not known."""
        return Chosen(
            district=_place_of(self.district_id, places.districts, "区"),
            street=_place_of(self.street_id, places.streets, "街道"),
            orgs=_orgs(self.org_id, places) if self.org_id else None,
            classes=_classes(self.class_code, self.kind),
            source=_place_of(self.source, list(Source), "来源"),
            state=_place_of(self.state, list(State), "状态"),
            from_s=from_s,
            to_s=to_s,
        )


def _place_of(word: str, known: list[str], what: str) -> int | None:
    if not word:
        return None
    if word not in known:
        raise Problem(400, "unknown_word", f"没有{what} {word}")
    return known.index(word)


def _orgs(org_id: str, places: Surroundings) -> frozenset[int]:
    if org_id not in places.orgs:
        raise Problem(400, "unknown_word", f"没有机构 {org_id}")
    scope = below(org_tree(), org_id)
    return frozenset(n for n, one in enumerate(places.orgs) if one in scope)


def _classes(code: str, kind: str) -> frozenset[int] | None:
    if not code and not kind:
        return None
    if kind and kind not in list(CaseKind):
        raise Problem(400, "unknown_word", f"没有类别 {kind}")
    found = frozenset(
        n
        for n, row in enumerate(case_classes())
        if row.class_code.startswith(code) and kind in ("", row.kind)
    )
    if not found:
        raise Problem(400, "unknown_word", f"没有案件类别 {code}")
    return found


def _key_of(cursor: str, since_s: int) -> Key:
    """Raises Problem(400)."""
    if not cursor:
        return (since_s, 0, -1) if since_s else START
    words = cursor.split(".")
    if len(words) != 3 or not all(w.isascii() and w.isdecimal() and len(w) < 12 for w in words):
        raise Problem(400, "bad_cursor", "cursor 不是本接口给出的")
    at, month, row = (int(word) for word in words)
    return at, month, row


def ready_book(book: CaseBook) -> int:
    """The present second. Raises Problem(503) while the cases are being made."""
    if not book.ready:
        raise Problem(503, "cases_not_ready", "案件库正在准备，稍候再取")
    return int(book.now().timestamp())


def case_router(book: CaseBook, places: Surroundings) -> APIRouter:
    router = APIRouter(tags=["cases"])
    made = CaseAnswers(book, places)

    @router.get("/cases", openapi_extra=answers_with("Case", listed=True))
    async def cases(
        updated_since: Since = None, district_id: str = "", street_id: str = "",
        org_id: str = "", class_code: ClassCode = "", kind: str = "", source: str = "",
        state: str = "", start: From = None, end: To = None, limit: Limit = 1000,
        cursor: str = "",
    ) -> Response:  # fmt: skip
        """Oldest change first, so that a reader who follows `next_cursor` misses nothing.

        A case that changes meanwhile comes again at the end. At the end `next_cursor` is null: go
        on with `updated_since`, the newest `updated_at` that was read.
        """
        now_s = ready_book(book)
        words = Words(district_id, street_id, org_id, class_code, kind, source, state)
        chosen = words.chosen(places, seconds_of(start, "from", 0), seconds_of(end, "to", 2**33))
        after = _key_of(cursor, seconds_of(updated_since, "updated_since", 0))

        def body() -> bytes:
            keys, last = book.page(chosen, after, now_s, limit)
            following = ".".join(map(str, last)) if last else None
            return msgspec.json.encode(CasePage(tuple(made.cases(keys, now_s)), following))

        return answer(await asyncio.to_thread(body))

    return router
