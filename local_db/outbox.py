"""The outbox: every order is written here before it is sent."""

from typing import NamedTuple

import msgspec
from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from desktop.domain.link_messages import OrderCondition
from local_db.journal import Journal
from local_db.tables import outbox

UNSETTLED = (OrderCondition.QUEUED, OrderCondition.SENT)


class OutboxEntry(NamedTuple):
    """One order. Times are Unix seconds; `answer` is the operator's text of its end."""

    order_id: str
    verb: str
    target: str
    body: dict[str, str]
    user_id: str
    state: OrderCondition
    created_at: float
    expires_at: float
    answer: str = ""


def add(journal: Journal, entry: OutboxEntry) -> OutboxEntry:
    """Commits a new order; gives the one that is there when the id is known already."""
    values = entry._asdict() | {"body": msgspec.json.encode(entry.body).decode()}
    with journal.engine.begin() as connection:
        connection.execute(insert(outbox).values(**values).on_conflict_do_nothing())
        row = connection.execute(select(outbox).where(outbox.c.order_id == entry.order_id)).one()
    return _entry(row)


def is_there(journal: Journal, order_id: str) -> bool:
    with journal.engine.begin() as connection:
        query = select(outbox.c.order_id).where(outbox.c.order_id == order_id)
        return connection.execute(query).first() is not None


def find(journal: Journal, order_id: str) -> OutboxEntry | None:
    with journal.engine.begin() as connection:
        query = select(outbox).where(outbox.c.order_id == order_id)
        row = connection.execute(query).first()
        return None if row is None else _entry(row)


def settle(
    journal: Journal, order_id: str, state: OrderCondition, answer: str = "", sent_at: float = 0.0
) -> None:
    """Writes a new state; `sent_at` is set with the first sending and kept."""
    values: dict[str, object] = {"state": state.value, "answer": answer}
    if sent_at:
        values["sent_at"] = func.coalesce(outbox.c.sent_at, sent_at)
    with journal.engine.begin() as connection:
        connection.execute(update(outbox).where(outbox.c.order_id == order_id).values(**values))


def unsettled(journal: Journal) -> list[OutboxEntry]:
    """Orders without an answer, oldest first."""
    query = select(outbox).where(outbox.c.state.in_(UNSETTLED)).order_by(outbox.c.created_at)
    with journal.engine.begin() as connection:
        return [_entry(row) for row in connection.execute(query)]


def count_expired(journal: Journal, since: float) -> int:
    query = select(func.count()).where(
        outbox.c.state == OrderCondition.EXPIRED.value, outbox.c.created_at >= since
    )
    with journal.engine.begin() as connection:
        return connection.execute(query).scalar_one()


def prune(journal: Journal, before: float) -> None:
    """Forgets orders that were settled before a time (Unix seconds)."""
    old = outbox.c.state.not_in(UNSETTLED) & (outbox.c.created_at < before)
    with journal.engine.begin() as connection:
        connection.execute(delete(outbox).where(old))


def _entry(row: Row) -> OutboxEntry:  # pyright: ignore
    return OutboxEntry(
        row.order_id,
        row.verb,
        row.target,
        msgspec.json.decode(row.body, type=dict[str, str]),
        row.user_id,
        OrderCondition(row.state),
        row.created_at,
        row.expires_at,
        row.answer,
    )
