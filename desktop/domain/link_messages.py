"""What the link and the station say to each other over the profile's socket.

Every message is a msgspec struct with its class name as tag, sent as msgpack behind a
four-byte length (desktop.domain.framing). Times are aware datetimes.
"""

from enum import StrEnum

import msgspec

from desktop.domain.alarms import Alarm, AlarmEvent, AwareTime
from desktop.domain.emergency.incidents import Incident
from desktop.domain.freshness import Freshness
from desktop.domain.order_state import OrderCondition
from desktop.domain.outreach import Outreach, Receipt
from desktop.domain.points import Reading
from desktop.domain.positions import Position
from desktop.domain.weather import Weather


class Message(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base: the tag is the class name."""


# ---- link -> station ---------------------------------------------------------------------


class DemoAccount(msgspec.Struct, frozen=True):
    """An account that the stand-in shows on its sign-in page (never a real platform's)."""

    username: str
    password: str
    name: str
    role: str
    role_name: str


class User(msgspec.Struct, frozen=True):
    """The signed-in person. Source: POST /auth/token."""

    user_id: str
    name: str
    roles: tuple[str, ...] = ()
    org_id: str | None = None
    seat_id: str | None = None


class PlatformState(Message, frozen=True):
    """Which platform the link talks to; demo_accounts only from the stand-in."""

    url: str
    standin: bool = False
    demo_accounts: tuple[DemoAccount, ...] = ()


class SessionState(Message, frozen=True):
    """Who is signed in; `refused` is the operator's text when a sign-in failed."""

    user: User | None = None
    refused: str = ""


class AlarmSnapshot(Message, frozen=True):
    """All open alarms, in parts; `first` empties the list, `last` completes it."""

    alarms: tuple[Alarm, ...]
    first: bool
    last: bool


class AlarmEvents(Message, frozen=True):
    """Committed events; backfilled ones came by REST, late.

    Those of one alarm come in the order of (epoch, seq); grave alarms overtake the others.
    """

    events: tuple[AlarmEvent, ...]
    backfilled: bool = False


class Readings(Message, frozen=True):
    """The newest reading of each point that changed since the last such message."""

    readings: tuple[Reading, ...]


class Positions(Message, frozen=True):
    """The newest fix of each unit that changed since the last such message."""

    positions: tuple[Position, ...]


class WeatherTold(Message, frozen=True):
    weather: Weather


class OutreachTold(Message, frozen=True):
    """Messages and calls to people, each as it is now; `whole` stands for all before."""

    items: tuple[Outreach, ...]
    whole: bool = False


class IncidentsTold(Message, frozen=True):
    """Incidents, each as it is now; `whole` stands for all before.

    `offered` False: this platform has none of the paths of incidents. `listed` False: it has not
    been asked yet since the link began, and what is there is what the journal knows.
    """

    items: tuple[Incident, ...]
    whole: bool = False
    offered: bool = True
    listed: bool = True


class IncidentReceiptsTold(Message, frozen=True):
    """What crews and people said to orders and messages of incidents, many at a time."""

    receipts: tuple[Receipt, ...]


class CatalogueChanged(Message, frozen=True):
    """A register in cache.db has a new version: cameras, points, alarm_classes, layers."""

    name: str
    version: str
    count: int
    fetched_at: AwareTime


class ServiceCondition(StrEnum):
    UNKNOWN = "unknown"
    CONNECTING = "connecting"
    UP = "up"
    DOWN = "down"
    REFUSED = "refused"


class ServiceState(msgspec.Struct, frozen=True):
    """One light: `text` says in Chinese what is wrong and what is being done.

    `wait_s`: the platform itself asked for a pause, so many seconds are left.
    """

    condition: ServiceCondition = ServiceCondition.UNKNOWN
    since: AwareTime | None = None
    text: str = ""
    wait_s: float = 0.0


class FeedState(msgspec.Struct, frozen=True):
    """Counters of one feed since the link's start; age_s is the age of its last sign of life.

    `late` came by MQTT long after its own time; `cleaned` had texts that were cut or freed of
    what cannot be seen; `missing` are numbers of the log that neither MQTT nor REST has brought
    yet; `unmapped` names fields that this version does not read.
    """

    freshness: Freshness = Freshness.NEVER
    received: int = 0
    stored: int = 0
    rejected: int = 0
    duplicates: int = 0
    backfilled: int = 0
    age_s: float | None = None
    late: int = 0
    cleaned: int = 0
    missing: int = 0
    unmapped: tuple[str, ...] = ()


class OutboxState(msgspec.Struct, frozen=True):
    pending: int = 0
    expired: int = 0


class StorageNotice(msgspec.Struct, frozen=True):
    """What became of the desk's own files: lost, done, to do. A later one of the same key
    stands for it; one that is sent no more is over."""

    key: str
    title: str
    text: str
    at: AwareTime
    urgent: bool = False


class LinkHealth(Message, frozen=True):
    """Once a second and on each change. clock_offset_s is platform minus desk, None unknown."""

    mqtt: ServiceState
    rest: ServiceState
    feeds: dict[str, FeedState]
    outbox: OutboxState
    clock_offset_s: float | None = None
    storage: ServiceState = ServiceState()  # the profile's disk; DOWN: alarms are not saved
    storage_word: str = ""  # its state in one word, empty where there is nothing to say
    storage_notices: tuple[StorageNotice, ...] = ()


class OrderState(Message, frozen=True):
    """What became of an order; `text` is the operator's text of a refusal."""

    order_id: str
    verb: str
    target_id: str
    condition: OrderCondition
    text: str = ""
    result_id: str = ""  # what an accepted order has made: the incident of an activation


class Answer(Message, frozen=True):
    """Answer to a Question: JSON bytes of the platform, or an operator's text.

    `away`: the error is that the platform could not be reached, not that it refused.
    """

    request_id: str
    body: bytes | None = None
    error: str = ""
    away: bool = False


class AuditKept(Message, frozen=True):
    """These Audited reports are in audit.db: the station need not send them again."""

    entry_ids: tuple[str, ...]


# ---- station -> link ---------------------------------------------------------------------


class SignIn(Message, frozen=True):
    username: str
    password: str

    def __repr__(self) -> str:
        return f"SignIn(username={self.username!r}, password=<secret>)"


class SignOut(Message, frozen=True):
    pass


class Order(Message, frozen=True):
    """One order of the operator. order_id is a ULID and the idempotency key.

    verb and target: "acknowledge" of an alarm_id, body {"note": str}; one of INCIDENT_VERBS of an
    incident_id, body {"json": the platform's body, "revision": as the giver saw it}.
    After ttl_s without an answer it expires and is never sent by itself.
    """

    order_id: str
    verb: str
    target_id: str
    body: dict[str, str] = {}
    ttl_s: float = 120.0


class Question(Message, frozen=True):
    """A read of the platform.

    name: "live" {camera_id, profile}, "playback" {camera_id, from, to},
    "alarm_history" {alarm_id},
    "series" {point_id, metric, minutes}, "owner" {asset_id}, "layer_cell" {layer_id, z, x, y},
    "incident_timeline" {incident_id}, "camera_picture" {camera_id},
    "order_state" {order_id} (the link's own knowledge),
    "metrics" {names, scope, hours} (lists with commas), "metric_registry" {}.
    """

    request_id: str
    name: str
    params: dict[str, str] = {}


class Confirm(Message, frozen=True):
    """The password again, before one sensitive order (POST /auth/confirm).

    `action` is the value of the Action that it is for. The answer is an Answer.
    """

    request_id: str
    action: str
    password: str

    def __repr__(self) -> str:
        return f"Confirm(action={self.action!r}, password=<secret>)"


class Audited(Message, frozen=True):
    """What was done or seen at the station; kept in audit.db once per entry_id, then AuditKept."""

    entry_id: str
    at: AwareTime
    action: str
    target: str = ""
    outcome: str = "done"
    reason: str = ""
    user: str = ""
    role: str = ""


ToStation = (
    PlatformState
    | SessionState
    | AlarmSnapshot
    | AlarmEvents
    | Readings
    | Positions
    | WeatherTold
    | OutreachTold
    | IncidentsTold
    | IncidentReceiptsTold
    | CatalogueChanged
    | LinkHealth
    | OrderState
    | Answer
    | AuditKept
)
ToLink = SignIn | SignOut | Order | Question | Confirm | Audited
