"""Settings that the program writes itself: whole or not at all."""

from pathlib import Path

import pytest

from desktop import settings
from desktop.errors import SettingsError
from desktop.settings import load_settings, save_settings

BEFORE = """# kept by the administrator
seat_id = "seat-9"   # by the door
  platform_url = "https://old/api/v1"

[[contacts]]
name = "值班室"
phone = "0796-1234567"
"""


def test_that_a_new_profile_gets_the_answer(tmp_path: Path) -> None:
    save_settings(tmp_path, platform_url="https://city/api/v1", ca_file="/etc/城 市/ca.pem")
    made = load_settings(tmp_path)
    assert (made.platform_url, made.ca_file) == ("https://city/api/v1", "/etc/城 市/ca.pem")
    assert not (tmp_path / "settings.toml.bak").exists()


def test_that_other_lines_and_comments_stay_and_the_old_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(BEFORE, "utf-8")
    save_settings(tmp_path, platform_url="", ca_file='C:\\ca "1".pem')
    made = load_settings(tmp_path)
    assert made.platform_url == "" and made.ca_file == 'C:\\ca "1".pem'
    assert made.seat_id == "seat-9" and made.contacts[0].name == "值班室"
    assert "# kept by the administrator" in path.read_text("utf-8")
    assert "# by the door" in path.read_text("utf-8")
    assert (tmp_path / "settings.toml.bak").read_text("utf-8") == BEFORE
    assert sorted(p.name for p in tmp_path.iterdir()) == ["settings.toml", "settings.toml.bak"]


@pytest.mark.parametrize("broken", ["platform_url = ", 'moon = "1"\n', b"\xff\xfe"])
def test_that_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path, broken) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(broken if isinstance(broken, bytes) else broken.encode())
    before = path.read_bytes()
    with pytest.raises(SettingsError):
        save_settings(tmp_path, platform_url="https://city/api/v1")
    assert path.read_bytes() == before


def test_that_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(BEFORE, "utf-8")

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings.os, "fsync", full)
    with pytest.raises(SettingsError, match="磁盘已满"):
        save_settings(tmp_path, platform_url="https://city/api/v1")
    assert path.read_text("utf-8") == BEFORE
