"""Alarms as the platform sends them, and what a desk may ask of one."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Protocol

import msgspec

from desktop.domain.levels import WarningLevel

AwareTime = Annotated[datetime, msgspec.Meta(tz=True)]
LonDeg = Annotated[float, msgspec.Meta(ge=-180.0, le=180.0)]
LatDeg = Annotated[float, msgspec.Meta(ge=-90.0, le=90.0)]
Sequence = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Condition(StrEnum):
    """Whether the cause is still there; rtn is "returned to normal" (ISA-18.2)."""

    ACTIVE = "active"
    RTN = "rtn"


class Suppression(StrEnum):
    NONE = "none"
    SHELVED = "shelved"
    SUPPRESSED = "suppressed"
    OUT_OF_SERVICE = "out_of_service"


class Flow(StrEnum):
    """Where the handling stands: 预警 研判 处置 核查 办结 误报."""

    WARNING = "warning"
    ASSESS = "assess"
    HANDLING = "handling"
    VERIFY = "verify"
    DONE = "done"
    FALSE = "false"


class Verification(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Quality(StrEnum):
    GOOD = "good"
    STALE = "stale"


class Origin(StrEnum):
    PLATFORM = "platform"
    DESK = "desk"


class Acknowledgement(msgspec.Struct, frozen=True):
    by: str
    at: AwareTime
    note: str = ""


class Clip(msgspec.Struct, frozen=True):
    camera_id: str
    start: AwareTime = msgspec.field(name="from")
    end: AwareTime = msgspec.field(name="to")


class Note(msgspec.Struct, frozen=True):
    by: str
    at: AwareTime
    text: str


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """One alarm after its latest event.

    Source: `Alarm` of the platform contract; MQTT city/{adcode}/alarm/event and
    GET /alarms, /alarm-events. Positions are CGCS2000. Fields that are not known here
    are ignored by the decoder; the journal keeps the message as it came.
    """

    alarm_id: str
    revision: Annotated[int, msgspec.Meta(ge=0)]
    epoch: str
    seq: Sequence
    class_id: str
    level: WarningLevel
    condition: Condition
    title: str
    raised_at: AwareTime
    updated_at: AwareTime
    condition_key: str = ""
    point_id: str | None = None
    asset_id: str | None = None
    peak_level: WarningLevel | None = None
    ack: Acknowledgement | None = None
    suppression: Suppression = Suppression.NONE
    suppressed_until: AwareTime | None = None
    flow: Flow = Flow.WARNING
    detail: str = ""
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    confidence: float | None = None
    verification: Verification = Verification.CONFIRMED
    lon_deg: LonDeg | None = msgspec.field(default=None, name="lon")
    lat_deg: LatDeg | None = msgspec.field(default=None, name="lat")
    district_id: str | None = None
    grid_id: str | None = None
    org_id: str | None = None
    camera_ids: tuple[str, ...] = ()
    guidance: str = ""  # at most three steps, one a line, each starting with a verb
    cause_id: str | None = None
    occurrences: int = 1
    cleared_at: AwareTime | None = None
    assigned_to: str | None = None
    claimed_by: str | None = None
    latched: bool = False
    quality: Quality = Quality.GOOD
    origin: Origin = Origin.PLATFORM
    clip: Clip | None = None
    notes: tuple[Note, ...] = ()
    case_id: str | None = None
    incident_id: str | None = None
    snapshot_url: str | None = None

    @property
    def state(self) -> "AlarmState":
        return alarm_state(self)

    @property
    def is_open(self) -> bool:
        """Listed until it is normal, acknowledged and its handling has ended."""
        return self.state is not AlarmState.CLOSED


class AlarmEvent(msgspec.Struct, frozen=True):
    """One entry of the platform's gap-free log; (epoch, seq) is its identity.

    Source: MQTT city/{adcode}/alarm/event, GET /alarm-events.
    """

    epoch: str
    seq: Sequence
    kind: str  # raised, updated, cleared, acknowledged, closed ...
    at: AwareTime
    alarm: Alarm


class AlarmHead(msgspec.Struct, frozen=True):
    """The last sequence number the platform gave, every 2 s: heartbeat and loss detector.

    Source: MQTT city/{adcode}/alarm/head, retained.
    """

    epoch: str
    seq: Sequence
    at: AwareTime
    open: dict[str, int] = {}


class AlarmState(StrEnum):
    """The one word a list shows, derived from condition, ack, suppression and flow."""

    ACTIVE_UNACKED = "active_unacked"
    ACTIVE_ACKED = "active_acked"
    RTN_UNACKED = "rtn_unacked"
    LATCHED = "latched"
    SHELVED = "shelved"
    SUPPRESSED = "suppressed"
    OUT_OF_SERVICE = "out_of_service"
    RTN_OPEN = "rtn_open"  # normal and acknowledged, handling not ended
    CLOSED = "closed"


def alarm_state(alarm: Alarm) -> AlarmState:
    """Suppression hides before anything else; the life-cycle table is in alarm_lifecycle.py."""
    if alarm.suppression is not Suppression.NONE:
        return AlarmState(alarm.suppression.value)
    if alarm.condition is Condition.ACTIVE:
        return AlarmState.ACTIVE_ACKED if alarm.ack else AlarmState.ACTIVE_UNACKED
    if alarm.ack is None:
        return AlarmState.RTN_UNACKED
    if alarm.latched:
        return AlarmState.LATCHED
    if alarm.flow in (Flow.HANDLING, Flow.VERIFY):
        return AlarmState.RTN_OPEN
    return AlarmState.CLOSED


def needs_acknowledgement(alarm: Alarm) -> bool:
    return alarm.state in (AlarmState.ACTIVE_UNACKED, AlarmState.RTN_UNACKED)


class Numbered(Protocol):
    """What a gap-free log of the platform tells the present state of."""

    @property
    def epoch(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def revision(self) -> int: ...


def supersedes(new: Numbered, old: Numbered | None) -> bool:
    """Order is by the platform's sequence within an epoch, never by clock.

    Another epoch means that the platform's store was reset: what comes now stands.
    """
    if old is None or new.epoch != old.epoch:
        return True
    return (new.seq, new.revision) > (old.seq, old.revision)
