"""Appeals of citizens (12345 and others) as the platform tells them, and how many there are."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from desktop.domain.alarms import AwareTime
from desktop.domain.assets import masked_phone
from desktop.domain.duty import CITY_ZONE
from desktop.domain.geo import Latitude, Longitude

KEPT_FOR = timedelta(hours=48)
"""How far back appeals are mirrored: today, and yesterday to compare it with."""
LAST_HOUR = timedelta(hours=1)
TOP = 3
_HASHED = re.compile(r"(?=.*[a-f])[0-9a-f]{16,64}")
_KEY_LENGTH = 16
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /tickets. `reporter_key` is a hash: the same person, never who."""

    ticket_id: str
    text: str
    created_at: AwareTime
    category: str = ""
    place: str = ""
    source: str = ""
    status: str = ""
    reporter_key: str = ""
    district_id: str | None = None
    org_id: str | None = None
    lon_deg: Longitude | None = msgspec.field(default=None, name="lon")
    lat_deg: Latitude | None = msgspec.field(default=None, name="lat")
    updated_at: AwareTime | None = None


def without_person(ticket: Ticket) -> Ticket:
    """Numbers in the text are masked, and a key that is no hash is made one."""
    key = ticket.reporter_key
    if key and not _HASHED.fullmatch(key):
        key = hashlib.sha256(key.encode()).hexdigest()[:_KEY_LENGTH]
    return msgspec.structs.replace(
        ticket, text=_masked(ticket.text), place=_masked(ticket.place), reporter_key=key
    )


def _masked(text: str) -> str:
    text = _IDENTITY.sub(lambda found: found[0][:6] + "*" * 8 + found[0][-4:], text)
    return _MOBILE.sub(lambda found: masked_phone(re.sub(r"\D", "", found[0])), text)


class Heard(NamedTuple):
    """How many appeals came; `yesterday` up to the same time of day, None while unknown."""

    today: int
    last_hour: int
    yesterday: int | None
    top: tuple[tuple[str, int], ...]  # of today, the most first


def heard(tickets: Iterable[Ticket], now: datetime, top: int = TOP) -> Heard:
    """`now` carries a zone; the day is the city's."""
    start = now.astimezone(CITY_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    categories: Counter[str] = Counter()
    last_hour = yesterday = 0
    is_older = False
    for ticket in tickets:
        at = ticket.created_at
        last_hour += now - LAST_HOUR < at <= now
        if start <= at <= now:
            categories[ticket.category] += 1
        elif at < start:
            is_older = True
            yesterday += start - day <= at <= now - day
    ordered = sorted(categories.items(), key=lambda row: (-row[1], row[0]))
    known = yesterday if is_older else None
    return Heard(categories.total(), last_hour, known, tuple(ordered[:top]))
