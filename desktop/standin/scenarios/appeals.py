"""12345 诉求集中: tickets come in; several people complain of one thing: an alarm."""

from dataclasses import dataclass

from msgspec.structs import replace

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.scenarios.occurrences import Draft, Pools
from desktop.standin.scenarios.scenario import Scenario
from desktop.standin.tickets import FEWEST_PEOPLE, Ticket, people, reporter_key

_ORANGE_PEOPLE = 8
_MOST_NAMED = 12  # tickets that the detail names
_NOISE_S, _HOT_S = (8.0, 22.0), (9.0, 26.0)
_SUFFIXES = ("易涝点", "下穿通道", "监测点")


@dataclass(frozen=True)
class Matter:
    category: str
    texts: tuple[str, ...]


MATTERS = (
    Matter("噪声扰民", ("{place}附近夜间施工到凌晨，影响休息", "{place}工地半夜打桩，请尽快处理",
                       "又是{place}的搅拌机声，孩子没法睡")),
    Matter("停水", ("{place}一带从早上停水，没有通知", "{place}旁小区水压很小，六楼没水",
                   "{place}停水到现在，什么时候恢复")),
    Matter("道路积水", ("{place}下雨就积水，公交车过不去", "{place}雨水口堵了，水排不走")),
    Matter("违规停车", ("{place}人行道停满车，轮椅过不去", "{place}消防通道被车堵住")),
    Matter("垃圾清运", ("{place}垃圾桶满了三天没人清", "{place}垃圾堆到路面，气味很大")),
    Matter("路灯不亮", ("{place}路灯坏了一排，晚上看不清", "{place}到路口一段全黑")),
)  # fmt: skip


class Appeals(Scenario):
    name = "appeals"
    title = "12345 诉求集中"

    def begin(self, at_start: bool) -> None:
        places = Pools(self.city, self.chance).of("water_level")
        self._places = places
        self._hot = [(places[0], MATTERS[0]), (places[min(2, len(places) - 1)], MATTERS[1])]
        self._next_noise_s, self._next_hot_s = 2.0, 4.0
        self._people = self._count = 0
        self._alarms: dict[tuple[str, str], str] = {}

    def facts(self) -> dict[str, int]:
        return {"工单": self._count, "诉求集中": len(self._alarms)}

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        while self.elapsed_s >= self._next_noise_s:
            self._next_noise_s += self.chance.uniform(*_NOISE_S)
            place, matter = self.chance.choice(self._places), self.chance.choice(MATTERS)
            self._ticket(place, matter, self.chance.randint(1, 400))
        while self.elapsed_s >= self._next_hot_s:
            self._next_hot_s += self.chance.uniform(*_HOT_S)
            place, matter = self.chance.choice(self._hot)
            self._people += 1
            # one in four writes again instead of another person
            again = self._people > 2 and self.chance.random() < 0.25
            who = 1000 + (self.chance.randint(1, self._people - 1) if again else self._people)
            self._ticket(place, matter, who)

    def _ticket(self, point: Point, matter: Matter, person: int) -> None:
        city, at = self.city, self.city.now()
        place = _name(point)
        ticket = Ticket(
            ticket_id=city.tickets.next_id(at),
            source="12345 热线",
            category=matter.category,
            text=self.chance.choice(matter.texts).format(place=place),
            place=place,
            lon=point.lon_deg or 0.0,
            lat=point.lat_deg or 0.0,
            district_id=city.place_of(point).district_id,
            reporter_key=reporter_key(city.seed, person),
            status="open",
            created_at=at,
            updated_at=at,
        )
        city.tickets.add(ticket)
        self._count += 1
        self._look(point, ticket)

    def _look(self, point: Point, ticket: Ticket) -> None:
        """The rule: one place, one category, so many persons in the window."""
        city = self.city
        together = city.tickets.gathered(ticket.place, ticket.category, ticket.created_at)
        count = people(together)
        if count < FEWEST_PEOPLE:
            return
        key = (ticket.place, ticket.category)
        level = WarningLevel.ORANGE if count >= _ORANGE_PEOPLE else WarningLevel.YELLOW
        draft = _draft(point, level, ticket, together, count)
        known = self._alarms.get(key)
        if known is not None and city.book.get(known).is_open:
            city.tell_again(known, draft)
        else:
            self._alarms[key] = self.tell(draft).alarm_id


def _draft(
    point: Point, level: WarningLevel, ticket: Ticket, together: list[Ticket], count: int
) -> Draft:
    named = [t.ticket_id for t in together[-_MOST_NAMED:]]
    rest = f" 等 {len(together)} 件" if len(together) > len(named) else ""
    # an appeal lies at a place, not at a sensor that happens to stand there
    spot = replace(
        point, point_id=f"AP-{point.point_id}", class_id="appeal", name=ticket.place,
        thresholds=(), unit="", metric="", asset_id=None,
    )  # fmt: skip
    return Draft(
        point=spot,
        level=level,
        title=f"诉求集中 {ticket.place} {ticket.category}",
        detail=f"24 h 内 {count} 人 {len(together)} 件：{'、'.join(named)}{rest}",
        value=float(count),
        limit=float(FEWEST_PEOPLE),
        unit="人",
        condition=ticket.category,
    )


def _name(point: Point) -> str:
    for suffix in _SUFFIXES:
        if point.name.endswith(suffix):
            return point.name.removesuffix(suffix).strip()
    return point.name
