"""What is found by which words."""

import pytest

from desktop.domain.search import fold, index_text, is_word_hit, query_of
from local_db.pinyin import initials, readings


def _finds(text: str, name: str) -> bool:
    query = query_of(text)
    assert query is not None
    terms = index_text(fold(name), readings(fold(name))).split()

    def has(term: str) -> bool:
        if term.endswith("*"):
            return any(one.startswith(term[:-1]) for one in terms)
        return term in terms

    by_words = all(has(term) for term in query.words) and is_word_hit(query, fold(name))
    return by_words or (bool(query.initials) and all(has(term) for term in query.initials))


@pytest.mark.parametrize(
    "text",
    [
        "人民路",
        "民路",
        "路",
        "井盖",
        "人民路 井盖",
        "JG-0012",
        "jg",
        "0012",
        "rml",
        "rmljg",
        "ＪＧ",
    ],
)
def test_that_a_cover_is_found_by_parts_of_its_name_its_number_and_its_initials(text):
    assert _finds(text, "人民路井盖 JG-0012")


@pytest.mark.parametrize("text", ["人路", "民人", "井路", "gjl", "x"])
def test_that_what_is_not_in_a_name_does_not_find_it(text):
    assert not _finds(text, "人民路井盖 JG-0012")


def test_that_a_name_with_the_pairs_apart_is_no_hit():
    assert not _finds("滨江大道", "滨江路江大桥大道")


def test_that_a_character_with_two_readings_is_found_by_either():
    assert "cjl" in readings("长江路") and "zjl" in readings("长江路")
    assert initials("重庆路") == "cql"


@pytest.mark.parametrize("text", ["", "  ", "，。", "\u202e"])
def test_that_no_words_are_no_query(text):
    assert query_of(text) is None


def test_that_a_long_text_is_cut_before_it_becomes_a_query():
    query = query_of("路" * 10_000)
    assert query is not None and len(query.words) <= 12
