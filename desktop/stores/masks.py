"""Parts of pictures that nobody at this desk may see, as they stand in the profile's file."""

from PySide6.QtCore import QObject, Signal

from desktop.domain.privacy_masks import Mask, Masks


class MaskStore(QObject):
    """Views ask for a change, the shell writes the file and answers."""

    changed = Signal()
    asked = Signal(str, object)  # camera_id, tuple[Mask, ...]: all that it is to have
    answered = Signal(str)  # the operator's text: it is written, or why not

    def __init__(self, masks: Masks | None = None, parent: QObject | None = None) -> None:
        """None: the file cannot be read, and nobody knows what it hides."""
        super().__init__(parent)
        self._masks: Masks = dict(masks or {})
        self.is_known = masks is not None

    def of(self, camera_id: str) -> tuple[Mask, ...]:
        return self._masks.get(camera_id, ())

    def all(self) -> Masks:
        return dict(self._masks)

    def ask(self, camera_id: str, masks: tuple[Mask, ...]) -> None:
        self.asked.emit(camera_id, masks)

    def show(self, masks: Masks) -> None:
        """What the file holds from now on."""
        if masks != self._masks:
            self._masks = dict(masks)
            self.changed.emit()
