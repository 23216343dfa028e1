"""What every command on an incident is given, and the state that it needs."""

from datetime import datetime
from typing import NamedTuple

from desktop.domain.emergency.incidents import Incident, IncidentState
from desktop.standin.accounts import Signed
from desktop.standin.incidents.book import IncidentBook
from desktop.standin.incidents.surroundings import Surroundings
from desktop.standin.wire import Problem

STATE_WORDS = {
    IncidentState.DRAFT: "尚待批准", IncidentState.ACTIVE: "正在执行",
    IncidentState.STANDING_DOWN: "正在解除", IncidentState.CLOSED: "已解除",
    IncidentState.WITHDRAWN: "已撤回", IncidentState.EXPIRED: "已过期",
}  # fmt: skip


class Given(NamedTuple):
    incident: Incident
    at: datetime
    key: str
    by: Signed
    city: Surroundings
    book: IncidentBook

    @property
    def name(self) -> str:
        return self.by.person.name


def running(given: Given) -> Incident:
    """Raises Problem(409) unless it is being carried out."""
    incident = given.incident
    if incident.state is not IncidentState.ACTIVE:
        text = f"该响应{STATE_WORDS[incident.state]}，不能再下达命令"
        raise Problem(409, "not_active", text, current=incident)
    return incident
