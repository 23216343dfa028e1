"""Answers as the contract words them: JSON by msgspec, problems by RFC 9457, pages, ETags."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec
from fastapi import Request
from fastapi.responses import Response


class Problem(Exception):
    """An error answer; `more` are further members, as `current` or `epoch`."""

    def __init__(self, status: int, code: str, title: str, **more: Any) -> None:
        super().__init__(title)
        self.status = status
        self.body = {"type": "about:blank", "title": title, "status": status, "detail": title,
                     "code": code, **more}  # fmt: skip

    def response(self) -> Response:
        content = msgspec.json.encode(self.body)
        return Response(content, self.status, media_type="application/problem+json")


def answer(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    body = content if isinstance(content, bytes) else msgspec.json.encode(content)
    return Response(body, status, headers=headers, media_type="application/json")


def is_known(request: Request, tag: str) -> bool:
    """Whether the reader has this version."""
    known = request.headers.get("if-none-match", "")
    return tag in [word.strip().removeprefix("W/") for word in known.split(",")]


def tag_of(version: str) -> str:
    """The ETag of what this text names; the text says everything that the answer depends on."""
    return f'"{hashlib.sha256(version.encode()).hexdigest()[:16]}"'


def unchanged(tag: str) -> Response:
    return Response(status_code=304, headers={"ETag": tag})


def catalogue(request: Request, content: Any) -> Response:
    """With an ETag; 304 where the reader has this version."""
    body = content if isinstance(content, bytes) else msgspec.json.encode(content)
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return unchanged(tag) if is_known(request, tag) else answer(body, headers={"ETag": tag})


def cut(total: int, limit: int, cursor: str) -> tuple[int, int, str | None]:
    """First row of a page, the row behind its last, and the next cursor.

    `cursor` is the index of the first item. Raises Problem(400) for another's cursor.
    """
    if cursor and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10):
        raise Problem(400, "bad_cursor", "cursor 不是本接口给出的")
    first = int(cursor or 0)
    last = min(first + limit, total)
    return first, last, str(last) if last < total else None


def page(items: Sequence[Any], limit: int, cursor: str) -> dict[str, Any]:
    """Raises Problem(400) as cut() does."""
    first, last, following = cut(len(items), limit, cursor)
    return {"items": items[first:last], "next_cursor": following}


class EventLog(Protocol):
    """A log without gaps: events of one epoch, seq from 1."""

    epoch: str

    @property
    def seq(self) -> int: ...

    def events_from(self, from_seq: int, limit: int) -> Sequence[Any]: ...


def event_page(log: EventLog, epoch: str, from_seq: int, limit: int) -> dict[str, Any]:
    """Events from `from_seq` on. Raises Problem(410) for an epoch that is gone."""
    if epoch != log.epoch:
        raise Problem(410, "epoch_gone", "该序列已不存在", epoch=log.epoch)
    found = log.events_from(from_seq, limit)
    following = found[-1].seq + 1 if found else None
    more = following is not None and following <= log.seq
    return {"items": found, "next_cursor": following if more else None}
