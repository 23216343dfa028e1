import os
import re
import socket

import pytest

from desktop.errors import SettingsError
from desktop.settings import Settings, cache_folder, default_profile, load_settings, socket_path


def write(folder, text: str):
    (folder / "settings.toml").write_text(text, "utf-8")
    return folder


def test_that_a_profile_without_a_file_has_the_defaults(tmp_path):
    assert load_settings(tmp_path) == Settings()


def test_that_the_command_line_wins_and_leaves_alone_what_it_does_not_say(tmp_path):
    write(tmp_path, 'platform_url = "https://a/api/v1"\nseat_id = "seat-9"\n')
    settings = load_settings(tmp_path, platform_url="https://b/api/v1", seat_id=None)
    assert (settings.platform_url, settings.seat_id) == ("https://b/api/v1", "seat-9")


def test_that_contacts_are_read(tmp_path):
    write(tmp_path, '[[contacts]]\nname = "值班室"\nphone = "0000-1"\n')
    assert load_settings(tmp_path).contacts[0].name == "值班室"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('colour = "red"\n', "'colour'"),
        ("tile_count = 5\n", "tile_count"),
        ('tile_count = "4"\n', "tile_count"),
        ("text_scale_percent = 99\n", "text_scale_percent"),
        ('theme = "pink"\n', "theme 的值不对：可用 dark"),
        ('gpu = "maybe"\n', "gpu 的值不对：可用 auto、on、off"),
        ("gpu = true\n", "gpu 的值不对"),
        ('language = "fr"\n', "可用 zh_CN、en"),
        ('[[contacts]]\nname = "x"\n', "phone"),
        ('[[contacts]]\nname = "x"\nphone = "1"\nfax = "2"\n', "fax"),
        ("tile_count = \n", "第 1 行"),
    ],
)
def test_that_a_wrong_setting_is_refused_with_file_key_and_reason(tmp_path, text, reason):
    write(tmp_path, text)
    with pytest.raises(SettingsError) as refusal:
        load_settings(tmp_path)
    words = refusal.value.operator_text
    assert str(tmp_path / "settings.toml") in words
    assert reason in words and "请" in words
    assert not re.search("Expected|Object|Invalid", words)


def test_that_a_file_of_another_encoding_is_refused_in_words(tmp_path):
    (tmp_path / "settings.toml").write_bytes("seat_id = '值班'".encode("gbk"))
    with pytest.raises(SettingsError, match="读不出"):
        load_settings(tmp_path)


def test_that_folders_follow_the_home_of_the_user():
    assert default_profile().is_relative_to(os.environ["XDG_DATA_HOME"])
    assert cache_folder().is_relative_to(os.environ["XDG_CACHE_HOME"])


def test_that_a_socket_of_a_deep_profile_can_still_be_bound(tmp_path):
    deep = tmp_path / ("很深" * 20)
    deep.mkdir()
    path = socket_path(deep, "link.sock")
    assert path == socket_path(deep, "link.sock") != socket_path(tmp_path / "other", "link.sock")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
    path.unlink()


def test_that_the_folder_of_such_a_socket_is_the_users_alone(tmp_path):
    folder = socket_path(tmp_path / ("很深" * 20), "link.sock").parent
    assert folder.stat().st_mode & 0o777 == 0o700


def test_that_a_short_profile_holds_its_socket_itself(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert socket_path(tmp_path, "link.sock").name == "link.sock"
