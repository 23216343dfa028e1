"""Rows in the words of another platform, read by a table."""

import json

import msgspec
import pytest

from desktop.domain.mappings import FieldMap, canonical
from desktop.link.mapping_files import FOLDER, read_mappings, tables_of
from desktop.link.register_rows import page_rows
from desktop.link.register_specs import REGISTERS
from desktop.standin.foreign import SOURCE, as_sent
from desktop.standin.generated.rows import Item

TABLE = FieldMap(
    fields={"mc": "name", "zt": "status", "x": "lon"},
    factors={"lon": 1e-6},
    values={"status": {"0": "normal", "1": "fault"}},
)
ASSETS = next(spec for spec in REGISTERS if spec.name == "assets")


def hydrant(**facts) -> Item:
    known = {"asset_id": "XH-000001", "class_id": "hydrant", "name": "人民路 3 号消火栓",
             "lon": 116.6, "lat": 28.9, "district_id": "990102", "grid_id": "g1",
             "status": "fault", "owner": None, "updated_at": None}  # fmt: skip
    made = {f: known.get(f) for f in Item.__struct_fields__}
    return Item(**(made | facts))


@pytest.mark.parametrize(
    ("fields", "made", "strange"),
    [
        ({"mc": "甲", "zt": 1}, {"name": "甲", "status": "fault"}, ()),
        ({"x": 116_600_000}, {"lon": 116.6}, ()),
        ({"name": "甲", "mc": "乙"}, {"name": "甲"}, ()),  # our own name comes first
        ({"status": "normal"}, {"status": "normal"}, ()),  # our own word needs no table
        ({"zt": "7"}, {"status": "7"}, ("status=7",)),
        ({"lon": 116.6}, {"lon": 116.6}, ()),  # ours already: not multiplied
        ({"colour": "红"}, {"colour": "红"}, ()),
        ({"zt": None, "x": True}, {"status": None, "lon": True}, ()),
    ],
)
def test_that_a_table_translates_names_codes_and_units(fields, made, strange):
    got = canonical(fields, TABLE)
    assert got.fields == pytest.approx(made) and got.strange == strange


def rows(items: list[object]):
    return page_rows(ASSETS, [msgspec.Raw(msgspec.json.encode(item)) for item in items])


def test_that_a_source_with_other_words_goes_through_cleanly():
    sent = as_sent(hydrant())
    assert {"device_name", "run_state", "lon_e6"} <= set(sent)
    found = rows([sent])
    (row,) = found.rows
    assert row.title == "人民路 3 号消火栓" and row.state == "fault"
    assert (row.lon_deg, row.lat_deg) == pytest.approx((116.6, 28.9))
    assert not found.notes.refused and not found.notes.unmapped
    body = json.loads(row.body)
    assert body["status"] == "fault" and "run_state" not in body


def test_that_what_the_table_does_not_name_is_counted_by_source_with_an_example():
    sent = as_sent(hydrant())
    found = rows([sent | {"run_state": "9", "valve": "DN100"}, sent | {"valve": "DN80"}])
    assert found.notes.unmapped == {f"{SOURCE} · valve": 2, f"{SOURCE} · status=9": 1}
    assert found.notes.unmapped_examples[f"{SOURCE} · valve"] == "DN100"


def test_that_a_row_of_ours_is_not_touched():
    found = rows([hydrant()])
    assert found.rows[0].title == "人民路 3 号消火栓" and not found.notes.unmapped


def test_that_the_same_row_without_its_table_is_refused_by_name():
    found = page_rows(ASSETS, [msgspec.Raw(msgspec.json.encode(as_sent(hydrant())))], tables={})
    assert found.notes.refusals == {"缺少字段 name": 1}


def test_that_a_file_with_a_slip_costs_only_itself(tmp_path):
    (tmp_path / "a.toml").write_text('source = "甲"\n[registers.assets.fields]\nmc = "name"\n')
    (tmp_path / "b.toml").write_text('source = "乙"\n[registers.assets.feilds]\nmc = "name"\n')
    (tmp_path / "c.toml").write_text("source = ")
    assert list(read_mappings(tmp_path)["assets"]) == ["甲"]


def test_that_every_shipped_table_can_be_used():
    files = list(FOLDER.glob("*.toml"))
    assert files and SOURCE in tables_of("assets")
    known = {spec.name for spec in REGISTERS}
    assert set(read_mappings(FOLDER)) <= known
