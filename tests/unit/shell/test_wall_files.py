import pytest

from desktop.domain.wall import empty_wall, preset
from desktop.domain.wall_tabs import SavedWall
from desktop.shell.wall_files import (
    MOST_BYTES,
    MOST_FILES,
    TooManyWalls,
    read_walls,
    remove_wall,
    write_wall,
)


def saved(name: str) -> SavedWall:
    return SavedWall(name, empty_wall(preset("6")).fill_from(["a", "b"]), shared=True)


def test_that_a_written_wall_is_read_again_whatever_its_name(tmp_path):
    folder = tmp_path / "wall_layouts"
    for name in ("防汛", "../../etc", "a/b", "a_b"):
        write_wall(folder, saved(name))
    assert {one.name for one in read_walls(folder)} == {"防汛", "../../etc", "a/b", "a_b"}
    assert {path.parent for path in tmp_path.rglob("*.json")} == {folder}


def test_that_a_wall_of_the_same_name_is_replaced_and_can_be_removed(tmp_path):
    write_wall(tmp_path, saved("一"))
    write_wall(tmp_path, saved("一"))
    write_wall(tmp_path, saved("二"))
    remove_wall(tmp_path, "一")
    assert [one.name for one in read_walls(tmp_path)] == ["二"]


def test_that_files_that_are_no_walls_are_left_out(tmp_path):
    write_wall(tmp_path, saved("好"))
    (tmp_path / "a.json").write_bytes(b"\xff\xfe")
    (tmp_path / "b.json").write_text('{"name":"x","wall":{}}')
    (tmp_path / "c.json").write_text(" " * (MOST_BYTES + 1))
    assert [one.name for one in read_walls(tmp_path)] == ["好"]


def test_that_a_missing_folder_holds_nothing(tmp_path):
    assert read_walls(tmp_path / "none") == []


def test_that_what_a_stranger_wrote_neither_hangs_nor_hides_the_others(tmp_path):
    write_wall(tmp_path, saved("好"))
    text = next(tmp_path.glob("*.json")).read_text()
    assert '"rows": 2' in text
    (tmp_path / "a.json").write_text(text.replace('"rows": 2', '"rows": 999999999'))
    (tmp_path / "b.json").write_text('{"other":' + "[" * 60_000 + "]" * 60_000 + "}")
    (tmp_path / "c.json").write_text(text.replace('"camera_id": "a"', '"camera_id": 7'))
    assert [one.name for one in read_walls(tmp_path)] == ["好"]


def test_that_a_stranger_s_name_is_one_short_line_and_its_alarms_are_not_taken_over(tmp_path):
    name = "甲\n乙\u202e" + "长" * 90
    wall = saved(name).wall.link(0, "x", "alarm-1", 1.0)
    write_wall(tmp_path, SavedWall(name, wall))
    (found,) = read_walls(tmp_path)
    assert found.name.startswith("甲 乙长") and len(found.name) == 20
    assert not found.wall.links() and found.wall.cells[0].camera_id == "a"
    remove_wall(tmp_path, found.name)
    assert read_walls(tmp_path) == []


def test_that_a_file_too_large_is_not_read_to_remove_another(tmp_path):
    write_wall(tmp_path, saved("一"))
    (tmp_path / "big.json").write_text(" " * (MOST_BYTES + 1))
    remove_wall(tmp_path, "一")
    assert [path.name for path in tmp_path.iterdir()] == ["big.json"]


def test_that_a_wall_that_would_not_be_read_is_not_written(tmp_path):
    for number in range(MOST_FILES):
        write_wall(tmp_path, saved(f"墙 {number}"))
    with pytest.raises(TooManyWalls):
        write_wall(tmp_path, saved("再一个"))
    write_wall(tmp_path, saved("墙 3"))
    assert len(read_walls(tmp_path)) == MOST_FILES
