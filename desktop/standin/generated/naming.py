"""Names of streets, 街道, 社区 and people; the same for the same seed."""

import random
from collections.abc import Iterable, Sequence

import numpy as np

from desktop.standin.generated.trunk import Road

_FIRST = (
    "永长广泰康富兴嘉瑞祥福庆丰华云清翠石明德新文仁锦碧金银春秋学光景安和盛昌宏远启振"
    "松柏兰竹梅荷桂枫桐杏桃柳棠枣榆樟玉珠星月霞雪露虹凤鹤鹭燕龙"
)
_SECOND = (
    "宁安平乐和昌盛源泉溪桥园林苑岭湾阳州城港塘湖浦江河洲屏峰台亭阁楼庄里坊关渡口门墩"
    "畈埠圩潭坡坪原野"
)
_HAMLET = (
    "张王李刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢唐许邓韩冯曹彭曾肖田董袁潘蒋蔡余杜"
    "叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚玲桂英华文辉建国志永红晓东海燕春梅雪松浩"
    "宇欣怡子涵俊峰思远家豪雅婷佳琪雨晨国庆立新振华秀兰玉珍淑贞德福长生"
)
_MOBILE = (134, 135, 136, 137, 138, 139, 150, 151, 152, 157, 158, 159, 182, 183, 187, 188)


def stems(seed: int) -> list[str]:
    """Every two-character stem once, in an order that depends on the seed."""
    every = sorted({a + b for a in _FIRST for b in _SECOND if a != b})
    random.Random(seed).shuffle(every)
    return every


def name_streets(roads: Sequence[Road], density: Sequence[float], seed: int) -> list[str]:
    """A name for each road: its own, or a new one. Roads run north-south, streets east-west."""
    taken = {r.name for r in roads if r.name}
    wide, narrow = iter(stems(seed + 31)), iter(stems(seed + 37))
    rng = random.Random(seed + 41)
    names: list[str] = []
    for road, dense in zip(roads, density, strict=True):
        name = road.name
        while not name:
            lane = road.road_class == 5
            candidate = next(narrow if lane else wide) + _ending(road, dense, rng)
            if candidate not in taken:
                name = candidate
        taken.add(name)
        names.append(name)
    return names


def _ending(road: Road, dense: float, rng: random.Random) -> str:
    if road.road_class == 5:
        return rng.choice("巷巷弄里")
    length = float(np.hypot(*np.diff(road.line, axis=0).T).sum())
    if road.road_class == 3 and length > 5_500:
        return "大道" if dense > 0.2 else "公路"
    if dense < 0.2:
        return "公路" if road.road_class == 3 else "乡道"
    x, y = np.abs(road.line[-1] - road.line[0])
    return "街" if x > 1.4 * y and road.road_class == 4 else "路"


def name_areas(
    parents: Iterable[int], density: Iterable[float], seed: int, town: str, country: str
) -> list[str]:
    """A name for each area; `country` is the ending where nobody built densely."""
    pool = stems(seed)
    hamlets = [a + b + c for a in _HAMLET for b in "家庄湾坝村桥" for c in ("村",)]
    random.Random(seed).shuffle(hamlets)
    names: list[str] = []
    for number, (_, dense) in enumerate(zip(parents, density, strict=True)):
        if dense < 0.25 and country == "村":
            turn, at = divmod(number, len(hamlets))
            name = hamlets[at].replace("村村", "村")
            names.append(name if not turn else f"{name[:-1]}{'东西南北'[turn % 4]}村")
        else:
            names.append(pool[number] + (town if dense >= 0.25 else country))
    return names


def person(number: int) -> str:
    """A name of two or three characters; 20,000 and more are different."""
    mixed = (number * 2_654_435_761 + 97) & 0xFFFFFFFF
    surname = _SURNAMES[mixed % len(_SURNAMES)]
    first = _GIVEN[(mixed >> 7) % len(_GIVEN)]
    if (mixed >> 20) % 5 == 0:
        return surname + first
    second = _GIVEN[(mixed >> 14) % len(_GIVEN)]
    return surname + first + second


def phone(number: int) -> str:
    """Eleven digits. The middle block 0000 is given to nobody, so no real phone rings."""
    return f"{_MOBILE[number % len(_MOBILE)]}0000{number // len(_MOBILE) % 10_000:04d}"
