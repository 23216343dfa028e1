"""Reports to the trail wait for a dead link; a viewing is one row with its begin and end."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, Signal

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.link_messages import Audited, AuditKept, SessionState, User
from desktop.domain.permissions import Action
from desktop.stores.audit_log import AuditLog
from desktop.stores.health import SessionStore
from desktop.stores.tiles import TileStore
from desktop.stores.viewing import LONGEST, ViewingLog

NOW = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def move(self, seconds_s: float) -> None:
        self.at += timedelta(seconds=seconds_s)


class FakeClient(QObject):
    audit_kept = Signal(object)
    connected = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.up = True
        self.sent: list[Audited] = []

    def send(self, message: Audited) -> bool:
        if self.up:
            self.sent.append(message)
        return self.up


@pytest.fixture
def desk(qapp):
    class Desk:
        clock, client, session = Clock(), FakeClient(), SessionStore()

    made = Desk()
    made.session.put_session(SessionState(user=User("u1", "张敏", ("operator",))))
    made.audit = AuditLog(made.client, made.session, made.clock)
    made.tiles = TileStore()
    made.viewing = ViewingLog(made.tiles, made.session, made.audit, made.clock)
    return made


def test_that_a_report_names_who_did_it_and_waits_until_it_is_kept(desk):
    desk.audit.note(Action.SCREEN_LOCK, "desk")
    (sent,) = desk.client.sent
    assert (sent.action, sent.user, sent.role) == ("screen.lock", "u1", "operator")
    assert desk.audit.waiting == (sent,)
    desk.client.audit_kept.emit(AuditKept(entry_ids=(sent.entry_id,)))
    assert desk.audit.waiting == ()


def test_that_what_was_noted_without_a_link_is_sent_when_it_is_back(desk):
    desk.client.up = False
    desk.audit.note("screen.lock")
    desk.audit.note("screen.unlock")
    assert desk.client.sent == []
    desk.client.up = True
    desk.client.connected.emit()
    assert [entry.action for entry in desk.client.sent] == ["screen.lock", "screen.unlock"]
    desk.client.connected.emit()  # not confirmed yet: sent again, the link keeps one row
    assert len(desk.client.sent) == 4
    assert len({entry.entry_id for entry in desk.client.sent}) == 2


def show(desk, tile: int, camera_id: str | None, state: TileState = TileState.LIVE) -> None:
    desk.tiles.report(TileStatus(tile=tile, camera_id=camera_id, state=state))
    desk.tiles.flush()


def watched(desk) -> list[tuple[str, str]]:
    return [(entry.target, entry.reason) for entry in desk.client.sent]


def test_that_a_viewing_is_told_with_camera_begin_and_end(desk):
    show(desk, 2, "cam-7")
    desk.clock.move(65)
    show(desk, 2, "cam-8")
    assert watched(desk) == [("cam-7", "2 号画面 2026-07-14 16:00:00–16:01:05")]
    assert desk.client.sent[0].action == "video.live"


def test_that_a_picture_back_within_ten_seconds_is_one_viewing(desk):
    show(desk, 1, "cam-7")
    desk.clock.move(5)
    show(desk, 1, "cam-7", TileState.RETRY)
    desk.clock.move(9)
    desk.viewing.check()
    show(desk, 1, "cam-7")
    desk.clock.move(5)
    desk.viewing.check()
    assert watched(desk) == []
    show(desk, 1, "cam-7", TileState.RETRY)
    desk.clock.move(11)
    desk.viewing.check()
    ((camera, reason),) = watched(desk)
    assert camera == "cam-7" and reason.endswith("16:00:00–16:00:19")


def test_that_a_camera_that_never_showed_a_picture_was_not_watched(desk):
    show(desk, 1, "cam-7", TileState.OPENING)
    desk.clock.move(60)
    desk.viewing.check()
    desk.audit.close()
    assert watched(desk) == []


def test_that_a_long_viewing_is_told_in_parts(desk):
    show(desk, 1, "cam-7")
    desk.clock.move(LONGEST.total_seconds())
    desk.viewing.check()
    desk.clock.move(60)
    desk.audit.close()
    assert [camera for camera, _ in watched(desk)] == ["cam-7", "cam-7"]


def test_that_signing_out_ends_every_viewing(desk):
    show(desk, 1, "cam-7")
    show(desk, 2, "cam-8")
    desk.session.put_session(SessionState())
    assert sorted(camera for camera, _ in watched(desk)) == ["cam-7", "cam-8"]
