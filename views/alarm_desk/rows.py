"""One alarm as a row of the list: its words, and its place in the order."""

from dataclasses import dataclass
from typing import NamedTuple

from desktop.domain.alarms import Alarm, AlarmState, Quality, needs_acknowledgement
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from views.alarm_desk.wording import count_text, state_text, translate
from widgets.level_badge import LevelLook, look_of

HIDDEN_STATES = (AlarmState.SHELVED, AlarmState.SUPPRESSED, AlarmState.OUT_OF_SERVICE)

STAND_ALONE = (WarningLevel.RED, WarningLevel.ORANGE)

SortKey = tuple[int | float | str, ...]
"""Three for each: of the alarm, behind those of the causes below which it is listed."""


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """`key`: gravest level first, then the newest; an acknowledgement moves no row."""

    alarm: Alarm
    title: str
    place: str
    state: str
    look: LevelLook
    key: SortKey
    waiting: bool  # needs an acknowledgement
    stale: bool
    closed: bool = False  # gone at the platform, kept in its place while the list is held
    members: int = 0  # open alarms that name it as their cause
    member: bool = False  # its cause is open and stands for it
    folds: int = 0  # members that can be listed below it
    unfolded: bool = False  # and are
    depth: int = 0  # how many causes it is listed below

    @property
    def first_out(self) -> bool:
        return self.members > 0

    @property
    def level(self) -> WarningLevel:
        return self.alarm.level


class Standing(NamedTuple):
    """An alarm among causes and members: fields of its row."""

    members: int = 0
    member: bool = False
    folds: int = 0
    unfolded: bool = False
    key: SortKey = ()  # (): by itself


ALONE = Standing()


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Empty `levels` means all. `hidden`: show shelved and suppressed ones instead.

    `folded`: members of an open cause are left out until it is unfolded; a search finds them all
    the same. `class_ids`: only of these classes, empty means all; `waiting`: only those that need
    an acknowledgement.
    """

    levels: frozenset[WarningLevel] = frozenset()
    words: str = ""
    hidden: bool = False
    folded: bool = True
    class_ids: frozenset[str] = frozenset()
    waiting: bool = False

    @property
    def narrows(self) -> bool:
        return bool(self.levels or self.words or self.hidden or self.class_ids or self.waiting)

    def passes(self, row: AlarmRow) -> bool:
        if (row.alarm.state in HIDDEN_STATES) is not self.hidden:
            return False
        if row.member and not row.depth and not (self.words or self.class_ids or self.waiting):
            return False
        if self.levels and row.alarm.level not in self.levels:
            return False
        if self.class_ids and row.alarm.class_id not in self.class_ids:
            return False
        if self.waiting and not row.waiting:
            return False
        if not self.words:
            return True
        text = f"{row.title} {row.place} {row.state} {row.alarm.alarm_id}".lower()
        return all(word in text for word in self.words.lower().split())


def sort_key(alarm: Alarm) -> SortKey:
    return (alarm.level.rank, -alarm.raised_at.timestamp(), alarm.alarm_id)


def title_of(alarm: Alarm) -> str:
    """The platform's title, with the value where the title holds no figure; never empty."""
    title = alarm.title.strip() or translate("alarm_desk", "告警（平台没有给标题）")
    if alarm.value is None or any(character.isdigit() for character in title):
        return title
    return f"{title} {alarm.value:g} {alarm.unit}".rstrip()


def place_of(alarm: Alarm, point: Point | None) -> str:
    return point.name if point is not None else alarm.detail.partition("\n")[0]


def fold_text(row: AlarmRow) -> str:
    """For who cannot see the mark: empty where nothing can be unfolded."""
    if not row.folds:
        return ""
    unfolded, folded = translate("alarm_desk", "已展开"), translate("alarm_desk", "已收起")
    return unfolded if row.unfolded else folded


def row_of(alarm: Alarm, point: Point | None, standing: Standing = ALONE) -> AlarmRow:
    place = place_of(alarm, point)
    if standing.members:
        count = count_text(standing.members)
        place = translate("alarm_desk", "从属 {0} 条").format(count) + f" · {place}"
    return AlarmRow(
        alarm=alarm,
        title=title_of(alarm),
        place=place,
        state=state_text(alarm),
        look=look_of(alarm.state),
        key=standing.key or sort_key(alarm),
        waiting=needs_acknowledgement(alarm),
        stale=alarm.quality is Quality.STALE,
        members=standing.members,
        member=standing.member,
        folds=standing.folds,
        unfolded=standing.unfolded,
        depth=len(standing.key) // 3 - 1 if standing.key else 0,
    )
