"""What the panel says: above a list, instead of an empty one, and below everything."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.camera_tree import CameraFinds, Counts
from desktop.domain.registers import STALE_AFTER
from desktop.stores.registers import RegisterAge
from views.video_wall.directory.entries import Centre
from views.video_wall.directory.words import counts_text, translate
from widgets.times import age_text, hh_mm


class Shelf(StrEnum):
    """What the panel shows while nobody searches."""

    TREE = "tree"
    FAVOURITES = "favourites"
    RECENT = "recent"
    NEAR = "near"


class Nothing(NamedTuple):
    """Instead of an empty list: what is missing, and what to do."""

    icon: str
    title: str
    note: str = ""


class Note(NamedTuple):
    """Above a list: what it is, and its order. `warns` where the order is not the whole truth."""

    title: str
    order: str
    warns: bool = False


def shelf_word(shelf: Shelf) -> str:
    return {
        Shelf.TREE: translate("directory", "目录"),
        Shelf.FAVOURITES: translate("directory", "收藏"),
        Shelf.RECENT: translate("directory", "最近"),
        Shelf.NEAR: translate("directory", "附近"),
    }[shelf]


def finds_note(found: CameraFinds, count: int) -> Note:
    if found.is_cut:
        title = translate("directory", "约 {0:,} 路，列出 {1}").format(found.total, count)
        order = translate("directory", "符合的太多，只排了一部分，请再加一个词")
        return Note(title, order, warns=True)
    order = translate("directory", "按编号、名称、拼音、标签、地点排，在线在前")
    if found.total > count:
        title = translate("directory", "找到 {0:,} 路，列出 {1}").format(found.total, count)
    else:
        title = translate("directory", "找到 {0:,} 路").format(count)
    return Note(title, order)


def shelf_note(shelf: Shelf, count: int, centre: Centre | None) -> Note:
    if shelf is Shelf.NEAR:
        title = translate("directory", "{0} 附近").format(centre.name if centre else "")
        return Note(title, translate("directory", "{0} 路，由近到远").format(count))
    if shelf is Shelf.RECENT:
        title = translate("directory", "最近看过 {0} 路").format(count)
        return Note(title, translate("directory", "后看的在前，保留 50 路"))
    title = translate("directory", "收藏 {0} 路").format(count)
    return Note(title, translate("directory", "F 或空格：收藏、取消收藏"))


def nothing_found(text: str) -> Nothing:
    title = translate("directory", "没有找到“{0}”").format(text)
    note = translate(
        "directory", "可用名称、拼音首字母、标签、地点、编号；词之间用空格隔开，去掉一个词再试"
    )
    return Nothing("magnify", title, note)


def nothing_on(shelf: Shelf, centre: Centre | None) -> Nothing:
    if shelf is Shelf.FAVOURITES:
        note = translate("directory", "在目录或搜索结果里选中一路，按 F 或空格收藏")
        return Nothing("star-outline", translate("directory", "还没有收藏"), note)
    if shelf is Shelf.RECENT:
        note = translate("directory", "双击或拖到大屏看过的摄像机会排在这里，保留最近 50 路")
        return Nothing("history", translate("directory", "还没有看过的摄像机"), note)
    if centre is None:
        note = translate(
            "directory", "选中一条告警、一路摄像机或地图上的一点，这里按距离列出附近的摄像机"
        )
        return Nothing("crosshairs-gps", translate("directory", "没有选中的位置"), note)
    if centre.lon_deg is None:
        title = translate("directory", "“{0}”没有坐标").format(centre.name)
        note = translate("directory", "平台没有给出坐标，可在上面按地点搜索")
        return Nothing("crosshairs-gps", title, note)
    note = translate("directory", "可在上面按地点搜索")
    return Nothing("crosshairs-gps", translate("directory", "20 km 内没有登记的摄像机"), note)


def no_register(is_mirrored: bool) -> Nothing:
    if is_mirrored:
        note = translate("directory", "平台登记后约 5 min 内会出现在这里")
        return Nothing("inbox-outline", translate("directory", "平台的摄像机名册是空的"), note)
    note = translate("directory", "连上平台后自动下载，这里会自己更新；其余功能照常")
    return Nothing("inbox-outline", translate("directory", "摄像机名册尚未取得"), note)


def foot_text(counts: Counts, age: RegisterAge, now: datetime) -> tuple[str, bool]:
    """(text, whether it warns)."""
    passed = now - age.as_of
    if passed > STALE_AFTER:
        text = translate("directory", "名册已 {0} 未更新，在线状态可能不准")
        return text.format(age_text(passed.total_seconds())), True
    text = translate("directory", "{0} · 截至 {1}")
    return text.format(counts_text(counts), hh_mm(age.as_of)), False
