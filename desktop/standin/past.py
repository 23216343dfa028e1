"""The alarms that stand when the city starts, with who answered them and when."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

import msgspec

from desktop.domain import alarm_lifecycle
from desktop.domain.alarms import Verification
from desktop.domain.levels import WarningLevel
from desktop.standin.catalogue import points
from desktop.standin.city import City, Draft

_FILE = Path(__file__).resolve().parents[2] / "resources" / "standin" / "standing.toml"
_OUT_OF_ORDER = 0.02


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """minutes_ago since it was raised; acked_after_min None leaves it unacknowledged."""

    point_id: str
    level: WarningLevel
    minutes_ago: float
    title: str
    detail: str
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    by: str = ""
    acked_after_min: float | None = None
    cleared_after_min: float | None = None
    shelved: bool = False


@cache
def standing() -> tuple[Standing, ...]:
    """Rows of standing.toml. Raises msgspec.ValidationError naming the row that is wrong."""
    rows = tomllib.loads(_FILE.read_text("utf-8"))["standing"]
    return tuple(msgspec.convert(rows, list[Standing]))


def make_past(city: City) -> None:
    """The last three hours of water, then each standing alarm raised and answered at its time."""
    city.water.make_past(city.now())
    city.silent.update(_out_of_order(city))
    acts: list[tuple[float, int, str]] = []
    for index, row in enumerate(standing()):
        acts.append((row.minutes_ago, index, "raise"))
        for kind, after in (("ack", row.acked_after_min), ("clear", row.cleared_after_min)):
            if after is not None:
                acts.append((row.minutes_ago - after, index, kind))
        if row.shelved:
            acts.append((row.minutes_ago - 15, index, "shelve"))
    ids: dict[int, str] = {}
    for minutes_ago, index, kind in sorted(acts, key=lambda act: -act[0]):
        _act(city, ids, index, kind, minutes_ago)


def _out_of_order(city: City) -> list[str]:
    """Two of a hundred instruments of a real city send nothing; the hand-laid ones all do."""
    laid = {p.point_id for p in points()}
    others = [p.point_id for p in city.places.points
              if p.point_id not in laid and p.point_id not in city.water.gauges]  # fmt: skip
    return city.chance.sample(others, round(len(others) * _OUT_OF_ORDER))


def _act(city: City, ids: dict[int, str], index: int, kind: str, minutes_ago: float) -> None:
    row, at = standing()[index], city.now() - timedelta(minutes=minutes_ago)
    if kind == "raise":
        ai = row.point_id.startswith("AI-")
        draft = Draft(
            point=city.places.point(row.point_id),
            level=row.level,
            title=row.title,
            detail=row.detail,
            value=row.value,
            limit=row.limit,
            unit=row.unit,
            verification=Verification.PENDING if ai else Verification.CONFIRMED,
            at=at,
        )
        ids[index] = city.raise_alarm(draft).alarm_id
    elif kind == "ack":
        city.book.acknowledge(ids[index], at, row.by)
    elif kind == "clear":
        city.book.clear(ids[index], at)
    else:
        until = city.now() + timedelta(hours=5)
        shelved = alarm_lifecycle.shelve(city.book.get(ids[index]), at, until)
        city.book.apply(ids[index], "shelved", at, shelved)
