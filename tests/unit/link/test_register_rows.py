"""Rows of a register: each by itself."""

import json
from typing import Any

import msgspec
import pytest

from desktop.domain.registers import RegisterNotes
from desktop.errors import PlatformError
from desktop.link.register_rows import page_rows, read_page
from desktop.link.register_specs import REGISTERS

ASSETS = next(spec for spec in REGISTERS if spec.name == "assets")
CAMERAS = next(spec for spec in REGISTERS if spec.name == "cameras")
GOOD = {
    "asset_id": "JG-1", "class_id": "manhole", "name": "人民路 1 号雨水井",
    "lon": 116.6, "lat": 28.9,
    "owner": {"name": "赵福磊", "phone": "13812345678"},
}  # fmt: skip


def raw(*rows: Any) -> list[msgspec.Raw]:
    return [msgspec.Raw(json.dumps(row).encode()) for row in rows]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"lon": None}, "没有坐标"),
        ({"lon": 0, "lat": 0}, "没有坐标"),
        ({"lon": 28.9, "lat": 116.6}, "字段 lat 取值超出范围"),
        ({"lon": "116.6"}, "字段 lon 类型或取值不对"),
        ({"asset_id": "JG\u202e-2"}, "编号含不可见字符或过长"),
        ({"asset_id": ""}, "编号为空"),
    ],
)
def test_that_a_wrong_row_costs_only_itself_and_says_why(change, reason):
    found = page_rows(ASSETS, raw(GOOD | {"asset_id": "JG-2"} | change, GOOD))
    assert [row.id for row in found.rows] == ["JG-1"]
    assert found.notes.refusals == {reason: 1}


def test_that_a_name_with_unseen_characters_is_kept_without_them():
    (row,) = page_rows(ASSETS, raw(GOOD | {"name": "坏\u202e\u200b名\x00"})).rows
    assert row.title == "坏名" and json.loads(row.body)["name"] == "坏名"


def test_that_rows_that_are_no_objects_or_miss_a_field_are_refused():
    found = page_rows(ASSETS, [*raw(7, {"asset_id": "x"}), msgspec.Raw(b'{"a": NaN}')])
    assert found.rows == [] and found.notes.refused == 3
    assert found.notes.refusals["缺少字段 class_id"] == 1


def test_that_a_camera_without_position_is_kept_and_counted():
    found = page_rows(CAMERAS, raw({"camera_id": "c", "name": "执法记录仪 1"}))
    assert found.rows[0].lon_deg is None and found.notes.unplaced == 1


def test_that_unknown_fields_are_counted_by_name():
    found = page_rows(ASSETS, raw(GOOD | {"material": "铸铁"}, GOOD | {"asset_id": "2"}))
    assert found.notes.unmapped == {"material": 1} and len(found.rows) == 2


def test_that_no_whole_phone_is_kept():
    (row,) = page_rows(ASSETS, raw(GOOD)).rows
    assert b"12345678" not in row.body and b"138****5678" in row.body
    assert json.loads(row.body)["name"] == GOOD["name"]


def test_that_a_row_refused_before_is_not_counted_again():
    notes = RegisterNotes()
    for _ in range(3):
        notes.add(page_rows(ASSETS, raw(GOOD | {"lon": None})).notes)
    assert notes.refusals == {"没有坐标": 1} and notes.examples == {"没有坐标": ["JG-1"]}


def test_that_a_page_is_a_list_or_an_object_and_nothing_else():
    assert len(read_page(b"[{}]").items) == 1
    assert read_page(b'{"items":[],"deleted":["a"]}').deleted == ["a"]
    for body in (b"7", b"{}", b"<html>"):
        with pytest.raises(PlatformError):
            read_page(body)
