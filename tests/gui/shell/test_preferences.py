"""What is kept in desk.db, and for whom."""

from desktop.domain.link_messages import SessionState, User
from desktop.shell.preferences import DeskKeeping, PreferenceKeeping
from desktop.stores.health import SessionStore
from desktop.stores.preferences import Preferences
from tests.gui.driving import until
from tests.gui.fake_room import FakeClock


class Started:
    """One run of the station with a profile."""

    def __init__(self, folder) -> None:
        self.preferences, self.session = Preferences(), SessionStore()
        self.keeping = DeskKeeping(folder / "desk.db", FakeClock())
        self.kept = PreferenceKeeping(self.preferences, self.session, self.keeping)
        self.loaded = []
        self.kept.loaded.connect(self.loaded.append)

    async def sign_in(self, user_id: str) -> None:
        self.session.put_session(SessionState(user=User(user_id, "某人")))
        await until(lambda: user_id in self.loaded)

    async def end(self) -> None:
        self.kept.flush()
        await self.keeping.close()


def test_that_each_user_has_their_own_and_a_new_one_what_the_seat_had(run, tmp_path):
    async def work():
        first = Started(tmp_path)
        await first.sign_in("u-1")
        first.preferences.set("text_scale_percent", 130)
        first.preferences.set("list_levels", ["red"])
        await first.end()
        second = Started(tmp_path)
        await second.kept.load()
        assert second.preferences.get("text_scale_percent") == 130  # the seat, before sign-in
        assert second.preferences.get("list_levels") == []
        await second.sign_in("u-2")
        assert second.preferences.get("text_scale_percent") == 130
        second.preferences.set("text_scale_percent", 110)
        await second.sign_in("u-1")
        assert second.preferences.get("text_scale_percent") == 130
        assert second.preferences.get("list_levels") == ["red"]
        await second.end()

    run(work())


def test_that_a_dragged_slider_is_written_once_with_its_last_value(run, tmp_path):
    async def work():
        station = Started(tmp_path)
        await station.sign_in("u-1")
        written = []
        station.keeping.write = written.append
        for percent in range(30, 60):
            station.preferences.set("volume_percent", percent)
        await until(lambda: bool(written))
        assert len(written) == 1
        await station.keeping.close()

    run(work())


def test_that_nothing_is_written_once_it_is_closed_nor_without_a_loop(run, tmp_path):
    """A window that closes has timers that still come: the file would be opened anew."""
    station = Started(tmp_path)

    async def work():
        station.keeping.write(lambda desk: desk.put_window_place("main", "{1}"))
        await station.keeping.close()  # behind what was given before
        station.keeping.write(lambda desk: desk.put_window_place("main", "{2}"))
        assert await station.keeping.ask(lambda desk: desk.window_place("main"), "-") == "-"
        again = Started(tmp_path)
        assert await again.keeping.ask(lambda desk: desk.window_place("main"), "") == "{1}"
        await again.keeping.close()

    run(work())
    station.preferences.set("volume_percent", 20)
    station.kept.flush()
    another = Started(tmp_path)
    another.keeping.write(lambda desk: desk.put_window_place("main", "{3}"))  # no loop, no word


def test_that_a_file_that_nobody_asked_is_not_opened_only_to_be_closed(run, tmp_path):
    async def work():
        await Started(tmp_path).keeping.close()
        assert not (tmp_path / "desk.db").exists()

    run(work())
