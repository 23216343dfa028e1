"""The Chinese words of the map, translated where they are used by a QObject."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.cameras import CameraKind
from desktop.domain.levels import WarningLevel
from desktop.domain.units import UnitKind, UnitState


def unit_glyphs() -> dict[UnitKind, str]:
    """One character inside the sign."""
    return {
        UnitKind.VEHICLE: QCoreApplication.translate("CityMap", "车"),
        UnitKind.TEAM: QCoreApplication.translate("CityMap", "队"),
        UnitKind.OFFICER: QCoreApplication.translate("CityMap", "勤"),
        UnitKind.RADIO: QCoreApplication.translate("CityMap", "台"),
        UnitKind.DRONE: QCoreApplication.translate("CityMap", "飞"),
    }


def camera_kinds() -> dict[CameraKind, str]:
    return {
        CameraKind.FIXED: QCoreApplication.translate("CityMap", "固定摄像机"),
        CameraKind.PTZ: QCoreApplication.translate("CityMap", "云台摄像机"),
        CameraKind.DRONE: QCoreApplication.translate("CityMap", "无人机画面"),
        CameraKind.VEHICLE: QCoreApplication.translate("CityMap", "车载画面"),
        CameraKind.BODYCAM: QCoreApplication.translate("CityMap", "单兵画面"),
    }


def unit_kinds() -> dict[UnitKind, str]:
    return {
        UnitKind.VEHICLE: QCoreApplication.translate("CityMap", "作业车辆"),
        UnitKind.TEAM: QCoreApplication.translate("CityMap", "抢险队伍"),
        UnitKind.OFFICER: QCoreApplication.translate("CityMap", "执法队员"),
        UnitKind.RADIO: QCoreApplication.translate("CityMap", "防汛手台"),
        UnitKind.DRONE: QCoreApplication.translate("CityMap", "无人机"),
    }


def unit_states() -> dict[UnitState, str]:
    return {
        UnitState.IDLE: QCoreApplication.translate("CityMap", "待命"),
        UnitState.BUSY: QCoreApplication.translate("CityMap", "在途作业"),
        UnitState.OFF_DUTY: QCoreApplication.translate("CityMap", "下班"),
        UnitState.OFFLINE: QCoreApplication.translate("CityMap", "离线"),
    }


def item_state(status: str) -> str:
    """A word that this version does not know stays as the platform writes it."""
    return {
        "fault": QCoreApplication.translate("CityMap", "故障"),
        "damaged": QCoreApplication.translate("CityMap", "破损"),
        "missing": QCoreApplication.translate("CityMap", "缺失"),
        "moved": QCoreApplication.translate("CityMap", "移位"),
        "repair": QCoreApplication.translate("CityMap", "维修中"),
        "overflow": QCoreApplication.translate("CityMap", "满溢"),
    }.get(status, status)


def levels() -> dict[WarningLevel, str]:
    return {
        WarningLevel.RED: QCoreApplication.translate("CityMap", "特 未确认"),
        WarningLevel.ORANGE: QCoreApplication.translate("CityMap", "重 未确认"),
        WarningLevel.YELLOW: QCoreApplication.translate("CityMap", "较 未确认"),
        WarningLevel.BLUE: QCoreApplication.translate("CityMap", "般 未确认"),
    }


def point_classes() -> dict[str, str]:
    return {
        "water_level": QCoreApplication.translate("CityMap", "道路积水"),
        "underpass_water": QCoreApplication.translate("CityMap", "下穿通道积水"),
        "river_level": QCoreApplication.translate("CityMap", "河道水位"),
        "pipe_level": QCoreApplication.translate("CityMap", "管网液位"),
        "pump": QCoreApplication.translate("CityMap", "泵站"),
        "manhole": QCoreApplication.translate("CityMap", "井盖监测"),
        "street_light": QCoreApplication.translate("CityMap", "照明控制箱"),
        "bridge": QCoreApplication.translate("CityMap", "桥梁监测"),
        "gas": QCoreApplication.translate("CityMap", "燃气监测"),
        "heat": QCoreApplication.translate("CityMap", "换热站"),
        "flow": QCoreApplication.translate("CityMap", "流量"),
        "water_quality": QCoreApplication.translate("CityMap", "水质"),
        "water_pressure": QCoreApplication.translate("CityMap", "供水压力"),
        "power": QCoreApplication.translate("CityMap", "供电"),
        "ai_video": QCoreApplication.translate("CityMap", "视频识别"),
    }


def item_classes() -> dict[str, str]:
    """Those of GET /asset-classes count where the platform has told them."""
    return {
        "manhole": QCoreApplication.translate("CityMap", "井盖"),
        "lamp_post": QCoreApplication.translate("CityMap", "路灯"),
        "gully": QCoreApplication.translate("CityMap", "雨水箅子"),
        "tree": QCoreApplication.translate("CityMap", "行道树"),
        "bin": QCoreApplication.translate("CityMap", "垃圾箱"),
        "road_sign": QCoreApplication.translate("CityMap", "路名牌"),
        "guard_rail": QCoreApplication.translate("CityMap", "交通护栏"),
        "cross_box": QCoreApplication.translate("CityMap", "通讯交接箱"),
        "hydrant": QCoreApplication.translate("CityMap", "消火栓"),
        "bus_stop": QCoreApplication.translate("CityMap", "公交站亭"),
        "billboard": QCoreApplication.translate("CityMap", "户外广告"),
        "toilet": QCoreApplication.translate("CityMap", "公共厕所"),
    }
