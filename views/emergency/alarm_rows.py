"""Alarms and the weather as lines of evidence: value, rise, when it is at its line, and age."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.domain.alarms import Alarm
from desktop.domain.emergency.gathering import SiteFacts, Surroundings, place_of, site_facts
from desktop.domain.emergency.plans import Plan
from desktop.domain.weather import STALE_AFTER_S, Weather
from views.emergency.evidence import EvidenceRow
from widgets.times import hh_mm, short_age_text

translate = QCoreApplication.translate


def alarm_row(alarm: Alarm, plan: Plan | None, around: Surroundings) -> EvidenceRow:
    facts = site_facts(alarm, plan, around)
    point = around.points.get(alarm.point_id or "")
    name = point.name if point is not None else place_of(alarm)
    value = "" if facts.value is None else _value(facts)
    stale = facts.is_stale
    if stale:
        value = translate("emergency", "末值 {0}").format(value)
    age_s = facts.age_s if facts.age_s is not None else _age_s(alarm.updated_at, around.now)
    return EvidenceRow(
        text=f"{name} {value}".strip(),
        note=translate("emergency", "停滞") if stale else _outlook(facts, around.now),
        age=short_age_text(age_s),
        level=alarm.level,
        stale=stale,
    )


def _value(facts: SiteFacts) -> str:
    shape = "{0:.2f} {1}" if facts.unit == "m" else "{0:g} {1}"
    return shape.format(facts.value, facts.unit).strip()


def _outlook(facts: SiteFacts, now: datetime) -> str:
    """升 1.2 · 03:28 到线"""
    words: list[str] = []
    if facts.rise_cm_min is not None and abs(facts.rise_cm_min) >= 0.1:
        shape = (
            translate("emergency", "升 {0:.1f}")
            if facts.rise_cm_min > 0
            else translate("emergency", "降 {0:.1f}")
        )
        words.append(shape.format(abs(facts.rise_cm_min)))
    if facts.line_in_min is not None:
        words.append(
            translate("emergency", "{0} 到线").format(
                hh_mm(now + timedelta(minutes=facts.line_in_min))
            )
            if facts.line_in_min > 0
            else translate("emergency", "已过线")
        )
    return " · ".join(words)


def weather_rows(weather: Weather, now: datetime) -> list[EvidenceRow]:
    """The intensity with the signal in force, and what has fallen where the platform tells it."""
    age_s = _age_s(weather.at, now)
    age, stale = short_age_text(age_s), age_s > STALE_AFTER_S
    text = translate("emergency", "雨强 {0:.0f} mm/h").format(weather.rain_mm_h)
    rows = [EvidenceRow(text, weather.signal_name, age, stale=stale)]
    fallen = [
        words.format(value)
        for words, value in (
            (translate("emergency", "1 h {0:.0f} mm"), weather.rain_1h_mm),
            (translate("emergency", "3 h {0:.0f} mm"), weather.rain_3h_mm),
        )
        if value is not None
    ]
    if fallen:
        text = translate("emergency", "雨量 {0}").format(" · ".join(fallen))
        rows.append(EvidenceRow(text, "", age, stale=stale))
    return rows


def _age_s(at: datetime, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds())
