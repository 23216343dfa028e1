"""Looks through widgets for texts that Qt would read as markup."""

import re
from collections.abc import Iterable

import shiboken6
from PySide6.QtCore import QAbstractListModel, QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtGui import Qt as TextQt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QTextEdit,
    QToolTip,
    QWidget,
)

_OWN_MARKUP = re.compile("</?span>|<br>")  # of plain_tip, which escapes everything else
_CELLS = 60  # of one table


def faults(widgets: Iterable[QWidget]) -> list[str]:
    """What is not plain about these widgets, in words."""
    return [fault for widget in widgets if shiboken6.isValid(widget) for fault in _faults(widget)]


def below(root: QWidget) -> list[QWidget]:
    return [root, *root.findChildren(QWidget)]


def is_plain_tip(text: str) -> bool:
    """Whether Qt shows these characters and loads nothing."""
    return not TextQt.mightBeRichText(text) or "<" not in _OWN_MARKUP.sub("", text)


def _faults(widget: QWidget) -> list[str]:
    name = f"{type(widget).__name__} {widget.objectName()!r}"
    found = []
    if isinstance(widget, QMessageBox | QTextEdit):
        found.append(f"{name} reads markup")
    is_label = isinstance(widget, QLabel) and not widget.inherits("QTipLabel")
    if is_label and widget.textFormat() is not Qt.TextFormat.PlainText:
        found.append(f"{name} guesses markup: {widget.text()[:60]!r}")
    if not is_plain_tip(widget.toolTip()):
        found.append(f"{name} has a tip of markup: {widget.toolTip()[:80]!r}")
    if not is_plain_tip(widget.statusTip()) or not is_plain_tip(widget.whatsThis()):
        found.append(f"{name} has words of markup")
    return found


def tips(root: QWidget) -> list[str]:
    """Asks every widget and cell in sight for its tip, as a resting pointer does."""
    found = []
    for widget in below(root):
        if shiboken6.isValid(widget) and not widget.inherits("QTipLabel") and widget.isVisible():
            found += _asked(widget)
    return found


def _asked(widget: QWidget) -> list[str]:
    target, places = widget, [widget.rect().center()]
    if isinstance(widget, QAbstractItemView):
        target, places = widget.viewport(), _cells(widget)
    found = []
    for place in places:
        QToolTip.hideText()
        event = QHelpEvent(QEvent.Type.ToolTip, place, target.mapToGlobal(place))
        QApplication.sendEvent(target, event)
        if text := QToolTip.text():
            found.append(text)
    QToolTip.hideText()
    return found


def _cells(view: QAbstractItemView) -> list[QPoint]:
    model, rect = view.model(), view.viewport().rect()
    if model is None:
        return []
    found = []
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(model.rowCount(), _CELLS)):
        for column in range(columns):
            place = view.visualRect(model.index(row, column)).center()
            if rect.contains(place):
                found.append(place)
    return found[:_CELLS]
