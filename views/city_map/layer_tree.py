"""The layers as rows of a tree, with how many there are and how old they are. Pure words."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.levels import WarningLevel
from desktop.domain.units import UnitKind
from views.city_map import words
from views.city_map.unit_sheet import KINDS, UnitSheet
from widgets.times import age_text

translate = QCoreApplication.translate


class Row(NamedTuple):
    """A leaf has a layer id; one without stands for those below it. `fixed`: always shown."""

    title: str
    layer_id: str = ""
    rows: tuple["Row", ...] = ()
    fixed: bool = False
    is_open: bool = True
    hint: str = ""


class Figure(NamedTuple):
    """`number` counts towards the group; `count` is what stands in the row."""

    count: str = ""
    age: str = ""
    stale: bool = False
    number: int = 0


def tree(point_classes: Iterable[str]) -> tuple[Row, ...]:
    names = words.point_classes()
    return (
        Row(translate("CityMap", "未关闭告警"), "alarms", fixed=True),
        Row(translate("CityMap", "底图与分区"), rows=(
            Row(translate("CityMap", "底图"), "basemap", fixed=True),
            Row(translate("CityMap", "行政区划"), "districts"),
            Row(translate("CityMap", "责任网格"), "grids"),
            Row(translate("CityMap", "气象"), "weather"),
        )),
        Row(translate("CityMap", "摄像机"), rows=(
            *(Row(word, f"camera.{kind}") for kind, word in words.camera_kinds().items()),
            Row(translate("CityMap", "离线的"), "camera.offline"),
        )),
        Row(translate("CityMap", "车辆人员"), rows=(
            *(Row(words.unit_kinds()[kind], f"unit.{kind}") for kind in KINDS),
            Row(translate("CityMap", "下班的"), "unit.off_duty"),
        )),
        Row(translate("CityMap", "监测点"), rows=tuple(
            Row(names.get(class_id, class_id), f"point.{class_id}") for class_id in point_classes
        ), is_open=False),
        Row(translate("CityMap", "部件"), rows=tuple(
            Row(word, f"item.{class_id}") for class_id, word in words.item_classes().items()
        ), is_open=False, hint=translate("CityMap", "放大到 17 级以上显示")),
    )  # fmt: skip


def leaves(row: Row) -> tuple[Row, ...]:
    return tuple(leaf for below in row.rows for leaf in leaves(below)) if row.rows else (row,)


def figures(room: RoomContext, sheet: UnitSheet, now: datetime) -> dict[str, Figure]:
    """By layer id; groups by the title's place are the sum of theirs."""
    found = _alarm_figures(room)
    cameras = Counter(camera.kind.value for camera in room.cameras.rows())
    offline = sum(not camera.online for camera in room.cameras.rows())
    age = _register_age(room.cameras.fetched_at, now)
    for kind in words.camera_kinds():
        count = cameras[kind.value]
        found[f"camera.{kind}"] = Figure(f"{count:,}", age, number=count)
    found["camera.offline"] = Figure(f"{offline:,}", age)
    found |= _unit_figures(room, sheet, now)
    found |= _point_figures(room, now)
    layers_age = _register_age(room.layers.fetched_at, now)
    for layer_id in ("basemap", "districts", "grids"):
        found[layer_id] = Figure("", layers_age)
    if (weather := room.weather.weather) is not None:
        found["weather"] = Figure("", age_text((now - weather.at).total_seconds()))
    return found


def group_figure(row: Row, known: dict[str, Figure]) -> Figure:
    """The sum of the rows below; as old as the first of them that has an age."""
    below = [known[leaf.layer_id] for leaf in leaves(row) if leaf.layer_id in known]
    number = sum(figure.number for figure in below)
    age = next((figure.age for figure in below if figure.age and figure.number), "")
    return Figure(f"{number:,}" if number else "", age)


def _alarm_figures(room: RoomContext) -> dict[str, Figure]:
    alarms = room.alarms.items().values()
    grave = sum(alarm.level is WarningLevel.RED for alarm in alarms)
    feed = room.health.health.feeds.get("alarms")
    age = age_text(feed.age_s) if feed and feed.age_s is not None else ""
    count = f"{len(alarms):,}" if not grave else f"{grave} / {len(alarms):,}"
    return {"alarms": Figure(count, age)}


def _unit_figures(room: RoomContext, sheet: UnitSheet, now: datetime) -> dict[str, Figure]:
    counts = sheet.counts(now.timestamp())
    feed = room.health.health.feeds.get("positions")
    age = age_text(feed.age_s) if feed and feed.age_s is not None else ""
    return {
        f"unit.{kind}": Figure(
            _of(live, every), age if every else "", every > 0 and live == 0, every
        )
        for kind, (live, every) in counts.items()
        if isinstance(kind, UnitKind)
    }


def _of(live: int, every: int) -> str:
    return f"{every:,}" if live == every else f"{live:,} / {every:,}"


def _point_figures(room: RoomContext, now: datetime) -> dict[str, Figure]:
    counts: Counter[str] = Counter()
    newest: dict[str, datetime] = {}
    for point in room.points.rows():
        counts[point.class_id] += 1
        reading = room.readings.get(point.point_id)
        if reading is not None:
            newest[point.class_id] = max(reading.at, newest.get(point.class_id, reading.at))
    return {
        f"point.{class_id}": Figure(
            f"{count:,}",
            age_text((now - newest[class_id]).total_seconds()) if class_id in newest else "",
            number=count,
        )
        for class_id, count in counts.items()
    }


def _register_age(fetched_at: object, now: datetime) -> str:
    if not isinstance(fetched_at, datetime):
        return ""
    return age_text((now - fetched_at).total_seconds())
