"""The words of the registers: values of the wire as an operator reads them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from widgets.times import local

translate = QCoreApplication.translate


class Names(NamedTuple):
    """id -> name of what rows point at."""

    districts: Mapping[str, str] = {}
    orgs: Mapping[str, str] = {}
    classes: Mapping[str, str] = {}
    grids: Mapping[str, str] = {}
    depots: Mapping[str, str] = {}


def kind_word(register: str, kind: str, names: Names) -> str:
    """A value that is not known stays as the platform wrote it."""
    if register in ("assets", "points"):
        return names.classes.get(kind) or _point_word(kind)
    if register == "orgs":
        return {
            "1": translate("registers", "市级"),
            "2": translate("registers", "区级、部门"),
            "3": translate("registers", "基层单位"),
        }.get(kind, kind)
    if register == "duty":
        return {
            "operator": translate("registers", "值班员"),
            "dispatcher": translate("registers", "调度员"),
            "duty_officer": translate("registers", "应急值班"),
        }.get(kind, kind)
    return {
        "fixed": translate("registers", "固定枪机"),
        "ptz": translate("registers", "云台球机"),
        "drone": translate("registers", "无人机"),
        "vehicle": translate("registers", "车辆"),
        "bodycam": translate("registers", "执法记录仪"),
        "team": translate("registers", "班组"),
        "officer": translate("registers", "人员"),
        "radio": translate("registers", "电台"),
    }.get(kind, kind)


def _point_word(class_id: str) -> str:
    """Classes of measured points for which the platform has no class of alarms."""
    return {
        "bridge": translate("registers", "桥梁结构"),
        "gas": translate("registers", "燃气"),
        "heat": translate("registers", "供热"),
        "water_pressure": translate("registers", "供水压力"),
        "pipe_level": translate("registers", "管网液位"),
        "water_quality": translate("registers", "水质"),
        "flow": translate("registers", "流量"),
    }.get(class_id, class_id)


def state_word(state: str) -> str:
    return {
        "online": translate("registers", "在线"),
        "offline": translate("registers", "离线"),
        "idle": translate("registers", "待命"),
        "busy": translate("registers", "任务中"),
        "off_duty": translate("registers", "下班"),
        "ok": translate("registers", "完好"),
        "normal": translate("registers", "完好"),
        "good": translate("registers", "完好"),
        "damaged": translate("registers", "破损"),
        "missing": translate("registers", "缺失"),
        "moved": translate("registers", "移位"),
        "fault": translate("registers", "故障"),
        "repair": translate("registers", "维修中"),
        "repairing": translate("registers", "维修中"),
        "overflow": translate("registers", "满溢"),
        "open": translate("registers", "待处理"),
        "handling": translate("registers", "处理中"),
        "done": translate("registers", "已办结"),
    }.get(state, state)


def tag_word(tag: str) -> str:
    """Scenes and skills that the platform writes as codes."""
    return {
        "street": translate("registers", "街道"),
        "crossing": translate("registers", "路口"),
        "underpass": translate("registers", "下穿通道"),
        "market": translate("registers", "市场"),
        "bridge": translate("registers", "桥梁"),
        "sanitation": translate("registers", "环卫"),
        "river": translate("registers", "河道"),
        "site": translate("registers", "工地"),
        "park": translate("registers", "公园"),
        "parking": translate("registers", "停车场"),
        "plaza": translate("registers", "广场"),
        "tunnel": translate("registers", "隧道"),
        "lamps": translate("registers", "路灯"),
        "field": translate("registers", "农田"),
        "high": translate("registers", "高空瞭望"),
        "drone": translate("registers", "无人机"),
        "vehicle": translate("registers", "车载"),
        "bodycam": translate("registers", "执法记录仪"),
        "manhole": translate("registers", "井盖"),
        "enforce": translate("registers", "执法"),
        "sweep": translate("registers", "清扫"),
        "sprinkle": translate("registers", "洒水"),
        "rescue": translate("registers", "救援"),
        "waste": translate("registers", "清运"),
        "pump": translate("registers", "排水"),
        "patrol": translate("registers", "巡查"),
        "light": translate("registers", "照明"),
        "flood": translate("registers", "防汛"),
        "repair": translate("registers", "抢修"),
        "beidou": translate("registers", "北斗"),
        "gas": translate("registers", "燃气"),
        "close": translate("registers", "交通管制"),
        "look": translate("registers", "侦察"),
    }.get(tag, tag)


def register_word(register: str) -> str:
    return {
        "cameras": translate("registers", "摄像机"),
        "assets": translate("registers", "部件"),
        "points": translate("registers", "测点"),
        "units": translate("registers", "资源"),
        "depots": translate("registers", "物资库"),
        "orgs": translate("registers", "机构"),
        "duty": translate("registers", "值班"),
        "tickets": translate("registers", "诉求"),
        "alarm_classes": translate("registers", "告警类别"),
        "asset_classes": translate("registers", "部件类别"),
        "streets": translate("registers", "道路"),
        "districts": translate("registers", "行政区"),
        "grids": translate("registers", "责任网格"),
    }.get(register, register)


def field_lines(register: str, row: Mapping[str, Any], names: Names) -> list[tuple[str, str]]:
    """(label, value) of a row's fields that are known, in the order of reading."""
    labels = _labels()
    lines: list[tuple[str, str]] = []
    for name, label in labels.items():
        value = row.get(name)
        if value is None or value == "" or value == []:
            continue
        text = _value_text(register, name, value, names)
        if text:
            lines.append((label, text))
    if isinstance(row.get("lon"), int | float) and isinstance(row.get("lat"), int | float):
        place = f"{row['lon']:.6f}, {row['lat']:.6f}"
        lines.append((translate("registers", "坐标"), place))
    return lines


