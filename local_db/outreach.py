"""Messages and calls in journal.db: the outbox has the orders, these tables what came back."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from desktop.domain.outreach import OUTREACH_VERBS, Receipt, ReceiptState
from local_db.journal import Journal
from local_db.outbox import OutboxEntry, _entry
from local_db.tables import outbox, reached, receipts


class Kept(NamedTuple):
    """One order with the platform's name for it, "" where it has none yet."""

    entry: OutboxEntry
    platform_id: str
    receipts: tuple[Receipt, ...]


def put_receipts(journal: Journal, some: Iterable[Receipt]) -> None:
    """Commits; the first receipt of each step of each person counts."""
    rows = [
        {"platform_id": one.order_id, "unit_id": one.unit_id, "state": one.state.value,
         "at": one.at.timestamp(), "by": one.by, "note": one.note}
        for one in some
    ]  # fmt: skip
    if rows:
        with journal.engine.begin() as connection:
            connection.execute(insert(receipts).on_conflict_do_nothing(), rows)


def put_reached(journal: Journal, order_id: str, platform_id: str) -> tuple[Receipt, ...]:
    """Commits the platform's id; gives the receipts that came before its answer."""
    with journal.engine.begin() as connection:
        row = {"order_id": order_id, "platform_id": platform_id}
        connection.execute(insert(reached).values(**row).on_conflict_do_nothing())
    return receipts_of(journal, [platform_id]).get(platform_id, ())


def kept(journal: Journal, since: float) -> list[Kept]:
    """Messages and calls that were ordered since a time (Unix seconds), oldest first."""
    query = (
        select(outbox, func.coalesce(reached.c.platform_id, "").label("platform_id"))
        .outerjoin(reached, reached.c.order_id == outbox.c.order_id)
        .where(outbox.c.verb.in_(sorted(OUTREACH_VERBS)), outbox.c.created_at >= since)
        .order_by(outbox.c.created_at)
    )
    with journal.engine.begin() as connection:
        rows = [(_entry(row), row.platform_id) for row in connection.execute(query)]
    told = receipts_of(journal, [platform_id for _, platform_id in rows if platform_id])
    return [Kept(entry, name, told.get(name, ())) for entry, name in rows]


def receipts_of(journal: Journal, names: list[str]) -> dict[str, tuple[Receipt, ...]]:
    """By the platform's id of the message, call or order."""
    found: dict[str, list[Receipt]] = {}
    with journal.engine.begin() as connection:
        for start in range(0, len(names), 500):
            some = names[start : start + 500]
            query = select(receipts).where(receipts.c.platform_id.in_(some))
            for row in connection.execute(query):
                found.setdefault(row.platform_id, []).append(_receipt(row))
    return {name: tuple(some) for name, some in found.items()}


def _receipt(row) -> Receipt:  # type: ignore[no-untyped-def]
    return Receipt(
        unit_id=row.unit_id,
        state=ReceiptState(row.state),
        at=datetime.fromtimestamp(row.at, UTC),
        by=row.by,
        note=row.note,
        order_id=row.platform_id,
    )


def prune(journal: Journal, before: float) -> None:
    """Forgets what belongs to no order any more, and receipts of before a time."""
    with journal.engine.begin() as connection:
        known = select(outbox.c.order_id)
        connection.execute(delete(reached).where(reached.c.order_id.not_in(known)))
        connection.execute(delete(receipts).where(receipts.c.at < before))
