"""Answers as the contract words them: JSON by msgspec, problems by RFC 9457, pages, ETags."""

import hashlib
from collections.abc import Sequence
from typing import Any

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


def answer(content: Any, status: int = 200, **headers: str) -> Response:
    body = content if isinstance(content, bytes) else msgspec.json.encode(content)
    return Response(body, status, headers=headers, media_type="application/json")


def catalogue(request: Request, content: Any) -> Response:
    """With an ETag; 304 where the reader has this version."""
    body = content if isinstance(content, bytes) else msgspec.json.encode(content)
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    known = request.headers.get("if-none-match", "")
    if tag in [word.strip().removeprefix("W/") for word in known.split(",")]:
        return Response(status_code=304, headers={"ETag": tag})
    return answer(body, ETag=tag)


def page(items: Sequence[Any], limit: int, cursor: str) -> dict[str, Any]:
    """`cursor` is the index of the first item. Raises Problem(400) for another's cursor."""
    if cursor and not cursor.isdecimal():
        raise Problem(400, "bad_cursor", "cursor 不是本接口给出的")
    start = int(cursor or 0)
    more = start + limit < len(items)
    return {
        "items": items[start : start + limit],
        "next_cursor": str(start + limit) if more else None,
    }
