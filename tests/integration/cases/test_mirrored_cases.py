"""cases.db: what is put in is counted, whatever comes later and however often."""

from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np
import pytest

from desktop.domain.assessment.mirrored import Blame, CaseFilter
from desktop.domain.cases import Appeal, Source, State
from local_db.case_reads import drill, page, read_counted
from local_db.cases import CaseBook, Progress
from tests.case_paper import START, case

NOW = (START + timedelta(days=30)).timestamp()


@pytest.fixture
def book(tmp_path):
    made = CaseBook(tmp_path / "cases.db")
    yield made
    made.close()


def counts(book, level="district", unit="d1", month="2026-05", now=NOW):
    found = read_counted(book._path, level, now)
    table = found.table
    at = table.unit_ids.index(unit), table.periods.index(month)
    return {name: float(values[at]) for name, values in table.values.items()}


def test_that_settled_and_open_cases_are_counted_together(book):
    book.take([case(1), case(2, late=True), case(3, open=True), case(4, district_id="d2")])
    found = counts(book)
    assert (found["report"], found["register"], found["dispose"]) == (3, 3, 2)
    assert (found["in_time_dispose"], found["overtime_dispose"]) == (1, 1)
    assert found["overtime_to_dispose"] == 1
    assert (found["need_archive"], found["archive"], found["in_time_archive"]) == (3, 2, 1)
    assert found["register_hours"] == pytest.approx(0.6)
    assert counts(book, unit="d2")["report"] == 1


def test_that_an_open_case_is_due_only_when_its_time_is_over(book):
    book.take([case(1, open=True)])
    assert counts(book, now=(START + timedelta(hours=3)).timestamp())["need_dispose"] == 0
    assert counts(book)["overtime_to_dispose"] == 1


def test_that_a_changed_case_leaves_its_old_part(book):
    book.take([case(1), case(2)])
    changed = msgspec.structs.replace(
        case(2, late=True), district_id="d2", revision=2, updated_at=START + timedelta(days=1)
    )
    book.take([changed])
    assert counts(book)["report"] == 1
    assert counts(book, unit="d2")["overtime_dispose"] == 1
    before = read_counted(book._path, "person", NOW).table
    book.recount()
    after = read_counted(book._path, "person", NOW).table
    assert before.unit_ids == after.unit_ids
    for name, values in before.values.items():
        np.testing.assert_allclose(values, after.values[name], atol=1e-9, err_msg=name)


def test_that_an_older_version_or_the_same_one_changes_nothing(book):
    newer = msgspec.structs.replace(case(1, late=True), revision=3)
    assert book.take([newer]) == 1
    assert book.take([case(1), newer]) == 0
    assert counts(book)["overtime_dispose"] == 1
    assert counts(book)["report"] == 1


def test_that_persons_have_the_counts_of_their_posts_alone(book):
    book.take([case(1), case(2, source=Source.HOTLINE)])
    found = read_counted(book._path, "person", NOW)
    assert found.units["p-chief"].post == "chief"
    assert found.units["p-chief"].name == "name of p-chief"
    assert found.units["p-chief"].district_id == "d1"
    chief = counts(book, "person", "p-chief")
    assert (chief["register"], chief["archive"]) == (2, 2)
    assert np.isnan(chief["dispatch"])  # not the chief's to do: no 0
    assert not found.table.wrong
    assert counts(book, "person", "p-collector")["patrol_report"] == 1  # not the caller's own
    assert "p-worker" not in found.units


