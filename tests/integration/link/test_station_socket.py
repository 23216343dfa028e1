"""The local socket: several stations, one that sleeps, one that talks nonsense."""

import asyncio
import socket
import stat

import pytest

from desktop.domain.framing import frame
from desktop.domain.link_messages import SessionState, SignOut
from desktop.errors import ProfileError
from desktop.link import station_socket
from desktop.link.station_socket import Client, StationSocket


def play(path, scene) -> list[object]:
    """Runs `scene(server)` with a socket that greets at once; gives what stations said."""
    said: list[object] = []

    def greet(client: Client) -> None:
        client.greeted = True
        client.send(SessionState(refused="hello"))

    async def run() -> None:
        server = StationSocket(path, greet, lambda client, message: said.append(message))
        await server.open()
        try:
            await scene(server)
        finally:
            await server.close()

    asyncio.run(run())
    return said


def test_that_the_socket_is_for_its_owner_only_and_replaces_a_stale_file(tmp_path):
    path = tmp_path / "link.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))

    async def scene(server: StationSocket) -> None:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with pytest.raises(ProfileError):
            await StationSocket(path, lambda client: None, lambda *_: None).open()
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(frame(SignOut()))
        assert await reader.readexactly(4)
        writer.close()
        await writer.wait_closed()

    said = play(path, scene)
    assert len(said) <= 2 and not path.exists()


def test_that_a_station_that_reads_nothing_is_cut_and_others_are_not(tmp_path, monkeypatch):
    monkeypatch.setattr(station_socket, "UNREAD_S", 0.3)
    path = tmp_path / "link.sock"

    async def scene(server: StationSocket) -> None:
        asleep = socket.socket(socket.AF_UNIX)
        asleep.connect(str(path))
        reader, writer = await asyncio.open_unix_connection(path)
        await reader.readexactly(4)
        received = 0
        async with asyncio.timeout(10.0):
            while len(server._clients) > 1 or received < 1_000_000:
                server.broadcast(SessionState(refused="x" * 20_000))
                received += len(await reader.read(1 << 20))
        asleep.close()
        writer.close()
        await writer.wait_closed()

    play(path, scene)


@pytest.mark.parametrize("nonsense", [b"\xff\xff\xff\xff", b"\0\0\0\1\xc1"])
def test_that_nonsense_closes_its_own_connection_only(tmp_path, nonsense):
    path = tmp_path / "link.sock"

    async def scene(server: StationSocket) -> None:
        good, good_writer = await asyncio.open_unix_connection(path)
        await good.readexactly(4)
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(nonsense)
        async with asyncio.timeout(5.0):
            await reader.read()  # to its end
        server.broadcast(SessionState(refused="still here"))
        async with asyncio.timeout(5.0):
            assert b"still here" in await good.readuntil(b"still here")
        for one in (writer, good_writer):
            one.close()

    play(path, scene)
