"""Another level for an incident that runs: asked, signed, or come to nothing. Pure."""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.emergency.incidents import (
    Incident,
    LevelAnswer,
    LevelAsked,
    LevelOutcome,
    Signature,
)
from desktop.domain.emergency.plans import ResponseLevel
from desktop.standin.incidents import transaction
from desktop.standin.incidents.chain import Line
from desktop.standin.incidents.checks import plan_level
from desktop.standin.incidents.given import Given, running
from desktop.standin.incidents.journal import Effect
from desktop.standin.incidents.signing import is_enough_alone, level_word, signature
from desktop.standin.incidents.transaction import Act
from desktop.standin.wire import Problem


class LevelBody(Struct, frozen=True):
    level: ResponseLevel


def change_level(given: Given, body: LevelBody, wait_s: float | None) -> Act:
    """At once where one signature suffices; else it waits for the second person. Raises Problem."""
    incident = running(given)
    if body.level is incident.level:
        text = f"该响应已是{level_word(body.level)}"
        raise Problem(409, "same_level", text, current=incident)
    if incident.asked is not None:
        raise Problem(409, "level_asked", "已有一次级别变更待批准", current=incident)
    _, level = plan_level(given.city, incident.plan_id, body.level)
    if not given.by.confirmed:
        raise Problem(403, "confirm_missing", "变更级别前请重新输入密码")
    asked = LevelAsked(body.level, signature(given.by, given.at))
    if is_enough_alone(level, given.by):
        return _changed(given, replace(incident, asked=asked), "")
    until = given.at + timedelta(seconds=wait_s or level.targets.second_s)
    text = f"请求变更为{level_word(body.level)}，待第二人批准"
    line = Line("level_asked", text, given.name, incident.incident_id)
    return Act(replace(incident, asked=asked, second_until=until), (line,))


def approved(given: Given, second: Signature) -> Act:
    """The second person has signed the level that was asked for."""
    return _changed(given, replace(given.incident, second=second), given.name)


def withdrawn(given: Given, why: str) -> Act:
    """Taken back by who asked, or refused by another; the incident runs on."""
    asked = given.incident.asked
    assert asked is not None
    mine = asked.by.user_id == given.by.person.username
    outcome = LevelOutcome.WITHDRAWN if mine else LevelOutcome.REFUSED
    reason = f"：{why}" if why else ""
    text = f"{'撤回' if mine else '退回'}变更为{level_word(asked.level)}的请求{reason}"
    kept = settled(given.incident, outcome, given.at, given.name, why)
    return Act(kept, (Line("level_withdrawn", text, given.name),))


def expired(incident: Incident, at: datetime) -> Act:
    assert incident.asked is not None
    word = level_word(incident.asked.level)
    text = f"变更为{word}的请求无人批准，维持{level_word(incident.level)}"
    kept = settled(incident, LevelOutcome.EXPIRED, at)
    return Act(kept, (Line("level_expired", text),))


def settled(
    incident: Incident, outcome: LevelOutcome, at: datetime, by: str = "", reason: str = ""
) -> Incident:
    """Nothing waits any more, and it is known what became of it."""
    asked = incident.asked
    assert asked is not None
    told = LevelAnswer(
        level=asked.level, asked=asked.by, outcome=outcome, at=at, by=by, reason=reason,
        before=incident.level,
    )  # fmt: skip
    return replace(incident, asked=None, second_until=None, level_answer=told)


def _changed(given: Given, incident: Incident, by: str) -> Act:
    """With the scene of the other level, where that is another one."""
    assert incident.asked is not None
    level = incident.asked.level
    word = "升级" if level.rank < incident.level.rank else "降级"
    text = f"{word}：{level_word(incident.level)} → {level_word(level)}"
    lines = [Line("level", text, given.name, incident.incident_id)]
    effects: list[Effect] = []
    changed = replace(settled(incident, LevelOutcome.CHANGED, given.at, by), level=level)
    _, asked = plan_level(given.city, incident.plan_id, level)
    if asked.scene_id and asked.scene_id != incident.scene_id:
        changed = replace(changed, scene_id=asked.scene_id)
        transaction.add_wall(changed, given.at, given.key, given.name, lines, effects)
    return Act(changed, tuple(lines), tuple(effects))
