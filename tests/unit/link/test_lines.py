"""A topic that a wider one brings already is not asked for twice."""

import pytest

from desktop.link.lines import _covers


@pytest.mark.parametrize(
    ("wide", "topic", "covered"),
    [
        ("telemetry/+/+", "telemetry/water_level/+", True),
        ("telemetry/water_level/+", "telemetry/+/+", False),
        ("telemetry/+/+", "telemetry/+/+", False),
        ("telemetry/+/+", "position/+/+", False),
        ("telemetry/+/+", "telemetry/water_level", False),
    ],
)
def test_that_a_wider_filter_covers_a_narrower_one_only(wide, topic, covered):
    assert _covers(wide, topic) is covered
