"""The words of the command line: exit codes, one line each."""

import os
import socket
from pathlib import Path

import pytest

from desktop import __version__, cli


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_that_version_prints_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "version") == (0, f"{__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["fly"], "fly"),
        (["--as", "mayor"], "mayor"),
        (["screenshot"], "DIR"),
        (["screenshot", "out", "--size", "large"], "large"),
        (["--platform", "ftp://city"], "ftp://city"),
        (["--platform", "http://city", "--as", "operator"], "--as"),
        (["--wall"], "--wall"),
        (["--view", "moon"], "moon"),
        (["scenario", "storm", "--speed", "0"], "倍速应大于 0"),
        (["scenario", "storm", "--speed", "nan"], "倍速应大于 0"),
        (["scenario", "storm", "--speed", "fast"], "fast"),
    ],
)
def test_that_wrong_use_is_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], named: str
) -> None:
    code, out, error = run(capsys, "--profile", str(tmp_path), *arguments)
    assert (code, out) == (2, "")
    assert len(error.splitlines()) == 1
    assert named in error


def test_that_a_folder_for_pictures_that_cannot_be_made_is_one_line_and_exit_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    code, _, error = run(capsys, "--profile", str(tmp_path), "screenshot", str(tmp_path / "file/x"))
    assert code == 1 and len(error.splitlines()) == 1
    assert "不是目录" in error and str(tmp_path / "file/x") in error


def test_that_an_unknown_setting_is_refused_with_file_and_key(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text('platfrom_url = "https://city/api/v1"\n')
    code, _, error = run(capsys, "--profile", str(tmp_path))
    assert code == 2
    assert str(tmp_path / "settings.toml") in error
    assert "platfrom_url" in error
    assert len(error.splitlines()) == 1


def test_that_a_missing_display_is_said_with_the_way_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    code, _, error = run(capsys, "--profile", str(tmp_path))
    assert code == 1
    assert "xvfb-run" in error
    assert len(error.splitlines()) == 1


def test_that_a_display_that_does_not_answer_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":64999")
    code, _, error = run(capsys, "--profile", str(tmp_path))
    assert code == 1
    assert ":64999" in error


def test_that_root_never_meets_a_real_platform(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    code, _, error = run(capsys, "--profile", str(tmp_path), "--platform", "https://city/api/v1")
    assert code == 1
    assert "root" in error


@pytest.mark.parametrize("word", [["status"], ["status", "--json"], ["scenario", "storm"]])
def test_that_words_for_a_running_instance_fail_without_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, word: list[str]
) -> None:
    code, out, error = run(capsys, *word, "--profile", str(tmp_path))
    assert (code, out) == (1, "")
    assert len(error.splitlines()) == 1


def test_that_options_may_stand_before_or_behind_the_word(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for arguments in (
        ["--profile", str(tmp_path), "status"],
        ["status", "--profile", str(tmp_path)],
    ):
        assert str(tmp_path) in run(capsys, *arguments)[2]


def test_that_a_profile_that_is_a_file_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "refuse_without_display", lambda: None)
    (tmp_path / "profile").write_text("")
    code, _, error = run(capsys, "--profile", str(tmp_path / "profile"))
    assert code in (1, 2)
    assert str(tmp_path / "profile") in error
    assert len(error.splitlines()) == 1


def test_that_a_window_that_does_not_answer_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "runtime.json").write_text(f'{{"pid": {os.getpid()}}}')
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "station.sock"))
    code, _, error = run(capsys, "status", "--profile", str(tmp_path))
    assert code == 1
    assert "没有应答" in error
