"""How names become searchable: pairs of characters, numbers, and pinyin initials.

SQLite's own trigram tokenizer finds nothing shorter than three characters, and a Chinese
word has two: the index holds pairs.
"""

import re
import unicodedata
from typing import NamedTuple

import msgspec

INITIALS_MARK = "~"
"""Stands before a pair of initials, so that `rm` is not found in an English word."""

MOST_TERMS = 12
LONGEST_QUERY = 64
_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
_LETTERS = re.compile(r"[a-z0-9]{2,}\Z")


KINDS = ("cameras", "assets", "points", "units", "orgs", "streets", "depots")
"""Registers with an index, in the order in which hits of several kinds are listed."""


class Hit(msgspec.Struct, frozen=True):
    """One found row. `kind` is one of KINDS; without position lon_deg and lat_deg are None."""

    kind: str
    id: str
    title: str
    subtitle: str
    lon_deg: float | None
    lat_deg: float | None


class Query(NamedTuple):
    """What to look for. All `words` must be in the text; or all `initials` in the initials."""

    text: str  # folded
    words: tuple[str, ...]  # terms of the index; a trailing * is a beginning
    parts: tuple[str, ...]  # runs that must be in a hit as they are
    initials: tuple[str, ...]


def fold(text: str) -> str:
    """Full width to half width, lower case, blanks trimmed."""
    return unicodedata.normalize("NFKC", text[: 4 * LONGEST_QUERY]).casefold().strip()


def word_terms(text: str) -> list[str]:
    """Terms of a folded text for the index: pairs and the last character of each run."""
    terms: list[str] = []
    for run in _RUNS.findall(text):
        if run[0] >= "\u3400":
            terms += [run[k : k + 2] for k in range(len(run))]
        else:
            terms.append(run)
    return terms


def initial_terms(initials: str) -> list[str]:
    return [INITIALS_MARK + initials[k : k + 2] for k in range(len(initials) - 1)]


def index_text(words: str, initials: tuple[str, ...]) -> str:
    """All terms of one row; `words` is folded, `initials` has each reading of its name."""
    terms = dict.fromkeys(word_terms(words))
    for reading in initials:
        terms |= dict.fromkeys(initial_terms(reading))
    return " ".join(terms)


def query_of(text: str) -> Query | None:
    """None where there is nothing to look for."""
    folded = fold(text)[:LONGEST_QUERY]
    runs: list[str] = _RUNS.findall(folded)
    if not runs:
        return None
    words: list[str] = []
    for run in runs:
        if run[0] < "\u3400" or len(run) == 1:
            words.append(run + "*")
        else:
            words += [run[k : k + 2] for k in range(len(run) - 1)]
    joined = "".join(runs)
    initials = initial_terms(joined) if _LETTERS.match(joined) else []
    return Query(folded, tuple(words[:MOST_TERMS]), tuple(runs), tuple(initials[:MOST_TERMS]))


def is_word_hit(query: Query, text: str) -> bool:
    """Pairs alone also match texts that have them apart; `text` is folded."""
    return all(part in text for part in query.parts)
