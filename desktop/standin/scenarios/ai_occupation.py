"""AI 占道识别: pictures show stalls on the road; a third of them are shadows and umbrellas.

What a machine found waits for a person; confirmed and rejected are counted against the truth.
"""

from datetime import timedelta

from desktop.domain.alarms import Clip, Verification
from desktop.domain.levels import WarningLevel
from desktop.standin.scenarios.occurrences import Draft, Pools
from desktop.standin.scenarios.scenario import Scenario

_KINDS = (
    ("占道经营", WarningLevel.BLUE), ("店外经营", WarningLevel.BLUE),
    ("流动摊贩聚集", WarningLevel.YELLOW), ("非机动车乱停放", WarningLevel.BLUE),
    ("消防通道占用", WarningLevel.YELLOW), ("占道堆物", WarningLevel.BLUE),
)  # fmt: skip
_FALSE_SHARE = 0.33
_TRUE_CONFIDENCE, _FALSE_CONFIDENCE = (0.74, 0.98), (0.58, 0.86)


class AiOccupation(Scenario):
    name = "ai_occupation"
    title = "AI 占道识别"

    def begin(self, at_start: bool) -> None:
        self._places = Pools(self.city, self.chance).of("ai_video")
        self._next_s = 3.0

    def facts(self) -> dict[str, int]:
        return self.city.verdicts.counts()

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        while self.elapsed_s >= self._next_s:
            self._next_s += self.chance.uniform(6, 18)
            self._find()

    def _find(self) -> None:
        false = self.chance.random() < _FALSE_SHARE
        low, high = _FALSE_CONFIDENCE if false else _TRUE_CONFIDENCE
        confidence = round(self.chance.uniform(low, high), 2)
        kind, level = self.chance.choice(_KINDS)
        place, now = self.chance.choice(self._places), self.city.now()
        lasted_s = self.chance.randint(60, 600)
        camera_id = place.camera_ids[0] if place.camera_ids else None
        alarm = self.tell(
            Draft(
                point=place,
                level=level,
                title=f"{kind} 待核实",
                detail=f"已持续 {lasted_s // 60} min，识别置信 {confidence * 100:.0f} %",
                confidence=confidence,
                verification=Verification.PENDING,
                condition=f"{kind}/{self.city.book.seq}",
                clip=Clip(camera_id, now - timedelta(seconds=15), now) if camera_id else None,
            ),
            for_s=self.chance.uniform(600, 1800),
        )
        self.city.verdicts.know(alarm.alarm_id, not false)
