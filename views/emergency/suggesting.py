"""Which plan, which level and which alarms: the suggestion, and its evidence as rows."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.alarms import Alarm
from desktop.domain.emergency.evidence import Facts
from desktop.domain.emergency.plans import Fact, Plan
from desktop.domain.emergency.street_text import read_closures
from desktop.domain.emergency.suggestion import Assessed, Held, suggest
from desktop.domain.levels import WarningLevel
from views.emergency.advice import Advice, Asked
from views.emergency.alarm_rows import alarm_row, weather_rows
from views.emergency.evidence import EvidenceRow
from views.emergency.level_choice import ConditionLine

translate = QCoreApplication.translate
_FIRST = 6  # alarms above the weather


class Suggesting:
    """One for all drafts; keeps only what was counted in the last layer of closures."""

    def __init__(self) -> None:
        self._closures: tuple[bytes | None, int | None] = (None, None)

    def advise(self, asked: Asked) -> Advice:
        known = {one.alarm_id: one for one in asked.alarms}
        chosen = [known[one] for one in asked.chosen[:1] if one in known]
        cut = self._roads_cut(asked.closures)
        facts: dict[str, Facts] = {}

        def facts_of(plan: Plan) -> Facts:
            if plan.plan_id not in facts:
                facts[plan.plan_id] = Facts(plan, asked.alarms, asked.around, asked.weather, cut)
            return facts[plan.plan_id]

        found = suggest(asked.plans, facts_of, chosen, asked.plan_id)
        if found is None:
            return _nothing(asked, chosen)
        plan = asked.plans[found.plan_id]
        alarms = [known[one] for one in found.alarm_ids if one in known]
        none = translate("emergency", "没有达到任何一级的条件：可在上面选一级")
        return Advice(
            plan_id=found.plan_id,
            level=found.level,
            alarm_ids=tuple(one.alarm_id for one in alarms),
            rows=tuple(_rows(asked, plan, alarms)),
            conditions={one.level: _conditions(one) for one in found.levels},
            reason="" if found.level is not None else none,
        )

    def _roads_cut(self, closures: bytes | None) -> int | None:
        """None where nobody tells. Counted once for each edition of the layer."""
        if self._closures[0] is not closures:
            try:
                count = None if closures is None else len(read_closures(closures))
            except ValueError:  # msgspec.DecodeError is one
                count = None
            self._closures = (closures, count)
        return self._closures[1]


def _nothing(asked: Asked, chosen: list[Alarm]) -> Advice:
    none = translate("emergency", "没有预案说到这类告警：在右上选预案，再选级别")
    return Advice(
        alarm_ids=tuple(one.alarm_id for one in chosen),
        rows=tuple(_rows(asked, None, chosen)),
        reason=none,
    )


def _rows(asked: Asked, plan: Plan | None, alarms: list[Alarm]) -> list[EvidenceRow]:
    """The gravest first, then the weather, then the rest."""
    grave = [one for one in alarms if one.level in (WarningLevel.RED, WarningLevel.ORANGE)]
    first = list(dict.fromkeys(one.alarm_id for one in (*alarms[:1], *grave)))[:_FIRST]
    known = {one.alarm_id: one for one in alarms}
    rows = [alarm_row(known[one], plan, asked.around) for one in first]
    if asked.weather is not None:
        rows += weather_rows(asked.weather, asked.around.now)
    rest = [one for one in alarms if one.alarm_id not in first]
    return rows + [alarm_row(one, plan, asked.around) for one in rest]


def _conditions(one: Assessed) -> tuple[ConditionLine, ...]:
    return tuple(ConditionLine(held.condition.text, _value(held), held.holds) for held in one.held)


def _value(held: Held) -> str:
    """The value as it is, with its unit."""
    if held.value is None:
        return translate("emergency", "未知")
    match held.condition.fact:
        case Fact.RAIN_1H_MM | Fact.RAIN_3H_MM:
            return f"{held.value:.0f} mm"
        case Fact.RAIN_SIGNAL:
            return _signal(round(held.value))
        case Fact.GAS_LEL_PERCENT:
            return f"{held.value:g} %LEL"
        case Fact.OPEN_ALARMS | Fact.ROADS_CUT:
            return translate("emergency", "{0:.0f} 条").format(held.value)
        case Fact.SITES_OVER_M | Fact.SITES_REACHING_M:
            return translate("emergency", "{0:.0f} 处").format(held.value)


def _signal(value: int) -> str:
    words = (
        translate("emergency", "无"),
        translate("emergency", "蓝色"),
        translate("emergency", "黄色"),
        translate("emergency", "橙色"),
        translate("emergency", "红色"),
    )
    return words[min(max(value, 0), 4)]
