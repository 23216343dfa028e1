"""Texts from outside: what may stay of them where an operator reads them.

An alarm with one bad character is worth more than its purity: what cannot be shown is left
out, what is too long is cut with a mark. Ids are not repaired (desktop.feeds.wire refuses them).
"""

import re

MAX_TEXT_BYTES = 4096
MARKS_IN_A_ROW = 4
CUT_MARK = "…（原文过长，已截断）"

_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad"  # C0 and C1 but line break and tab, soft hyphen
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff"  # no width
    "\u115f\u1160\u180e\u3164\uffa0\ufff9-\ufffb\ufffe\uffff"  # fillers, no characters
    "\ud800-\udfff\U000e0000-\U000e0fff"  # halves of characters, tags
    "\u2028\u2029"  # line ends of their own kind
)
_MARK = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_PILED = re.compile(f"([{_MARK}]{{{MARKS_IN_A_ROW}}})[{_MARK}]+")
_ODD = re.compile(f"[{_INVISIBLE}]|[{_MARK}]{{{MARKS_IN_A_ROW + 1}}}")


def find_odd(text: str) -> str:
    """The first character that may not be shown; empty when there is none."""
    found = _ODD.search(text)
    return found[0][0] if found else ""


def is_clean(text: str) -> bool:
    return _ODD.search(text) is None and not _is_long(text, MAX_TEXT_BYTES)


def clean_text(text: str, max_bytes: int = MAX_TEXT_BYTES) -> str:
    """`text` without what cannot be seen, piled marks thinned out, cut to `max_bytes` of UTF-8."""
    if _ODD.search(text):
        text = _PILED.sub(r"\1", _UNSEEN.sub("", _BREAKS.sub("\n", text)))
    return cut(text, max_bytes) if _is_long(text, max_bytes) else text


def cut(text: str, max_bytes: int) -> str:
    """The beginning of a text and CUT_MARK, together at most `max_bytes` of UTF-8."""
    room = max(0, max_bytes - len(CUT_MARK.encode()))
    return text[:max_bytes].encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + CUT_MARK


def _is_long(text: str, max_bytes: int) -> bool:
    return 4 * len(text) > max_bytes and len(text.encode("utf-8", "surrogatepass")) > max_bytes
