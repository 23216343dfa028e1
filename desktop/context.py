"""Everything that a view may touch, handed in; built once in desktop.shell.app."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from desktop.clock import Clock
from desktop.domain.alarms import AlarmEvent
from desktop.domain.assets import Asset, Owner
from desktop.domain.audit import AuditPage
from desktop.domain.camera_tree import CameraFinds, CameraRow, CameraTree
from desktop.domain.cameras import Camera, LiveAnswer
from desktop.domain.cockpit.series import MetricSeries
from desktop.domain.duty import Duty
from desktop.domain.emergency.incidents import TimelineEntry
from desktop.domain.emergency.plans import Plan
from desktop.domain.findings import Report
from desktop.domain.orgs import Org
from desktop.domain.outreach import Draft
from desktop.domain.permissions import Action
from desktop.domain.points import AlarmClass, Point, Reading
from desktop.domain.registers import Facet, RegisterState, RowFilter, RowKeys, TableRow
from desktop.domain.search import Hit
from desktop.domain.tickets import Ticket
from desktop.domain.units import Unit
from desktop.settings import Settings
from desktop.stores.alarms import AlarmStore
from desktop.stores.assessment import AssessmentStore, CaseReads
from desktop.stores.audit_log import AuditLog
from desktop.stores.board_screen import BoardScreen
from desktop.stores.cockpit_screen import CockpitScreen
from desktop.stores.cockpits import CockpitStore
from desktop.stores.emergency_draft import EmergencyDraft
from desktop.stores.escalation import EscalationStore
from desktop.stores.health import HealthStore, SessionStore
from desktop.stores.incidents import IncidentStore
from desktop.stores.map_state import MapState
from desktop.stores.masks import MaskStore
from desktop.stores.metrics import MetricStore
from desktop.stores.outreach import OutreachStore
from desktop.stores.positions import PositionStore
from desktop.stores.preferences import Preferences
from desktop.stores.printing import Printing
from desktop.stores.process_state import ProcessState
from desktop.stores.raised_log import RaisedLog
from desktop.stores.readings import ReadingStore
from desktop.stores.registers import Register, RegisterAges
from desktop.stores.selection import Selection
from desktop.stores.snapshots import Snapshots
from desktop.stores.sound_state import SoundState
from desktop.stores.tile_linkage import LinkageStore
from desktop.stores.tiles import TileStore
from desktop.stores.tours import TourStore
from desktop.stores.wall import WallStore
from desktop.stores.wall_scenes import SceneStore
from desktop.stores.wall_screens import WallScreens
from desktop.stores.weather import WeatherStore
from desktop.tasks import AsyncAction

__all__ = ["AsyncAction", "Orders", "Questions", "RoomContext", "ViewSpec"]

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.video.pool import VideoPool


class Orders(Protocol):
    """What an operator can order. Each raises PlatformError with the operator's text."""

    async def sign_in(self, username: str, password: str) -> None: ...

    async def sign_out(self) -> None: ...

    async def acknowledge(self, alarm_id: str, note: str = "") -> None:
        """Returns when the platform has accepted; the row turns with the platform's event."""
        ...

    async def send_message(self, draft: Draft) -> str:
        """Gives the order's id; room.outreach tells how far it has come."""
        ...

    async def place_call(self, draft: Draft) -> str:
        """By the dispatch phone of the desk; one person, or a group call."""
        ...

    async def hang_up(self, order_id: str) -> None: ...

    async def incident(self, verb: str, incident_id: str, body: object, order_id: str = "") -> str:
        """One of INCIDENT_VERBS; `body`: a struct of domain.emergency, or a dict; `order_id`: a
        ULID that was noted before, so that the result is found also after a restart.

        Gives the order's id, which is the idempotency key, once the platform has accepted; the
        incident itself comes by room.incidents.
        """
        ...

    async def confirm(self, password: str, action: Action) -> None:
        """The password again, for the next order of this kind; see widgets.confirm_dialog."""
        ...


