"""Papers on their way to a printer: views ask, the shell prints and answers."""

from PySide6.QtCore import QObject, Signal

from desktop.stores.snapshots import Document


class Printing(QObject):
    """`printers_told`: names, the usual one first; empty where none is set up."""

    printers_asked = Signal()
    printers_told = Signal(object)  # tuple[str, ...]
    asked = Signal(object, str)  # Document, a name of printers_told
    answered = Signal(str)  # the operator's text

    def send(self, document: Document, printer: str) -> None:
        self.asked.emit(document, printer)
