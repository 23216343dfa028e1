"""A control room in which every text from outside is hostile, come by the link's own decoders."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, AlarmEvent
from desktop.domain.cameras import Camera
from desktop.domain.points import AlarmClass, Point
from desktop.domain.search import Hit
from desktop.domain.texts import clean_text
from desktop.feeds.wire import clean_message
from tests.canary import Canary
from tests.gui.driving import room, run
from tests.gui.fake_room import NOW, FakeQuestions
from tests.gui.registers.conftest import Asked, City

__all__ = ["room", "run"]
T = TypeVar("T")
AT = NOW.isoformat()
KINDS = ("markup", "long", "odd")
LONG = "水位涨" * 20_000 + "x" * 40_000
ODD = (
    "\u202e高水位\u202c\u2066\u200b积\ufeff水\u200f",
    "{} {0} {title!r} %s %n %1 %d & && \\n $(x) `x` ${x}",
    "甲\x00\x07\x1b[31m乙\r\n丙\x85丁\u2028戊",
    "积" + "\u0301\u0320" * 1_000 + "水",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 30,
    "مرحبا بالعالم שלום" * 3,
)


def text_of(kind: str, canary: Canary) -> str:
    return {"markup": canary.markup(), "long": LONG, "odd": " ".join(ODD)}[kind]


def from_wire(struct: type[T], **fields: Any) -> T:
    """As the link takes it: JSON with escapes, checked and cleaned; of any size."""
    payload = clean_message(json.dumps(fields).encode(), max_bytes=64 * 1024 * 1024)
    return msgspec.json.decode(payload, type=struct)


def alarm_fields(alarm_id: str, text: str) -> dict[str, Any]:
    said = {"by": text, "at": AT, "note": text, "text": text}
    return {
        "alarm_id": alarm_id, "revision": 1, "epoch": "e", "seq": int(alarm_id[1:]),
        "class_id": "manhole", "level": "red", "condition": "active", "raised_at": AT,
        "updated_at": AT, "point_id": "p1", "title": text, "detail": text, "unit": text,
        "guidance": "\n".join([text[:1200]] * 3), "value": 1.5, "limit": 1.0, "notes": [said],
        "lon": 116.6, "lat": 28.9, "camera_ids": ["c1"], "org_id": "o1",
    }  # fmt: skip


def fill(room: RoomContext, text: str, extra_alarms: int = 2) -> None:
    point = from_wire(Point, point_id="p1", class_id="manhole", name=text, unit=text, metric="m",
                      lon=116.6, lat=28.9,
                      thresholds=[{"level": "red", "value": 1.0, "label": text}])  # fmt: skip
    known = from_wire(AlarmClass, class_id="manhole", name=text, industry=text, guidance=text,
                      cause=text, consequence=text)  # fmt: skip
    camera = from_wire(Camera, camera_id="c1", name=text, source=text, tags=[text], lon=116.6,
                       lat=28.9)  # fmt: skip
    room.points.replace([("p1", point)], "1", NOW)
    room.alarm_classes.replace([("manhole", known)], "1", NOW)
    room.cameras.replace([("c1", camera)], "1", NOW)
    fields = alarm_fields("a1", text)
    taken = {"by": text, "at": AT, "note": text}
    alarms = [from_wire(Alarm, **alarm_fields(f"a{n}", text)) for n in range(1, extra_alarms + 1)]
    alarms.append(from_wire(Alarm, **alarm_fields("a99", text) | {
        "ack": taken, "claimed_by": text, "assigned_to": text, "level": "blue"}))  # fmt: skip
    room.alarms.replace_open(alarms)
    room.alarms.flush()
    if isinstance(room.questions, FakeQuestions):
        event = {"epoch": "e", "seq": 1, "kind": text[:40], "at": AT, "alarm": fields}
        room.questions.events = (from_wire(AlarmEvent, **event),)
        told = clean_text(text)  # as the link's registers have it
        room.questions.hits = (Hit("streets", "s1", told, told, 116.6, 28.9),)


def registers_of(text: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of every register, with `text` wherever a text stands."""
    text = text[:8_000]  # a row of more than a message may have is refused whole
    placed = {"lon": 116.6, "lat": 28.9}
    ends = (NOW + timedelta(hours=4)).isoformat()
    owner = {"name": text, "phone": "138****5678"}
    return {
        "asset_classes": [{"class_id": "manhole", "name": text}],
        "alarm_classes": [{"class_id": "manhole", "name": text, "industry": text}],
        "assets": [{"asset_id": "as1", "class_id": "manhole", "name": text, "status": text,
                    "source": text, "owner": owner, text[:30]: text, **placed}],
        "points": [{"point_id": "p1", "class_id": "manhole", "name": text, "unit": text, **placed}],
        "orgs": [{"org_id": "o1", "name": text, "level": 1, "phone": text[:20]}],
        "cameras": [{"camera_id": "c1", "name": text, "source": text, "tags": [text], **placed}],
        "units": [{"unit_id": "u1", "kind": "vehicle", "name": text, "skills": [text], **placed}],
        "depots": [{"depot_id": "d1", "name": text, **placed}],
        "duty": [{"org_id": "o1", "role": text[:60], "role_name": text, "name": text,
                  "phone": text[:20], "start": AT, "end": ends}],
        "tickets": [{"ticket_id": "t1", "text": text, "category": text, "place": text,
                     "source": text, "status": text, "created_at": AT, **placed}],
    }  # fmt: skip


@pytest.fixture
def canary(qapp, tmp_path: Path) -> Iterator[Canary]:
    """Whatever a test does: in the end nobody has opened the file or called the port."""
    with Canary(tmp_path) as made:
        made.touched()
        yield made
        assert made.touched() == []


@pytest.fixture
def city(tmp_path: Path, room: RoomContext) -> Iterator[City]:
    object.__setattr__(room, "questions", Asked(tmp_path / "cache.db"))
    made = City(tmp_path / "cache.db", room)
    yield made
    made.close()
