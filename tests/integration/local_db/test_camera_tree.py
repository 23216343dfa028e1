"""The directory of cameras read from a real cache.db, and words found in it."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.domain.camera_tree import EMPTY_TREE, MOVING, NOWHERE, Counts, Reason
from desktop.link.register_rows import page_rows
from desktop.link.register_specs import FORM, REGISTERS
from local_db.cache import Layer, RegisterVersion, Row
from local_db.cache_writer import CacheWriter
from local_db.camera_search import LOOKED_AT, find
from local_db.camera_tree import KnownStreets, read_outline, read_tree, rows_of, stamp

AT = datetime(2026, 7, 17, 3, 0, tzinfo=UTC)
SPEC = next(spec for spec in REGISTERS if spec.name == "cameras")
KINDS = {"fixed": "固定枪机", "drone": "无人机"}


def camera(number: int, **facts: Any) -> dict[str, Any]:
    return {
        "camera_id": f"cam-{number:05}", "name": f"人民路 {number} 号枪机", "kind": "fixed",
        "source": "公安视频平台", "tags": ["治安"], "district_id": "990102",
        "lon": 116.605, "lat": 28.9, "online": True,
    } | facts  # fmt: skip


class Written:
    """A cache.db as the link leaves it."""

    def __init__(self, path: Path) -> None:
        self.path, self._turn = path, 0
        self._writer = CacheWriter(path)

    def put(self, *cameras: dict[str, Any]) -> None:
        rows = page_rows(SPEC, [msgspec.Raw(json.dumps(one).encode()) for one in cameras]).rows
        self._writer.replace_register(rows, self._version("cameras"))

    def put_areas(self, *squares: tuple[str, str, float]) -> None:
        """街道 of 0.01 degrees each, by id, name and western edge; all of 滨江区."""
        districts = [Row("990102", b"{}", "滨江区")]
        self._writer.replace_register(districts, self._version("districts"))
        body = {"type": "FeatureCollection", "features": [_square(*one) for one in squares]}
        etag = str(len(squares))
        layer = Layer("subdistricts", "街道界", "areas", etag, json.dumps(body).encode())
        self._writer.put_layers([layer], [layer.layer_id], self._version("layers"))

    def close(self) -> None:
        self._writer.close()

    def _version(self, name: str) -> RegisterVersion:
        self._turn += 1
        return RegisterVersion(name, "", f"v{self._turn}", 0, AT, "http://x", 0, AT, "", FORM)


def _square(street_id: str, name: str, west: float) -> dict[str, Any]:
    ring = [[west, 28.8], [west + 0.01, 28.8], [west + 0.01, 29.0], [west, 29.0], [west, 28.8]]
    facts = {"subdistrict_id": street_id, "name": name, "district_id": "990102"}
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": facts, "geometry": geometry}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: the migrations take longer than the tests."""
    path = tmp_path_factory.mktemp("template") / "cache.db"
    made = Written(path)
    made.put_areas(("s1", "永楼街道", 116.60), ("s2", "宏亭街道", 116.61))
    made.close()
    return path


@pytest.fixture
def written(tmp_path: Path, template: Path) -> Iterator[Written]:
    made = Written(Path(shutil.copy(template, tmp_path / "cache.db")))
    yield made
    made.close()


def tree_of(written: Written):
    return read_tree(written.path, KnownStreets())[0]


def test_that_a_file_without_cameras_reads_as_an_empty_tree(written, tmp_path):
    assert tree_of(written) == EMPTY_TREE
    assert stamp(tmp_path / "nothing.db") == ()


def test_that_cameras_stand_in_their_street_by_position(written):
    written.put(
        camera(1), camera(2, lon=116.615, online=False), camera(3, kind="drone"),
        camera(4, lon=None, lat=None), camera(5, lon=116.6205), camera(6, lon=117.5),
    )  # fmt: skip
    tree = tree_of(written)
    held = {leaf[2]: [tree.ids[at] for at in some] for leaf, some in tree.leaves.items()}
    assert held == {
        "s1": ["cam-00001"],
        "s2": ["cam-00002", "cam-00005"],  # the last one a few metres outside
        MOVING: ["cam-00003"],
        NOWHERE: ["cam-00004", "cam-00006"],
    }
    assert tree.counts["公安视频平台", "990102"] == Counts(6, 5)
    assert tree.names["s1"] == "永楼街道"


def test_that_the_outline_counts_the_same_without_reading_a_camera(written):
    written.put(camera(1), camera(2, online=False), camera(3, source="水务视频平台"))
    outline, tree = read_outline(written.path), tree_of(written)
    shallow = {path: count for path, count in tree.counts.items() if len(path) < 3}
    assert outline.counts == shallow
    assert outline.ids == ()


