"""What people said of alarms that a machine had found: kept, and counted against the truth."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """`true_alarm` is what the scenario knows; None where it knows nothing."""

    alarm_id: str
    confirmed: bool
    by: str
    confidence: float | None
    true_alarm: bool | None
    reason: str = ""


@dataclass
class Verdicts:
    kept: list[Verdict] = field(default_factory=list[Verdict])
    _truth: dict[str, bool] = field(default_factory=dict[str, bool])

    def know(self, alarm_id: str, true_alarm: bool) -> None:
        self._truth[alarm_id] = true_alarm

    def keep(
        self, alarm_id: str, confirmed: bool, by: str, confidence: float | None, reason: str = ""
    ) -> None:
        truth = self._truth.get(alarm_id)
        self.kept.append(Verdict(alarm_id, confirmed, by, confidence, truth, reason))

    def counts(self) -> dict[str, Any]:
        """confirmed, rejected, and how many of them were right and wrong."""
        known = [v for v in self.kept if v.true_alarm is not None]
        return {
            "confirmed": sum(v.confirmed for v in self.kept),
            "rejected": sum(not v.confirmed for v in self.kept),
            "right": sum(v.confirmed == v.true_alarm for v in known),
            "wrong": sum(v.confirmed != v.true_alarm for v in known),
        }
