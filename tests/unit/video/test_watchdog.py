"""The tile's state machine against a clock that the test moves."""

import pytest

from desktop.domain.cameras import TileState
from desktop.video.watchdog import Cause, Step, TileWatch


class Tile:
    """A watch that is ticked each 250 ms, as the pool does."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.displayed = 0
        self.watch = TileWatch(chance=lambda: 0.5)
        self.steps: list[Step] = []

    def open(self) -> "Tile":
        assert self.watch.begin() is Step.OPEN
        self.watch.opened(self.now_s)
        return self

    def run(self, seconds_s: float, moving: bool = False) -> "Tile":
        for _ in range(round(seconds_s / 0.25)):
            self.now_s += 0.25
            if moving:
                self.displayed += 6
                self.watch.see(self.now_s, self.displayed, 0.0, ended=False)
            step = self.watch.tick(self.now_s)
            if step is not Step.NOTHING:
                self.steps.append(step)
            if step is Step.OPEN:
                self.displayed = 0
                self.watch.opened(self.now_s)
        return self

    def live(self, seconds_s: float = 1.0) -> "Tile":
        self.open().run(seconds_s, moving=True)
        assert self.watch.state is TileState.LIVE
        return self

    @property
    def state(self) -> TileState:
        return self.watch.state


def test_that_opening_becomes_live_with_the_first_picture_only():
    tile = Tile().open()
    tile.watch.see(tile.now_s, 0, None, ended=False)
    assert tile.state is TileState.OPENING
    tile.watch.see(tile.now_s, 1, 0.0, ended=False)
    assert tile.state is TileState.LIVE


def test_that_a_frozen_picture_is_flagged_within_2_5_s_and_reopened_within_4():
    tile = Tile().live()
    last_s = tile.now_s
    tile.run(1.5)
    assert tile.state is TileState.LIVE
    tile.run(0.5)
    assert tile.state is TileState.STALLED
    assert tile.now_s - last_s + 0.5 <= 2.5  # 0.5 s: what the counter itself may lag
    while Step.OPEN not in tile.steps:
        tile.run(0.25)
    assert tile.now_s - last_s <= 4.0
    assert (tile.state, tile.watch.cause) == (TileState.OPENING, Cause.STALLED)


def test_that_a_picture_that_goes_on_ends_the_stall_without_reopening():
    tile = Tile().live().run(2.0)
    assert tile.state is TileState.STALLED
    tile.run(0.5, moving=True)
    assert tile.state is TileState.LIVE
    assert tile.steps == []


def test_that_an_opening_without_a_picture_fails_after_5_s():
    tile = Tile().open().run(5.0)
    assert tile.state is TileState.OPENING
    tile.run(0.25)
    assert (tile.state, tile.watch.cause) == (TileState.RETRY, Cause.NO_PICTURE)
    assert tile.steps == [Step.STOP]


def test_that_the_limit_of_opening_does_not_count_before_the_address_is_there():
    tile = Tile()
    tile.watch.begin()
    tile.run(20.0)
    assert tile.state is TileState.OPENING


@pytest.mark.parametrize("moving_s", [0.0, 1.0])
def test_that_an_end_of_a_live_source_is_a_loss(moving_s: float):
    tile = Tile().open().run(moving_s, moving=True)
    tile.watch.see(tile.now_s, tile.displayed, 0.0, ended=True)
    assert (tile.state, tile.watch.cause) == (TileState.RETRY, Cause.ENDED)


def test_that_waits_grow_while_the_source_keeps_ending_and_start_anew_after_5_s_live():
    tile = Tile().open()
    waits = []
    for _ in range(4):
        tile.watch.see(tile.now_s, 0, None, ended=True)
        waits.append(tile.watch.retry_at_s - tile.now_s)
        tile.run(waits[-1] + 0.25)
        assert tile.state is TileState.OPENING
    assert waits == [0.5, 1.0, 2.0, 4.0]
    tile.run(6.0, moving=True)
    assert tile.watch.attempt == 0


def test_that_a_refusal_waits_long_and_a_returned_platform_ends_the_wait():
    tile = Tile().open()
    for wait_s in (5.0, 10.0, 30.0):
        tile.watch.refuse(tile.now_s)
        assert tile.watch.retry_at_s == tile.now_s + wait_s
    assert tile.watch.retry_now() is Step.OPEN


def test_that_a_tile_hidden_for_2_s_is_stopped_and_opened_again_when_shown():
    tile = Tile().live()
    tile.watch.expose(tile.now_s, False)
    tile.run(2.0, moving=True)
    assert tile.steps == []
    tile.run(0.25, moving=True)
    assert tile.steps == [Step.STOP]
    assert (tile.state, tile.watch.cause) == (TileState.IDLE, Cause.HIDDEN)
    assert tile.watch.expose(tile.now_s, True) is Step.OPEN


def test_that_a_dead_process_reopens_at_once_what_ran_in_it_but_not_what_waits():
    tile = Tile().live()
    assert tile.watch.process_lost() is Step.OPEN
    tile.watch.refuse(tile.now_s)
    assert tile.watch.process_lost() is Step.NOTHING
