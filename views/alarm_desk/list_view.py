"""The list itself: keeps its place on screen, and notices the operator's hand."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from views.alarm_desk.delegate import HEIGHT_PX, unfolds_at
from views.alarm_desk.model import AlarmListModel

# The order stands still this long after the pointer or a key was last used in the list.
HAND_REST_MS = 8_000


class AlarmListView(QListView):
    """Held while the pointer or the keys are in use here, or while it is scrolled down."""

    chosen = Signal(str)  # alarm_id, by the operator's own hand
    opened = Signal(str)  # alarm_id, double click

    def __init__(self, model: AlarmListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._anchor: tuple[str, int] | None = None
        self.marked_by_desk = ""  # selected by nobody's hand: the list keeps its top for it
        self._marked = ""  # alarm_id that is selected in the room, listed or not
        self._left_at = 0  # where the marked row stood when it left the list
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(HAND_REST_MS)
        self._rest.timeout.connect(self._hand_left)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(HEIGHT_PX // 2)
        self.verticalScrollBar().valueChanged.connect(self._decide)
        for before in (model.rowsAboutToBeInserted, model.rowsAboutToBeRemoved):
            before.connect(self._remember_place)
        model.rowsAboutToBeMoved.connect(self._remember_place)
        model.rowsAboutToBeRemoved.connect(self._note_leaving)
        model.rowsRemoved.connect(self._mark)
        for after in (model.rowsInserted, model.rowsRemoved, model.rowsMoved):
            after.connect(self._restore_place)
        self.doubleClicked.connect(self._open)

    # ---- selection: one alarm, told to everybody by its id ------------------------------

    def show_alarm(self, alarm_id: str) -> None:
        """Marks the row without taking part in who is selected."""
        self._marked = alarm_id
        self._mark()

    def _mark(self) -> None:
        """Qt hands the mark of a row that goes to its neighbour: nobody selected that one."""
        position = self._model.position(self._marked)
        if position < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        elif self.currentIndex().row() != position:
            # Scrolling to it would hold the list, and keep graver ones out of it.
            self.setAutoScroll(self._marked != self.marked_by_desk)
            self.setCurrentIndex(self._model.index(position))
            self.setAutoScroll(True)

    def current_alarm_id(self) -> str:
        position = self.currentIndex().row()
        return self._model.row(position).alarm.alarm_id if position >= 0 else ""

    def step(self, rows: int) -> None:
        """Up or down from the current row, or from where it stood; from nowhere to the first."""
        count = self._model.rowCount()
        if not count:
            return
        position = self.currentIndex().row()
        wanted = self._left_at - (rows < 0) if position < 0 else position + rows
        self._choose(min(count - 1, max(0, wanted)))

    def _choose(self, position: int) -> None:
        self._hand_moved()
        self.marked_by_desk = ""
        index = self._model.index(position)
        self._marked = self._model.row(position).alarm.alarm_id
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.chosen.emit(self._model.row(position).alarm.alarm_id)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.row(index.row()).alarm.alarm_id)

    # ---- the operator's hand ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand_moved()
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self._choose(index.row())
            place = event.position() - self.visualRect(index).topLeft().toPointF()
            if unfolds_at(self._model.row(index.row()), place.x(), place.y()):
                self._turn()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand_moved()
        if not event.buttons():  # a drag must not select a run of rows
            super().mouseMoveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hand_moved()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._hand_moved()
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -self._page(),
            Qt.Key.Key_PageDown: self._page(),
            Qt.Key.Key_Home: -self._model.rowCount(),
            Qt.Key.Key_End: self._model.rowCount(),
        }
        if (rows := steps.get(Qt.Key(event.key()))) is not None:
            self.step(rows)
        elif event.modifiers() or not self._fold_by(Qt.Key(event.key())):
            event.ignore()

    # ---- causes and their members -------------------------------------------------------

    def _turn(self) -> bool:
        """Lists the members of the chosen cause below it, or no longer."""
        position = self.currentIndex().row()
        if position < 0:
            return False
        row = self._model.row(position)
        return self._model.unfold(row.alarm.alarm_id, not row.unfolded)

    def _fold_by(self, key: Qt.Key) -> bool:
        """→ unfolds, ← folds or goes to the cause, Enter does either. False: not of the list."""
        alarm_id = self.current_alarm_id()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._turn()
        if key == Qt.Key.Key_Right:
            return self._model.unfold(alarm_id, True)
        if key == Qt.Key.Key_Left:
            return self._model.unfold(alarm_id, False) or self._choose_cause(alarm_id)
        return False

    def _choose_cause(self, alarm_id: str) -> bool:
        position = self._model.position(alarm_id)
        row = self._model.row(position) if position >= 0 else None
        cause = self._model.position(row.alarm.cause_id or "") if row and row.depth else -1
        if cause >= 0:
            self._choose(cause)
        return cause >= 0

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hand_left()

    def release(self) -> None:
        """To the top, with everything that waited."""
        self._hand_left()
        self.verticalScrollBar().setValue(0)
        self._model.hold(False)

    def _page(self) -> int:
        return max(1, self.viewport().height() // HEIGHT_PX - 1)

    def _hand_moved(self) -> None:
        self._rest.start()
        self._decide()

    def _hand_left(self) -> None:
        self._rest.stop()
        self._decide()

    def _decide(self) -> None:
        self._model.hold(self._rest.isActive() or self.verticalScrollBar().value() > 0)

    def _note_leaving(self, _parent: QModelIndex, first: int, last: int) -> None:
        if first <= self._model.position(self._marked) <= last:
            self._left_at = first

    # ---- the place on screen ------------------------------------------------------------

    def _remember_place(self) -> None:
        """The row that must not move: the selected one if it is seen, else the first seen."""
        if self._anchor is not None:
            return
        scrolled = self.verticalScrollBar().value()
        by_desk = self._marked == self.marked_by_desk and not self._rest.isActive()
        if scrolled == 0 and by_desk:
            return
        position = self.currentIndex().row()
        top = position * HEIGHT_PX - scrolled
        seen = position >= 0 and 0 <= top <= self.viewport().height() - HEIGHT_PX
        if not seen:
            index = self.indexAt(QPoint(1, 1))
            position, top = index.row(), index.row() * HEIGHT_PX - scrolled
        if position >= 0:
            self._anchor = (self._model.row(position).alarm.alarm_id, top)

    def _restore_place(self) -> None:
        anchor, self._anchor = self._anchor, None
        if anchor is None:
            return
        bar = self.verticalScrollBar()
        place = self._model.position(anchor[0]) * HEIGHT_PX
        if place < 0:
            return
        lowest = self.viewport().height() - HEIGHT_PX
        # At the top new rows push down, as a reader expects, while the anchor stays in sight.
        if bar.value() == 0 and place <= lowest:
            return
        self.executeDelayedItemsLayout()  # the bar's range follows the rows only then
        bar.setValue(place - min(anchor[1], lowest))
