from desktop.domain.wall import empty_wall, preset
from desktop.domain.wall_tabs import SavedWall
from desktop.shell.wall_files import MOST_BYTES, read_walls, remove_wall, write_wall


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
