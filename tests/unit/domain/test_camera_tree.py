"""Folders and counts, the order of finds, directions, short lists, and what is dragged."""

import pytest

from desktop.domain.camera_tree import (
    MOVING,
    NOWHERE,
    RECENT_AT_MOST,
    CameraRow,
    Counts,
    Reason,
    bearing_deg,
    compass_eighth,
    find_order,
    folders_of,
    ids_of,
    mime_of,
    opened,
    toggled,
)
from desktop.domain.registers import TableRow


def row(row_id: str, state: str = "online") -> TableRow:
    return TableRow(row_id, "人民路", "", "fixed", "", "", state, "公安", None, None)


def test_that_every_folder_counts_what_is_below_it():
    leaves = {
        ("a", "1", "x"): Counts(3, 2),
        ("a", "1", "y"): Counts(1, 1),
        ("a", "2", ""): Counts(4),
    }
    _, counts = folders_of(leaves, {})
    assert counts[()] == Counts(8, 3)
    assert counts["a",] == Counts(8, 3)
    assert counts["a", "1"] == Counts(4, 3)


def test_that_the_largest_platform_leads_and_the_unknown_stands_last():
    leaves = {("small", "", ""): Counts(1), ("large", "", ""): Counts(9), ("", "", ""): Counts(99)}
    children, _ = folders_of(leaves, {})
    assert children[()] == (("large",), ("small",), ("",))


def test_that_streets_come_by_their_number_and_what_has_none_after_them():
    names = {"2": "b", "1": "a"}
    leaves = {("p", "d", s): Counts(1) for s in (MOVING, NOWHERE, "2", "9", "1")}
    children, _ = folders_of(leaves, names)
    assert [path[-1] for path in children["p", "d"]] == ["1", "2", "9", NOWHERE, MOVING]


def test_that_not_quite_all_online_never_reads_a_hundred():
    assert Counts(10_000, 9_999).online_percent == 99.9
    assert Counts(5, 5).online_percent == 100.0
    assert Counts().online_percent == 0.0


def test_that_the_weakest_reason_orders_a_find_and_then_the_state():
    by_name = CameraRow(row("b"), "", ((Reason.NAME, "x"), (Reason.NAME, "y")))
    by_tag = CameraRow(row("a"), "", ((Reason.ID, "x"), (Reason.TAG, "y")))
    offline = CameraRow(row("a", "offline"), "", ((Reason.NAME, "x"), (Reason.NAME, "y")))
    assert sorted([by_tag, offline, by_name], key=find_order) == [by_name, offline, by_tag]


@pytest.mark.parametrize(
    ("lon", "lat", "eighth"),
    [(0.0, 1.0, 0), (1.0, 1.0, 1), (1.0, 0.0, 2), (0.0, -1.0, 4), (-1.0, 0.0, 6), (-0.1, 1.0, 0)],
)
def test_that_a_direction_is_told_in_eighths(lon: float, lat: float, eighth: int):
    assert compass_eighth(bearing_deg(116.6, 28.9, 116.6 + lon / 100, 28.9 + lat / 100)) == eighth


def test_that_the_last_watched_leads_once_and_the_list_ends():
    recent: list[str] = []
    for number in range(80):
        recent = opened(recent, [f"c{number % 60}"])
    assert recent[0] == "c19"
    assert len(recent) == len(set(recent)) == RECENT_AT_MOST
    assert opened(["a", "b"], ["c", "b"]) == ["c", "b", "a"]  # opened together


def test_that_marking_adds_what_is_missing_before_it_takes_away():
    assert toggled(["a"], ["a", "b"]) == ["a", "b"]
    assert toggled(["a", "b", "c"], ["a", "c"]) == ["b"]


def test_that_what_is_dragged_is_read_back_without_strange_lines():
    assert ids_of(mime_of(["cam-1", "cam-2", "cam-1"])) == ("cam-1", "cam-2")
    assert ids_of(b"cam-1\n\n\x00bad\n" + b"x" * 500 + b"\n\xff\xfe") == ("cam-1",)
