import pytest

from desktop.stores.keyed import Delta, KeyedStore


@pytest.fixture
def store(qapp):
    return KeyedStore[str](interval_ms=20)


@pytest.fixture
def deltas(store):
    heard: list[Delta] = []
    store.changed.connect(heard.append)
    return heard


def test_that_many_changes_are_said_once(store, deltas, qtbot):
    with qtbot.waitSignal(store.changed, timeout=2_000):
        for number in range(1_000):
            store.put(f"k{number % 10}", str(number))
    assert len(deltas) == 1
    assert sorted(deltas[0].added) == [f"k{n}" for n in range(10)]
    assert store.get("k3") == "993"


def test_that_the_next_interval_speaks_of_later_changes_only(store, deltas, qtbot):
    store.put("a", "1")
    store.put("b", "1")
    store.flush()
    with qtbot.waitSignal(store.changed, timeout=2_000):
        store.put("b", "2")
        store.put("c", "1")
        store.drop("a")
    assert deltas[1] == Delta(added=("c",), updated=("b",), removed=("a",))


def test_that_what_comes_and_goes_within_an_interval_is_never_mentioned(store, deltas):
    store.put("a", "1")
    store.drop("a")
    store.flush()
    assert deltas == []


def test_that_what_goes_and_comes_back_is_an_update(store, deltas):
    store.put("a", "1")
    store.flush()
    store.drop("a")
    store.put("a", "2")
    store.flush()
    assert deltas[1] == Delta(added=(), updated=("a",), removed=())


def test_that_a_replacement_removes_what_it_does_not_name_and_leaves_equals_alone(store, deltas):
    for key in "abc":
        store.put(key, "1")
    store.flush()
    store.replace_all([("b", "1"), ("c", "2"), ("d", "1")])
    store.flush()
    assert deltas[1] == Delta(added=("d",), updated=("c",), removed=("a",))
    assert sorted(store) == ["b", "c", "d"] and len(store) == 3


def test_that_the_store_is_up_to_date_before_it_speaks(store):
    store.put("a", "1")
    assert store.get("a") == "1" and dict(store.items()) == {"a": "1"}


def test_that_dropping_what_is_not_there_is_silent(store, deltas):
    store.drop("nothing")
    store.flush()
    assert deltas == []


def test_that_a_change_while_speaking_is_said_later(store, qtbot):
    heard = []

    def answer(delta: Delta) -> None:
        heard.append(delta)
        if len(heard) == 1:
            store.put("late", "1")

    store.changed.connect(answer)
    store.put("a", "1")
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=2_000)
    assert heard[1].added == ("late",)