def test_that_outlines_that_change_place_the_cameras_anew(written):
    written.put(camera(1))
    before, known = read_tree(written.path, KnownStreets())
    written.put_areas(("s9", "新街道", 116.60))
    after, _ = read_tree(written.path, known)
    assert [leaf[2] for leaf in before.leaves] == ["s1"]
    assert [leaf[2] for leaf in after.leaves] == ["s9"]
    assert after.stamp == stamp(written.path) != before.stamp


def test_that_a_layer_that_cannot_be_read_costs_only_the_streets(written):
    written.put(camera(1))
    with written._writer._writing() as db:
        db.execute("UPDATE layers SET body = ?, etag = 'x'", (b'{"features": [{"geometry": 7}]}',))
    assert [leaf[2] for leaf in tree_of(written).leaves] == [NOWHERE]


def test_that_a_folder_gives_its_first_online_cameras(written):
    written.put(*(camera(n, online=n % 2 == 0) for n in range(20)))
    tree = tree_of(written)
    first = tree.online_ids(("公安视频平台",), 3)
    names = {at: tree.ids[at] for at in range(20)}
    assert list(first) == [names[at] for at in range(20) if tree.online[at]][:3]


def test_that_rows_are_read_by_id_in_any_number(written):
    written.put(*(camera(n) for n in range(1200)))
    found = rows_of(written.path, [f"cam-{n:05}" for n in range(1300)], tree_of(written))
    assert len(found) == 1200 and found["cam-00007"].street_id == "s1"


# ---- words --------------------------------------------------------------------------------


def found(written: Written, text: str, limit: int = 50):
    return find(written.path, tree_of(written), text, KINDS, limit)


def why(written: Written, text: str) -> list[tuple[str, list[Reason]]]:
    return [(one.row.id, [r for r, _ in one.why]) for one in found(written, text).rows]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("cam-00007", Reason.ID), ("人民路", Reason.NAME_START), ("枪机", Reason.NAME),
        ("rml", Reason.PINYIN), ("治安", Reason.TAG), ("固定", Reason.KIND),
        ("永楼", Reason.PLACE), ("yljd", Reason.PLACE), ("滨江区", Reason.PLACE),
        ("公安", Reason.PLATFORM), ("ＣＡＭ-00007", Reason.ID),
    ],
)  # fmt: skip
def test_that_a_find_says_by_what_it_was_found(written, text: str, reason: Reason):
    written.put(camera(7))
    assert why(written, text) == [("cam-00007", [reason])]


def test_that_every_word_must_fit(written):
    written.put(camera(1), camera(2, lon=116.615), camera(3, name="云和街", lon=116.615))
    assert [row for row, _ in why(written, "宏亭 人民")] == ["cam-00002"]
    assert why(written, "宏亭 人民 没有") == []


def test_that_characters_that_stand_apart_are_no_find(written):
    written.put(camera(1, name="民路人民 1 号"))
    assert why(written, "人民路") == []


def test_that_those_online_lead_among_equals_and_a_tag_comes_after_a_name(written):
    written.put(
        camera(1, online=False), camera(2), camera(3, name="云和街", tags=["人民路"]),
    )  # fmt: skip
    rows = [row for row, _ in why(written, "人民路")]
    assert rows == ["cam-00002", "cam-00001", "cam-00003"]


def test_that_thousands_of_one_name_are_counted_and_told_apart_by_id_and_place(written):
    written.put(*(camera(n, name="球机", lon=116.605 + 0.01 * (n % 2)) for n in range(2000)))
    finds = found(written, "球机 宏亭", 10)
    assert finds.total == 1000 and not finds.is_cut
    assert len({one.row.id for one in finds.rows}) == 10
    assert {one.street_id for one in finds.rows} == {"s2"}


def test_that_too_many_finds_say_that_only_a_part_was_looked_at(written):
    written.put(*(camera(n) for n in range(LOOKED_AT + 100)))
    finds = found(written, "路", 10)
    assert finds.is_cut and finds.total == LOOKED_AT + 100 and len(finds.rows) == 10
    more = found(written, "路 cam-00007")  # one word more, and all that fit are looked at
    assert not more.is_cut and more.total == 1


@pytest.mark.parametrize("text", ["", "  ", "'\" OR 1=1 --", "*", "%", "a" * 300, "\x00", "路*~"])
def test_that_hostile_words_are_only_words(written, text: str):
    written.put(camera(1))
    assert found(written, text).total in (0, 1)
