"""Who may see a cockpit, and whose values somebody sees."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from desktop.domain.cockpit.cockpit_file import Cockpit, Panel
from desktop.domain.cockpit.metrics import CITY, Registry, ScopeKind
from desktop.domain.link_messages import User
from desktop.domain.orgs import Org, path_of
from desktop.domain.permissions import Role


def refusal_of(cockpit: Cockpit, roles: Iterable[str]) -> str:
    """Why not, in words; empty for who may."""
    if not cockpit.roles or set(roles) & set(cockpit.roles):
        return ""
    words = "、".join(_role_word(one) for one in cockpit.roles)
    text = QCoreApplication.translate("cockpit", "「{0}」只给{1}看")
    return text.format(cockpit.title, words)


def _role_word(role: str) -> str:
    return Role(role).word if role in set(Role) else role


def scope_of(user: User | None, orgs: Iterable[Org]) -> str:
    """The district of a leader who works for one, or below it; the city for everybody else: a
    centre watches all of it."""
    if user is None or user.org_id is None or Role.LEADER not in user.roles:
        return CITY
    way = path_of({one.org_id: one for one in orgs}, user.org_id)
    return next((one.district_id for one in reversed(way) if one.district_id), CITY)


def scope_of_panel(panel: Panel, registry: Registry, scope_id: str) -> str:
    """The city where one of its metrics is not told by district: weather is everybody's."""
    metrics = [registry.get(name) for name in panel.metrics]
    told = all(one is not None and one.is_told_for(ScopeKind.DISTRICT) for one in metrics)
    return scope_id if told else CITY
