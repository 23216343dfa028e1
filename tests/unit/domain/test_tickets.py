"""Appeals are counted by the city's day, and nothing in the mirror names a person."""

from datetime import UTC, datetime, timedelta

from desktop.domain.tickets import Ticket, heard, without_person

NOW = datetime(2026, 7, 18, 2, 30, tzinfo=UTC)  # 10:30 in the city


def ticket(before: timedelta, category: str = "停水", **facts: str) -> Ticket:
    made = {"ticket_id": f"t{before}", "text": "没水", "category": category} | facts
    return Ticket(created_at=NOW - before, **made)


def test_that_today_begins_at_the_citys_midnight() -> None:
    rows = [
        ticket(timedelta(minutes=5)),
        ticket(timedelta(minutes=59), "噪声扰民"),
        ticket(timedelta(hours=10, minutes=29), "噪声扰民"),
        ticket(timedelta(hours=10, minutes=31)),  # 23:59 the day before
        ticket(timedelta(hours=25)),  # 09:30 the day before
        ticket(timedelta(hours=23)),  # 11:30 the day before: not yet at this time of day
        ticket(-timedelta(minutes=5)),  # a clock that is ahead
    ]
    found = heard(rows, NOW)
    assert (found.today, found.last_hour, found.yesterday) == (3, 2, 1)
    assert found.top == (("噪声扰民", 2), ("停水", 1))


def test_that_without_yesterday_nothing_is_compared() -> None:
    assert heard([ticket(timedelta(minutes=5))], NOW).yesterday is None
    assert heard([], NOW) == (0, 0, None, ())


def test_that_no_number_and_no_readable_key_is_kept() -> None:
    text = "请回电 13812345678 或 139-8765-4321，身份证 990102199001011234，工单 12345678901"
    kept = without_person(ticket(timedelta(), text=text, reporter_key="13812345678"))
    assert "13812345678" not in kept.text and "8765" not in kept.text
    assert "199001" not in kept.text and "12345678901" in kept.text
    assert len(kept.reporter_key) == 16 and kept.reporter_key != "13812345678"
    again = without_person(ticket(timedelta(), reporter_key="13812345678"))
    assert again.reporter_key == kept.reporter_key
    assert without_person(kept) == kept
