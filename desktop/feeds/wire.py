"""What a message may be (contract "What a message may be"), checked before it is decoded.

The ordinary message pays a few scans in C and one strict parse; only a message that
looks unusual is walked value by value.
"""

import json
import math
import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

T = TypeVar("T")

MAX_MESSAGE_BYTES = 256 * 1024
MAX_DEPTH = 16
MAX_STRING_BYTES = 4096
MAX_INTEGER = 2**53

_DIGITS = bytes.maketrans(b"123456789E", b"000000000e")
_UNUSUAL_NUMBERS = (b"0" * 16, b"0e000", b"0e+000")
_ODD_ESCAPE = re.compile(rb"\\[^\"\\/nt]")  # a line break or tab is text
_DIRECTION = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")  # U+202A-202E, U+2066-2069
_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")  # U+0080-009F
_FORBIDDEN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class DecodeError(ValueError):
    """A message that may not come in; `reason` is for quarantine and diagnosis."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_message(payload: bytes, max_bytes: int = MAX_MESSAGE_BYTES) -> None:
    """Raises DecodeError unless `payload` keeps every bound of the contract."""
    if len(payload) > max_bytes:
        raise DecodeError(f"{len(payload)} bytes, more than {max_bytes}")
    try:
        text = payload.decode("utf-8")
        value: object = _parse(text)
    except UnicodeDecodeError as error:
        raise DecodeError(f"not UTF-8 at byte {error.start}") from None
    except RecursionError:
        raise DecodeError(f"deeper than {MAX_DEPTH}") from None
    except ValueError as error:
        raise DecodeError(_short(error)) from None
    if not is_ordinary(payload):
        _walk(value, 1)


def is_ordinary(payload: bytes) -> bool:
    """True when no value of this JSON can break a bound; False when it must be walked."""
    if b"\x7f" in payload or payload.count(b"{") + payload.count(b"[") > MAX_DEPTH:
        return False
    if len(payload) > MAX_STRING_BYTES:
        return False
    if b"\\" in payload and _ODD_ESCAPE.search(payload):
        return False
    if _DIRECTION.search(payload) or _CONTROL.search(payload):
        return False
    digits = payload.translate(_DIGITS)
    return not any(unusual in digits for unusual in _UNUSUAL_NUMBERS)


def strict_decoder(kind: type[T]) -> Callable[[bytes], T]:
    """A decoder of checked messages into `kind`. Raises DecodeError, nothing else."""
    decode = msgspec.json.Decoder(kind).decode

    def decode_checked(payload: bytes) -> T:
        check_message(payload)
        return typed(decode, payload)

    return decode_checked


def typed(decode: Callable[[bytes], T], payload: bytes) -> T:
    """Runs a msgspec decoder; what it refuses is a DecodeError that names the path."""
    try:
        return decode(payload)
    except (msgspec.MsgspecError, ValueError, RecursionError, OverflowError) as error:
        raise DecodeError(_short(error)) from None


def check_value(value: object) -> None:
    """The bounds of a value inside a message, for JSON that was parsed elsewhere."""
    _walk(value, 1)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")


_parse = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant).decode


def _walk(value: object, depth: int) -> None:
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise DecodeError("integer beyond 2^53")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise DecodeError("number is not finite")
    elif depth > MAX_DEPTH:
        raise DecodeError(f"deeper than {MAX_DEPTH}")
    elif isinstance(value, dict):
        for key, item in value.items():  # pyright: ignore[reportUnknownVariableType]
            _walk(key, depth)  # pyright: ignore[reportUnknownArgumentType]
            _walk(item, depth + 1)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            _walk(item, depth + 1)  # pyright: ignore[reportUnknownArgumentType]


def _check_text(text: str) -> None:
    if len(text) > MAX_STRING_BYTES // 4 and len(text.encode("utf-8", "surrogatepass")) > (
        MAX_STRING_BYTES
    ):
        raise DecodeError(f"text longer than {MAX_STRING_BYTES} bytes")
    found = _FORBIDDEN_TEXT.search(text)
    if found:
        raise DecodeError(f"character U+{ord(found[0]):04X} in a text")


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:300]
