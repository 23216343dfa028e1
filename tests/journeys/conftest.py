"""One whole command center on a display of its own, started once for all journeys."""

from collections.abc import Iterator

import pytest

from tests.command_center import (
    BACK_LIMIT_S,
    READY_LIMIT_S,
    CommandCenter,
    eventually,
)
from tests.x_server import x_server

__all__ = ["BACK_LIMIT_S", "READY_LIMIT_S", "CommandCenter", "eventually"]


@pytest.fixture(autouse=True)
def nothing_left_running() -> None:
    """Not per test here: the command center lives through all journeys, and the last of them
    proves that nothing outlives it."""


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    with x_server() as server:
        yield server.display


@pytest.fixture(scope="session")
def center(
    session_folders: None, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CommandCenter]:
    center = CommandCenter(tmp_path_factory.mktemp("journey") / "指挥 profile", display)
    yield center
    center.end()
