"""Who is on duty, and where a roster leaves a hole."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from desktop.domain.alarms import AwareTime

CITY_ZONE = ZoneInfo("Asia/Shanghai")
_DAY_BEGINS_H = 8
_NAMED = 5


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /duty: a person in a role of a unit, for one shift."""

    org_id: str
    role: str
    name: str
    start: AwareTime
    end: AwareTime
    role_name: str = ""
    phone: str = ""
    ladder: int = 1  # whom to call first

    @property
    def duty_id(self) -> str:
        """The wire has none: the seat, its shift and the person together are one."""
        return f"{self.org_id}/{self.role}/{self.ladder}/{self.start:%Y%m%dT%H%M}/{self.name}"


def shift_start(at: datetime) -> datetime:
    """When the desk's shift of this moment began, in the city's time: at 8 or 20 o'clock."""
    since_day_began = at.astimezone(CITY_ZONE) - timedelta(hours=_DAY_BEGINS_H)
    half = since_day_began.hour // 12 * 12
    began = since_day_began.replace(hour=half, minute=0, second=0, microsecond=0)
    return began + timedelta(hours=_DAY_BEGINS_H)


def on_duty(rows: Iterable[Duty], at: datetime) -> list[Duty]:
    """In the order of the ladder."""
    return sorted((d for d in rows if d.start <= at < d.end), key=lambda d: (d.org_id, d.ladder))


def holes(rows: Iterable[Duty], since: datetime, until: datetime) -> list[tuple[Duty, datetime]]:
    """(a row of the seat, from when nobody has it) for seats that are open within the span."""
    seats: dict[tuple[str, str], list[Duty]] = {}
    for row in rows:
        seats.setdefault((row.org_id, row.role), []).append(row)
    found: list[tuple[Duty, datetime]] = []
    for shifts in seats.values():
        covered = since
        for shift in sorted(shifts, key=lambda d: d.start):
            if shift.start > covered:
                break
            covered = max(covered, shift.end)
        if covered < until:
            found.append((shifts[0], covered))
    return found


def roster_findings(
    rows: Collection[Duty], org_names: dict[str, str], since: datetime, until: datetime
) -> tuple[str, ...]:
    """Chinese lines: seats that nobody has within the span, shifts that end before they begin."""
    lines: list[str] = []
    if not rows:
        return ("值班表为空：当前无人值班，请平台补录",)
    if backward := [d for d in rows if d.end <= d.start]:
        lines.append(f"{len(backward)} 个班次结束早于开始：{backward[0].name}")
    for row, at in holes(rows, since, until)[:_NAMED]:
        org = org_names.get(row.org_id, row.org_id)
        seat = row.role_name or row.role
        lines.append(f"值班空缺：{org} {seat} {at.astimezone(CITY_ZONE):%m-%d %H:%M} 起无人")
    rest = len(holes(rows, since, until)) - _NAMED
    if rest > 0:
        lines.append(f"另有 {rest} 个岗位空缺")
    if unknown := {d.org_id for d in rows} - org_names.keys():
        lines.append(f"值班表中 {len(unknown)} 个机构不在名册内")
    return tuple(lines)
