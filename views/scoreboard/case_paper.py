"""一案一档: one case's file as a paper, with its stages and its photographs."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.assessment.paper import Bulletin, Chapter, Picture, Table
from views.scoreboard.case_list import over_words
from views.scoreboard.source import CaseFile
from widgets.times import local

translate = QCoreApplication.translate


def case_paper(file: CaseFile, pictures: Sequence[Picture], room: RoomContext) -> Bulletin:
    """`pictures`: in the order of `file.pictures`."""
    number = translate("scoreboard", "案卷号 {0}").format(file.case_id)
    title = translate("scoreboard", "城市管理案件卷宗")
    return Bulletin(
        title=title,
        subtitle=f"{number}　{file.class_name}　{file.state}",
        marks=_marks(room),
        facts=(
            (translate("scoreboard", "地点"), file.place or "—"),
            *((name, value or "—") for name, value in file.facts),
            (translate("scoreboard", "经纬度"), _spot(file)),
            (translate("scoreboard", "导出"), _by_whom(room)),
        ),
        chapters=(
            Chapter(title=translate("scoreboard", "一、办理环节"), tables=(_stages(file),)),
            _photos(file, pictures),
        ),
        foot=f"{title}　{number}",
    )


def _marks(room: RoomContext) -> tuple[str, ...]:
    platform = room.session.platform
    if platform is not None and platform.standin:
        return (translate("scoreboard", "演示数据，不作办案依据"),)
    return ()


def _spot(file: CaseFile) -> str:
    if file.lon_deg is None or file.lat_deg is None:
        return "—"
    return f"{file.lon_deg:.6f}, {file.lat_deg:.6f}"


def _by_whom(room: RoomContext) -> str:
    user = room.session.user
    at = f"{local(room.clock.now()):%Y-%m-%d %H:%M}"
    return f"{user.name} {at}" if user is not None else at


def _stages(file: CaseFile) -> Table:
    columns = (
        translate("scoreboard", "环节"),
        translate("scoreboard", "经办"),
        translate("scoreboard", "应在"),
        translate("scoreboard", "时间"),
        translate("scoreboard", "超时"),
    )
    waits = translate("scoreboard", "未办")
    rows = tuple(
        (
            one.name,
            one.by or "—",
            f"{local(one.due_at):%Y-%m-%d %H:%M}" if one.due_at is not None else "—",
            f"{local(one.at):%Y-%m-%d %H:%M}" if one.at is not None else waits,
            over_words(one.over_s) or "—",
        )
        for one in file.stages
    )
    return Table(name="", columns=columns, rows=rows, left=2)


def _photos(file: CaseFile, pictures: Sequence[Picture]) -> Chapter:
    title = translate("scoreboard", "二、照片")
    if not file.pictures:
        return Chapter(title=title, lines=(translate("scoreboard", "平台没有本案照片。"),))
    return Chapter(title=title, pictures=tuple(pictures))
