"""The arithmetic of gaps."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.link.sequence import Gap, Ledger, Note


def test_that_a_number_in_turn_leaves_no_gap():
    ledger = Ledger("e", 10)
    ledger.note(11)
    assert (ledger.contiguous, ledger.gap()) == (11, None)


def test_that_a_skipped_number_is_a_gap_until_it_comes():
    ledger = Ledger("e", 10)
    ledger.note(13)
    assert ledger.gap() == Gap("e", 11, 13, by_head=False)
    ledger.note(11)
    ledger.note(12)
    assert (ledger.contiguous, ledger.gap()) == (13, None)


def test_that_a_head_beyond_the_last_event_is_a_gap():
    ledger = Ledger("e", 10)
    ledger.note_head(11)
    assert ledger.gap() == Gap("e", 11, 11, by_head=True)


def test_that_a_seen_number_is_a_duplicate_and_another_epoch_is_none():
    ledger = Ledger("e", 10, ahead={13})
    assert [ledger.classify("e", seq) for seq in (9, 10, 11, 13)] == [
        Note.DUPLICATE,
        Note.DUPLICATE,
        Note.NEW,
        Note.DUPLICATE,
    ]
    assert ledger.classify("f", 11) is Note.OTHER_EPOCH


def test_that_a_page_closes_the_gap_and_skips_what_the_log_no_longer_has():
    ledger = Ledger("e", 10, ahead={20})
    ledger.note_page(11, [14, 15, 19])
    assert (ledger.contiguous, ledger.gap()) == (20, None)


def test_that_a_page_from_beyond_the_gap_does_not_close_it():
    ledger = Ledger("e", 10)
    ledger.note_page(15, [15, 16])
    assert ledger.contiguous == 10


def test_that_an_empty_page_changes_nothing():
    ledger = Ledger("e", 10, ahead={12})
    ledger.note_page(11, [])
    assert ledger.gap() == Gap("e", 11, 12, by_head=False)


def test_that_a_copy_does_not_move_its_original():
    ledger = Ledger("e", 1)
    ledger.note_head(3)
    copy = ledger.copy()
    copy.note(2)
    assert (ledger.contiguous, copy.contiguous) == (1, 2)
    assert copy.gap() == Gap("e", 3, 3, by_head=True)


@given(st.permutations(range(1, 25)), st.sets(st.integers(1, 24), max_size=5))
def test_that_any_order_with_duplicates_is_complete_in_the_end(order, doubled):
    ledger = Ledger("e", 0)
    for seq in [*order, *doubled]:
        ledger.note(seq)
    assert (ledger.contiguous, ledger.highest, ledger.gap()) == (24, 24, None)


def test_that_what_is_missing_is_counted_until_it_is_here():
    ledger = Ledger("e", 10)
    assert ledger.missing == 0
    ledger.note(13)
    ledger.note(15)
    assert ledger.missing == 3  # 11, 12, 14
    ledger.note_head(17)
    assert ledger.missing == 5
    ledger.note_page(11, [11, 12, 13, 14, 15, 16, 17])
    assert ledger.missing == 0
