"""12345 on a calm day: as many as a real city has, over the day as people live."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest

from desktop.standin.catalogue import CityCatalogue
from desktop.standin.hotline import CATEGORIES, Hotline
from desktop.standin.tickets import TicketBook, people

CITY_TIME = timezone(timedelta(hours=8))
THURSDAY = datetime(2026, 7, 16, 16, 0, tzinfo=UTC)  # midnight in the city: Friday begins


@pytest.fixture
def book() -> TicketBook:
    return TicketBook(lambda: THURSDAY)


@pytest.fixture
def hotline(whole: CityCatalogue, book: TicketBook) -> Hotline:
    return Hotline(whole, book, seed=3)


def test_that_two_working_days_bring_what_a_city_of_seven_districts_gets(
    hotline: Hotline, book: TicketBook, whole: CityCatalogue
) -> None:
    hotline.make_past(THURSDAY)
    assert 2_000 < len(book.tickets) < 2_600
    hours = Counter(t.created_at.astimezone(CITY_TIME).hour for t in book.tickets)
    assert hours[9] > 10 * max(hours[3], 1) and hours[12] < hours[10]
    assert {t.category for t in book.tickets} <= {c.name for c in CATEGORIES}
    assert Counter(t.category for t in book.tickets).most_common(1)[0][0] == "违规停车"
    districts = set(whole.city.words["district_code"])
    assert {t.district_id for t in book.tickets} <= districts
    assert people(book.tickets) > 0.9 * len(book.tickets)
    assert len({t.ticket_id for t in book.tickets}) == len(book.tickets)


def test_that_old_appeals_are_answered_and_an_answer_is_news(
    hotline: Hotline, book: TicketBook
) -> None:
    hotline.make_past(THURSDAY)
    done = [t for t in book.tickets if t.status == "done"]
    assert 0.5 < len(done) / len(book.tickets) < 0.98
    assert all(t.created_at < t.updated_at <= THURSDAY for t in done)
    later = THURSDAY + timedelta(hours=1)
    hotline.step(later)
    news = book.updated_since(THURSDAY)
    assert {t.status for t in news} == {"open", "done"}
    assert len(news) < len(book.tickets) / 4


def test_that_a_day_off_is_quieter(hotline: Hotline, book: TicketBook) -> None:
    hotline.make_past(THURSDAY)
    friday = len(book.tickets)
    hotline.step(THURSDAY + timedelta(days=1))
    saturday = len(book.tickets)
    hotline.step(THURSDAY + timedelta(days=2))
    assert len(book.tickets) - saturday < 0.85 * (saturday - friday)


def test_that_no_appeal_of_the_day_looks_like_one_of_a_scenario(
    hotline: Hotline, book: TicketBook, whole: CityCatalogue
) -> None:
    hotline.make_past(THURSDAY)
    names = {point.name for point in whole.points}
    assert not names & {t.place for t in book.tickets}
