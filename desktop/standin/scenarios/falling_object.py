"""高空坠物: cameras that look up see something fall; birds and bags are among it."""

from datetime import timedelta

from desktop.domain.alarms import Clip, Verification
from desktop.domain.levels import WarningLevel
from desktop.standin.scenarios.occurrences import Draft, Pools
from desktop.standin.scenarios.scenario import Scenario

_THINGS = ("花盆", "外墙瓷砖", "窗扇", "烟头", "饮料瓶", "衣物", "空调外机护板")
_HEAVY = ("花盆", "外墙瓷砖", "窗扇", "空调外机护板")
_FALSE = ("飞鸟", "塑料袋", "树叶", "镜头前飞虫")
_FALSE_SHARE = 0.35
_SURE = 0.85


class FallingObject(Scenario):
    name = "falling_object"
    title = "高空坠物"

    def begin(self, at_start: bool) -> None:
        self._places = Pools(self.city, self.chance).of("falling_object")
        self._next_s = 5.0

    def facts(self) -> dict[str, int]:
        return self.city.verdicts.counts()

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        while self.elapsed_s >= self._next_s:
            self._next_s += self.chance.uniform(20, 55)
            self._fall()

    def _fall(self) -> None:
        false = self.chance.random() < _FALSE_SHARE
        confidence = round(self.chance.uniform(0.55, 0.82) if false
                           else self.chance.uniform(0.72, 0.98), 2)  # fmt: skip
        thing = self.chance.choice(_FALSE if false else _THINGS)
        heavy = thing in _HEAVY
        floor, place, now = (
            self.chance.randint(4, 31),
            self.chance.choice(self._places),
            self.city.now(),
        )
        sure = confidence >= _SURE
        camera_id = place.camera_ids[0] if place.camera_ids else None
        alarm = self.tell(
            Draft(
                point=place,
                level=WarningLevel.ORANGE if heavy and sure else WarningLevel.YELLOW,
                title=f"高空坠物 疑似{thing if not false else '物体'}"
                + ("" if sure else " 待核实"),
                detail=f"约 {floor} 层，识别置信 {confidence * 100:.0f} %",
                confidence=confidence,
                verification=Verification.CONFIRMED if sure else Verification.PENDING,
                condition=f"fall/{self.city.book.seq}",
                clip=Clip(camera_id, now - timedelta(seconds=8), now + timedelta(seconds=4))
                if camera_id
                else None,
            ),
            for_s=self.chance.uniform(300, 900),
        )
        self.city.verdicts.know(alarm.alarm_id, not false)
