"""Whatever is done to a chain of rows, the walk names the first row that is not as written."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.audit import (
    FIRST_PREVIOUS,
    Anchor,
    AuditEntry,
    AuditRow,
    chained,
    hash_of,
    verify,
)

NOW = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)
TEXT_FIELDS = [name for name in AuditRow.__struct_fields__ if name not in ("seq", "hash")]
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
ENTRIES = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=2, max_size=8)


def chain(contents: list[tuple[str, str, str]]) -> list[AuditRow]:
    rows: list[AuditRow] = []
    for number, (action, target, reason) in enumerate(contents):
        last = Anchor(rows[-1].seq, rows[-1].hash) if rows else Anchor(0, FIRST_PREVIOUS)
        at = NOW + timedelta(seconds=number)
        entry = AuditEntry(
            entry_id=f"e{number}", at=at, action=action, target=target, reason=reason
        )
        rows.append(chained(entry, last))
    return rows


def head(rows: list[AuditRow]) -> Anchor:
    return Anchor(rows[-1].seq, rows[-1].hash)


@given(ENTRIES)
def test_that_a_chain_as_written_holds(contents):
    rows = chain(contents)
    verdict = verify(rows, [head(rows)])
    assert verdict.broken_seq is None
    assert (verdict.row_count, verdict.head) == (len(rows), rows[-1].hash)


@given(ENTRIES, st.data())
def test_that_an_edited_row_is_named(contents, data):
    rows = chain(contents)
    index = data.draw(st.integers(0, len(rows) - 1))
    field = data.draw(st.sampled_from(TEXT_FIELDS))
    value = data.draw(TEXTS.filter(lambda text: text != getattr(rows[index], field)))
    rows[index] = msgspec.structs.replace(rows[index], **{field: value})
    assert verify(rows).broken_seq == index + 1


@given(ENTRIES, st.data())
def test_that_an_edit_with_a_new_hash_breaks_the_row_behind_it(contents, data):
    rows = chain(contents)
    index = data.draw(st.integers(0, len(rows) - 1))
    edited = msgspec.structs.replace(rows[index], reason=rows[index].reason + "x")
    anchors = [head(rows)]
    rows[index] = msgspec.structs.replace(edited, hash=hash_of(edited))
    found = verify(rows, anchors).broken_seq
    assert found == (index + 2 if index + 1 < len(rows) else index + 1)


@given(ENTRIES, st.data())
def test_that_a_removed_row_is_named(contents, data):
    rows = chain(contents)
    anchors = [head(rows)]
    index = data.draw(st.integers(0, len(rows) - 1))
    del rows[index]
    assert verify(rows, anchors).broken_seq == index + 1


@given(ENTRIES, st.data())
def test_that_two_rows_in_another_order_are_named(contents, data):
    rows = chain(contents)
    first = data.draw(st.integers(0, len(rows) - 2))
    second = data.draw(st.integers(first + 1, len(rows) - 1))
    rows[first], rows[second] = rows[second], rows[first]
    assert verify(rows).broken_seq == first + 1


@given(ENTRIES, st.data())
def test_that_rows_renumbered_after_a_removal_are_named(contents, data):
    rows = chain(contents)
    anchors = [head(rows)]
    index = data.draw(st.integers(0, len(rows) - 1))
    del rows[index]
    rows = [msgspec.structs.replace(row, seq=n) for n, row in enumerate(rows, start=1)]
    assert verify(rows, anchors).broken_seq == index + 1


@settings(max_examples=20)
@given(ENTRIES)
def test_that_a_chain_rewritten_from_the_start_differs_from_its_anchor(contents):
    rows = chain(contents)
    anchors = [head(rows)]
    rewritten = chain([("other", "", ""), *contents[1:]])
    assert verify(rewritten).broken_seq is None
    assert verify(rewritten, anchors).broken_seq == len(rows)


def test_that_a_cut_end_is_found_by_the_anchor():
    rows = chain([("a", "", ""), ("b", "", ""), ("c", "", "")])
    assert verify(rows[:2]).broken_seq is None
    verdict = verify(rows[:2], [head(rows)])
    assert verdict.broken_seq == 3
    assert "末尾缺 1 条" in verdict.reason


def test_that_a_value_of_a_wrong_kind_is_a_broken_row_not_an_error():
    rows = chain([("a", "", ""), ("b", "", "")])
    rows[1] = msgspec.structs.replace(rows[1], target=b"\xff")
    assert verify(rows).broken_seq == 2