class RegisterReads(Protocol):
    """Reads of cache.db beside the GUI loop; `name` is one of the registers mirrored there."""

    async def states(self) -> tuple[RegisterState, ...]: ...

    async def keys(self, name: str, wanted: RowFilter) -> RowKeys:
        """Which rows pass a filter."""
        ...

    async def page(self, table: str, numbers: Sequence[int]) -> dict[int, TableRow]:
        """The rows of some numbers of RowKeys; what went meanwhile is not in it."""
        ...

    async def facets(self, name: str) -> dict[str, tuple[Facet, ...]]:
        """Values and counts of kind, district_id, state and source."""
        ...

    async def names(self, name: str) -> dict[str, str]:
        """id -> name of a small register."""
        ...

    async def body(self, name: str, row_id: str) -> bytes | None:
        """JSON of one row."""
        ...

    async def nearest(
        self, name: str, lon_deg: float, lat_deg: float, count: int
    ) -> Sequence[Hit]: ...

    async def in_box(
        self, name: str, box_deg: tuple[float, float, float, float], limit: int = 2000
    ) -> Sequence[Hit]:
        """`box_deg`: west, south, east, north."""
        ...

    async def camera_outline(self) -> CameraTree:
        """Platforms and districts with counts, at once; without cameras."""
        ...

    async def camera_tree(self) -> CameraTree:
        """The whole directory; read anew only when the register has changed."""
        ...

    async def find_cameras(
        self, tree: CameraTree, text: str, kind_words: Mapping[str, str], limit: int
    ) -> CameraFinds:
        """By name, pinyin initials, tag, kind, place, id and platform; the best first."""
        ...

    async def camera_rows(self, ids: Sequence[str]) -> dict[str, CameraRow]:
        """Cameras by id; what is not registered is not in it."""
        ...


class Questions(Protocol):
    """What a view can ask of the platform. Each raises PlatformError."""

    async def live(self, camera_id: str, profile: str) -> LiveAnswer: ...

    async def playback(self, camera_id: str, start: datetime, end: datetime) -> LiveAnswer:
        """Address of what was recorded between two times; short-lived and secret."""
        ...

    async def alarm_history(self, alarm_id: str) -> tuple[AlarmEvent, ...]: ...

    async def series(self, point_id: str, metric: str, minutes: int) -> tuple[Reading, ...]: ...

    async def layer(self, layer_id: str) -> bytes | None:
        """GeoJSON of one layer from cache.db, None where it is not mirrored yet."""
        ...

    async def layer_cell(self, layer_id: str, z: int, x: int, y: int) -> bytes | None:
        """GeoJSON of one tile of a layer; what was seen before also without the platform."""
        ...

    async def camera_picture(self, camera_id: str) -> bytes:
        """JPEG or PNG of what the camera shows now, as the platform gives it: without mask or
        mark. Never stored."""
        ...

    async def search(self, text: str, kinds: Sequence[str] = (), limit: int = 20) -> Sequence[Hit]:
        """Rows of the registers by words, id or pinyin initials; `kinds` of domain.search."""
        ...

    async def asset(self, asset_id: str) -> Asset | None:
        """One item with its owner, whose phone is masked; from cache.db."""
        ...

    async def duty(self) -> Sequence[Duty]:
        """The roster as it is mirrored; see domain.duty.on_duty."""
        ...

    async def assets_in(
        self, box_deg: tuple[float, float, float, float], class_ids: Sequence[str], limit: int
    ) -> Sequence[Asset]:
        """Items of some classes within west, south, east, north; from cache.db."""
        ...

    async def owner(self, asset_id: str) -> Owner:
        """Who answers for an item, with the whole phone: asked of the platform, by right."""
        ...

    async def incident_timeline(self, incident_id: str) -> tuple[TimelineEntry, ...]:
        """As the platform keeps it, oldest first."""
        ...

    async def metrics(
        self, names: Sequence[str], scopes: Sequence[str], hours: float = 0.0
    ) -> tuple[MetricSeries, ...]:
        """City metrics; MetricStore is what views use."""
        ...

    async def metric_units(self) -> dict[str, str]: ...

    async def examine_platform(self) -> Report:
        """The contract, call by call, against the platform in use; takes up to a minute."""
        ...

    async def examine_machine(self) -> Report: ...

    async def audit_page(self) -> AuditPage:
        """The newest rows of the audit trail, and whether its chain holds; by right."""
        ...

    @property
    def cases(self) -> CaseReads:
        """Reads of the mirrored cases; AssessmentStore is what views use."""
        ...

    @property
    def registers(self) -> RegisterReads:
        """Reads of the mirrored registers for tables and cards."""
        ...


