"""A settings.toml that cannot be read: kept aside, what is readable counts."""

from desktop.settings import load_settings
from desktop.settings_rescue import KEPT, rescue


def test_that_a_file_that_is_well_or_absent_stays_alone(tmp_path):
    assert rescue(tmp_path) == ""
    (tmp_path / "settings.toml").write_text('seat_id = "a"\n')
    assert rescue(tmp_path) == "" and len(list(tmp_path.iterdir())) == 1


def test_that_a_file_that_says_something_wrong_is_not_rescued(tmp_path):
    (tmp_path / "settings.toml").write_text("tile_count = 99\n")
    assert rescue(tmp_path) == ""


def test_that_readable_lines_count_and_the_bad_file_is_kept(tmp_path):
    path = tmp_path / "settings.toml"
    bad = 'platform_url = "https://city/api/v1"\ntile_count = 99\nseat_id = "三号\n[contacts\n'
    path.write_text(bad, "utf-8")
    told = rescue(tmp_path)
    assert "platform_url" in told and "模拟城市" not in told and "第 3 行" in told
    settings = load_settings(tmp_path)
    assert settings.platform_url == "https://city/api/v1"
    assert (settings.tile_count, settings.seat_id) == (4, "seat-1")
    (kept,) = tmp_path.glob("settings.toml.bad-*")
    assert kept.read_text("utf-8") == bad
    assert rescue(tmp_path) == ""  # the next start is a quiet one


def test_that_a_file_of_garbage_says_that_the_city_is_not_the_real_one(tmp_path):
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\x00" * 500)
    told = rescue(tmp_path)
    assert "不是 UTF-8 文本" in told and "不是真实平台" in told
    assert load_settings(tmp_path).platform_url == ""


def test_that_only_a_few_bad_files_are_kept(tmp_path):
    for number in range(KEPT + 2):
        (tmp_path / f"settings.toml.bad-2026010{number}-000000").write_text("")
    (tmp_path / "settings.toml").write_text("[")
    rescue(tmp_path)
    assert len(list(tmp_path.glob("settings.toml.bad-*"))) == KEPT