def unknown_lines(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Fields that this version has no word for, as they came."""
    known = _labels().keys() | _SAID_ELSEWHERE
    return [
        (name, text[:80])
        for name, value in row.items()
        if name not in known and (text := str(value)).isprintable()
    ][:8]


_SAID_ELSEWHERE = {
    "name",
    "lon",
    "lat",
    "owner",
    "camera_id",
    "asset_id",
    "unit_id",
    "point_id",
    "metric",
    "reporter_key",
    "ticket_id",
}
_CLASSES = ("class_id",)


def _labels() -> dict[str, str]:
    return {
        "text": translate("registers", "内容"),
        "category": translate("registers", "类别"),
        "place": translate("registers", "地点"),
        "created_at": translate("registers", "受理"),
        "class_id": translate("registers", "类别"),
        "kind": translate("registers", "类型"),
        "source": translate("registers", "来源平台"),
        "org_id": translate("registers", "所属机构"),
        "parent_id": translate("registers", "上级机构"),
        "level": translate("registers", "级别"),
        "role_name": translate("registers", "岗位"),
        "role": translate("registers", "角色"),
        "ladder": translate("registers", "叫应顺位"),
        "start": translate("registers", "接班"),
        "end": translate("registers", "交班"),
        "district_id": translate("registers", "行政区"),
        "grid_id": translate("registers", "责任网格"),
        "status": translate("registers", "状态"),
        "state": translate("registers", "状态"),
        "online": translate("registers", "在线"),
        "ptz": translate("registers", "云台"),
        "heading_deg": translate("registers", "朝向"),
        "main": translate("registers", "主码流"),
        "sub": translate("registers", "子码流"),
        "shared": translate("registers", "外单位共享"),
        "watermark": translate("registers", "画面水印"),
        "tags": translate("registers", "标签"),
        "skills": translate("registers", "技能"),
        "capacity": translate("registers", "容量"),
        "unit": translate("registers", "单位"),
        "thresholds": translate("registers", "预警线"),
        "camera_ids": translate("registers", "关联摄像机"),
        "depot_id": translate("registers", "驻地"),
        "phone": translate("registers", "电话"),
        "updated_at": translate("registers", "更新"),
    }


def _value_text(register: str, name: str, value: Any, names: Names) -> str:
    if name == "class_id":
        return kind_word(register, str(value), names)
    if name in ("kind", "level", "role"):
        return kind_word(register, str(value), names)
    if name == "org_id" and register == "orgs":
        return ""  # it is the row itself
    if name in ("org_id", "parent_id"):
        return names.orgs.get(str(value), str(value))
    if name == "district_id":
        return names.districts.get(str(value), str(value))
    if name == "depot_id":
        return names.depots.get(str(value), str(value))
    if name == "grid_id":
        return names.grids.get(str(value), str(value))
    if name in ("status", "state"):
        return state_word(str(value))
    if isinstance(value, bool):
        return translate("registers", "是") if value else translate("registers", "否")
    if name in ("start", "end", "created_at", "updated_at"):
        return _time_text(str(value))
    if name in ("main", "sub") and isinstance(value, Mapping):
        size = f"{value.get('width', '?')}×{value.get('height', '?')}"
        return f"{size} {_codec(str(value.get('codec', '')))} {value.get('fps', 0):g} fps"
    if name == "thresholds" and isinstance(value, list):
        return _lines_text(value)
    if isinstance(value, list):
        return "、".join(tag_word(str(one)) for one in value[:8])
    if name == "heading_deg":
        return f"{value:.0f}°"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _lines_text(lines: list[Any]) -> str:
    words = {
        "red": translate("registers", "红"),
        "orange": translate("registers", "橙"),
        "yellow": translate("registers", "黄"),
        "blue": translate("registers", "蓝"),
    }
    return "  ".join(
        f"{words.get(str(one.get('level')), '')} {one.get('value')}"
        for one in lines
        if isinstance(one, Mapping)
    )


def _time_text(text: str) -> str:
    from datetime import datetime

    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{local(at):%m-%d %H:%M}" if at.tzinfo else text


def _codec(name: str) -> str:
    """As the standards write it: h264 is H.264."""
    upper = name.upper()
    return f"H.{upper[1:]}" if upper in ("H264", "H265") else upper
