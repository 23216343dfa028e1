import random

import pytest

from desktop.domain.wall import (
    EMPTY,
    FREE_LAYOUT,
    PRESETS,
    CellOrigin,
    Fit,
    Layout,
    Span,
    empty_wall,
    preset,
    preset_for,
)


def ids(wall) -> list[str | None]:
    return [cell.camera_id for cell in wall.cells]


def nine(count: int = 9):
    return empty_wall(preset("9")).fill_from([f"c{n}" for n in range(count)])


@pytest.mark.parametrize("layout", PRESETS, ids=lambda one: one.layout_id)
def test_that_a_preset_covers_its_grid_once_with_as_many_cells_as_its_name_says(layout):
    assert layout.is_whole()
    assert layout.count == int(layout.layout_id)


def test_that_the_presets_are_those_of_the_trade():
    assert [one.count for one in PRESETS] == [1, 4, 6, 8, 9, 10, 13, 16, 20, 25, 30, 36]
    assert preset("6").spans[0] == Span(0, 0, 2, 2)
    assert preset("8").spans[0] == Span(0, 0, 3, 3)
    assert sum(one.rows == 2 for one in preset("10").spans) == 2
    assert Span(1, 1, 2, 2) in preset("13").spans


def test_that_a_layout_with_a_hole_or_an_overlap_is_not_whole():
    assert not Layout("x", "", 2, 2, (Span(0, 0), Span(0, 1), Span(1, 0))).is_whole()
    assert not Layout("x", "", 1, 2, (Span(0, 0, 1, 2), Span(0, 1))).is_whole()
    assert not Layout("x", "", 1, 1, (Span(0, 0, 1, 2),)).is_whole()
    assert not Layout("x", "", 0, 0, ()).is_whole()


def test_that_whatever_is_stretched_the_grid_stays_covered_and_no_camera_is_lost():
    dice = random.Random(7)
    for _ in range(300):
        wall = empty_wall(dice.choice(PRESETS))
        wall = wall.fill_from([f"c{n}" for n in range(dice.randrange(wall.layout.count + 1))])
        before = {one for one in ids(wall) if one}
        for _ in range(6):
            index = dice.randrange(wall.layout.count)
            span = Span(*(dice.randrange(-1, 7) for _ in range(2)), *dice.choices(range(1, 5), k=2))
            wall = wall.with_span(index, span) if dice.random() < 0.7 else wall.split(index)
            assert wall.is_whole()
            shown = [cell.camera_id for cell in (*wall.cells, *wall.beyond) if cell.camera_id]
            assert sorted(shown) == sorted(before)


def test_that_a_merged_cell_keeps_its_camera_and_a_split_brings_the_others_back():
    merged = nine().with_span(0, Span(0, 0, 2, 2))
    assert merged.layout.layout_id == FREE_LAYOUT
    assert ids(merged) == ["c0", "c2", "c5", "c6", "c7", "c8"]
    split = merged.split(0)
    assert sorted(ids(split)) == [f"c{n}" for n in range(9)]
    assert split.beyond == ()


def test_that_untouched_cells_stay_where_they_are():
    merged = nine().with_span(8, Span(2, 1, 1, 2))
    at = dict(zip(merged.layout.spans, ids(merged), strict=True))
    assert at[Span(2, 1, 1, 2)] == "c8"
    assert at[Span(0, 0)] == "c0" and at[Span(2, 0)] == "c6"


def test_that_a_smaller_layout_keeps_the_order_and_a_larger_one_brings_the_rest_back():
    four = nine().with_layout(preset("4"))
    assert ids(four) == ["c0", "c1", "c2", "c3"]
    assert ids(four.with_layout(preset("9"))) == [f"c{n}" for n in range(9)]


def test_that_a_held_picture_finds_a_place_before_one_that_nobody_holds():
    four = nine().hold(8, True).with_layout(preset("4"))
    assert ids(four) == ["c0", "c1", "c2", "c8"]
    assert four.cells[3].held


def test_that_filling_leaves_held_cells_and_stops_at_the_end():
    wall = nine().hold(4, True).fill_from(["x", "y", "z"], start=3)
    assert ids(wall)[3:7] == ["x", "c4", "y", "z"]
    assert ids(nine().fill_from(["x", "y", "z"], start=8)) == [*[f"c{n}" for n in range(8)], "x"]


def test_that_what_is_added_takes_the_empty_cells_first():
    assert ids(nine(7).add(["x", "y", "z"]))[7:] == ["x", "y"]
    assert ids(nine().add(["x"]))[0] == "x"


def test_that_a_held_cell_is_replaced_only_when_the_operator_says_so():
    wall = nine().hold(0, True)
    assert wall.put(0, "x") == wall
    assert wall.put(0, "x", CellOrigin.LINKAGE) == wall
    assert wall.put(0, "x", over_held=True).cells[0].camera_id == "x"


def test_that_two_that_swap_take_everything_with_them():
    wall = nine().with_fit(0, Fit.FILL).hold(0, True).swap(0, 5)
    assert wall.cells[5].camera_id == "c0"
    assert wall.cells[5].held and wall.cells[5].fit is Fit.FILL
    assert wall.cells[0].camera_id == "c5"


def test_that_clearing_all_leaves_what_is_held():
    wall = nine().hold(2, True).clear_all()
    assert [one for one in ids(wall) if one] == ["c2"]
    assert wall.clear(2).cells[2] == EMPTY


def test_that_the_neighbour_of_a_large_cell_is_beyond_its_edge():
    layout = preset("6")
    assert layout.spans[layout.neighbour(0, 0, 1)] == Span(0, 2)
    assert layout.spans[layout.neighbour(0, 1, 0)] == Span(2, 0)
    assert layout.neighbour(0, -1, 0) == 0


def test_that_the_smallest_layout_with_room_is_offered():
    assert preset_for(7).count == 8
    assert preset_for(99).count == 36


def test_that_a_span_of_any_size_is_told_from_a_grid_without_counting_it():
    huge = Layout("x", "", 2, 2, (Span(0, 0, 10**9, 10**9),))
    assert not huge.is_whole()
    assert not Layout("x", "", 1, 1, (Span(-1, 0, 2, 1),)).is_whole()


def test_that_a_wall_at_rest_shows_what_stood_there_before_the_alarms_and_the_tour():
    wall = nine().put(3, "t", CellOrigin.TOUR).link(0, "x", "a1", 1.0).hold(4, True)
    rest = wall.at_rest()
    assert ids(rest) == ["c0", "c1", "c2", "t", *[f"c{n}" for n in range(4, 9)]]
    assert {cell.origin for cell in rest.cells} == {CellOrigin.HAND} and rest.cells[4].held
    assert rest.links() == frozenset() and wall.links() == {("a1", False)}


def test_that_an_alarm_does_not_wait_for_a_larger_layout():
    four = nine().link(8, "x", "a1", 1.0).with_layout(preset("4"))
    assert ids(four.with_layout(preset("9"))) == [f"c{n}" for n in range(9)]
