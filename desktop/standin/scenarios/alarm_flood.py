"""报警洪峰: ten thousand alarms in ten seconds, each with a condition of its own; then it calms."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.scenarios.occurrences import Draft, Pools
from desktop.standin.scenarios.scenario import Scenario

ALARMS, WITHIN_S = 10_000, 10.0
_STANDS_S = 90.0  # how long the list stays full
_CALMS_PER_S = 60
_MANY = 40
_COLLEAGUE = "系统联调组"


@dataclass(frozen=True)
class _Fault:
    """Faults of one class; a place that has had all of them has them again on another channel."""

    class_id: str
    share: int  # of 100
    levels: tuple[tuple[WarningLevel, int], ...]
    titles: tuple[str, ...]

    def title(self, number: int) -> str:
        """`number` counts the faults of one place from 0."""
        channel, which = divmod(number, len(self.titles))
        return self.titles[which] + (f" 通道 {channel + 1}" if channel else "")


_BLUE, _YELLOW = WarningLevel.BLUE, WarningLevel.YELLOW
_ORANGE, _RED = WarningLevel.ORANGE, WarningLevel.RED
_FAULTS = (
    _Fault("street_light", 34, ((_BLUE, 92), (_YELLOW, 8)),
           tuple(f"照明回路 {n} 断电" for n in range(1, 17))),
    _Fault("manhole", 30, ((_BLUE, 74), (_YELLOW, 18), (_ORANGE, 8)),
           ("井盖震动", "井盖倾斜 15.8°", "井盖终端离线", "井下水位超限", "井盖电量低于 15 %")),
    _Fault("bridge", 12, ((_BLUE, 76), (_YELLOW, 18), (_ORANGE, 6)),
           ("桥梁应变越限", "桥梁振动超限", "挠度越限", "支座位移越限", "采集仪离线")),
    _Fault("power", 10, ((_YELLOW, 70), (_ORANGE, 28), (_RED, 2)),
           ("市电失压", "备用电源投入", "切换柜故障", "电压越限")),
    _Fault("ai_video", 8, ((_BLUE, 90), (_YELLOW, 10)),
           ("画面丢失", "画面冻结", "镜头遮挡", "时钟偏差")),
    _Fault("gas", 4, ((_YELLOW, 72), (_ORANGE, 24), (_RED, 4)),
           ("燃气探头读数异常", "燃气浓度越限", "调压器超压", "探头离线")),
    _Fault("water_pressure", 2, ((_BLUE, 80), (_YELLOW, 20)),
           ("管网压力偏低", "管网压力突降", "压力终端离线")),
)  # fmt: skip
_DETAIL = "平台联动触发，待核实"


class AlarmFlood(Scenario):
    name = "alarm_flood"
    title = "报警洪峰"
    step_s = 0.05  # a second's thousand at once would keep REST waiting

    def begin(self, at_start: bool) -> None:
        self._drafts = flood_drafts(Pools(self.city, self.chance), self.chance)
        self._owed = 0.0
        self.raised: list[str] = []

    def facts(self) -> dict[str, int]:
        return {"已发": len(self.raised)}

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        if self.elapsed_s > WITHIN_S + _STANDS_S:
            self._calm(_CALMS_PER_S * seconds_s)
        elif len(self.raised) < ALARMS:
            self._owed += ALARMS / WITHIN_S * seconds_s
            for _ in range(min(int(self._owed), ALARMS - len(self.raised))):
                self.raised.append(self.city.raise_alarm(next(self._drafts)).alarm_id)
            self._owed -= int(self._owed)

    def end(self) -> None:
        """What still stands is repaired over five minutes, also when it is left early."""
        super().end()
        for alarm_id in self.raised:
            after_s = self.chance.uniform(10, 300)
            self.city.aftercare.clear_later(alarm_id, after_s, _COLLEAGUE)

    def _calm(self, owed: float) -> None:
        """Oldest first: the cause is gone, and whoever made the test answers what nobody has."""
        self._owed += owed
        while self._owed >= 1 and self.raised:
            self._owed -= 1
            self.city.clear(self.raised.pop(0), _COLLEAGUE)


def flood_drafts(pools: Pools, chance: random.Random) -> Iterator[Draft]:
    """Without end; no two have the same condition key."""
    turns: dict[str, count[int]] = {fault.class_id: count() for fault in _FAULTS}
    order: dict[str, list[Point]] = {}
    for fault in _FAULTS:
        order[fault.class_id] = list(pools.of(fault.class_id))
        chance.shuffle(order[fault.class_id])
    # a place has so many circuits and probes: a class with one place cannot fill the list
    shares = [fault.share * min(1.0, len(order[fault.class_id]) / _MANY) for fault in _FAULTS]
    while True:
        fault = chance.choices(_FAULTS, shares)[0]
        places, turn = order[fault.class_id], next(turns[fault.class_id])
        number = turn // len(places)
        level = chance.choices([lv for lv, _ in fault.levels], [w for _, w in fault.levels])[0]
        yield Draft(
            point=places[turn % len(places)],
            level=level,
            title=fault.title(number),
            detail=_DETAIL,
            condition=f"{fault.class_id}-{number}",
        )
