"""The tree of 69 units in three levels, and who is on duty."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import cache

from desktop.standin.generated.areas import DISTRICTS
from desktop.standin.generated.naming import person, phone
from desktop.standin.generated.rows import Duty, Org

CITY = "org-city"
CENTRE_OF_990102 = "org-binjiang"  # the hand-laid district's unit keeps its id
BUREAUS = (
    ("org-drain", "市排水管理处"), ("org-light", "市照明管理所"), ("org-cg", "市城市管理局"),
    ("org-ga", "市公安局"), ("org-jt", "市交通运输局"), ("org-sw", "市水务局"),
    ("org-nync", "市农业农村局"), ("org-zj", "市住房和城乡建设局"), ("org-yl", "市园林绿化局"),
    ("org-yj", "市应急管理局"), ("org-qx", "市气象局"), ("org-hb", "市生态环境局"),
    ("org-ws", "市卫生健康委员会"), ("org-xf", "市消防救援支队"), ("org-zfj", "市综合行政执法局"),
    ("org-12345", "市政务服务热线中心"), ("org-dsj", "市大数据中心"),
)  # fmt: skip
CREWS = (("sz", "市政养护所"), ("hw", "环境卫生所"), ("zf", "综合执法大队"), ("sw", "水务管理站"))
UTILITIES = (
    ("org-gas", "市燃气集团抢修中心", "org-zj"), ("org-heat", "市热力公司调度中心", "org-zj"),
    ("org-water", "市自来水公司调度中心", "org-sw"), ("org-power", "市供电公司抢修中心", "org-yj"),
    ("org-bridge", "市桥隧管理所", "org-cg"), ("org-uav", "市无人机中队", "org-cg"),
)  # fmt: skip
OWNERS = {  # of measured points
    "street_light": "org-light", "bridge": "org-bridge", "gas": "org-gas", "heat": "org-heat",
    "water_pressure": "org-water", "river_level": "org-sw", "water_quality": "org-hb",
}  # fmt: skip
_ROLES = (
    ("duty_officer", "值班领导", 1),
    ("operator", "值班员", 2),
    ("dispatcher", "调度员", 2),
)
_CHINA = timezone(timedelta(hours=8))
_SHIFT_H = 12
_FIRST_PERSON, _FIRST_LEADER = 400_000, 9_900


def district_org(district: int) -> str:
    code = DISTRICTS[district][0]
    return CENTRE_OF_990102 if code == "990102" else f"org-{code}"


def crew_org(district: int, crew: str) -> str:
    """`crew` is one of CREWS, or the id of a unit of the city, which is answered as it is."""
    return crew if crew.startswith("org-") else f"{district_org(district)}-{crew}"


@cache
def org_tree() -> tuple[Org, ...]:
    rows: list[tuple[str, str, str | None, int, str | None]] = [
        (CITY, "澄江市城市运行管理中心", None, 1, None)
    ]
    for number, (code, name, *_) in enumerate(DISTRICTS):
        rows.append((district_org(number), f"{name}分中心", CITY, 2, code))
    rows += [(org_id, name, CITY, 2, None) for org_id, name in BUREAUS]
    for number, (code, name, *_) in enumerate(DISTRICTS):
        for crew, title in CREWS:
            rows.append((crew_org(number, crew), name + title, district_org(number), 3, code))
    rows += [(org_id, name, parent, 3, None) for org_id, name, parent in UTILITIES]
    return tuple(
        Org(org_id=i, name=n, parent_id=p, level=lv, district_id=d, phone=f"0990-12345{k:03d}")
        for k, (i, n, p, lv, d) in enumerate(rows)
    )


def on_duty(at: datetime, seed: int = 1) -> Iterator[Duty]:
    """Everybody on duty at a moment. `at` carries a zone; shifts change at 8 and 20 o'clock.

    The city's desk has two of each role beside the 值班领导 and a leader of the city; every other
    unit has one of each.
    """
    local = at.astimezone(_CHINA)
    start = local.replace(hour=8, minute=0, second=0, microsecond=0)
    if local < start:
        start -= timedelta(hours=_SHIFT_H)
    elif local >= start + timedelta(hours=_SHIFT_H):
        start += timedelta(hours=_SHIFT_H)
    turn = int(start.timestamp() // (_SHIFT_H * 3600))
    for place, org in enumerate(org_tree()):
        for rank, (role, title, most) in enumerate(_ROLES):
            for seat in range(most if org.level == 1 else 1):
                crew = (turn + place) % 8  # eight people share each seat
                who = _FIRST_PERSON + seed * 10_000 + ((place * 3 + rank) * 2 + seat) * 8 + crew
                yield Duty(
                    org_id=org.org_id, role=role, role_name=title, name=person(who),
                    phone=phone(who), start=start, end=start + timedelta(hours=_SHIFT_H),
                    ladder=rank + 1,
                )  # fmt: skip
        if org.level == 1:
            who = _FIRST_PERSON + seed * 10_000 + _FIRST_LEADER + turn % 8
            yield Duty(
                org_id=org.org_id, role="leader", role_name="带班领导", name=person(who),
                phone=phone(who), start=start, end=start + timedelta(hours=_SHIFT_H),
                ladder=len(_ROLES) + 1,
            )  # fmt: skip


def month_roster(first_day: datetime, seed: int = 1) -> Iterator[Duty]:
    """The shifts of 31 days from `first_day`, a moment in the first shift."""
    for shift in range(62):
        yield from on_duty(first_day + timedelta(hours=_SHIFT_H * shift), seed)