def test_that_a_page_that_fails_leaves_sums_and_numbers_as_they_were(book, monkeypatch):
    book.take([case(1)])
    with monkeypatch.context() as patch:
        patch.setattr("local_db.cases._add_sums", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            book.take([case(2, district_id="d9")], Progress("u", "s", "c"))
    assert book.progress().cursor == ""
    assert counts(book)["report"] == 1
    book.take([case(2, district_id="d9")])
    assert counts(book, unit="d9")["report"] == 1


def test_that_progress_is_kept_with_its_page(tmp_path):
    first = CaseBook(tmp_path / "cases.db")
    mine = Progress("http://p", "2026-05-01T00:00:00Z", "17", False, 12.5)
    first.take([case(1)], mine)
    first.close()
    second = CaseBook(tmp_path / "cases.db")
    assert second.progress() == mine
    second.begin(Progress("http://other"))
    assert read_counted(tmp_path / "cases.db", "district", NOW) is None
    second.close()


def test_that_a_figure_leads_to_its_cases_the_latest_first(book):
    book.take([case(n, late=n in (3, 5)) for n in range(1, 9)])
    book.take([case(20, at=START - timedelta(days=40), late=True)])  # another month
    late = drill(book._path, "district", "d1", ["2026-05"], ["overtime_dispose"], NOW)
    assert late.total == 2 and [row.case_id for row in late.rows] == ["c000003", "c000005"]
    assert late.rows[0].over_s == 2 * 3600
    assert late.rows[0].class_name == "暴露生活垃圾"
    assert late.classes == (("暴露生活垃圾", 2),)
    everyone = drill(book._path, "org", "o1", ["2026-05"], ["need_dispose"], NOW, limit=5)
    assert everyone.total == 8 and len(everyone.rows) == 5
    assert everyone.rows[0].case_id == "c000003"
    person = drill(book._path, "person", "p-chief", ["2026-05"], ["in_time_register"], NOW)
    assert person.total == 8
    assert drill(book._path, "org", "nobody", ["2026-05"], ["report"], NOW).total == 0


def test_that_cases_that_have_cost_points_come_first(book):
    book.take([case(n, late=n in (3, 5)) for n in range(1, 9)])
    month, both = ["2026-05"], ["in_time_dispose", "need_dispose"]
    rate = Blame(("in_time_dispose",), ("need_dispose",), False)
    found = drill(book._path, "district", "d1", month, both, NOW, blame=rate)
    assert (found.total, found.against) == (8, 2)
    assert [row.is_against for row in found.rows] == [True, True] + 6 * [False]
    bad = Blame(("overtime_dispose",), ("need_dispose",), True)
    found = drill(book._path, "district", "d1", month, both, NOW, limit=1, blame=bad)
    assert (len(found.rows), found.against, found.rows[0].is_against) == (1, 2, True)
    assert drill(book._path, "district", "d1", month, both, NOW).against is None
    none = drill(book._path, "district", "d1", ["2020-01"], both, NOW, blame=rate)
    assert (none.total, none.against) == (0, 0)


def test_that_a_drill_has_as_many_cases_as_its_figure_counts(book):
    cases = [
        case(n, at=START + timedelta(hours=31 * n), late=n % 3 == 0, open=n % 7 == 0,
             source=Source.HOTLINE if n % 2 else Source.PATROL)
        for n in range(60)
    ]  # fmt: skip
    book.take(cases)
    table = read_counted(book._path, "district", NOW).table
    for month in table.periods:
        mine = counts(book, month=month)
        for name in ("report", "register", "need_dispose", "overtime_dispose", "public_report"):
            found = drill(book._path, "district", "d1", [month], [name], NOW)
            assert found.total == mine[name], (month, name)


def test_that_pages_go_through_all_cases_once(book):
    book.take([case(n, at=START + timedelta(minutes=n // 3)) for n in range(30)])
    book.take([case(99, district_id="d2", state=State.VOID)])
    seen, after = [], ""
    while rows := page(book._path, CaseFilter(district_id="d1"), NOW, after, 7):
        seen += [row.case_id for row in rows]
        after = rows[-1].case_id
    assert len(seen) == len(set(seen)) == 30
    assert seen[0] == "c000029"
    void = page(book._path, CaseFilter(state="void"), NOW)
    assert [row.case_id for row in void] == ["c000099"]
    begun = int((START + timedelta(minutes=9)).timestamp())
    assert len(page(book._path, CaseFilter(start=begun, street_id="d1-s1"), NOW)) == 4


def test_that_what_is_not_mirrored_reads_as_nothing(tmp_path):
    assert read_counted(tmp_path / "cases.db", "district", NOW) is None


def test_that_a_void_case_is_nobody_s_work(book):
    one = case(1, open=True, state=State.VOID)
    book.take([one, case(2)])
    found = counts(book)
    assert (found["void"], found["need_dispose"]) == (1, 1)


def test_that_an_upheld_appeal_leaves_the_overdue_figures(book):
    told = Appeal(at=START, org_id="o1", reason="停电", state="upheld")
    book.take([case(1, late=True, appeal=told), case(2, late=True)])
    found = counts(book)
    assert (found["overtime_dispose"], found["in_time_dispose"]) == (1, 1)


def test_that_months_are_the_city_s(book):
    book.take([case(1, at=datetime(2026, 5, 31, 17, 0, tzinfo=UTC))])  # 1 June, 01:00
    assert counts(book, month="2026-06")["report"] == 1


@pytest.mark.parametrize("level", ["district", "street", "org", "person"])
def test_that_a_figure_and_its_cases_are_the_same_number_at_the_turn_of_a_month(tmp_path, level):
    """Reported in one month and due in the next, two units of each kind, open and late ones."""
    book = CaseBook(tmp_path / "cases.db")
    start = datetime(2026, 5, 31, 10, tzinfo=UTC)
    book.take([
        case(
            n, at=start + timedelta(minutes=12 * n), late=n % 3 == 0, open=n % 7 == 0,
            district_id=f"d{n % 2}", street_id=f"d{n % 2}-s{n % 4}", org_id=f"o{n % 3}",
        )
        for n in range(60)
    ])  # fmt: skip
    book.close()
    path, now = tmp_path / "cases.db", start.timestamp() + 86_400
    table = read_counted(path, level, now).table
    seen = 0
    for name in ("report", "register", "need_dispose", "archive", "overtime_dispose"):
        for row, unit in enumerate(table.unit_ids):
            for column, month in enumerate(table.periods):
                count = table.values[name][row, column]
                if not np.isnan(count):
                    found = drill(path, level, unit, (month,), (name,), now)
                    assert found.total == count, (unit, month, name)
                    seen += int(count)
    assert seen >= 60
