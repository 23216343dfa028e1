"""Reaching people: messages to one person, calls by radio, and how far each has come.

The desk orders (POST /messages, POST /calls); handsets answer with receipts. A message that
nobody takes in time is the operator's matter again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from desktop.domain.alarms import AwareTime
from desktop.domain.order_state import OrderCondition

MOST_TEXT_CHARS = 500
MOST_PEOPLE = 50
OWNER_PREFIX = "owner:"
DUTY_PREFIX = "duty:"
SEND, CALL, HANG_UP = "message.send", "call.place", "call.hang-up"
"""Verbs of Order. The first two name their right, the third needs that of the second."""
OUTREACH_VERBS = frozenset((SEND, CALL))


class Channel(StrEnum):
    """Values of POST /messages."""

    HANDSET = "handset"
    SMS = "sms"
    VOICE = "voice"
    RADIO = "radio"
    GROUP = "group"


class ReceiptState(StrEnum):
    """The first six as in the contract; the rest are a call's, by the same topic."""

    DELIVERED = "delivered"
    READ = "read"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ON_SCENE = "on_scene"
    DONE = "done"
    RINGING = "ringing"
    CONNECTED = "connected"
    UNANSWERED = "unanswered"
    ENDED = "ended"

    @property
    def rank(self) -> int:
        """Receipts overtake each other: the furthest counts."""
        return _RANKS[self]


_RANKS = {
    ReceiptState.DELIVERED: 1, ReceiptState.READ: 2, ReceiptState.ACCEPTED: 3,
    ReceiptState.DECLINED: 4, ReceiptState.ON_SCENE: 4, ReceiptState.DONE: 5,
    ReceiptState.RINGING: 1, ReceiptState.CONNECTED: 2, ReceiptState.UNANSWERED: 3,
    ReceiptState.ENDED: 4,
}  # fmt: skip
_TAKEN = (ReceiptState.ACCEPTED, ReceiptState.ON_SCENE, ReceiptState.DONE)
_CALL_OVER = (ReceiptState.UNANSWERED, ReceiptState.DECLINED, ReceiptState.ENDED)


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """`receipt/{order_id}` on MQTT: one person, one step. `order_id` comes from the topic."""

    unit_id: str
    state: ReceiptState
    at: AwareTime
    by: str = ""
    note: str = ""
    order_id: str = ""


class Person(msgspec.Struct, frozen=True):
    """Whom the desk can reach: a unit, `owner:{asset_id}`, `duty:{org_id}:{role}:{ladder}`."""

    person_id: str
    name: str


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator wants to send, before it is an order.

    `about`: the item, alarm or unit that it is about. A drill never reaches a real channel.
    """

    people: tuple[Person, ...]
    channel: Channel = Channel.HANDSET
    text: str = ""
    about: str = ""
    incident_id: str = ""
    drill: bool = False


class Outreach(msgspec.Struct, frozen=True, kw_only=True):
    """One message or call with all that is known of it."""

    order_id: str
    verb: str
    people: tuple[Person, ...]
    channel: Channel
    text: str = ""
    about: str = ""
    by: str = ""
    drill: bool = False
    made_at: AwareTime
    condition: OrderCondition = OrderCondition.QUEUED
    refusal: str = ""
    platform_id: str = ""
    receipts: tuple[Receipt, ...] = ()

    @property
    def is_call(self) -> bool:
        return self.verb == CALL


class Stage(NamedTuple):
    """How far one person has come: the words, since when, and whether it is a trouble."""

    word: str
    since: datetime
    trouble: bool = False
    settled: bool = False


def body_of(draft: Draft, by: str) -> dict[str, str]:
    """The body of the Order. Raises ValueError when there is nobody, or too many."""
    if not 0 < len(draft.people) <= MOST_PEOPLE:
        raise ValueError(f"{len(draft.people)} people")
    body = {
        "to": "\n".join(person.person_id for person in draft.people),
        "names": "\n".join(person.name.replace("\n", " ") for person in draft.people),
        "channel": draft.channel.value,
        "text": draft.text[:MOST_TEXT_CHARS],
        "about": draft.about,
        "by": by,
        "incident_id": draft.incident_id,
        "drill": "1" if draft.drill else "",
    }
    return {key: value for key, value in body.items() if value}


def wire_body(verb: str, body: Mapping[str, str]) -> dict[str, object]:
    """What POST /messages or POST /calls gets: the desk's own notes stay at the desk."""
    wire: dict[str, object] = {"to": body.get("to", "").split("\n"), "drill": "drill" in body}
    wire["channel"] = body.get("channel", Channel.HANDSET.value)
    if verb == SEND:
        wire["text"] = body.get("text", "")
    if body.get("incident_id"):
        wire["incident_id"] = body["incident_id"]
    return wire


