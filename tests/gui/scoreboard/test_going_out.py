"""Out of the desk: the bulletin on paper, and the ranking on another monitor; by right, noted."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.domain.assessment.figures import Level
from desktop.domain.monitors import Monitor, ScreenId
from desktop.domain.permissions import Action
from desktop.shell import printing
from desktop.shell.board_window import BoardWindows
from desktop.shell.printing import Printer, printers
from desktop.stores.board_screen import BoardScreen, Pushed
from desktop.stores.preferences import Preferences
from desktop.stores.snapshots import Document
from tests.gui.driving import until
from tests.gui.fake_room import NOW, open_room
from tests.score_figures import street_figures
from views.scoreboard.bulletin_dialog import BulletinDialog
from views.scoreboard.bulletin_paper import html_of
from views.scoreboard.wall_board import WallBoard

DESK = Monitor(ScreenId("DESK"), 0, 0, 1920, 1080, 1, is_desk=True)
OTHER = Monitor(ScreenId("OTHER"), 1920, 0, 1920, 1080, 2)
MONTH = Pushed(Level.DISTRICT, "2026-06")
PAPER = Document(b"%PDF-1.4 body", "绩效通报", ".pdf", "district/2026-06", NOW,
                 Action.STATISTICS_EXPORT)  # fmt: skip


@pytest.fixture
def leader(room):
    open_room(room, role="leader")
    room.screens.show_monitors((DESK, OTHER))
    return room


@pytest.fixture
def service(tmp_path, monkeypatch):
    """A print service that keeps what it was given; gives its folder."""
    (tmp_path / "lpstat").write_text(
        '#!/bin/sh\ncase $1 in -e) printf "hall\\nroom\\n";; '
        '*) echo "system default destination: room";; esac\n'
    )
    (tmp_path / "lp").write_text(
        f'#!/bin/sh\n[ "$2" = hall ] && {{ echo "no such printer" >&2; exit 1; }}\n'
        f'cat > {tmp_path}/printed\necho "$@" > {tmp_path}/words\n'
    )
    for name in ("lp", "lpstat"):
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_that_the_bulletin_is_seen_before_it_goes_and_is_filed_by_its_right(shown, leader):
    filed: list[Document] = []
    leader.snapshots.filed.connect(filed.append)

    async def body(page) -> None:
        QTest.mouseClick(page.bar.bulletin, Qt.MouseButton.LeftButton)
        (dialog,) = page.findChildren(BulletinDialog)
        assert not dialog.saving.isEnabled()  # nothing to save yet
        await until(lambda: dialog.saving.isEnabled(), 20)
        assert dialog.told.text().startswith("共 ")
        QTest.mouseClick(dialog.saving, Qt.MouseButton.LeftButton)
        leader.snapshots.filing_answered.emit("已存：/somewhere")
        assert dialog.told.text() == "已存：/somewhere"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        page.choose_robust(True)  # a closed preview takes nothing with it
        await until(lambda: page.out._dialog is None)

    shown(body)
    (document,) = filed
    assert document.data.startswith(b"%PDF")
    assert (document.stem, document.suffix) == ("绩效通报-区-2026-06", ".pdf")
    assert document.action is Action.STATISTICS_EXPORT


def test_that_who_may_not_take_figures_away_is_offered_no_way_out(shown, room):
    room.screens.show_monitors((DESK, OTHER))

    async def body(page) -> None:
        for button in (page.bar.out, page.bar.bulletin, page.bar.pushing):
            assert not button.isEnabled()
            assert "权限" in button.toolTip() or "值班员" in button.toolTip()

    shown(body)


def test_that_names_on_paper_stay_words():
    from tests.unit.commands.test_assessment_bulletin import HEADING, made

    html = html_of(made(heading=HEADING.__class__(title="<img src=x>", period="", level="")))
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html


def test_that_a_paper_goes_to_the_printer_as_it_is_and_is_noted(leader, run, service):
    said: list[str] = []
    leader.printing.answered.connect(said.append)
    printer = Printer(leader)

    async def body() -> None:
        leader.printing.send(PAPER, "room")
        await until(lambda: bool(said))

    run(body())
    assert (service / "printed").read_bytes() == PAPER.data
    assert said[0].startswith("已送打印机 room")
    note = leader.audit.waiting[-1]
    assert (note.action, note.target, note.outcome) == (
        "statistics.export",
        "district/2026-06",
        "done",
    )
    printer.deleteLater()


def test_that_a_printer_that_refuses_is_told_in_its_words(leader, run, service):
    said: list[str] = []
    leader.printing.answered.connect(said.append)
    printer = Printer(leader)

    async def body() -> None:
        leader.printing.send(PAPER, "hall")
        await until(lambda: bool(said))

    run(body())
    assert "no such printer" in said[0]
    assert leader.audit.waiting[-1].outcome == "failed"
    printer.deleteLater()


def test_that_who_may_not_prints_nothing(room, run, service):
    said: list[str] = []
    open_room(room, role="operator")
    room.printing.answered.connect(said.append)
    printer = Printer(room)
    room.printing.send(PAPER, "room")
    assert said
    assert room.audit.waiting[-1].outcome == "no_right"
    assert not (service / "printed").exists()
    printer.deleteLater()


def test_that_the_usual_printer_comes_first_and_none_is_no_fault(service, monkeypatch):
    assert printers() == ("room", "hall")
    monkeypatch.setattr(printing, "LIMIT_S", 0.5)
    (service / "lpstat").write_text("#!/bin/sh\nsleep 5\n")
    assert printers() == ()
    monkeypatch.setenv("PATH", str(service / "nowhere"))
    assert printers() == ()


# ---- another monitor ---------------------------------------------------------------------------


def test_that_the_ranking_is_pushed_to_a_monitor_and_noted(shown, leader):
    async def body(page) -> None:
        page.out.push(OTHER, page.outgoing())
        assert leader.board_screen.pushed == MONTH
        assert page.bar.pushing.text() == "投屏中"

    shown(body)
    note = leader.audit.waiting[-1]
    assert (note.action, note.reason) == ("statistics.export", "投屏到屏 2")


def test_that_with_one_monitor_there_is_nowhere_to_push_to(shown, leader):
    leader.screens.show_monitors((DESK,))

    async def body(page) -> None:
        assert not page.bar.pushing.isEnabled()
        assert "一台显示器" in page.bar.pushing.toolTip()
        leader.screens.show_monitors((DESK, OTHER))
        assert page.bar.pushing.isEnabled()

    shown(body)


def test_that_the_room_sees_every_unit_page_by_page(run, leader, source):
    async def body() -> None:
        wall = WallBoard(leader, source)
        wall.resize(1920, 1080)
        wall.show()
        wall.show_pushed(Pushed(Level.STREET, "2026-06"))
        await until(lambda: wall.board is not None)
        assert wall.page_count == 4
        seen = [line.row.unit_id for page in wall._pages for line in page if line.row is not None]
        assert len(seen) == len(set(seen)) == 40
        assert all(page[-1].row is not None for page in wall._pages)
        wall.turn()
        assert wall.page == 1
        source.ready[Level.STREET] = street_figures(4)
        source.changed.emit()
        await until(lambda: wall.page_count == 1)
        assert wall.page == 0
        wall.hide()
        wall.deleteLater()

    run(body())


def test_that_the_window_goes_with_the_session_and_with_the_right(qtbot, leader, monkeypatch):
    from desktop.domain.link_messages import SessionState, User

    monkeypatch.setattr("desktop.shell.board_window.build_wall", lambda room: Held())
    object.__setattr__(leader, "assessment", object())
    screen = QGuiApplication.primaryScreen()
    only = Monitor(ScreenId(screen.name(), screen.serialNumber()), 0, 0, 800, 600, 2)
    leader.screens.show_monitors((DESK, only))
    windows = BoardWindows(leader)
    leader.board_screen.push(only, MONTH)
    assert windows.window is not None
    assert windows.window.isVisible()
    assert windows.window.board.pushed == MONTH
    leader.screens.show_monitors((DESK,))  # unplugged
    assert not windows.window.isVisible()
    leader.screens.show_monitors((DESK, only))
    assert windows.window.isVisible()
    leader.session.put_session(SessionState(user=User("u9", "张敏", ("operator",))))
    assert windows.window is None
    leader.session.put_session(SessionState(user=None))
    assert windows.window is None
    leader.session.put_session(SessionState(user=User("u1", "王志远", ("leader",))))
    assert windows.window is not None
    leader.screens.throw(0, only)  # a video wall
    assert not windows.window.isVisible()
    leader.screens.recall(leader.screens.places[0])
    assert windows.window.isVisible()


def test_that_a_pushed_ranking_is_there_again_after_a_restart_until_it_is_taken_back():
    kept: dict[str, object] = {}

    def started() -> BoardScreen:
        preferences, screen = Preferences(), BoardScreen()
        screen.keep_in(preferences)
        preferences.wished.connect(lambda key: kept.update({key: preferences.get(key)}))
        preferences.load(kept)
        return screen

    started().push(OTHER, Pushed(Level.STREET, "2026-Q2", True))
    again = started()
    assert (again.screen, again.pushed) == (OTHER.screen, Pushed(Level.STREET, "2026-Q2", True))
    again.recall()
    assert started().screen is None


def test_that_what_was_pushed_by_one_is_not_shown_to_another():
    preferences, screen = Preferences(), BoardScreen()
    screen.keep_in(preferences)
    screen.push(OTHER, MONTH)
    preferences.load({"board_screen": {"screen": 7}})  # of another version, or a slip
    assert (screen.screen, screen.pushed) == (None, None)


class Held(WallBoard):
    def __init__(self) -> None:
        super(WallBoard, self).__init__()
        self.pushed: Pushed | None = None

    def show_pushed(self, pushed: Pushed) -> None:
        self.pushed = pushed

    def resizeEvent(self, event: object) -> None: ...

    def paintEvent(self, event: object) -> None: ...
