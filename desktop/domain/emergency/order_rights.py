"""Which right an order on an incident needs, and whether the password again. Pure.

The table of rights knows actions; here stands what depends on the incident itself.
"""

from typing import NamedTuple

import msgspec

from desktop.domain.emergency.incidents import ACTIVATE, APPROVE, WITHDRAW, Incident, IncidentDraft
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.permissions import Action, action_of_order, needs_confirmation

_ONE_SIGNER = (ResponseLevel.III, ResponseLevel.IV)
_OWN_DRAFT = "复核须由另一人在另一席位进行，本人不能复核自己发起的响应"
_OWN_LEVEL = "复核须由另一人在另一席位进行，本人不能复核自己提出的级别变更"


class Needed(NamedTuple):
    """`refusal`: words why not, whatever the role may do."""

    action: Action
    password: bool
    refusal: str = ""


def needed_for(verb: str, json: bytes, incident: Incident | None, user_id: str) -> Needed | None:
    """None for a verb that nobody may give. `json`: the order's body; `incident`: as known here."""
    action = action_of_order(verb)
    if action is None:
        return None
    mine = incident is not None and incident.asker.user_id == user_id
    if verb == ACTIVATE:
        return _activation(json)
    if verb == WITHDRAW:  # takes back, commands nobody: without the password
        return Needed(Action.INCIDENT_DRAFT if mine else action, False)
    if verb == APPROVE and mine:
        of_level = incident is not None and incident.asked is not None
        return Needed(action, True, _OWN_LEVEL if of_level else _OWN_DRAFT)
    return Needed(action, needs_confirmation(action))


def _activation(json: bytes) -> Needed:
    """Of one signer it takes effect at once: the password. Of two it waits for the second one's."""
    try:
        draft = msgspec.json.decode(json, type=IncidentDraft)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Needed(Action.INCIDENT_DRAFT, True, "启动响应的内容不完整，未发出；请核对草案后重试")
    return Needed(Action.INCIDENT_DRAFT, draft.level in _ONE_SIGNER)
