"""Still pictures of the wall on their way to a file."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal


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


class Snapshots(QObject):
    """Views hand over, the shell writes and answers."""

    taken = Signal(object)  # Snapshot
    answered = Signal(str)  # the operator's text: where it lies, or why not

    def take(self, snapshot: Snapshot) -> None:
        self.taken.emit(snapshot)
