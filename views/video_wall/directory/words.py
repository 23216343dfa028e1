"""What the directory calls things: kinds, reasons, directions, folders."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.camera_tree import MOVING, NOWHERE, CameraTree, Counts, FolderPath, Reason

translate = QCoreApplication.translate

FOLDER_ICONS = ("server-network", "home-city-outline", "folder-outline")  # by depth
_NEAR_M = 1000.0


def kind_words() -> dict[str, str]:
    """What an operator calls a kind, and searches for."""
    return {
        "fixed": translate("directory", "固定枪机"),
        "ptz": translate("directory", "云台球机"),
        "drone": translate("directory", "无人机"),
        "vehicle": translate("directory", "车载"),
        "bodycam": translate("directory", "执法记录仪"),
    }


def state_word(state: str) -> str:
    return {
        "online": translate("directory", "在线"),
        "offline": translate("directory", "离线"),
        "gone": translate("directory", "不在名册"),
    }.get(state, state)


def reason_word(reason: Reason) -> str:
    return {
        Reason.ID: translate("directory", "编号"),
        Reason.NAME_START: translate("directory", "名称"),
        Reason.NAME: translate("directory", "名称"),
        Reason.PINYIN: translate("directory", "拼音"),
        Reason.TAG: translate("directory", "标签"),
        Reason.KIND: translate("directory", "类型"),
        Reason.PLACE: translate("directory", "地点"),
        Reason.PLATFORM: translate("directory", "平台"),
    }[reason]


def distance_text(metres: float) -> str:
    return f"{metres:.0f} m" if metres < _NEAR_M else f"{metres / 1000:.1f} km"


def folder_name(tree: CameraTree, path: FolderPath) -> str:
    last = path[-1]
    if last == MOVING:
        return translate("directory", "移动设备")
    if last == NOWHERE:
        return (
            translate("directory", "未写明平台"),
            translate("directory", "未写明区划"),
            translate("directory", "街道不明"),
        )[len(path) - 1]
    return tree.names.get(last, last)


def street_name(tree: CameraTree, street_id: str, district_id: str) -> str:
    """The 街道, or the district where there is none."""
    if street_id not in (NOWHERE, MOVING):
        return tree.names.get(street_id, street_id)
    return tree.names.get(district_id, district_id)


def counts_text(counts: Counts) -> str:
    """`38,120 · 在线 97.2 %`"""
    text = translate("directory", "{0:,} · 在线 {1:.1f} %")
    return text.format(counts.total, counts.online_percent)
