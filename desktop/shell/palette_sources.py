"""What the palette finds without asking anybody: views, commands, alarms; and how all is ranked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.alarms import Alarm, needs_acknowledgement
from desktop.domain.levels import WarningLevel

SHOWN_OF_A_GROUP = 6
EXACT, HEAD, INSIDE, ELSEWHERE = range(4)  # how good a match is, best first


class Kind(StrEnum):
    """The groups, in the order of equally good ones."""

    VIEW = "view"
    COMMAND = "command"
    ALARM = "alarm"
    CAMERA = "camera"
    PLACE = "place"
    ORDER = "order"


@dataclass(frozen=True)
class Found:
    """One thing that can be opened. `key`: view_id, name of the command, or id of the thing."""

    kind: Kind
    key: str
    title: str
    note: str = ""
    hint: str = ""
    icon: str = ""
    level: WarningLevel | None = None
    lon_deg: float | None = None
    lat_deg: float | None = None
    rank: int = INSIDE


Spell = Callable[[str], str]
"""Pinyin initials of a text: local_db.pinyin, once its table is read."""


def match(query: str, title: str, *more: str, spell: Spell | None = None) -> int | None:
    """Rank of a match, None where a word of the query is nowhere."""
    words, whole = query.casefold().split(), title.casefold()
    if not words:
        return INSIDE
    if whole == query.casefold().strip():
        return EXACT
    if all(word in whole for word in words):
        return HEAD if whole.startswith(words[0]) else INSIDE
    others = " ".join(more).casefold()
    if all(word in whole or word in others for word in words):
        return ELSEWHERE
    letters = query.casefold().strip()
    if spell is None or len(letters) < 2 or not (letters.isascii() and letters.isalnum()):
        return None
    if letters in spell(whole):
        return INSIDE
    return ELSEWHERE if any(letters in spell(one.casefold()) for one in more) else None


def find_alarms(
    alarms: Iterable[Alarm], query: str, places: dict[str, str], spell: Spell | None = None
) -> list[Found]:
    """Open alarms, the gravest that waits first. `places`: name of a point by its id."""
    found: list[tuple[tuple[int, int, bool, float], Found]] = []
    for alarm in alarms:
        place = places.get(alarm.point_id or "", "") or alarm.detail.partition("\n")[0]
        rank = match(query, alarm.title, place, alarm.detail, alarm.alarm_id, spell=spell)
        if rank is None:
            continue
        waits = needs_acknowledgement(alarm)
        order = (rank, alarm.level.rank, not waits, -alarm.raised_at.timestamp())
        found.append(
            (order, Found(Kind.ALARM, alarm.alarm_id, alarm.title, place, level=alarm.level,
                          lon_deg=alarm.lon_deg, lat_deg=alarm.lat_deg, rank=rank))
        )  # fmt: skip
    found.sort(key=lambda pair: pair[0])
    return [one for _, one in found]


def grouped(found: Sequence[Found]) -> list[tuple[Kind, list[Found]]]:
    """Groups by their best match, equally good ones in the order of Kind; each cut to a few."""
    groups: dict[Kind, list[Found]] = {}
    for one in sorted(found, key=lambda item: item.rank):  # stable: a source's own order stays
        groups.setdefault(one.kind, []).append(one)
    order = list(Kind)
    ranked = sorted(groups.items(), key=lambda pair: (pair[1][0].rank, order.index(pair[0])))
    return [(kind, some[:SHOWN_OF_A_GROUP]) for kind, some in ranked]
