"""Secrets do not reach the log: known ones by value, unknown ones by their look."""

import json
import logging
import logging.handlers
import re
from datetime import UTC, datetime
from pathlib import Path

SECRET = "<secret>"
MIN_SECRET_CHARS = 4
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
        self._secrets: dict[str, None] = {}

    def know(self, *secrets: str) -> None:
        for secret in secrets:
            if len(secret) >= MIN_SECRET_CHARS:
                self._secrets[secret] = None
        while len(self._secrets) > 64:  # refreshed tokens; the oldest are worthless
            self._secrets.pop(next(iter(self._secrets)))

    def clean(self, text: str) -> str:
        for secret in tuple(self._secrets):
            text = text.replace(secret, SECRET)
        for look in _LOOKS:
            text = look.sub(rf"\g<1>{SECRET}", text)
        return text


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
    path.touch(mode=0o600)
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=4 * 1024 * 1024, backupCount=4, encoding="utf-8"
    )
    handler.setFormatter(_JsonLines(redactor))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in ("httpx", "httpcore", "alembic"):  # they write addresses and headers
        logging.getLogger(name).setLevel(logging.WARNING)
