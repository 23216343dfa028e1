"""Initials of Chinese names: 人民路 is found by `rml`. From resources/pinyin/initials.txt."""

from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "initials.txt"
MOST_READINGS = 4


class _Letters(NamedTuple):
    first: dict[int, str]
    second: dict[str, str]  # characters with two readings that place names use


@cache
def _letters() -> _Letters:
    first: dict[int, str] = {}
    second: dict[str, str] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        head, _, characters = line.partition(" ")
        if len(head) == 1 and head.isalpha():
            first |= {ord(c): head for c in characters}
        elif head.endswith("="):
            second |= dict.fromkeys(characters, head[0])
    return _Letters(first, second)


def initials(text: str) -> str:
    """First letters of the usual reading; letters and digits stay, everything else goes."""
    letters = text.translate(_letters().first)
    return letters if letters.isalnum() and letters.isascii() else _plain(letters)


def readings(text: str) -> tuple[str, ...]:
    """All initials of a folded text, the usual ones first, at most MOST_READINGS."""
    table = _letters()
    if not any(c in table.second for c in text):
        return (initials(text),)
    choices = [(c, table.second[c]) if c in table.second else (c,) for c in text]
    texts = islice(product(*choices), MOST_READINGS)
    return tuple(dict.fromkeys(initials("".join(one)) for one in texts))


def _plain(letters: str) -> str:
    return "".join(c for c in letters if c.isascii() and c.isalnum())
