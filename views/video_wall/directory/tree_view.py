"""The tree of folders: what is open stays open when the register comes anew."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex

from desktop.domain.camera_tree import CameraTree, FolderPath
from views.video_wall.directory.rows_view import CameraRows
from views.video_wall.directory.tree_model import DirectoryModel


class TreeRows(CameraRows):
    """The cursor and the place in the list stay, too."""

    def __init__(
        self,
        model: DirectoryModel,
        places: Callable[[], int],
        drag_words: Callable[[int], str],
    ) -> None:
        super().__init__(model, places, drag_words)
        self._model = model

    def show_tree(self, tree: CameraTree) -> None:
        model, current = self._model, self.currentIndex()
        is_first = not model.tree.children
        folders = self.open_folders()
        path, camera_id = model.path(current), model.camera_id(current)
        scrolled = self.verticalScrollBar().value()
        if not model.show_tree(tree):
            return
        tops = tree.children.get((), ())
        if is_first and len(tops) == 1:
            folders = [tops[0]]  # nothing to choose from
        for folder in folders:
            if (index := model.index_of(folder)).isValid():
                self.setExpanded(index, True)
        if path and (index := model.index_of(path)).isValid():
            self.setCurrentIndex(index)
        elif camera_id:
            self.setCurrentIndex(model.index_of_camera(camera_id, folders))
        self.verticalScrollBar().setValue(scrolled)

    def open_folders(self) -> list[FolderPath]:
        """From the top, as far as they are open."""
        found: list[FolderPath] = []
        left = [QModelIndex()]
        while left:
            parent = left.pop()
            for row in range(self._model.folder_count(parent)):
                index = self._model.index(row, 0, parent)
                if self.isExpanded(index) and (path := self._model.path(index)):
                    found.append(path)
                    left.append(index)
        return found
