import tracemalloc

from desktop.stores.columns import Columns


def test_that_the_newest_rows_are_kept_in_their_order():
    columns = Columns(3)
    for number in range(200):
        columns.append({"at": number})
    assert [row["at"] for row in columns.rows()] == [197, 198, 199]
    assert [row["at"] for row in columns.rows(2)] == [198, 199]
    assert columns.rows(0) == []
    assert len(columns) == 3


def test_that_a_row_has_only_the_names_that_it_came_with():
    columns = Columns(10)
    columns.append({"a": 1.0})
    columns.append({"b": 2.0})
    columns.append({"a": 3.0, "b": 4.0})
    assert columns.rows() == [{"a": 1.0}, {"b": 2.0}, {"a": 3.0, "b": 4.0}]


def test_that_a_row_costs_some_bytes():
    tracemalloc.start()
    try:
        kept = [Columns(500) for _ in range(100)]
        for columns in kept:
            for number in range(600):
                columns.append({"at": number * 1.0, "level_m": number / 1000})
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert used < 100 * 564 * 2 * 8 * 1.3
