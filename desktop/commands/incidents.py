"""An order on an incident as the link gets it: the platform's body as text, and what was seen."""

import msgspec

from desktop.domain.emergency.incidents import (
    ACTIVATE,
    ADD_ORDERS,
    APPROVE,
    MOST_ORDERS,
    RAISE_LEVEL,
    RECALL,
    STAND_DOWN,
    WITHDRAW,
    Incident,
    IncidentDraft,
)
from desktop.domain.link_messages import Order
from desktop.errors import PlatformError
from desktop.ids import ulid

URGENT_TTL_S = 30.0
"""Of what commands people: what is older than that is decided anew by a person."""
TTL_S = 120.0
MOST_BYTES = 2 * 1024 * 1024
_VERSIONED = frozenset((APPROVE, WITHDRAW, ADD_ORDERS, RECALL, RAISE_LEVEL, STAND_DOWN))
_URGENT = (_VERSIONED | {ACTIVATE}) - {RECALL}


def incident_order(
    verb: str, incident_id: str, body: object, seen: Incident | None, order_id: str = ""
) -> Order:
    """`seen`: the incident as the giver saw it; `order_id`: one that was noted before. Raises
    PlatformError."""
    if isinstance(body, IncidentDraft) and len(body.orders) > MOST_ORDERS:
        raise PlatformError(f"一次最多下达 {MOST_ORDERS} 道调度令；请缩小范围或分两次启动")
    json = msgspec.json.encode(body)
    if len(json) > MOST_BYTES:
        raise PlatformError("内容太多，平台收不下；请减少调度令或缩短通知文字")
    order_body = {"json": json.decode()}
    if verb in _VERSIONED and seen is not None:
        order_body["revision"] = str(seen.revision)
    plan_id = body.plan_id if isinstance(body, IncidentDraft) else ""
    return Order(
        order_id=order_id or ulid(),
        verb=verb,
        target_id=incident_id or plan_id,
        body=order_body,
        ttl_s=URGENT_TTL_S if verb in _URGENT else TTL_S,
    )
