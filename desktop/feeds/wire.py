"""What a message may be (contract "What a message may be"), checked before it is decoded.

The ordinary message pays a few scans in C and one strict parse; only a message that
looks unusual is walked value by value. Texts are cleaned and cut rather than refused: an
alarm must not be lost by a character of its title. Ids are not repaired.
"""

import json
import math
import re
from collections.abc import Callable
from typing import TypeVar, cast

import msgspec

from desktop.domain.texts import MAX_TEXT_BYTES, clean_text, find_odd, is_clean

T = TypeVar("T")

MAX_MESSAGE_BYTES = 256 * 1024
MAX_DEPTH = 16
MAX_STRING_BYTES = MAX_TEXT_BYTES
MAX_INTEGER = 2**53

_DIGITS = bytes.maketrans(b"123456789E", b"000000000e")
_UNUSUAL_NUMBERS = (b"0" * 16, b"0e000", b"0e+000")
_UNUSUAL_NUMBER = re.compile(rb"(?:^|[\s:,\[])-?(?:0{16}|0+(?:\.0+)?e\+?000)")
"""Of a number, not of digits in an id: JSON has nothing else before a number."""
_ODD_ESCAPE = re.compile(rb"\\[^\"\\/nt]")  # a line break or tab is text
_RARE_LEADS = b"\x7f\xcc\xcd\xd8\xe1\xf3"  # DEL, and first bytes of odd characters
_COMMON = bytes(byte for byte in range(256) if byte not in _RARE_LEADS)
_RARE_PAIRS = (  # one search each: a literal first byte is found at the speed of memchr
    re.compile(rb"\xc2[\x80-\x9f\xad]"),  # a degree sign or a middle dot is nothing odd
    re.compile(rb"\xe2(?:\x80[\x8b-\x8f\xa8-\xae]|[\x81\x83])"),
    re.compile(rb"\xe3\x85"),
    re.compile(rb"\xef[\xb8\xbb\xbe\xbf]"),
)
_STRICT_NAME = re.compile(r"(?:.+_)?(?:id|ids|key|epoch|url)")
"""Fields that say which thing is meant: a repaired one could mean another."""

UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError, OverflowError)
"""What msgspec raises for JSON from outside; a deep nesting is a RecursionError."""


class DecodeError(ValueError):
    """A message that may not come in; `reason` is for quarantine and diagnosis."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean_message(payload: bytes, max_bytes: int = MAX_MESSAGE_BYTES) -> bytes:
    """The message with its texts cleaned; `payload` itself when there was nothing to clean.

    Raises DecodeError unless it keeps every other bound of the contract.
    """
    if len(payload) > max_bytes:
        raise DecodeError(f"{len(payload)} bytes, more than {max_bytes}")
    value = _parsed(payload)
    if is_ordinary(payload):
        return payload
    cleaned = _walk(value, 1)
    return payload if cleaned == value else msgspec.json.encode(cleaned)


def clean_large(body: bytes) -> bytes:
    """The same for an answer of many megabytes: looked at closely only when it may be odd."""
    if not has_odd_text(body):
        return body
    value = _parsed(body)
    cleaned = _walk(value, 1)
    return body if cleaned == value else msgspec.json.encode(cleaned)


def has_odd_text(body: bytes) -> bool:
    """Whether a text of this JSON, of any size, may hold something that is to be taken out."""
    return _may_be_odd(body) or (b"\\" in body and _ODD_ESCAPE.search(body) is not None)


def needs_cleaning(payload: bytes) -> bool:
    """Whether texts of this message, which was decoded, were cleaned."""
    return not is_ordinary(payload) and clean_message(payload) is not payload


def _parsed(payload: bytes) -> object:
    try:
        text = payload.decode("utf-8")
        return _parse(text)
    except UnicodeDecodeError as error:
        raise DecodeError(f"not UTF-8 at byte {error.start}") from None
    except RecursionError:
        raise DecodeError(f"deeper than {MAX_DEPTH}") from None
    except ValueError as error:
        raise DecodeError(_short(error)) from None


def is_ordinary(payload: bytes) -> bool:
    """True when no value of this JSON can break a bound; False when it must be walked."""
    if payload.count(b"{") + payload.count(b"[") > MAX_DEPTH or len(payload) > MAX_STRING_BYTES:
        return False
    if has_odd_text(payload):
        return False
    digits = payload.translate(_DIGITS)
    if not any(unusual in digits for unusual in _UNUSUAL_NUMBERS):
        return True
    return _UNUSUAL_NUMBER.search(digits) is None


def _may_be_odd(payload: bytes) -> bool:
    """Whether UTF-8 may hold something that desktop.domain.texts takes out."""
    if payload.translate(None, _COMMON):
        return True
    return any(pair.search(payload) for pair in _RARE_PAIRS)


def strict_decoder(kind: type[T]) -> Callable[[bytes], T]:
    """A decoder of checked messages into `kind`. Raises DecodeError, nothing else."""
    decode = msgspec.json.Decoder(kind).decode

    def decode_checked(payload: bytes) -> T:
        return typed(decode, clean_message(payload))

    return decode_checked


def typed(decode: Callable[[bytes], T], payload: bytes) -> T:
    """Runs a msgspec decoder; what it refuses is a DecodeError that names the path."""
    try:
        return decode(payload)
    except UNREADABLE as error:
        raise DecodeError(_short(error)) from None


def check_id(text: str, max_chars: int, what: str) -> str:
    """An id that stands outside of a message, in its topic. Raises DecodeError."""
    if not text or len(text) > max_chars or find_odd(text):
        raise DecodeError(f"{what} in the topic is empty, too long or not clean")
    return text


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")


_parse = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant).decode


def _walk(value: object, depth: int, is_strict: bool = False) -> object:
    """The value with clean texts; a field whose name is not clean is left out."""
    if isinstance(value, str):
        return _strict_text(value) if is_strict else clean_text(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise DecodeError("integer beyond 2^53")
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise DecodeError("number is not finite")
        return value
    if depth > MAX_DEPTH:
        raise DecodeError(f"deeper than {MAX_DEPTH}")
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        return {
            name: _walk(item, depth + 1, _STRICT_NAME.fullmatch(name) is not None)
            for name, item in fields.items()
            if is_clean(name)
        }
    return [_walk(item, depth + 1, is_strict) for item in cast("list[object]", value)]


def _strict_text(text: str) -> str:
    if not is_clean(text):
        odd = find_odd(text)
        why = f"character U+{ord(odd):04X}" if odd else f"more than {MAX_STRING_BYTES} bytes"
        raise DecodeError(f"{why} in an id")
    return text


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:300]
