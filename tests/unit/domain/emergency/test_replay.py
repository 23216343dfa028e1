"""Ours beside the textbook rules on the measured storm of 2025-10-30."""

import pytest

from desktop.domain.emergency.dispatch import Method
from tests.bench.dispatch import FLOODNET, NO_FLOODNET, compared, storm_sites

needs_floodnet = pytest.mark.skipif(
    not (FLOODNET / "events_part1.csv").exists(), reason=NO_FLOODNET
)


@needs_floodnet
@pytest.mark.parametrize("crews", [15, 30, 31, 61])
def test_that_no_textbook_rule_is_better_on_the_measured_storm(crews: int):
    found = compared(storm_sites(FLOODNET), crews, range(4))
    assert found["seeds_worse"] == 0
    greedy, in_turn = found["greedy"], found[f"our_{Method.IN_TURN}"]
    assert in_turn["mean_min"] == greedy["mean_min"]
    assert found["our_least_total"]["mean_min"] <= greedy["mean_min"]
    assert found["our_least_latest"]["latest_min"] <= found["our_least_total"]["latest_min"]
