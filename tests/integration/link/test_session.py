"""A session outlives its link in memory, and is not lost by a kill at the wrong moment."""

import asyncio
import os
from collections.abc import Awaitable, Callable

import pytest

from desktop.lifeline import SESSION_FD
from desktop.link.redaction import Redactor
from desktop.link.rest import Rest
from desktop.link.session import RENEW_PAUSE_S, Session
from tests.integration.link.test_rest import (
    TOKEN,
    Script,
    answer,
    grant,
    says,
    session_of,
    with_server,
)
from tests.unit.link.fakes import MovedClock


class Enough(Exception):
    pass


class EndingClock(MovedClock):
    """Sleeping moves it, up to an end."""

    def __init__(self, ends_s: float) -> None:
        super().__init__()
        self._ends_s = ends_s

    async def sleep(self, seconds_s: float) -> None:
        if self.passed_s >= self._ends_s:
            raise Enough
        await super().sleep(seconds_s)


async def nothing(rest: Rest, session: Session) -> None:
    pass


def renewals(
    script: Script, kept_s: float, then: Callable[[Rest, Session], Awaitable[None]] = nothing
) -> int:
    """How often a session that must be renewed asks while it is kept fresh for so long."""

    async def play(rest: Rest, reached: list[str]) -> None:
        session = Session(rest, Redactor(), EndingClock(kept_s), lambda text: None)
        await session.sign_in("w", "p")
        session.renew_soon()
        with pytest.raises(Enough):
            await session.keep_fresh()
        await then(rest, session)

    return len([head for head in with_server(script, play) if "/auth/refresh" in head])


def test_that_a_refresh_token_that_is_spent_ends_no_session_while_the_access_token_serves():
    """As after a link that was killed between the platform's answer and its own memory."""

    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        if "/auth/refresh" in head:
            writer.write(answer(401))
        else:
            writer.write(answer(200, TOKEN if "/auth/token" in head else b"{}"))

    async def then(rest: Rest, session: Session) -> None:
        assert session.user is not None
        await rest.get("/alarms")

    assert renewals(script, 30.0, then) == 1


def test_that_an_unreadable_renewal_is_not_asked_for_each_second():
    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(200, b"{}") if "/auth/refresh" in head else grant("token-a"))

    kept_s = 20.0
    assert 2 <= renewals(script, kept_s) <= 1 + kept_s / RENEW_PAUSE_S


def test_that_a_restarted_link_renews_no_earlier_than_the_one_before(monkeypatch):
    """Each renewal spends a refresh token, and a kill between answer and memory loses it."""
    memory = os.memfd_create("session")
    monkeypatch.setenv(SESSION_FD, str(memory))

    async def play(rest: Rest, reached: list[str]) -> None:
        session = session_of(rest, [])
        await session.sign_in("w", "p")
        due_s = session._renew_at_s
        again = session_of(rest, [])
        assert again.resume() and again._renew_at_s == due_s
        once_more = session_of(rest, [])
        assert once_more.resume() and once_more._renew_at_s == due_s

    with_server(says(answer(200, TOKEN)), play)
    os.close(memory)


def test_that_a_session_lives_on_in_memory_and_ends_with_sign_out(monkeypatch):
    memory = os.memfd_create("session")
    monkeypatch.setenv(SESSION_FD, str(memory))

    async def play(rest: Rest, reached: list[str]) -> None:
        await session_of(rest, []).sign_in("w", "p")
        again = session_of(rest, [])
        assert again.resume() and again.user is not None and again.user.user_id == "u1"
        await again.sign_out()
        assert not session_of(rest, []).resume()

    with_server(says(answer(200, TOKEN)), play)
    os.close(memory)
