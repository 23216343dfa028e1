"""`open LINK`, and a second start that hands its words to the first."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.shell.places import VIEW_IDS
from desktop.supervision.commands import START_ANEW, StartOptions

Orders = list[dict[str, Any]]


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Orders]:
    """A window that notes what it is asked; it refuses what is called "gone"."""
    (tmp_path / "runtime.json").write_text(f'{{"pid": {os.getpid()}}}')
    orders: Orders = []
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "station.sock"))
    server.listen()
    ended = threading.Event()

    def serve() -> None:
        while True:
            line, _ = server.accept()
            if ended.is_set():
                return line.close()
            with line, line.makefile("rwb") as file:
                order = json.loads(file.readline())
                orders.append(order)
                refused = "gone" in str(order)
                answer = {"ok": False, "error": "没有这条告警"} if refused else {"ok": True}
                file.write(json.dumps(answer).encode() + b"\n")

    thread = threading.Thread(target=serve)
    thread.start()
    yield orders
    ended.set()
    with socket.socket(socket.AF_UNIX) as last:
        last.connect(str(tmp_path / "station.sock"))
    thread.join()
    server.close()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[StartOptions]:
    """The starts of a supervisor that ends at once, the first time for other settings."""
    starts: list[StartOptions] = []

    class FakeSupervisor:
        def __init__(self, profile: Any, options: StartOptions) -> None:
            self._profile = profile
            starts.append(options)

        async def run(self) -> int:
            self._profile.release()
            return START_ANEW if len(starts) == 1 else 0

    monkeypatch.setattr(cli, "Supervisor", FakeSupervisor)
    monkeypatch.setattr(cli, "refuse_without_display", lambda: None)
    monkeypatch.setattr(cli, "_log_to", lambda path: None)
    return starts


@pytest.mark.parametrize("link", ["moon/1", "http://alarm/1", "alarm/", "map?lon=1", ""])
def test_that_a_wrong_link_is_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, link: str
) -> None:
    assert cli.main(["--profile", str(tmp_path), "open", link]) == 2
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1 and "chengkan://" in said.err
    assert list(tmp_path.iterdir()) == []


def test_that_an_unknown_view_is_exit_2_and_starts_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, started: list[StartOptions]
) -> None:
    assert cli.main(["--profile", str(tmp_path), "open", "view/NAME"]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1 and "NAME" in said and "registers" in said
    assert started == [] and list(tmp_path.iterdir()) == []


def test_that_a_second_start_hands_its_link_to_the_first(tmp_path: Path, station: Orders) -> None:
    assert cli.main(["--profile", str(tmp_path), "open", "alarm/a1"]) == 0
    assert station == [{"word": "open", "link": "chengkan://alarm/a1"}, {"word": "raise"}]


@pytest.mark.parametrize("view_id", ["map", "registers", "health", "settings"])
def test_that_a_second_start_hands_its_view_to_the_first(
    tmp_path: Path, station: Orders, view_id: str
) -> None:
    assert cli.main(["--profile", str(tmp_path), "--view", view_id]) == 0
    assert station == [{"word": "view", "view_id": view_id}, {"word": "raise"}]


def test_that_a_view_that_is_not_there_is_told_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["--view", "moon"]) == 2
    said = capsys.readouterr().err
    assert all(view_id in said for view_id in VIEW_IDS)


def test_that_a_thing_that_is_not_there_is_the_answer_of_the_window(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, station: Orders
) -> None:
    assert cli.main(["--profile", str(tmp_path), "open", "alarm/gone"]) == 1
    assert capsys.readouterr().err == "没有这条告警\n"
    assert len(station) == 1


def test_that_without_a_running_window_one_is_started_with_the_link(
    tmp_path: Path, started: list[StartOptions]
) -> None:
    assert cli.main(["--profile", str(tmp_path), "open", "camera/cam-7"]) == 0
    assert [one.link for one in started] == ["chengkan://camera/cam-7", ""]


def test_that_other_settings_start_everything_anew_by_what_stands_in_the_file(
    tmp_path: Path, started: list[StartOptions], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (tmp_path / "settings.toml").write_text('platform_url = "https://city/api/v1"\n')
    platform = ["--platform", "http://127.0.0.1:1/api/v1"]
    assert cli.main(["--profile", str(tmp_path), *platform]) == 0
    urls = [one.platform_url for one in started]
    assert urls == ["http://127.0.0.1:1/api/v1", "https://city/api/v1"]


@pytest.mark.parametrize(
    ("arguments", "settings", "asked"),
    [
        ([], False, True),
        ([], True, False),
        (["--as", "operator"], False, False),
        (["--platform", "http://127.0.0.1:1/api/v1"], False, False),
    ],
)
def test_that_only_a_new_profile_is_asked_for_its_city(
    tmp_path: Path, started: list[StartOptions], monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], settings: bool, asked: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    if settings:
        (tmp_path / "settings.toml").write_text("")
    cli.main(["--profile", str(tmp_path), *arguments])
    assert started[0].first_start is asked