def outreach_of(
    order_id: str, verb: str, body: Mapping[str, str], made_at: datetime,
    condition: OrderCondition, refusal: str = "",
) -> Outreach:  # fmt: skip
    """Reads back what body_of wrote."""
    ids = body.get("to", "").split("\n")
    names = body.get("names", "").split("\n")
    names += ids[len(names) :]
    try:
        channel = Channel(body.get("channel", ""))
    except ValueError:
        channel = Channel.HANDSET
    return Outreach(
        order_id=order_id,
        verb=verb,
        people=tuple(Person(one, name or one) for one, name in zip(ids, names, strict=False)),
        channel=channel,
        text=body.get("text", ""),
        about=body.get("about", ""),
        by=body.get("by", ""),
        drill="drill" in body,
        made_at=made_at,
        condition=condition,
        refusal=refusal,
    )


def with_receipts(outreach: Outreach, receipts: Iterable[Receipt]) -> Outreach:
    """Each step of each person once; those of other people are left out."""
    wanted = {person.person_id for person in outreach.people}
    known = {(one.unit_id, one.state): one for one in outreach.receipts}
    for receipt in receipts:
        if receipt.unit_id in wanted:
            known.setdefault((receipt.unit_id, receipt.state), receipt)
    ordered = sorted(known.values(), key=lambda one: (one.at, one.state.rank))
    return msgspec.structs.replace(outreach, receipts=tuple(ordered))


def furthest(outreach: Outreach, person_id: str) -> Receipt | None:
    mine = [one for one in outreach.receipts if one.unit_id == person_id]
    return max(mine, key=lambda one: (one.state.rank, one.at), default=None)


def is_taken(outreach: Outreach) -> bool:
    """Somebody has taken the task."""
    return any(one.state in _TAKEN for one in outreach.receipts)


def is_declined(outreach: Outreach) -> bool:
    """Everybody has said no, and nobody yes."""
    said = [furthest(outreach, person.person_id) for person in outreach.people]
    return bool(said) and all(one and one.state is ReceiptState.DECLINED for one in said)


def has_failed(outreach: Outreach) -> bool:
    return outreach.condition in (OrderCondition.REFUSED, OrderCondition.EXPIRED)


def is_call_over(outreach: Outreach) -> bool:
    """Nobody is in the call, and nobody will be."""
    if has_failed(outreach):
        return True
    last = [furthest(outreach, person.person_id) for person in outreach.people]
    return all(one is not None and one.state in _CALL_OVER for one in last)


def is_overdue(outreach: Outreach, now: datetime, limit_s: float) -> bool:
    """A message with the platform that nobody took within the limit, or that all declined."""
    if outreach.is_call or has_failed(outreach) or is_taken(outreach):
        return False
    return is_declined(outreach) or now - outreach.made_at >= timedelta(seconds=limit_s)


def newest_about(outreaches: Iterable[Outreach], about: str) -> list[Outreach]:
    """Newest first."""
    found = [one for one in outreaches if one.about == about]
    return sorted(found, key=lambda one: one.order_id, reverse=True)


def duty_person_id(org_id: str, role: str, ladder: int) -> str:
    return f"{DUTY_PREFIX}{org_id}:{role}:{ladder}"


def task_text(title: str, place: str, item_id: str) -> str:
    """What the owner's handset shows: what, where, and what is asked."""
    where = f"{place}（{item_id}）" if item_id and item_id not in place else place or item_id
    return f"【{title}】{where}。请立即到场处置，到场后回执。"[:MOST_TEXT_CHARS]


def same_people(outreach: Outreach, people: Sequence[str]) -> bool:
    return {person.person_id for person in outreach.people} == set(people)
