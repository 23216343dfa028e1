"""Two seats, a spy, and levers that let everybody answer quickly."""

from collections.abc import Iterator

import pytest

from tests.integration.standin.conftest import StandInProcess
from tests.integration.standin.incidents.parts import Seat, Spy


@pytest.fixture(scope="module")
def officer(standin: StandInProcess) -> Iterator[Seat]:
    with Seat(standin, "chenjianhua", "seat-1") as seat:
        seat.confirm()
        yield seat


@pytest.fixture(scope="module")
def leader(standin: StandInProcess) -> Iterator[Seat]:
    with Seat(standin, "wangzhiyuan", "seat-2") as seat:
        yield seat


@pytest.fixture
def spy(officer: Seat, request: pytest.FixtureRequest) -> Iterator[Spy]:
    made = Spy(officer.granted, f"spy-{request.node.name[-40:]}")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def levers(standin: StandInProcess) -> None:
    facts = {"speed": 600, "second_s": 0, "manners": {"*": "quick"}}
    standin.control.post("/incidents", json=facts).raise_for_status()
