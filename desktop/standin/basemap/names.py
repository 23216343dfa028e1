"""Names for the streets that nobody laid by hand; each is given once."""

import random

import numpy as np

from desktop.standin.basemap.frame import Line

_OLD = (
    "锦绣 桂花 海棠 金桂 梧桐 香樟 紫荆 玉兰 芙蓉 石榴 枫林 竹园 梅园 柳荫 荷塘 兰亭 松涛 "
    "育才 育英 求知 尚贤 崇文 崇德 集贤 进贤 信义 诚信 白鹭 鹤鸣 凤鸣 星海 望月 晓月 映月 "
    "沐春 迎春 惠民 利民 同心 团结 幸福 复兴 观澜 听雨 揽翠 流芳 沁芳 采薇 渔港 船厂 纺织 "
    "机床 仪表 水塔 粮库 米市 盐市 花市 灯市 茶市 菜市 瓷器 文庙 武庙 城隍 钟楼 牌坊 井亭 "
    "状元 杏坛 翰林 学宫 南薰 朱雀 青龙"
)
_FIRST = "永长广泰康富兴嘉瑞祥福庆丰华云清翠石明德新文仁锦碧金银春秋学光景"
_SECOND = "宁安平乐和昌盛源泉溪桥园林苑岭湾"
_STEMS = tuple(dict.fromkeys([*_OLD.split(), *(a + b for a in _FIRST for b in _SECOND)]))
_RANK_WORDS = {4: ("路", "街"), 5: ("巷", "里", "弄")}


class NameBook:
    """Gives names in an order that depends on the seed only."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._stems = {rank: _mixed(rng) for rank in _RANK_WORDS}
        self._given = dict.fromkeys(_RANK_WORDS, 0)

    def next(self, rank: int, direction: Line) -> str:
        """Roads run north-south, streets east-west; a second round counts 一, 二, 三."""
        stems, count = self._stems[rank], self._given[rank]
        self._given[rank] += 1
        words = _RANK_WORDS[rank]
        east_west = bool(np.abs(direction[0]) > np.abs(direction[1]))
        word = words[int(east_west)] if rank == 4 else words[count % len(words)]
        turn = count // len(stems)
        ordinal = "" if turn == 0 else "一二三四五六七八九"[min(turn, 9) - 1]
        return f"{stems[count % len(stems)]}{ordinal}{word}"


def _mixed(rng: random.Random) -> list[str]:
    """The names with a story come first, so most of them are given."""
    old = len(_OLD.split())
    return [*rng.sample(_STEMS[:old], old), *rng.sample(_STEMS[old:], len(_STEMS) - old)]
