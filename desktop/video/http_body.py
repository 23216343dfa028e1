"""HTTP/1.1 as far as a stream needs it: the request, the head of the answer, its body."""

import base64
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote

_HEAD_END = b"\r\n\r\n"
_HEAD_LIMIT = 32 << 10
_LINE_LIMIT = 256
_SIZE_DIGITS = 16
_IN_A_TARGET = "!#$%&'()*+,/:;=?@[]~"  # stays as it is; what is escaped already with it


class BadAnswer(Exception):
    """What the server says is no HTTP."""


def request(parts: SplitResult, with_account: bool = True) -> bytes:
    """GET for the address; a name and a password in it go as Basic."""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc.rpartition("@")[2]
    target = quote(target, safe=_IN_A_TARGET)
    lines = [f"GET {target} HTTP/1.1", f"Host: {host}", "User-Agent: chengkan", "Accept: */*"]
    lines += ["Accept-Encoding: identity", "Connection: close"]
    if with_account and parts.username is not None:
        account = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        lines.append("Authorization: Basic " + base64.b64encode(account.encode()).decode())
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


@dataclass(frozen=True)
class Head:
    status: int
    is_chunked: bool
    location: str


def split_head(data: bytes) -> tuple[Head, bytes] | None:
    """The head and what came of the body; None as long as the head is not whole.

    Interim answers (1xx) are passed over. Raises BadAnswer, also for a body that is packed.
    """
    if len(data) > 2 * _HEAD_LIMIT:
        raise BadAnswer
    found = _next_head(data)
    while found is not None and found[0].status < 200:
        found = _next_head(found[1])
    return found


def _next_head(data: bytes) -> tuple[Head, bytes] | None:
    text, found, rest = data.partition(_HEAD_END)
    if not data.startswith(b"HTTP/"[: len(data)]) or len(text) > _HEAD_LIMIT:
        raise BadAnswer
    if not found:
        return None
    first, *lines = text.decode("latin-1").split("\r\n")
    status = first.split(" ")[1:2]
    if not status or not (status[0].isascii() and status[0].isdigit() and len(status[0]) == 3):
        raise BadAnswer
    fields = {
        name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
    }
    if fields.get("content-encoding", "identity").lower() != "identity":
        raise BadAnswer
    is_chunked = fields.get("transfer-encoding", "").lower().endswith("chunked")
    return Head(int(status[0]), is_chunked, fields.get("location", "")), rest


class Chunks:
    """Takes the frames of a chunked body off, however it was cut on its way."""

    def __init__(self) -> None:
        self._rest = b""  # of a size line
        self._left = 0  # of the present chunk
        self._tail = 0  # of the line end behind it
        self.ended = False

    def take(self, data: bytes) -> list[bytes]:
        """Raises BadAnswer where there is no size in the place of one."""
        parts: list[bytes] = []
        at = 0
        while at < len(data) and not self.ended:
            if self._left:
                part = data[at : at + self._left]
                parts.append(part)
                at, self._left = at + len(part), self._left - len(part)
                self._tail = 2
            elif self._tail:
                at, self._tail = at + 1, self._tail - 1
            else:
                at = self._take_size(data, at)
        return parts

    def _take_size(self, data: bytes, at: int) -> int:
        end = data.find(b"\n", at)
        if end < 0:
            self._rest += data[at:]
            if len(self._rest) > _LINE_LIMIT:
                raise BadAnswer
            return len(data)
        line, self._rest = self._rest + data[at:end], b""
        try:
            size = line.split(b";")[0].strip()
            if len(size) > _SIZE_DIGITS or not size.isalnum():
                raise BadAnswer
            self._left = int(size, 16)
        except ValueError:
            raise BadAnswer from None
        self.ended = self._left == 0
        return end + 1


class Plain:
    """A body without frames: to the end of the connection."""

    ended = False

    def take(self, data: bytes) -> list[bytes]:
        return [data]
