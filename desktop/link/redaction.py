"""Secrets do not reach the log: known ones by value, unknown ones by their look."""

import json
import logging
import logging.handlers
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

SECRET = "<secret>"
MIN_SECRET_CHARS = 4
MOST_REMEMBERED = 64
MAX_FILE_BYTES = 4 * 1024 * 1024
_LOOKS = (
    re.compile(r"(?i)(bearer\s+)[^\s\"',]+"),
    re.compile(
        r"(?i)(\"?(?:password|access_token|refresh_token|token|secret)\"?\s*[:=]\s*[\"']?)[^\s\"',}&]+"
    ),
    re.compile(r"(://)[^/@\s:]*:[^/@\s]*(?=@)"),
)


class Redactor:
    """Holds the secrets of the running session."""

    def __init__(self) -> None:
        self._tokens: dict[str, None] = {}
        self._passwords: dict[str, None] = {}

    def know(self, *tokens: str) -> None:
        """What is renewed again and again: the oldest are worthless and forgotten."""
        _remember(self._tokens, tokens)

    def know_for_good(self, password: str) -> None:
        """Told once, worth something as long as its owner keeps it."""
        _remember(self._passwords, (password,))

    def clean(self, text: str) -> str:
        for secret in (*self._passwords, *self._tokens):
            text = text.replace(secret, SECRET)
        for look in _LOOKS:
            text = look.sub(rf"\g<1>{SECRET}", text)
        return text


def _remember(known: dict[str, None], secrets: Iterable[str]) -> None:
    for secret in secrets:
        if len(secret) >= MIN_SECRET_CHARS:
            known.pop(secret, None)  # told again: it moves to the end
            known[secret] = None
    while len(known) > MOST_REMEMBERED:
        known.pop(next(iter(known)))


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """Each new file of the rotation is readable by its owner only."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_CREAT | os.O_WRONLY, 0o600))
        return super()._open()


class _JsonLines(logging.Formatter):
    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "where": record.name,
            "text": self._redactor.clean(record.getMessage()),
        }
        if record.exc_info:
            entry["trace"] = self._redactor.clean(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def set_up_logging(folder: Path, redactor: Redactor) -> None:
    """JSON lines to `folder`/link.log, 5 files of 4 MB, readable by the owner only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "link.log"
    handler = _PrivateFile(path, maxBytes=MAX_FILE_BYTES, backupCount=4, encoding="utf-8")
    handler.setFormatter(_JsonLines(redactor))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in ("httpx", "httpcore", "alembic"):  # they write addresses and headers
        logging.getLogger(name).setLevel(logging.WARNING)
