import re
import time

from desktop.ids import ulid


def test_that_an_identifier_has_the_form_of_a_ulid():
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", ulid())


def test_that_later_identifiers_sort_behind_earlier_ones():
    earlier = ulid()
    start = time.time_ns() // 1_000_000
    while time.time_ns() // 1_000_000 == start:
        pass
    assert earlier < ulid()


def test_that_ten_thousand_of_one_moment_are_all_different():
    assert len({ulid() for _ in range(10_000)}) == 10_000


def test_that_the_time_can_be_read_back():
    value = 0
    for letter in ulid()[:10]:
        value = value * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(letter)
    assert abs(value - time.time() * 1000) < 5_000
