"""Which plan, which level and which alarms: the suggestion, and its evidence as rows."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.alarms import Alarm
from desktop.domain.emergency.plans import Plan
from views.emergency.advice import Advice, Asked
from views.emergency.alarm_rows import alarm_row, weather_row

translate = QCoreApplication.translate


class Suggesting:
    """The plan that is about the class of the alarm; without it the officer chooses."""

    def advise(self, asked: Asked) -> Advice:
        known = {one.alarm_id: one for one in asked.alarms}
        mine = [known[one] for one in asked.chosen if one in known]
        plan = asked.plans.get(asked.plan_id) or self._plan_for(mine, asked)
        rows = [alarm_row(one, plan, asked.around) for one in mine]
        if asked.weather is not None:
            rows.append(weather_row(asked.weather, asked.around.now))
        none = translate("emergency", "没有预案说到这类告警：在右上选预案，再选级别")
        choose = translate("emergency", "没有建议的级别：请在上面选一级")
        return Advice(
            plan_id=plan.plan_id if plan is not None else "",
            alarm_ids=tuple(one.alarm_id for one in mine),
            rows=tuple(rows),
            reason=none if plan is None else choose,
        )

    def _plan_for(self, alarms: list[Alarm], asked: Asked) -> Plan | None:
        classes = {one.class_id for one in alarms}
        return next(
            (one for one in asked.plans.values() if classes.intersection(one.alarm_classes)), None
        )
