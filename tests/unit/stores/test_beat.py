"""When a store speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.stores.beat import LONGEST_MS, Beat, rest_ms
from desktop.stores.keyed import KeyedStore

BEAT_MS = 50


class Desk:
    """A beat on a clock that only moves by hand, or by what a word costs."""

    def __init__(self, qapp) -> None:
        self.now_ms, self.cost_ms, self.said = 1_000.0, 1.0, []
        self.beat = Beat(self._speak, BEAT_MS, qapp, lambda: self.now_ms)

    def _speak(self) -> None:
        self.said.append(self.now_ms)
        self.now_ms += self.cost_ms

    def turn(self, late_ms: float = 0.0) -> None:
        """The loop comes to the timer."""
        self.now_ms += self.beat.wait_ms + late_ms
        self.beat.turn()


@pytest.fixture
def desk(qapp):
    desk = Desk(qapp)
    yield desk
    desk.beat.deleteLater()


def test_that_the_first_word_after_a_quiet_time_does_not_wait(desk):
    desk.beat.call()
    assert desk.beat.wait_ms == 0
    desk.turn()
    desk.now_ms += 10_000
    desk.beat.call()
    assert desk.beat.wait_ms == 0


def test_that_what_follows_waits_for_the_beat(desk):
    desk.beat.call()
    desk.turn()
    desk.now_ms += 20
    desk.beat.call()
    assert desk.beat.wait_ms == BEAT_MS - 20
    desk.beat.call()
    desk.turn()
    assert len(desk.said) == 2


def test_that_no_timer_runs_while_there_is_nothing_to_say(desk):
    desk.beat.call()
    desk.turn()
    assert desk.beat.wait_ms is None


def test_that_a_word_that_took_long_stretches_the_beat(desk):
    desk.cost_ms = 20.0
    desk.beat.call()
    desk.turn()
    desk.beat.call()
    assert desk.beat.wait_ms == 160


def test_that_a_loop_that_comes_late_stretches_the_beat(desk):
    desk.beat.call()
    desk.turn(late_ms=14.0)
    desk.beat.call()
    assert desk.beat.wait_ms == 120


def test_that_a_beat_is_never_slower_than_the_present():
    assert rest_ms(BEAT_MS, 900.0) == LONGEST_MS
    assert rest_ms(BEAT_MS, 0.1) == BEAT_MS
    assert rest_ms(500, 0.1) == 500


def test_that_who_hears_a_word_and_changes_something_waits_for_the_beat(desk):
    answers = iter([desk.beat.call])

    def speak() -> None:
        for call in answers:
            call()

    desk.beat._speak = speak
    desk.beat.call()
    desk.turn()
    assert desk.beat.wait_ms == BEAT_MS


def test_that_a_store_says_the_first_change_in_the_next_turn_of_the_loop(qapp, qtbot):
    store = KeyedStore[str](interval_ms=60_000)
    with qtbot.waitSignal(store.changed, timeout=2_000):
        store.put("a", "1")
        store.put("b", "1")


_STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "drop", "replace", "flush", "turn"]), st.integers(0, 3)),
    max_size=40,
)


@given(_STEPS, st.integers(0, 3))
def test_that_whoever_listens_ends_with_what_the_store_holds(qapp, steps, answers):
    """Also where a listener changes the store while it is being told."""
    store, seen, left = KeyedStore[int](interval_ms=60_000), {}, [answers]

    def hear(delta) -> None:
        for key in (*delta.added, *delta.updated):
            assert (key in seen) is (key in delta.updated)
            seen[key] = store.get(key)
        for key in delta.removed:
            del seen[key]
        if left[0]:
            left[0] -= 1
            store.put("a0" if left[0] % 2 else "mine", left[0])

    store.changed.connect(hear)
    for number, (step, key) in enumerate(steps):
        match step:
            case "put":
                store.put(f"a{key}", number)
            case "drop":
                store.drop(f"a{key}")
            case "replace":
                store.replace_all((f"a{one}", number) for one in range(key))
            case "flush":
                store.flush()
            case "turn" if store._beat.wait_ms is not None:
                store._beat.turn()
    while store._beat.wait_ms is not None:  # as long as there is something to say, it is said
        store._beat.turn()
    assert seen == dict(store.items())
    store.deleteLater()
