"""Commands on incidents: rights, once per key, on the revision that was seen, one transaction."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
from fastapi.responses import Response
from msgspec.structs import replace

from desktop.domain.emergency.incidents import (
    ACTIVATE,
    ADD_ORDERS,
    APPROVE,
    CLOCK,
    NOTE,
    RAISE_LEVEL,
    RECALL,
    STAND_DOWN,
    TICK,
    WITHDRAW,
    Incident,
    IncidentDraft,
)
from desktop.domain.permissions import Action, can, why_not
from desktop.standin.accounts import Signed
from desktop.standin.incidents import course, levels
from desktop.standin.incidents.book import IncidentBook, UnknownIncident
from desktop.standin.incidents.chain import Line
from desktop.standin.incidents.checks import body_of, check_draft, plan_level
from desktop.standin.incidents.given import Given
from desktop.standin.incidents.journal import Done
from desktop.standin.incidents.settings import Settings
from desktop.standin.incidents.signing import is_enough_alone, level_word, signature
from desktop.standin.incidents.surroundings import Surroundings
from desktop.standin.incidents.transaction import Act, activated, drafted
from desktop.standin.ledger import Ledger
from desktop.standin.wire import Problem, answer

log = logging.getLogger(__name__)

RIGHTS = {
    ACTIVATE: Action.INCIDENT_DRAFT, APPROVE: Action.INCIDENT_APPROVE,
    WITHDRAW: Action.INCIDENT_APPROVE, ADD_ORDERS: Action.INCIDENT_ORDER,
    RECALL: Action.INCIDENT_RECALL, NOTE: Action.INCIDENT_NOTE, TICK: Action.INCIDENT_NOTE,
    CLOCK: Action.INCIDENT_NOTE, RAISE_LEVEL: Action.INCIDENT_APPROVE,
    STAND_DOWN: Action.INCIDENT_STAND_DOWN,
}  # fmt: skip
VERSIONED = frozenset((APPROVE, WITHDRAW, ADD_ORDERS, RECALL, RAISE_LEVEL, STAND_DOWN))
"""Given on what the desk has seen; the others do no harm to a newer incident."""
_KINDS = {
    APPROVE: "approved", WITHDRAW: "withdrawn", ADD_ORDERS: "orders", RECALL: "recalling",
    NOTE: "noted", TICK: "ticked", CLOCK: "clock", RAISE_LEVEL: "level",
    STAND_DOWN: "standing_down",
}  # fmt: skip


@dataclass(frozen=True)
class Command:
    """`revision` is If-Match; None where it was not sent. `part`: the order of a recall.

    `expires`: what is seen for the first time after it is not carried out.
    """

    verb: str
    incident_id: str
    raw: bytes
    key: str
    by: Signed
    revision: int | None = None
    part: str = ""
    expires: datetime | None = None


class IncidentCommands:
    """Carries out commands once per key. `on_active` hears of a real one that has begun."""

    def __init__(
        self, book: IncidentBook, city: Surroundings, ledger: Ledger, settings: Settings,
        on_active: Callable[[Incident], None],
    ) -> None:  # fmt: skip
        self._book, self._city, self._ledger = book, city, ledger
        self._settings, self._on_active = settings, on_active

    def carry_out(self, command: Command) -> Response:
        """The same key gives the same answer again; a refusal uses nothing up. Raises Problem."""
        target = command.incident_id or "incidents"
        who = command.by.person.username
        try:
            response = self._decide(command)
        except Problem as problem:
            self._ledger.order(command.key, command.verb, target, who, problem.status)
            raise
        self._ledger.order(command.key, command.verb, target, who, response.status_code)
        return response

    def _decide(self, command: Command) -> Response:
        if not command.key:
            raise Problem(428, "key_missing", "命令缺少 Idempotency-Key")
        mark = _fingerprint(command)
        if (known := self._book.done(command.key)) is not None:
            done, incident = known
            if done.fingerprint != mark:
                raise Problem(422, "key_reused", "同一个 Idempotency-Key 用于不同的命令")
            return answer(incident, done.status)
        status = 202 if command.verb == ACTIVATE else 200
        done = Done(command.key, mark, status, 0)
        at = self._city.now()
        if command.expires is not None and _aware(command.expires) < at:
            raise Problem(410, "order_expired", "命令已过时限，平台没有执行")
        try:
            made = self._activate(command, at, done) if command.verb == ACTIVATE else (
                self._change(command, at, done))  # fmt: skip
        except OSError as error:
            log.error("an incident could not be kept: %s", error)
            raise Problem(507, "not_kept", "平台无法保存，命令没有执行，请稍后重试") from None
        return answer(made, status)

    # ---- activation ---------------------------------------------------------------------------

    def _activate(self, command: Command, at: datetime, done: Done) -> Incident:
        by, book = command.by, self._book
        draft = body_of(command.raw, IncidentDraft)
        _check_right(command, None)
        if draft.drill and not can(by.person.role, Action.DRILL_RUN):
            raise Problem(403, "no_right", why_not([by.person.role], Action.DRILL_RUN))
        plan, level = plan_level(self._city, draft.plan_id, draft.level)
        check_draft(draft, self._city, book)
        incident = drafted(draft, plan, signature(by, at), self._city)
        if is_enough_alone(level, by):
            act = activated(incident, at, command.key, by.person.name)
            made = book.commit(act.incident, "activated", at, act.lines, act.effects, done)
            self._on_active(made)
            return made
        wait_s = self._settings.second_s or level.targets.second_s
        incident = replace(incident, second_until=at + timedelta(seconds=wait_s))
        mark = "【演练】" if draft.drill else ""
        text = f"{mark}发起{level_word(draft.level)}响应「{draft.title}」，待第二人批准"
        line = Line("drafted", text, by.person.name, incident.incident_id)
        return book.commit(incident, "drafted", at, [line], done=done)

    # ---- everything after it ------------------------------------------------------------------

    def _change(self, command: Command, at: datetime, done: Done) -> Incident:
        try:
            before = self._book.get(command.incident_id)
        except UnknownIncident:
            text = f"没有响应 {command.incident_id[:60]}"
            raise Problem(404, "no_such_incident", text) from None
        _check_right(command, before)
        _check_revision(command, before)
        act = self._act(command, before, at)
        changed = replace(act.incident, revision=before.revision + 1)
        kind = _KINDS[command.verb]
        made = self._book.commit(changed, kind, at, act.lines, act.effects, done)
        if command.verb == APPROVE and before.second_until is not None and before.asked is None:
            self._on_active(made)
        return made

    def _act(self, command: Command, before: Incident, at: datetime) -> Act:
        """Raises Problem."""
        given = Given(before, at, command.key, command.by, self._city, self._book)
        match command.verb:
            case v if v == APPROVE:
                return course.approve(given)
            case v if v == WITHDRAW:
                return course.withdraw(given, body_of(command.raw, course.Reason))
            case v if v == ADD_ORDERS:
                return course.add_orders(given, body_of(command.raw, course.MoreOrders))
            case v if v == RECALL:
                return course.recall(given, command.part, body_of(command.raw, course.Reason))
            case v if v == STAND_DOWN:
                return course.stand_down(given, body_of(command.raw, course.Reason))
            case v if v == NOTE:
                return course.note(given, body_of(command.raw, course.Text))
            case v if v == TICK:
                return course.tick(given, body_of(command.raw, course.TickBody))
            case v if v == RAISE_LEVEL:
                wait_s = self._settings.second_s
                return levels.change_level(given, body_of(command.raw, levels.LevelBody), wait_s)
            case _:
                return course.set_clock(given, body_of(command.raw, course.ClockBody))


def _check_right(command: Command, before: Incident | None) -> None:
    role, right = command.by.person.role, RIGHTS[command.verb]
    if can(role, right):
        return
    mine = before is not None and before.begun.user_id == command.by.person.username
    if command.verb == WITHDRAW and mine:
        return  # who began it may take it back
    raise Problem(403, "no_right", why_not([role], right))


def _check_revision(command: Command, before: Incident) -> None:
    if command.verb not in VERSIONED:
        return
    if command.revision is None:
        raise Problem(428, "revision_missing", "命令缺少 If-Match")
    if command.revision != before.revision:
        raise Problem(409, "stale_revision", "该响应已有更新，请看过再操作", current=before)


def _aware(time: datetime) -> datetime:
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)


def _fingerprint(command: Command) -> str:
    """Of verb, target, person and what the body says, whatever its spaces and order."""
    try:
        body = msgspec.json.encode(msgspec.json.decode(command.raw or b"{}"), order="sorted")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        body = command.raw
    facts = [command.verb, command.incident_id, command.part, command.by.person.username]
    return hashlib.sha256("\0".join(facts).encode("utf-8", "replace") + body).hexdigest()
