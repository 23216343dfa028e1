"""What each tab shows: its register, its columns, and by what its rows can be filtered."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.domain.registers import TableRow
from views.registers.wording import Names, kind_word, register_word, state_word, tag_word

translate = QCoreApplication.translate
NO_VALUE = "—"


@dataclass(frozen=True)
class Column:
    """`weight` shares the width that is left; `least_px` is never fallen short of."""

    title: str
    text: Callable[[TableRow, Names], str]
    weight: int
    least_px: int = 80
    quiet: bool = False


@dataclass(frozen=True)
class Tab:
    """`filters` are columns of cache.db with the word of "all of them"."""

    register: str
    title: str
    columns: tuple[Column, ...]
    filters: tuple[tuple[str, str], ...]
    hint: str


def tabs() -> tuple[Tab, ...]:
    """In the language of the desk, so not before the translator is installed."""
    return (_cameras(), _assets(), _points(), _units(), _orgs(), _duty(), _tickets())


def _id() -> Column:
    return Column(translate("registers", "编号"), lambda row, _: row.id, 3, 128, quiet=True)


def _name(title: str = "") -> Column:
    return Column(title or translate("registers", "名称"), lambda row, _: row.title, 6, 180)


def _kind(register: str, title: str) -> Column:
    return Column(title, lambda row, names: kind_word(register, row.kind, names), 2, 96)


def _district() -> Column:
    title = translate("registers", "行政区")
    return Column(
        title, lambda row, names: names.districts.get(row.district_id, row.district_id), 2, 88
    )


def _state() -> Column:
    return Column(translate("registers", "状态"), lambda row, _: state_word(row.state), 1, 72)


def _org() -> Column:
    title = translate("registers", "所属机构")
    return Column(title, lambda row, names: names.orgs.get(row.org_id, row.org_id), 4, 140)


def _place() -> Column:
    title = translate("registers", "坐标")
    return Column(title, _place_text, 2, 168, quiet=True)


def _place_text(row: TableRow, _: Names) -> str:
    if row.lon_deg is None or row.lat_deg is None:
        return translate("registers", "无坐标")
    return f"{row.lon_deg:.5f}, {row.lat_deg:.5f}"


def _skills(row: TableRow) -> str:
    return "、".join(tag_word(one) for one in row.subtitle.split()) or NO_VALUE


def _all(column: str, title: str) -> tuple[str, str]:
    return column, title


def _cameras() -> Tab:
    source = Column(translate("registers", "来源平台"), lambda row, _: row.source, 3, 120)
    return Tab(
        "cameras",
        register_word("cameras"),
        (_id(), _name(), _kind("cameras", translate("registers", "类型")), source, _district(),
         _state()),
        (_all("district_id", translate("registers", "全部行政区")),
         _all("kind", translate("registers", "全部类型")),
         _all("source", translate("registers", "全部来源")),
         _all("state", translate("registers", "全部状态"))),
        translate("registers", "名称、编号或拼音首字母"),
    )  # fmt: skip


def _assets() -> Tab:
    owner = Column(translate("registers", "责任人"), lambda row, _: row.subtitle or NO_VALUE, 1, 88)
    return Tab(
        "assets",
        register_word("assets"),
        (_id(), _name(), _kind("assets", translate("registers", "类别")), _district(), owner,
         _state()),
        (_all("district_id", translate("registers", "全部行政区")),
         _all("kind", translate("registers", "全部类别")),
         _all("state", translate("registers", "全部状态"))),
        translate("registers", "名称、编号、责任人或拼音首字母"),
    )  # fmt: skip


def _points() -> Tab:
    return Tab(
        "points",
        register_word("points"),
        (_id(), _name(), _kind("points", translate("registers", "类别")), _place()),
        (_all("kind", translate("registers", "全部类别")),),
        translate("registers", "名称、编号或拼音首字母"),
    )


def _units() -> Tab:
    skills = Column(translate("registers", "技能"), lambda row, _: _skills(row), 3, 120)
    return Tab(
        "units",
        register_word("units"),
        (_id(), _name(), _kind("units", translate("registers", "类型")), _org(), skills, _state()),
        (_all("district_id", translate("registers", "全部行政区")),
         _all("kind", translate("registers", "全部类型")),
         _all("state", translate("registers", "全部状态"))),
        translate("registers", "名称、编号、技能或拼音首字母"),
    )  # fmt: skip


def _orgs() -> Tab:
    return Tab(
        "orgs",
        register_word("orgs"),
        (_id(), _name(), _kind("orgs", translate("registers", "级别")), _district()),
        (_all("district_id", translate("registers", "全部行政区")),
         _all("kind", translate("registers", "全部级别"))),
        translate("registers", "名称、编号或拼音首字母"),
    )  # fmt: skip


def _duty() -> Tab:
    post = Column(translate("registers", "岗位"), lambda row, _: row.subtitle, 2, 96)
    shift = Column(translate("registers", "班次"), lambda row, _: row.source, 3, 168)
    ladder = Column(translate("registers", "叫应顺位"), lambda row, _: row.state, 1, 88)
    return Tab(
        "duty",
        register_word("duty"),
        (_name(translate("registers", "姓名")), post, _org(), shift, ladder),
        (_all("kind", translate("registers", "全部岗位")),
         _all("source", translate("registers", "全部班次"))),
        translate("registers", "姓名或岗位"),
    )  # fmt: skip


def _tickets() -> Tab:
    return Tab(
        "tickets",
        register_word("tickets"),
        (_id(), _name(translate("registers", "地点")),
         _kind("tickets", translate("registers", "类别")), _district(), _state()),
        (_all("district_id", translate("registers", "全部行政区")),
         _all("kind", translate("registers", "全部类别")),
         _all("state", translate("registers", "全部状态"))),
        translate("registers", "地点、编号或拼音首字母"),
    )  # fmt: skip
