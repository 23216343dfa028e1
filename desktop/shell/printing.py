"""Prints papers by the print service of the machine (CUPS), by right, with their digest noted.

What goes to the printer is byte for byte what the digest in the audit trail is of.
"""

import hashlib
import os
import subprocess

from PySide6.QtCore import QCoreApplication, QObject

from desktop.context import RoomContext
from desktop.domain.audit import Outcome
from desktop.offload import offload
from desktop.stores.snapshots import Document
from desktop.tasks import TaskScope
from widgets import rights

LIMIT_S = 15.0
"""A print server that does not answer."""
_MOST_REASON = 200


class Printer(QObject):
    def __init__(self, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._scope = TaskScope(self)
        room.printing.printers_asked.connect(self._look)
        room.printing.asked.connect(self._take)

    def _look(self) -> None:
        self._scope.spawn(self._tell_printers(), "printers")

    async def _tell_printers(self) -> None:
        self._room.printing.printers_told.emit(await offload(printers))

    def _take(self, document: Document, printer: str) -> None:
        room = self._room
        user = room.session.user
        refusal = rights.why_not(user.roles if user is not None else (), document.action)
        if refusal:
            room.audit.note(document.action, document.about, Outcome.NO_RIGHT, refusal)
            room.printing.answered.emit(refusal)
            return
        self._scope.spawn(self._print(document, printer), "print")

    async def _print(self, document: Document, printer: str) -> None:
        room = self._room
        fault = await offload(print_document, document, printer)
        if fault:
            room.audit.note(document.action, document.about, Outcome.FAILED, fault)
            room.printing.answered.emit(self.tr("没有打印：{0}；可先存为 PDF").format(fault))
            return
        digest = hashlib.sha256(document.data).hexdigest()
        reason = f"{document.stem} {printer} SHA-256 {digest}"
        room.audit.note(document.action, document.about, reason=reason)
        words = self.tr("已送打印机 {0}（SHA-256 {1}…）")
        room.printing.answered.emit(words.format(printer, digest[:12]))


def printers() -> tuple[str, ...]:
    """Names, the usual one first. Blocks."""
    named = _run(["lpstat", "-e"])
    if named is None or named.returncode:
        return ()
    names = [line.strip() for line in named.stdout.decode(errors="replace").splitlines() if line]
    usual = _run(["lpstat", "-d"])
    first = usual.stdout.decode(errors="replace").rpartition(":")[2].strip() if usual else ""
    return tuple(sorted(names, key=lambda name: (name != first, name)))


def print_document(document: Document, printer: str) -> str:
    """Why it could not be handed to the print service, empty when it was. Blocks."""
    done = _run(["lp", "-d", printer, "-t", document.stem], document.data)
    if done is None:
        return QCoreApplication.translate("printing", "本机没有打印服务，或打印服务没有应答")
    if done.returncode:
        refused = QCoreApplication.translate("printing", "打印服务拒绝")
        return done.stderr.decode(errors="replace").strip()[:_MOST_REASON] or refused
    return ""


def _run(words: list[str], data: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    try:
        return subprocess.run(
            words, input=data, capture_output=True, timeout=LIMIT_S, check=False,
            env=os.environ | {"LC_ALL": "C"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
