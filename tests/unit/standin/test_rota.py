"""Values come evenly over their period, none twice and none left out."""

from collections import Counter

import pytest

from desktop.standin.rota import Rota


@pytest.mark.parametrize("count", [1, 7, 139, 500])
def test_that_everybody_has_one_turn_in_a_period_and_no_tick_is_a_burst(count: int) -> None:
    rota, turns = Rota(5.0), Counter[int]()
    sizes = []
    for _ in range(200):
        due = rota.turn(range(count), 0.25)
        turns.update(due)
        sizes.append(len(due))
    assert set(turns) == set(range(count)) and set(turns.values()) <= {9, 10, 11}
    assert max(sizes) <= count / 20 + 2


def test_that_a_long_pause_tells_everybody_once_and_nobody_is_fine() -> None:
    assert len(Rota(5.0).turn(range(139), 60.0)) == 139
    assert Rota(5.0).turn((), 1.0) == []
