"""A short list of cameras: finds, favourites, the last watched, what is near."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from views.video_wall.directory.lines import LINE_ROLE, Line
from widgets.plain_label import plain_tip

_Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractListModel):
    """Lines as they are; replaced as a whole."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def replace(self, lines: Sequence[Line]) -> None:
        """The cursor stays where the same cameras came anew."""
        lines = tuple(lines)
        if [line.camera_id for line in lines] == [line.camera_id for line in self.lines]:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def camera_id(self, index: _Index) -> str:
        fits = index.isValid() and index.row() < len(self.lines)
        return self.lines[index.row()].camera_id if fits else ""

    def ids_of(self, indexes: list[QModelIndex], at_most: int) -> tuple[str, ...]:
        return tuple(self.camera_id(index) for index in indexes)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        kind = Qt.ItemFlag
        return kind.ItemIsEnabled | kind.ItemIsSelectable | kind.ItemIsDragEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        roles, line = Qt.ItemDataRole, self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == roles.DisplayRole:
            return line.title
        if role == roles.AccessibleTextRole:
            return line.spoken
        return plain_tip(line.spoken) if role == roles.ToolTipRole else None
