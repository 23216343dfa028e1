"""12345 on any day: appeals from the whole city, with the course of a day and their answers.

The largest district of a real city takes 6,530 in a month; seven districts of falling size
make some 1,150 on a working day.
"""

import asyncio
import random
from bisect import bisect
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from typing import NamedTuple

from desktop.standin.basemap.frame import lon_lat_list
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.tickets import Ticket, TicketBook, reporter_key

WORKING_DAY, DAY_OFF = 1_150.0, 760.0  # appeals in 24 h
PAST = timedelta(hours=48)
_CHINA = timezone(timedelta(hours=8))
_SATURDAY = 5
_PEOPLE = 400_000  # who may call
_FIRST_PERSON = 10_000  # those below belong to the scenarios
_MOST_ANSWERED = 0.985  # of those that are open long enough
_ANSWERED_H = (0.4, 26.0)
# share of each hour of the day: office hours, a noon dip, noise in the evening
_HOURS = (1.1, 0.7, 0.4, 0.3, 0.3, 0.5, 1.4, 3.4, 7.2, 8.8, 8.4, 6.1, 4.1, 4.6, 7.0, 7.4, 6.9,
          5.6, 4.7, 5.0, 5.6, 5.2, 3.3, 2.0)  # fmt: skip
_SOURCES, _SOURCE_SHARES = (
    ("12345 热线", "微信小程序", "网站", "人民网留言"),
    (0.71, 0.21, 0.06, 0.02),
)


class Category(NamedTuple):
    name: str
    share: float
    texts: tuple[str, ...]


CATEGORIES = (
    Category("违规停车", 17.0, ("{place}人行道停满车，轮椅过不去", "{place}车辆堵住消防通道",
                            "{place}公交站前长期停车，上下车要站到路中间")),
    Category("噪声扰民", 14.5, ("{place}夜间施工影响休息", "{place}广场音响到晚上十点还很大",
                            "{place}商铺外放喇叭，从早响到晚")),
    Category("物业服务", 12.0, ("{place}电梯坏了三天没人修", "{place}物业不清理楼道杂物")),
    Category("占道经营", 9.5, ("{place}早市占了半条路", "{place}烧烤摊占人行道，油烟很大")),
    Category("垃圾清运", 8.0, ("{place}垃圾桶满了没人清", "{place}装修垃圾堆在绿化带")),
    Category("道路破损", 7.5, ("{place}路面坑洼，电动车摔倒", "{place}人行道砖松动，下雨溅水")),
    Category("路灯不亮", 6.5, ("{place}路灯坏了一排，晚上看不清", "{place}路灯白天不灭")),
    Category("供水", 6.0, ("{place}水压很小，六楼没水", "{place}自来水发黄")),
    Category("违法建设", 5.0, ("{place}楼顶加盖，夜里还在施工", "{place}院内搭建彩钢棚")),
    Category("绿化养护", 4.5, ("{place}行道树枝压到电线", "{place}树枝挡住红绿灯")),
    Category("排水", 4.0, ("{place}污水井外溢，气味很大", "{place}雨水口堵了，水排不走")),
    Category("井盖", 2.5, ("{place}井盖松动，车过就响", "{place}井盖下沉一指深")),
    Category("供电供气", 2.0, ("{place}一带停电，没有通知", "{place}有煤气味，请来人看看")),
    Category("其他", 1.0, ("{place}共享单车堆满路口", "{place}流浪犬多，孩子不敢过")),
)  # fmt: skip


class Hotline:
    """Adds to the book what citizens report, and answers it after hours. One thread: the loop's."""

    def __init__(self, places: CityCatalogue, book: TicketBook, seed: int = 1) -> None:
        self._places, self._book, self._seed = places, book, seed
        self._chance = random.Random(f"{seed}/hotline")
        self._shares = list(accumulate(c.share for c in CATEGORIES))
        self._edges, self._weights = _streets(places)
        self._next_at: datetime | None = None
        self._answers: dict[str, datetime] = {}  # ticket_id -> when it will be answered

    def make_past(self, now: datetime) -> None:
        """The last 48 hours, most of it answered."""
        self._next_at = now - PAST
        self.step(now)

    async def run(self) -> None:
        """Never returns."""
        while True:
            await asyncio.sleep(1)
            self.step(self._book.now())

    def step(self, now: datetime) -> None:
        """What has come and what was answered until now."""
        at = self._next_at or now
        while at <= now:
            if self._next_at is not None:
                self._take(at)
            at += timedelta(seconds=self._chance.expovariate(per_s(at)))
            self._next_at = at
        due = [ticket_id for ticket_id, when in self._answers.items() if when <= now]
        for ticket_id in due:
            self._book.answer(ticket_id, self._answers.pop(ticket_id))

    def _take(self, at: datetime) -> None:
        chance = self._chance
        category = CATEGORIES[bisect(self._shares, chance.random() * self._shares[-1])]
        place, lon, lat, district_id = self._place()
        ticket = Ticket(
            ticket_id=self._book.next_id(at),
            source=chance.choices(_SOURCES, _SOURCE_SHARES)[0],
            category=category.name,
            text=chance.choice(category.texts).format(place=place),
            place=place,
            lon=lon,
            lat=lat,
            district_id=district_id,
            reporter_key=reporter_key(self._seed, chance.randrange(_FIRST_PERSON, _PEOPLE)),
            status="open",
            created_at=at,
            updated_at=at,
        )
        self._book.add(ticket)
        if chance.random() < _MOST_ANSWERED:
            hours = chance.triangular(_ANSWERED_H[0], _ANSWERED_H[1], 3.0)
            self._answers[ticket.ticket_id] = at + timedelta(hours=hours)

    def _place(self) -> tuple[str, float, float, str]:
        """A house on a street, denser parts of the city more often."""
        city = self._places.city
        edge = self._edges[bisect(self._weights, self._chance.random() * self._weights[-1])]
        line = city.edge_line(edge)
        spot = line[self._chance.randrange(len(line))]
        lon, lat = lon_lat_list(spot[None, :])[0]
        street = city.words["street"][int(city.arrays["edge_street"][edge])]
        face = int(city.arrays["edge_left"][edge])
        district = city.words["district_code"][int(city.arrays["face_district"][face])]
        return f"{street} {self._chance.randrange(1, 160)} 号", lon, lat, district


def per_s(at: datetime) -> float:
    """How many appeals come in a second at a moment."""
    local = at.astimezone(_CHINA)
    a_day = DAY_OFF if local.weekday() >= _SATURDAY else WORKING_DAY
    return a_day * _HOURS[local.hour] / sum(_HOURS) / 3600


def _streets(places: CityCatalogue) -> tuple[Sequence[int], list[float]]:
    """Edges that lie in a district, and the running sum of their weights."""
    arrays = places.city.arrays
    left = arrays["edge_left"]
    dry = (left >= 0) & (arrays["face_district"][left] >= 0)
    weights = arrays["edge_length"] * arrays["face_dense"][left] * dry
    return range(len(left)), weights.cumsum().tolist()
