"""What the operator looks at: the fact that list, map and tiles share."""

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The selected alarm and the camera last pointed at."""

    alarm_changed = Signal(str)  # alarm_id, "" for none
    camera_changed = Signal(str)  # camera_id, "" for none
    camera_asked = Signal(str)  # camera_id: somebody wants to see its picture

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alarm_id = ""
        self._camera_id = ""

    @property
    def alarm_id(self) -> str:
        return self._alarm_id

    @property
    def camera_id(self) -> str:
        return self._camera_id

    def select_alarm(self, alarm_id: str) -> None:
        if alarm_id != self._alarm_id:
            self._alarm_id = alarm_id
            self.alarm_changed.emit(alarm_id)

    def select_camera(self, camera_id: str) -> None:
        if camera_id != self._camera_id:
            self._camera_id = camera_id
            self.camera_changed.emit(camera_id)

    def ask_camera(self, camera_id: str) -> None:
        """Selected, and its picture in one of the tiles."""
        self.select_camera(camera_id)
        self.camera_asked.emit(camera_id)
