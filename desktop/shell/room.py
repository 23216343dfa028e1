"""Builds the stores and hands them out as one RoomContext."""

from pathlib import Path

from PySide6.QtCore import QObject

from desktop.assessment_rules import read_rules
from desktop.clock import SystemClock
from desktop.cockpit_rules import read_files, stamps_of
from desktop.context import Orders, Questions, RoomContext
from desktop.domain.link_messages import CatalogueChanged
from desktop.domain.privacy_masks import Masks
from desktop.settings import Settings
from desktop.shell.places import VIEW_IDS
from desktop.stores.alarms import AlarmStore
from desktop.stores.assessment import AssessmentStore
from desktop.stores.audit_log import AuditLog
from desktop.stores.board_screen import BoardScreen
from desktop.stores.cockpit_screen import CockpitScreen
from desktop.stores.cockpits import CockpitStore
from desktop.stores.emergency_draft import EmergencyDraft
from desktop.stores.escalation import EscalationStore
from desktop.stores.health import HealthStore, SessionStore
from desktop.stores.link_client import LinkClient, LinkedStores
from desktop.stores.map_state import MapState
from desktop.stores.masks import MaskStore
from desktop.stores.metrics import MetricStore
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
from desktop.stores.viewing import ViewingLog
from desktop.stores.wall import WallStore
from desktop.stores.wall_scenes import SceneStore
from desktop.stores.wall_screens import WallScreens


def link_client(socket_path: Path, owner: QObject) -> LinkClient:
    stores = LinkedStores(
        AlarmStore(owner), ReadingStore(owner), HealthStore(owner), SessionStore(owner)
    )
    return LinkClient(socket_path, stores, owner)


def build_room(
    client: LinkClient,
    orders: Orders,
    questions: Questions,
    settings: Settings,
    safe: bool,
    owner: QObject,
    masks: Masks | None = None,
    profile: Path | None = None,
) -> RoomContext:
    """`owner` keeps every store alive; in safe mode there is no video. `profile`:
    the folder with the own cockpits."""
    clock, stores = SystemClock(), client.stores
    video = None
    if not safe:
        from desktop.video.pool import VideoPool

        video = VideoPool(questions, clock, settings, owner)
    audit, tiles = AuditLog(client, stores.session, clock, owner), TileStore(owner)
    ViewingLog(tiles, stores.session, audit, clock, owner)
    preferences = Preferences(
        owner, text_scale_percent=settings.text_scale_percent, theme=settings.theme
    )
    wall = WallStore(owner)
    wall.keep_in(preferences)
    emergency = EmergencyDraft(owner)
    emergency.keep_in(preferences)
    tours, linkage = TourStore(owner), LinkageStore(owner)
    tours.keep_in(preferences)
    linkage.keep_in(preferences)
    scenes = SceneStore(owner)
    screens = WallScreens(wall, tours, scenes, owner)
    screens.keep_in(preferences)
    cockpit_screen = CockpitScreen(owner)
    cockpit_screen.keep_in(preferences)
    board_screen = BoardScreen(owner)
    board_screen.keep_in(preferences)
    metrics = MetricStore(owner, reads=questions, clock=clock)
    return RoomContext(
        alarms=stores.alarms,
        raised=RaisedLog(stores.alarms, clock, owner),
        cameras=Register(owner),
        points=Register(owner),
        alarm_classes=Register(owner),
        layers=Register(owner),
        readings=stores.readings,
        positions=stores.positions,
        weather=stores.weather,
        health=stores.health,
        session=stores.session,
        selection=Selection(owner),
        tiles=tiles,
        map_state=MapState(owner),
        video=video,
        orders=orders,
        questions=questions,
        clock=clock,
        settings=settings,
        preferences=preferences,
        sound=SoundState(owner),
        audit=audit,
        processes=ProcessState(owner),
        units=Register(owner),
        orgs=Register(owner),
        tickets=Register(owner),
        emergency=emergency,
        outreach=stores.outreach,
        escalation=EscalationStore(owner),
        incidents=stores.incidents,
        register_ages=RegisterAges(owner),
        wall=wall,
        snapshots=Snapshots(owner),
        tours=tours,
        tile_linkage=linkage,
        scenes=scenes,
        masks=MaskStore(masks, owner),
        screens=screens,
        board_screen=board_screen,
        printing=Printing(owner),
        assessment=_assessment(client, questions, owner),
        metrics=metrics,
        cockpits=_cockpits(metrics, profile, owner),
        cockpit_screen=cockpit_screen,
    )


def _cockpits(metrics: MetricStore, profile: Path | None, owner: QObject) -> CockpitStore:
    """Their files name the metrics that there are."""
    store = CockpitStore(lambda: read_files(profile, VIEW_IDS), lambda: stamps_of(profile), owner)

    def on_changed() -> None:
        if store.files is not None:
            metrics.put_registry(store.files.registry)

    store.changed.connect(on_changed)
    return store


def _assessment(client: LinkClient, questions: Questions, owner: QObject) -> AssessmentStore:
    """Counts again when the link says that cases have changed."""
    store = AssessmentStore(questions.cases, read_rules, SystemClock(), owner)

    def on_changed(change: CatalogueChanged) -> None:
        if change.name == "cases":
            store.refresh()

    client.catalogue_changed.connect(on_changed)
    return store
