"""Still pictures of the wall on their way to a file."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from desktop.domain.permissions import Action


@dataclass(frozen=True)
class Snapshot:
    """What stood on the screen, watermark and all. `shown_at`: when its picture was new.

    `image` is a QImage: stores know QtCore only.
    """

    image: object
    camera_id: str
    name: str
    taken_at: datetime
    shown_at: datetime


@dataclass(frozen=True)
class Document:
    """A paper or a list on its way to a file: `suffix` with its dot, `about` an id.

    `action`: the right that it needs, and its name in the trail.
    """

    data: bytes
    stem: str
    suffix: str
    about: str
    made_at: datetime
    action: Action = Action.INCIDENT_NOTE


KEPT = 6


class Snapshots(QObject):
    """Views hand over, the shell writes and answers. `last`: the newest, for a report."""

    taken = Signal(object)  # Snapshot
    answered = Signal(str)  # the operator's text: where it lies, or why not
    filed = Signal(object)  # Document
    filing_answered = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.last: deque[Snapshot] = deque(maxlen=KEPT)

    def take(self, snapshot: Snapshot) -> None:
        self.last.append(snapshot)
        self.taken.emit(snapshot)

    def file(self, document: Document) -> None:
        self.filed.emit(document)
