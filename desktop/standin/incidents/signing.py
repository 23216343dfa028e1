"""Who may sign what: one person or two, never the same, never at the same seat."""

from datetime import datetime

from desktop.domain.emergency.incidents import Incident, Signature
from desktop.domain.emergency.plans import PlanLevel, ResponseLevel
from desktop.domain.permissions import role_words
from desktop.standin.accounts import PEOPLE, Signed
from desktop.standin.wire import Problem

_RANKS = {"operator": 1, "dispatcher": 2, "duty_officer": 3, "leader": 4}
_NUMERALS = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ"}


def level_word(level: ResponseLevel) -> str:
    return f"{_NUMERALS[level.value]}级"


def holds(role: str, signer_role: str) -> bool:
    """A role, or one above it."""
    return role == signer_role or _RANKS.get(role, 0) > _RANKS.get(signer_role, 9)


def is_enough_alone(level: PlanLevel, by: Signed) -> bool:
    """One signature suffices: the plan asks for one, its holder gives it, the password is fresh."""
    return not level.two_person and holds(by.person.role, level.signer_role) and by.confirmed


def check_second(
    level_id: ResponseLevel, level: PlanLevel, begun: Signature, by: Signed, now: Incident
) -> None:
    """Raises Problem(403) with the reason."""
    if by.person.username == begun.user_id:
        raise _refused("same_person", "第二人不能是发起人本人，请另一位值班领导批准", now)
    if by.seat_id == begun.seat_id:
        words = f"批准须在另一席位进行：本席与发起席同为 {by.seat_id}，请核对各席的 seat_id 设置"
        raise _refused("same_seat", words, now)
    if not by.confirmed:
        raise _refused("confirm_missing", "批准前请重新输入密码", now)
    if not (holds(by.person.role, level.signer_role) or holds(_role(begun), level.signer_role)):
        who = role_words([level.signer_role])
        raise _refused("signer_missing", f"{level_word(level_id)}响应须由{who}签发", now)


def signature(by: Signed, at: datetime) -> Signature:
    return Signature(by.person.username, by.person.name, by.seat_id, at)


def _role(begun: Signature) -> str:
    return next((one.role for one in PEOPLE if one.username == begun.user_id), "")


def _refused(code: str, text: str, now: Incident) -> Problem:
    return Problem(403, code, text, incident_id=now.incident_id)