def _no_screens() -> WallScreens:
    return WallScreens(WallStore(), TourStore(), SceneStore())


@dataclass(frozen=True)
class RoomContext:
    """One control room: its state and the orders it can give. Views get nothing else."""

    alarms: AlarmStore
    raised: RaisedLog
    cameras: Register[Camera]
    points: Register[Point]
    alarm_classes: Register[AlarmClass]
    layers: Register[str]  # layer_id -> ETag
    readings: ReadingStore
    health: HealthStore
    session: SessionStore
    selection: Selection
    tiles: TileStore
    map_state: MapState
    video: "VideoPool | None"  # None in safe mode
    orders: Orders
    questions: Questions
    clock: Clock
    settings: Settings
    positions: PositionStore = field(default_factory=PositionStore, kw_only=True)
    weather: WeatherStore = field(default_factory=WeatherStore, kw_only=True)
    preferences: Preferences = field(default_factory=Preferences, kw_only=True)
    sound: SoundState = field(default_factory=SoundState, kw_only=True)
    audit: AuditLog = field(default_factory=AuditLog, kw_only=True)
    processes: ProcessState = field(default_factory=ProcessState, kw_only=True)
    units: Register[Unit] = field(default_factory=Register, kw_only=True)
    orgs: Register[Org] = field(default_factory=Register, kw_only=True)
    tickets: Register[Ticket] = field(default_factory=Register, kw_only=True)
    plans: Register[Plan] = field(default_factory=Register, kw_only=True)
    incidents: IncidentStore = field(default_factory=IncidentStore, kw_only=True)
    metrics: MetricStore = field(default_factory=MetricStore, kw_only=True)
    cockpits: CockpitStore = field(default_factory=CockpitStore, kw_only=True)
    cockpit_screen: CockpitScreen = field(default_factory=CockpitScreen, kw_only=True)
    emergency: EmergencyDraft = field(default_factory=EmergencyDraft, kw_only=True)
    outreach: OutreachStore = field(default_factory=OutreachStore, kw_only=True)
    escalation: EscalationStore = field(default_factory=EscalationStore, kw_only=True)
    register_ages: RegisterAges = field(default_factory=RegisterAges, kw_only=True)
    wall: WallStore = field(default_factory=WallStore, kw_only=True)
    snapshots: Snapshots = field(default_factory=Snapshots, kw_only=True)
    tours: TourStore = field(default_factory=TourStore, kw_only=True)
    tile_linkage: LinkageStore = field(default_factory=LinkageStore, kw_only=True)
    scenes: SceneStore = field(default_factory=SceneStore, kw_only=True)
    masks: MaskStore = field(default_factory=lambda: MaskStore({}), kw_only=True)
    screens: WallScreens = field(default_factory=_no_screens, kw_only=True)
    board_screen: BoardScreen = field(default_factory=BoardScreen, kw_only=True)
    printing: Printing = field(default_factory=Printing, kw_only=True)
    assessment: AssessmentStore | None = field(default=None, kw_only=True)  # None in bare tests


@dataclass(frozen=True)
class ViewSpec:
    """One view: `build` makes its widget once; the shell places it."""

    view_id: str
    title: str  # Chinese source text, translated by the shell
    icon: str  # file name in resources/icons
    build: "Callable[[RoomContext], QWidget]"
