"""A token opens one stream for a while, and nothing else."""

import pytest

from desktop.standin.video.addresses import Tokens


def test_that_a_token_opens_its_stream_and_no_other() -> None:
    tokens = Tokens()
    token = tokens.issue("cam-1", "sub")
    assert tokens.opens(token, "cam-1", "sub")
    assert not tokens.opens(token, "cam-1", "main")
    assert not tokens.opens(token, "cam-2", "sub")


def test_that_a_token_ends_with_its_time() -> None:
    tokens = Tokens(lifetime_s=-2)
    assert not tokens.opens(tokens.issue("cam-1", "sub"), "cam-1", "sub")


@pytest.mark.parametrize("token", ["", "-", "zz-00", "ffffffff-", "7fffffff-ÿ"])
def test_that_a_made_up_token_is_refused(token: str) -> None:
    assert not Tokens().opens(token, "cam-1", "sub")


def test_that_tokens_of_an_earlier_run_are_void() -> None:
    assert not Tokens().opens(Tokens().issue("cam-1", "sub"), "cam-1", "sub")
