"""/incidents and /incident-events under /api/v1."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import Response

from desktop.domain.emergency import incidents as verbs
from desktop.domain.emergency.incidents import Incident, IncidentState
from desktop.standin.accounts import Accounts, Signed
from desktop.standin.incidents.book import IncidentBook, UnknownIncident
from desktop.standin.incidents.commands import Command, IncidentCommands
from desktop.standin.orders import MOST_EVENTS, revision_of
from desktop.standin.rest import at_seat
from desktop.standin.schemas import answers_with
from desktop.standin.wire import Problem, answer, event_page, page

Limit = Annotated[int, Query(ge=1, le=100_000)]
_Key = Annotated[str, Header(alias="Idempotency-Key")]
_Match = Annotated[str, Header(alias="If-Match")]
_Expires = Annotated[datetime | None, Header(alias="Order-Expires")]
_VERBS = {
    "approve": verbs.APPROVE, "withdraw": verbs.WITHDRAW, "orders": verbs.ADD_ORDERS,
    "stand-down": verbs.STAND_DOWN, "note": verbs.NOTE, "tick": verbs.TICK,
    "level": verbs.RAISE_LEVEL, "clock": verbs.CLOCK,
}  # fmt: skip
_STATES: dict[str, Callable[[Incident], bool]] = {
    "open": lambda one: one.is_open,
    "closed": lambda one: not one.is_open,
    "all": lambda one: True,
} | {state.value: (lambda one, state=state: one.state is state) for state in IncidentState
     if state is not IncidentState.CLOSED}  # fmt: skip


def incident_router(
    book: IncidentBook, commands: IncidentCommands, accounts: Accounts
) -> APIRouter:
    """Reads, the event log, and the commands."""
    router = APIRouter(tags=["incidents"])
    _add_reads(router, book)
    _add_commands(router, commands, Depends(at_seat(accounts)))
    return router


def _add_reads(router: APIRouter, book: IncidentBook) -> None:
    @router.get("/incidents", openapi_extra=answers_with("Incident", listed=True))
    async def incidents(state: str = "open", limit: Limit = 1000, cursor: str = "") -> Response:
        if state not in _STATES:
            raise Problem(400, "bad_state", f"state 只能是 {'、'.join(_STATES)}")
        as_of = {"epoch": book.epoch, "seq": book.seq}
        found = [one for one in book.all() if _STATES[state](one)]
        return answer({"as_of": as_of, **page(found, limit, cursor)})

    @router.get("/incident-events", openapi_extra=answers_with("IncidentEvent", listed=True))
    async def incident_events(
        epoch: str,
        from_seq: Annotated[int, Query(ge=0)] = 1,
        limit: Annotated[int, Query(ge=1, le=MOST_EVENTS)] = MOST_EVENTS,
    ) -> Response:
        return answer(event_page(book, epoch, from_seq, limit))

    @router.get("/commands/{key}")
    async def command(key: str) -> Response:
        """Beyond the common contract: what a key has done, for a desk that lost the answer."""
        found = book.done(key)
        if found is None:
            raise Problem(404, "no_such_command", "没有执行过这个命令")
        return answer({"key": key, "status": found[0].status, "answer": found[1]})

    @router.get("/incidents/{incident_id}", openapi_extra=answers_with("Incident"))
    async def incident(incident_id: str) -> Response:
        return answer(_found(book, incident_id))

    @router.get("/incidents/{incident_id}/timeline",
                openapi_extra=answers_with("TimelineEntry", listed=True))  # fmt: skip
    async def timeline(incident_id: str, limit: Limit = 100_000, cursor: str = "") -> Response:
        _found(book, incident_id)
        return answer(page(book.timeline(incident_id), limit, cursor))

    @router.get("/incidents/{incident_id}/receipts")
    async def receipts(incident_id: str, limit: Limit = 100_000, cursor: str = "") -> Response:
        """Beyond the common contract: what has come back, for a desk that missed some."""
        return answer(page(_receipts(book, _found(book, incident_id)), limit, cursor))


def _found(book: IncidentBook, incident_id: str) -> Incident:
    try:
        return book.get(incident_id)
    except UnknownIncident:
        raise Problem(404, "no_such_incident", f"没有响应 {incident_id[:60]}") from None


def _receipts(book: IncidentBook, incident: Incident) -> Sequence[Any]:
    items = (*incident.orders, *incident.messages)
    return [receipt for one in items for receipt in book.receipts(one.order_id)]


def _add_commands(router: APIRouter, commands: IncidentCommands, who: Any) -> None:
    @router.post("/incidents", status_code=202, openapi_extra=_takes("IncidentDraft"))
    async def activate(
        request: Request, by: Signed = who, key: _Key = "", expires: _Expires = None
    ) -> Response:
        """ACTIVE at once where one signature suffices, else a DRAFT until `second_until`."""
        raw = await request.body()
        return commands.carry_out(Command(verbs.ACTIVATE, "", raw, key, by, expires=expires))

    @router.post("/incidents/{incident_id}/orders/{order_id}/recall",
                 openapi_extra=answers_with("Incident"))  # fmt: skip
    async def recall(
        request: Request, incident_id: str, order_id: str, by: Signed = who,
        key: _Key = "", match: _Match = "", expires: _Expires = None,
    ) -> Response:  # fmt: skip
        """Of an order or a message. Body `{reason}`."""
        given = Command(verbs.RECALL, incident_id, await request.body(), key, by,
                        revision_of(match), order_id, expires)  # fmt: skip
        return commands.carry_out(given)

    @router.post("/incidents/{incident_id}/{verb}", openapi_extra=answers_with("Incident"))
    async def change(
        request: Request, incident_id: str, verb: str, by: Signed = who,
        key: _Key = "", match: _Match = "", expires: _Expires = None,
    ) -> Response:  # fmt: skip
        if verb not in _VERBS:
            raise Problem(404, "no_such_order", f"平台不支持命令 {verb[:60]}")
        raw = await request.body()
        given = Command(_VERBS[verb], incident_id, raw, key, by, revision_of(match),
                        expires=expires)  # fmt: skip
        return commands.carry_out(given)


def _takes(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    answers = {"202": {"description": "Accepted", "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Incident"}}}}}  # fmt: skip
    return {"requestBody": body, "responses": answers}
