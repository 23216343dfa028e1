"""The wall of a user, through desk.db: a desk that was killed comes back as it was."""

from desktop.domain.link_messages import SessionState, User
from desktop.domain.wall import preset
from desktop.shell.preferences import GATHER_MS, DeskKeeping, PreferenceKeeping
from desktop.stores.health import SessionStore
from desktop.stores.preferences import Preferences
from desktop.stores.wall import WallStore
from tests.gui.driving import until
from tests.gui.fake_room import FakeClock


class Desk:
    def __init__(self, folder) -> None:
        self.preferences, self.session = Preferences(), SessionStore()
        self.wall = WallStore()
        self.wall.keep_in(self.preferences)
        self.keeping = DeskKeeping(folder / "desk.db", FakeClock())
        self.kept = PreferenceKeeping(self.preferences, self.session, self.keeping)
        self.loaded = []
        self.kept.loaded.connect(self.loaded.append)

    async def sign_in(self, user_id: str) -> None:
        self.session.put_session(SessionState(user=User(user_id, "某人")))
        await until(lambda: user_id in self.loaded)


def test_that_what_was_on_the_wall_is_there_again_after_a_kill(run, tmp_path):
    async def work():
        killed = Desk(tmp_path)
        await killed.sign_in("u-1")
        killed.wall.set_layout(preset("13"))
        killed.wall.fill(["a", "b"])
        written = []
        write = killed.keeping.write
        killed.keeping.write = lambda work: (write(work), written.append(1))
        await until(lambda: bool(written))  # by itself: nobody closes a desk that is killed
        await killed.keeping.ask(lambda desk: None, None)
        later = Desk(tmp_path)
        await later.sign_in("u-2")
        assert later.wall.wall.layout.count == 9
        await later.sign_in("u-1")
        assert later.wall.tabs == killed.wall.tabs
        await killed.keeping.close()
        await later.keeping.close()

    assert GATHER_MS <= 500
    run(work())


def test_that_a_red_that_stands_at_the_start_does_not_take_the_place_of_the_kept_wall(
    run, tmp_path
):
    async def work():
        before = Desk(tmp_path)
        await before.sign_in("u-1")
        before.wall.set_layout(preset("16"))
        before.wall.fill(["a", "b"])
        before.kept.flush()
        await before.keeping.close()
        later = Desk(tmp_path)
        later.session.put_session(SessionState(user=User("u-1", "某人")))
        later.wall.link(8, "x", "r", 1.0)  # while the own wall is still being read
        await until(lambda: "u-1" in later.loaded)
        assert later.wall.wall == before.wall.wall
        await later.keeping.close()

    run(work())
