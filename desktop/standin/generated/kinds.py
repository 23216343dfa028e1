"""What stands in the city: classes of items, kinds of cameras and points, with their figures."""

from dataclasses import dataclass

from desktop.domain.cameras import CameraKind


@dataclass(frozen=True)
class ItemClass:
    """One of the 12 classes of items; `share` is of the items that are not covers."""

    class_id: str
    name: str
    prefix: str
    share: float
    offset_m: float
    org: str


ITEM_CLASSES: tuple[ItemClass, ...] = (
    ItemClass("manhole", "井盖", "JG", 0.0, 2.2, "sz"),
    ItemClass("lamp_post", "路灯", "LD", 0.300, 8.0, "org-light"),
    ItemClass("gully", "雨水箅子", "YB", 0.205, 5.0, "org-drain"),
    ItemClass("tree", "行道树", "SM", 0.180, 9.0, "sz"),
    ItemClass("bin", "垃圾箱", "LJ", 0.110, 9.5, "hw"),
    ItemClass("road_sign", "路名牌", "LM", 0.060, 8.5, "sz"),
    ItemClass("guard_rail", "交通护栏", "HL", 0.046, 6.5, "sz"),
    ItemClass("cross_box", "通讯交接箱", "JX", 0.036, 9.0, "sz"),
    ItemClass("hydrant", "消火栓", "XH", 0.028, 8.5, "sw"),
    ItemClass("bus_stop", "公交站亭", "GJ", 0.018, 8.0, "sz"),
    ItemClass("billboard", "户外广告", "GG", 0.012, 11.0, "zf"),
    ItemClass("toilet", "公共厕所", "GC", 0.005, 12.0, "hw"),
)
COVER_KINDS = ("雨水井", "污水井", "上水井", "燃气井", "电力井", "通信井", "热力井", "路灯井")


@dataclass(frozen=True)
class CameraGroup:
    """Cameras of one kind of place; `share` of all cameras."""

    key: str
    source: str
    kind: CameraKind
    share: float
    tags: tuple[str, ...]
    place: str  # crossing, street, lane, bank, bridge, field, green, works, or "" for mobile


CAMERA_GROUPS: tuple[CameraGroup, ...] = (
    CameraGroup("crossing", "交通视频平台", CameraKind.PTZ, 0.20, ("crossing", "交通"), "crossing"),
    CameraGroup("corner", "公安视频平台", CameraKind.FIXED, 0.16, ("crossing", "治安"), "crossing"),
    CameraGroup("street", "公安视频平台", CameraKind.FIXED, 0.24, ("street", "治安"), "street"),
    CameraGroup("lane", "公安视频平台", CameraKind.FIXED, 0.135, ("street", "社区"), "lane"),
    CameraGroup("order", "城管视频平台", CameraKind.PTZ, 0.070, ("street", "市容"), "street"),
    CameraGroup("bank", "水务视频平台", CameraKind.FIXED, 0.030, ("river", "水务"), "bank"),
    CameraGroup("bridge", "交通视频平台", CameraKind.FIXED, 0.012, ("bridge", "交通"), "bridge"),
    CameraGroup("field", "农业农村视频平台", CameraKind.PTZ, 0.024, ("field", "秸秆"), "field"),
    CameraGroup("green", "园林视频平台", CameraKind.FIXED, 0.036, ("park", "公园"), "green"),
    CameraGroup("works", "住建视频平台", CameraKind.FIXED, 0.038, ("site", "工地"), "works"),
    CameraGroup("high", "应急视频平台", CameraKind.PTZ, 0.017, ("high", "高空瞭望"), "street"),
    CameraGroup("vehicle", "城管视频平台", CameraKind.VEHICLE, 0.018, ("vehicle",), ""),
    CameraGroup("bodycam", "城管视频平台", CameraKind.BODYCAM, 0.0192, ("bodycam",), ""),
    CameraGroup("drone", "应急视频平台", CameraKind.DRONE, 0.0008, ("drone",), ""),
)


@dataclass(frozen=True)
class PointKind:
    """Measured points of one class. `lines` are in the point's unit, mildest first."""

    class_id: str
    prefix: str
    count: str  # the field of Scale
    share: float  # of that field
    suffix: str
    unit: str
    metric: str
    lines: tuple[float, ...]
    place: str


POINT_KINDS: tuple[PointKind, ...] = (
    PointKind("underpass_water", "SW-1", "flood_points", 0.25, "下穿通道", "m", "level_m",
              (0.05, 0.15, 0.25, 0.40), "low_crossing"),
    PointKind("water_level", "SW-2", "flood_points", 0.75, "易涝点", "m", "level_m",
              (0.05, 0.15, 0.27, 0.50), "street"),
    PointKind("river_level", "RL-1", "level_gauges", 0.35, "水位站", "m", "level_m",
              (3.80, 4.10, 4.55, 4.90), "bank"),
    PointKind("pipe_level", "YW-1", "level_gauges", 0.65, "管网液位计", "m", "level_m",
              (1.20, 1.60, 2.00, 2.40), "street"),
    PointKind("bridge", "QL-1", "bridge_sensors", 1.0, "监测点", "με", "strain_ue",
              (180.0, 260.0, 340.0, 420.0), "bridge"),
    PointKind("street_light", "BX-1", "lamp_cabinets", 1.0, "照明控制箱", "A", "current_a",
              (), "street"),
    PointKind("flow", "LL-1", "flow_points", 1.0, "流量计", "m³/s", "flow_m3s",
              (6.0, 9.0, 12.0), "bank"),
    PointKind("water_quality", "SZ-1", "quality_points", 1.0, "水质监测站", "NTU",
              "turbidity_ntu", (20.0, 40.0, 80.0), "bank"),
    PointKind("gas", "RQ-1", "gas_points", 1.0, "燃气监测点", "%LEL", "gas_lel_pct",
              (10.0, 20.0, 25.0, 50.0), "street"),
    PointKind("heat", "GR-1", "heat_points", 1.0, "换热站", "MPa", "pressure_mpa",
              (0.9, 1.1, 1.3), "lane"),
    PointKind("water_pressure", "SY-1", "pressure_points", 1.0, "管网压力点", "MPa",
              "pressure_mpa", (0.45, 0.50, 0.60), "street"),
)  # fmt: skip
UNIT_KINDS: tuple[tuple[str, float], ...] = (
    ("vehicle", 0.45), ("officer", 0.36), ("team", 0.12), ("radio", 0.05), ("drone", 0.02),
)  # fmt: skip


def whole_shares(shares: "list[float] | tuple[float, ...]", total: int) -> list[int]:
    """Whole numbers that add up to `total`, by the largest remainder; each at least 1."""
    size = sum(shares)
    exact = [share / size * total for share in shares]
    counts = [max(1, int(value)) for value in exact]
    order = sorted(range(len(exact)), key=lambda k: exact[k] - int(exact[k]), reverse=True)
    turn = 0
    while sum(counts) < total:
        counts[order[turn % len(order)]] += 1
        turn += 1
    while sum(counts) > total:
        counts[counts.index(max(counts))] -= 1
    return counts
