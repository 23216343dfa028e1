"""The station's local socket: one line of JSON in, one line of JSON out."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.errors import OperatorError

log = logging.getLogger(__name__)

LINE_LIMIT = 64 * 1024

Word = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


class ControlSocket:
    """Serves the words of the command line to this user only (socket mode 0600)."""

    def __init__(self, path: Path, words: Mapping[str, Word]) -> None:
        self._path, self._words = path, words
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()  # of a station that was killed; the profile's lock is ours
        self._server = await asyncio.start_unix_server(
            self._serve, str(self._path), limit=LINE_LIMIT
        )
        self._path.chmod(0o600)

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            with contextlib.suppress(FileNotFoundError):
                self._path.unlink()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                answer = await self._answer(line)
                writer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
                await writer.drain()
        except (OSError, ValueError):  # the caller went away, or its line has no end
            log.info("a caller of the control socket went away")
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            order = json.loads(line)
            word = self._words[order["word"]]
        except (ValueError, KeyError, TypeError):
            return _refusal(QCoreApplication.translate("Control", "窗口不认识这个请求"))
        try:
            return {"ok": True} | await word(order)
        except OperatorError as error:
            return _refusal(error.operator_text)
        except Exception as error:  # the caller must not hang on our bug
            log.exception("the word %r failed", order["word"])
            text = QCoreApplication.translate("Control", "窗口内部出错：{error}，详见日志")
            return _refusal(text.format(error=type(error).__name__))


def _refusal(operator_text: str) -> dict[str, Any]:
    return {"ok": False, "error": operator_text}
