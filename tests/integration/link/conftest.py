"""One desk: broker, platform, link, station; ended in the reverse order."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.link_messages import LinkHealth, ServiceCondition, SessionState, SignIn
from tests.integration.link.parts import Broker, LinkProcess, Platform, Publisher, Station, city


class Desk:
    def __init__(self, folder: Path, broker: Broker, platform: Platform) -> None:
        self.broker = broker
        self.platform = platform
        self.profile = folder / "配置 一"
        self.profile.mkdir()
        self.link = LinkProcess(self.profile, platform.url)
        self._stack = contextlib.ExitStack()

    def station(self) -> Station:
        station = Station(self.profile)
        self._stack.callback(station.close)
        return station

    def publisher(self, username: str = "", password: str = "") -> Publisher:
        publisher = Publisher(self.broker.port, username, password)
        self._stack.callback(publisher.stop)
        return publisher

    def signed_in(self) -> Station:
        """A station on a link that is signed in and connected."""
        station = self.station()
        station.send(SignIn(username="w", password="right-secret"))
        station.expect(SessionState, lambda state: state.user is not None)
        station.expect(LinkHealth, lambda health: health.mqtt.condition is ServiceCondition.UP)
        return station

    def close(self) -> None:
        self._stack.close()
        self.link.kill()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with city(tmp_path) as (broker, platform):
        desk = Desk(tmp_path, broker, platform)
        try:
            yield desk
        finally:
            desk.close()
