"""A screen without people signs in by itself, and only with a secret that is one."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.link_messages import User
from desktop.errors import PlatformError
from desktop.link.device import FILE, LOOK_S, REFUSED_S, DeviceSignIn, read_token


class FakeSession:
    def __init__(self) -> None:
        self.user: User | None = None
        self.asked: list[str] = []
        self.error: PlatformError | None = None

    async def sign_in_device(self, token: str) -> None:
        self.asked.append(token)
        if self.error is not None:
            raise self.error
        self.user = User("screen-1", "大屏", ("wall",))


class FakeAudit:
    def __init__(self) -> None:
        self.refused: list[str] = []

    def sign_in_refused(self, username: str, why: str) -> None:
        self.refused.append(why)


@pytest.fixture
def parts(tmp_path: Path) -> tuple[DeviceSignIn, FakeSession, FakeAudit, Path]:
    session, audit, clock = FakeSession(), FakeAudit(), None
    given: Any = (session, audit, clock)
    return DeviceSignIn(tmp_path, *given), session, audit, tmp_path / FILE


def put(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text, "utf-8")
    path.chmod(mode)


def test_that_a_token_signs_in_where_nobody_is_and_only_there(parts):
    device, session, _, path = parts
    assert asyncio.run(device.look()) == LOOK_S
    assert session.asked == []
    put(path, "secret-1\n")
    asyncio.run(device.look())
    asyncio.run(device.look())
    assert session.asked == ["secret-1"]


def test_that_a_refused_token_is_noted_and_not_tried_again_at_once(parts):
    device, session, audit, path = parts
    put(path, "wrong")
    session.error = PlatformError("平台不认这台大屏的设备令牌")
    assert asyncio.run(device.look()) == REFUSED_S
    assert audit.refused == ["平台不认这台大屏的设备令牌"]


@pytest.mark.parametrize(("text", "mode"), [("abc", 0o644), ("", 0o600), ("a\x07b", 0o600)])
def test_that_what_others_can_read_or_what_is_no_token_is_not_used(tmp_path, text, mode):
    put(tmp_path / FILE, text, mode)
    assert read_token(tmp_path / FILE) == ""
