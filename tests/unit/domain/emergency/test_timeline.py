"""A timeline that was touched says where; its export computes nothing in a sheet."""

import csv
import io
import json
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.emergency.incidents import TimelineEntry
from desktop.domain.emergency.timeline import (
    Line,
    as_csv,
    as_json,
    chained,
    hash_of,
    merged,
    safe_cell,
    verify,
)
from tests.incident_parts import SENT, timeline

replace = msgspec.structs.replace


def test_that_an_untouched_chain_holds_also_after_its_way_over_the_wire():
    entries = msgspec.json.decode(msgspec.json.encode(timeline(5)), type=tuple[TimelineEntry, ...])
    check = verify(entries)
    assert check.holds and check.length == 5 and check.head == entries[-1].hash


@pytest.mark.parametrize("touch", range(5))
def test_that_a_changed_entry_is_named(touch):
    entries = list(timeline(5))
    entries[touch] = replace(entries[touch], text="别的")
    assert verify(entries).broken == touch + 1


def test_that_whoever_also_makes_the_hash_anew_breaks_the_next_one():
    entries = list(timeline(5))
    changed = replace(entries[2], by="别人")
    entries[2] = replace(changed, hash=hash_of(changed))
    assert verify(entries).broken == 4


def test_that_a_removed_and_a_swapped_entry_are_named():
    entries = list(timeline(5))
    assert verify(entries[:2] + entries[3:]).broken == 3
    assert verify([entries[1], entries[0], *entries[2:]]).broken == 1


def test_that_a_cut_end_and_a_rewritten_chain_are_found_by_what_was_seen_before():
    entries = timeline(5)
    seen = (5, entries[-1].hash)
    assert verify(entries[:4]).holds
    assert verify(entries[:4], seen).broken == 5
    other: list[TimelineEntry] = []
    for entry in entries:
        other.append(chained(replace(entry, text=f"{entry.text}！"), other[-1] if other else None))
    assert verify(other).holds and verify(other, seen).broken == 5
    assert verify(entries, seen).holds


@given(st.integers(0, 4), st.sampled_from(["text", "by", "ref", "kind"]), st.text(max_size=8))
def test_that_no_field_can_be_changed_unseen(number, field, value):
    entries = list(timeline(5))
    if getattr(entries[number], field) == value:
        return
    entries[number] = replace(entries[number], **{field: value})
    assert verify(entries).broken == number + 1


def test_that_own_notes_stand_where_their_time_is_and_once():
    own = [Line(0, SENT + timedelta(seconds=2.5), "现场来电", "张敏"),
           Line(0, SENT, "通知 3 人", "张敏")]  # fmt: skip
    lines = merged(timeline(5), own)
    assert [line.number for line in lines] == [1, 2, 3, 0, 4, 5]


def test_that_the_json_export_can_be_verified_by_anybody():
    entries = timeline(4)
    facts = json.loads(as_json("YJ-1", entries, verify(entries), SENT, "张敏"))
    again = msgspec.convert(facts["entries"], tuple[TimelineEntry, ...])
    assert verify(again).head == facts["head"] == entries[-1].hash and facts["broken"] is None


def test_that_the_csv_export_has_every_entry_and_the_head():
    entries = timeline(3)
    data = as_csv("YJ-1", entries, verify(entries), SENT, "张敏")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf") and len(rows) == 5
    assert rows[-1][-1] == entries[-1].hash and "已校验" in rows[-1][3]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0"])
def test_that_no_cell_is_a_formula(text):
    assert safe_cell(text) == f"'{text}"
    entry = chained(replace(timeline(1)[0], text=text), None)
    assert f"'{text}" in as_csv("i", (entry,), verify((entry,)), SENT, "x").decode("utf-8-sig")


@given(st.text(max_size=30))
def test_that_any_text_survives_the_csv(text):
    entry = chained(replace(timeline(1)[0], text=text), None)
    data = as_csv("i", (entry,), verify((entry,)), SENT, "x").decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(data, newline="")))[1][3]
    shown = text.encode("utf-8", "replace").decode()
    assert found.removeprefix("'") == shown.removeprefix("'") or found == shown


@pytest.mark.parametrize("touch", range(6))
def test_that_what_was_verified_before_is_believed_only_while_it_is_the_same(touch):
    entries = timeline(6)
    assert verify(entries, None, entries[:4]) == verify(entries)
    touched = list(entries)
    touched[touch] = replace(touched[touch], text="别的")
    assert verify(touched, None, entries[:4]).broken == touch + 1
    assert verify(entries[:3], (4, entries[3].hash), entries[:4]).broken == 4
