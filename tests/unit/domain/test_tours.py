"""Tours of the video wall, in virtual time."""

import pytest

from desktop.domain import tours
from desktop.domain.tours import Due, Pause, Tour, TourOrder

FIVE = Tour("早高峰", camera_ids=("a", "b", "c", "d", "e"), dwell_s=20)
ALL = frozenset("abcde")


def items(step: int, width: int = 1, usable=ALL, tour: Tour = FIVE):
    found = tours.step_at(tour, step, width, usable)
    return None if found is None else found.items


def test_that_a_tour_goes_round_so_many_cameras_at_a_time():
    assert [items(n, 2) for n in range(4)] == [("a", "b"), ("c", "d"), ("e", "a"), ("a", "b")]
    found = tours.step_at(FIVE, 4, 2, ALL)
    assert found is not None and (found.number, found.count) == (2, 3)


def test_that_previous_of_the_first_step_is_the_last():
    assert items(-1) == ("e",) and items(-1, 2) == ("e", "a")


def test_that_offline_cameras_are_skipped_and_counted():
    found = tours.step_at(FIVE, 1, 2, {"a", "d", "e"})
    assert found is not None
    assert (found.items, found.number, found.count, found.skipped) == (("e", "a"), 2, 2, 2)
    assert items(0, 1, frozenset()) is None


def test_that_no_camera_stands_twice_in_one_step():
    assert items(0, 9) == ("a", "b", "c", "d", "e")


def test_that_a_step_beyond_a_list_that_became_shorter_is_still_one_of_it():
    assert items(4, 1, {"b", "c"}) == ("b",)


@pytest.mark.parametrize("order", TourOrder)
def test_that_every_order_shows_every_camera_once_and_is_known_beforehand(order):
    tour = Tour("夜巡", camera_ids=tuple("abcdefgh"), order=order)
    assert sorted(tour.ordered()) == list("abcdefgh")
    assert tour.ordered() == tour.ordered()
    assert (tour.ordered() == tour.camera_ids) == (order is TourOrder.LISTED)


def test_that_limits_hold_for_what_is_typed_or_read():
    wild = Tour("  很 长" * 20, camera_ids=("a", "a", "b"), dwell_s=1).sound()
    assert wild.dwell_s == 5 and wild.camera_ids == ("a", "b") and len(wild.name) <= 20
    assert Tour("x", dwell_s=9999).sound().dwell_s == 600


def test_that_the_next_picture_is_opened_before_it_is_shown():
    run = tours.start(FIVE, [3], 100.0)
    run, due = tours.tick(run, 100.0)
    assert due is Due.SHOW
    run = tours.shown(run, 0, 100.0)
    assert tours.tick(run, 116.9)[1] is Due.NOTHING
    run, due = tours.tick(run, 117.0)
    assert due is Due.PREPARE
    assert tours.tick(run, 118.0)[1] is Due.NOTHING  # once
    assert tours.tick(run, 120.0)[1] is Due.SHOW


def test_that_many_cells_begin_earlier_but_never_before_half_of_the_dwell():
    short = tours.start(Tour("t", camera_ids=tuple("abcde"), dwell_s=5), range(9), 0.0)
    wide = tours.start(FIVE, range(9), 0.0)
    assert tours.lead_s(short) == 2.5
    assert tours.lead_s(wide) == 7.0 > tours.lead_s(tours.start(FIVE, [0], 0.0))


def test_that_a_touch_stops_the_countdown_and_it_goes_on_by_itself():
    run = tours.shown(tours.start(FIVE, [0], 0.0), 0, 0.0)
    run = tours.pause(run, Pause.TOUCH, 8.0, 60.0)
    assert run.countdown_s(50.0) == 12.0 and run.pause_left_s(50.0) == 18.0
    run = tours.pause(run, Pause.TOUCH, 50.0, 60.0)  # touched again: a whole minute again
    assert tours.tick(run, 100.0) == (run, Due.NOTHING)
    run, due = tours.tick(run, 110.0)
    assert due is Due.NOTHING and run.pause is Pause.NONE and run.countdown_s(115.0) == 7.0


def test_that_a_pause_by_key_lasts_until_the_key_and_no_touch_shortens_it():
    run = tours.pause(tours.shown(tours.start(FIVE, [0], 0.0), 0, 0.0), Pause.KEY, 5.0)
    run = tours.pause(run, Pause.TOUCH, 6.0, 60.0)
    assert run.pause is Pause.KEY and run.pause_left_s(6.0) is None
    assert tours.tick(run, 9_999.0)[1] is Due.NOTHING
    assert tours.resume(run, 9_999.0).countdown_s(9_999.0) == 15.0


def test_that_a_resumed_tour_opens_its_next_picture_again():
    run = tours.shown(tours.start(FIVE, [0], 0.0), 0, 0.0)
    run, due = tours.tick(run, 18.0)
    assert due is Due.PREPARE
    run = tours.resume(tours.pause(run, Pause.KEY, 18.5), 30.0)
    assert tours.tick(run, 30.0)[1] is Due.PREPARE


def test_that_walls_are_steps_of_one_and_are_not_opened_beforehand():
    tour = Tour("场景轮巡", wall_names=("防汛", "交通"), dwell_s=30)
    found = tours.step_at(tour, 1, 9, {"防汛", "交通"})
    assert found is not None and found.items == ("交通",) and found.count == 2
    run = tours.shown(tours.start(tour, range(9), 0.0), 0, 0.0)
    assert tours.tick(run, 29.0)[1] is Due.NOTHING and tours.tick(run, 30.0)[1] is Due.SHOW


def test_that_a_cell_taken_by_hand_leaves_the_tour():
    run = tours.on_cells(tours.start(FIVE, [1, 2, 3], 0.0), (1, 3))
    assert run.cells == (1, 3)
