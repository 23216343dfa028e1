import pytest

from desktop.domain.freshness import Freshness, freshness


@pytest.mark.parametrize(
    ("age_s", "connected", "expected"),
    [
        (None, True, Freshness.NEVER),
        (None, False, Freshness.NEVER),
        (0.0, True, Freshness.LIVE),
        (90.0, True, Freshness.LIVE),
        (90.1, True, Freshness.STALE),
        (0.0, False, Freshness.LOST),
        (500.0, False, Freshness.LOST),
    ],
)
def test_that_trust_follows_from_age_and_connection(age_s, connected, expected):
    assert freshness(age_s, stale_after_s=90.0, connected=connected) is expected
