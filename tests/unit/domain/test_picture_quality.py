"""Each rule of the pictures' quality, in virtual time."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop.domain import picture_quality as quality
from desktop.domain.cameras import StreamSize
from desktop.domain.picture_quality import Choice, Quality, Tile, Why
from desktop.domain.wall import CellProfile

LARGE, MIDDLE, SMALL = 800, 400, 160


def tile(cell: int, height_px: int = LARGE, **facts) -> Tile:
    return Tile(cell, facts.pop("camera_id", f"c{cell}"), height_px * 16 // 9, height_px, **facts)


def after(tiles: Iterable[Tile], until_s: float, state: Quality | None = None, from_s: float = 0.0):
    """Looks every half second, as the wall does."""
    state, now_s, tiles = state or Quality(), from_s, tuple(tiles)
    while now_s <= until_s:
        state = quality.decide(state, tiles, now_s)
        now_s += quality.TICK_S
    return state


def profiles(state: Quality) -> str:
    return "".join(choice.profile[0] for _, choice in sorted(state.choices.items()))


def slowed(tiles: Iterable[Tile], *cells: int) -> list[Tile]:
    return [replace(one, slow=one.cell in cells) for one in tiles]


@pytest.mark.parametrize(
    ("height_px", "now", "profile"),
    [(360, "main", "sub"), (500, "sub", "sub"), (640, "sub", "main"), (560, "main", "main"),
     (440, "main", "sub"), (1080, "sub", "main")],
)  # fmt: skip
def test_that_the_stream_nearest_in_size_is_taken(height_px, now, profile):
    assert quality.wanted(height_px, None, None, now) == profile


def test_that_no_stream_is_drawn_larger_than_half_as_large_again():
    tiny, huge = StreamSize(352, 144, 25.0), StreamSize(3840, 2160, 25.0)
    assert quality.wanted(220, tiny, huge, "sub") == "main"
    assert quality.wanted(215, tiny, huge, "sub") == "sub"


def test_that_a_tile_begins_as_its_size_asks_for():
    assert profiles(after([tile(0), tile(1, MIDDLE), tile(2, SMALL)], 0)) == "mss"


def test_that_a_tile_that_shrinks_goes_low_after_a_second_and_not_before():
    state = after([tile(0)], 2)
    state = after([tile(0, SMALL)], 2.5, state, 2.5)
    assert profiles(state) == "m"
    state = after([tile(0, SMALL)], 3.0, state, 3.0)
    assert profiles(state) == "m"
    assert profiles(after([tile(0, SMALL)], 3.5, state, 3.5)) == "s"


def test_that_a_small_tile_has_to_grow_by_a_third():
    tiny = StreamSize(176, 80, 25.0)  # by size alone 180 px would ask for the main stream
    state = after([tile(0, 171, sub=tiny)], 10)
    assert profiles(state) == "s"
    state = after([tile(0, 229, sub=tiny)], 30, state, 10.5)
    assert profiles(state) == "s"
    assert profiles(after([tile(0, 230, sub=tiny)], 40, state, 30.5)) == "m"


def test_that_a_layout_with_small_tiles_goes_low_at_once_and_not_one_in_five_seconds():
    state = after([tile(n) for n in range(9)], 5)
    assert profiles(state) == "m" * 9
    assert profiles(after([tile(n, SMALL) for n in range(9)], 7, state, 5.5)) == "s" * 9


def test_that_what_grows_is_made_better_one_in_five_seconds_the_largest_first():
    state = after([tile(n, MIDDLE) for n in range(3)], 5)
    grown = [tile(0, 700), tile(1, 900), tile(2, 800)]
    state = after(grown, 5.5, state, 5.5)
    assert profiles(state) == "sms"
    state = after(grown, 10.0, state, 6.0)
    assert profiles(state) == "sms"
    state = after(grown, 10.5, state, 10.5)
    assert profiles(state) == "smm"
    assert profiles(after(grown, 15.5, state, 11.0)) == "mmm"


def test_that_beyond_sixteen_tiles_new_ones_begin_low():
    state = after([tile(n) for n in range(17)], 0)
    assert profiles(state) == "s" * 17 and state.choices[0].why is Why.MANY
    assert profiles(after([tile(n) for n in range(16)], 0)) == "m" * 16


def test_that_the_smallest_good_picture_is_made_worse_and_not_the_one_that_complains():
    tiles = [tile(0, 900), tile(1, 700), tile(2, 800)]
    state = after(tiles, 10)
    state = after(slowed(tiles, 0), 10.5, state, 10.5)
    assert profiles(state) == "msm" and state.choices[1] == Choice("sub", Why.LOAD)
    assert state.is_limited()
    state = after(slowed(tiles, 0), 15.0, state, 11.0)
    assert profiles(state) == "msm"  # one in five seconds
    assert profiles(after(slowed(tiles, 0), 15.5, state, 15.5)) == "mss"


def test_that_of_two_as_small_the_one_with_most_pixels_is_made_worse():
    tiles = [tile(0), tile(1, main=StreamSize(2560, 1440, 25.0)), tile(2)]
    assert profiles(after(slowed(tiles, 2), 6, after(tiles, 5), 5.5)) == "msm"


def test_that_a_new_tile_is_not_judged_in_its_first_second():
    tiles = slowed([tile(0), tile(1)], 1)
    assert profiles(after(tiles, 0.5)) == "mm"
    assert profiles(after(tiles, 1.0)) != "mm"


@pytest.mark.parametrize("trouble", ["buffering", "busy"])
def test_that_nothing_is_made_better_while_one_is_behind(trouble):
    state = after([tile(0, MIDDLE), tile(1, MIDDLE)], 5)
    held_up = [tile(0), tile(1, MIDDLE, **{trouble: True})]
    state = after(held_up, 60, state, 5.5)
    assert profiles(state) == "ss"
    assert profiles(after([tile(0), tile(1, MIDDLE)], 61, state, 60.5)) == "ms"


def test_that_five_seconds_without_a_slow_stream_come_before_a_better_picture():
    tiles = [tile(0), tile(1)]
    state = after(slowed(tiles, 0), 5.5, after(tiles, 5), 5.5)
    assert profiles(state).count("s") == 1
    state = after(tiles, 10.0, state, 6.0)
    assert profiles(state).count("s") == 1
    assert profiles(after(tiles, 10.5, state, 10.5)) == "mm"


def fail_twice(tiles: list[Tile]) -> tuple[Quality, float]:
    state, now_s, dropped = after(tiles, 5), 5.5, 0
    while dropped < 2:
        good = profiles(state).count("m") == len(tiles)
        state = quality.decide(state, slowed(tiles, 0) if good else tiles, now_s)
        dropped += good and "s" in profiles(state)
        now_s += 0.5
    return state, now_s


def test_that_two_failures_block_every_better_picture_for_ten_minutes():
    tiles = [tile(0), tile(1, 700)]
    state, now_s = fail_twice(tiles)
    assert profiles(state) == "ms" and state.is_blocked(now_s)
    state = after(tiles, now_s + 590, state, now_s)
    assert profiles(state) == "ms"
    assert profiles(after(tiles, now_s + 601, state, now_s + 590)) == "mm"


def test_that_a_tile_more_or_less_is_another_load_and_ends_the_block():
    tiles = [tile(0), tile(1, 700)]
    state, now_s = fail_twice(tiles)
    assert profiles(after([*tiles, tile(2, SMALL)], now_s + 10, state, now_s)) == "mms"


def test_that_where_no_more_is_carried_the_larger_one_has_the_better_stream():
    tiles = [tile(0, 1000), tile(1, 700)]
    state, now_s = fail_twice(tiles)
    turned = [tile(0, 640), tile(1, 1000)]
    state = after(turned, now_s + 10, state, now_s)
    assert profiles(state) == "sm"
    near = [tile(0, 900), tile(1, 1000)]  # not twice as large: nothing flutters
    assert profiles(after(near, now_s + 60, state, now_s + 10)) == "sm"


def test_that_the_operator_s_word_stands_whatever_the_load():
    tiles = [tile(0, mode=CellProfile.SUB), tile(1, SMALL, mode=CellProfile.MAIN), tile(2)]
    state = after(slowed(tiles, 0, 1, 2), 60)
    assert profiles(state) == "sms"
    assert state.choices[0].why is Why.HAND and state.choices[2].why is Why.LOAD
    again = [tile(0), tile(1, SMALL), tile(2)]
    assert profiles(after(again, 70, state, 60.5)) == "msm"


def test_that_an_enlarged_tile_is_good_at_once_and_is_never_made_worse():
    state = after([tile(0, MIDDLE), tile(1, MIDDLE)], 5)
    large = [tile(0, 1000, enlarged=True, slow=True), tile(1, MIDDLE)]
    state = after(large, 30, state, 5.5)
    assert state.choices[0] == Choice("main", Why.ENLARGED)
    assert profiles(after([tile(0, MIDDLE), tile(1, MIDDLE)], 32, state, 30.5)) == "ss"


def test_that_a_tour_keeps_what_its_cell_was_found_to_carry():
    tiles = [tile(0), tile(1, 700)]
    state, now_s = fail_twice(tiles)
    toured = [tile(0), tile(1, 700, camera_id="next")]
    state = after(toured, now_s + 10, state, now_s)
    assert profiles(state) == "ms" and state.is_blocked(now_s + 10)


looks = st.lists(
    st.lists(
        st.builds(tile, st.integers(0, 20), st.sampled_from([100, 180, 300, 600, 1000]),
                  slow=st.booleans(), buffering=st.booleans(), mode=st.sampled_from(CellProfile)),
        max_size=20, unique_by=lambda one: one.cell,
    ), max_size=30,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(looks)
def test_that_every_tile_has_a_stream_and_automatic_switches_are_rare(rounds):
    state = Quality()
    for number, tiles in enumerate(rounds):
        before, state = state, quality.decide(state, tiles, number * 0.5)
        assert set(state.choices) == {one.cell for one in tiles}
        worse = [
            cell
            for cell, choice in state.choices.items()
            if choice.why is Why.LOAD
            and cell in before.choices
            and before.choices[cell] != choice
            and before.choices[cell].profile == "main"
        ]
        assert len(worse) <= 1
        for one in tiles:
            if one.mode is not CellProfile.AUTO:
                assert state.choices[one.cell].profile == one.mode.value
