import pytest

from desktop.stores.readings import KEPT_PER_POINT, ReadingStore
from tests.samples import reading


@pytest.fixture
def store(qapp):
    return ReadingStore()


def levels(store: ReadingStore) -> list[float]:
    return [r.metrics["level_m"] for r in store.course("P-1")]


def test_that_the_newest_reading_stands_whatever_the_order(store):
    store.merge([reading(seconds_s=60, level_m=0.4), reading(seconds_s=30, level_m=0.2)])
    assert store.get("P-1").metrics == {"level_m": 0.4}
    assert levels(store) == [0.4]


def test_that_a_repeated_reading_is_kept_once(store):
    store.merge([reading(), reading()])
    assert levels(store) == [0.1]


def test_that_history_joins_in_order_and_leaves_what_is_known(store):
    store.merge([reading(seconds_s=60, level_m=0.4)])
    store.back_fill(
        "P-1",
        [
            reading(seconds_s=60, level_m=9.9),
            reading(seconds_s=30, level_m=0.2),
            reading(seconds_s=0, level_m=0.1),
        ],
    )
    assert levels(store) == [0.1, 0.2, 0.4]


def test_that_the_oldest_readings_give_way(store):
    store.merge(reading(seconds_s=n, level_m=n) for n in range(KEPT_PER_POINT + 10))
    assert len(store.course("P-1")) == KEPT_PER_POINT
    assert levels(store)[0] == 10


def test_that_a_point_never_read_has_no_course(store):
    assert store.course("nobody") == () and store.get("nobody") is None


def test_that_copies_for_another_thread_are_the_newest_and_stay_as_they_were(store):
    store.merge(reading(seconds_s=age, level_m=age / 100) for age in range(10))
    copies = store.copies(["P-1", "unknown"], 3)
    store.merge([reading(seconds_s=10, level_m=0.1)])
    assert copies["P-1"] == store.course("P-1")[-4:-1]
    assert [*copies] == ["P-1"]
