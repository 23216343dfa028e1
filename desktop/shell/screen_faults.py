"""What anybody would see at once on a picture of the window: clipped words, empty panels.

Looks at the widgets, at the cells of tables and at the pixels; what a delegate of our own
paints is judged by its pixels only.
"""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from widgets.plain_label import ElidedLabel
from widgets.theme import NOTE_PX, font

SMALLEST_PANEL_PX = (160, 100)
FEWEST_CHARACTERS = 4
"""An elided text that shows less says nothing."""

_SLACK_PX = 2
_HEADING_PX, _TREE_HEADING_PX = 22, 12  # padding of theme.qss, left and right
_SAME_COLOUR = 3  # difference of a channel
_INVISIBLE = {"\n", "\t", " ", "\u3000", "\u200b", "\ufe0f"}


def screen_faults(window: QWidget, picture: QImage) -> list[str]:
    """One line a fault; `picture` is what the screen shows of `window`, in device pixels."""
    seen = [w for w in window.findChildren(QWidget) if _is_on_screen(w, window)]
    lines: list[str] = []
    for widget in seen:
        lines += [_line(widget, text) for text in _faults_of_text(widget)]
        lines += [_line(widget, text) for text in _faults_of_place(widget, window)]
        lines += [_line(widget, text) for text in _faults_of_cells(widget)]
        if _is_panel(widget) and _is_one_colour(widget, window, picture):
            text = QCoreApplication.translate("ScreenFaults", "整块只有一种颜色")
            lines.append(_line(widget, text))
    return lines


def _is_on_screen(widget: QWidget, window: QWidget) -> bool:
    return widget.isVisible() and widget.window() is window and not widget.size().isEmpty()


def _line(widget: QWidget, text: str) -> str:
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 3:
        names.append(at.objectName() or type(at).__name__)
        at = at.parentWidget()
    return f"{'/'.join(reversed(names))}: {text}"


def _text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _faults_of_text(widget: QWidget) -> Iterator[str]:
    text = _text_of(widget)
    if not text:
        return
    translate = QCoreApplication.translate
    metrics = widget.fontMetrics()
    missing = sorted({c for c in text if c not in _INVISIBLE and not metrics.inFontUcs4(ord(c))})
    if missing:
        yield translate("ScreenFaults", "字体缺字：{0}").format("".join(missing))
    if isinstance(widget, ElidedLabel):
        if widget.is_cut() and not _shows_enough(text, widget.contentsRect().width(), metrics):
            yield translate("ScreenFaults", "几乎全被省略：{0}").format(text)
    elif isinstance(widget, QLabel) and _is_cut(widget, metrics):
        yield translate("ScreenFaults", "文字被截断：{0}").format(text)
    elif isinstance(widget, QAbstractButton) and _is_button_cut(widget, metrics):
        yield translate("ScreenFaults", "按钮文字被截断：{0}").format(text)


def _shows_enough(text: str, width_px: int, metrics: QFontMetrics) -> bool:
    shown = metrics.horizontalAdvance(text[:FEWEST_CHARACTERS] + "…")
    return shown <= width_px + _SLACK_PX


def _is_cut(label: QLabel, metrics: QFontMetrics) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + _SLACK_PX
    lines = label.text().split("\n")
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    high = metrics.ascent() + metrics.descent() + (len(lines) - 1) * metrics.lineSpacing()
    return widest > room.width() + _SLACK_PX or high > room.height() + 2 * _SLACK_PX


def _is_button_cut(button: QAbstractButton, metrics: QFontMetrics) -> bool:
    return metrics.horizontalAdvance(button.text().replace("&", "")) > button.width()


def _faults_of_place(widget: QWidget, window: QWidget) -> Iterator[str]:
    """A text that a parent cuts off, where nothing can be scrolled."""
    if not _text_of(widget):
        return
    at = widget.parentWidget()
    while at is not None and at is not window:
        if isinstance(at.parentWidget(), QAbstractScrollArea):
            return
        at = at.parentWidget()
    inside = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    if not window.rect().adjusted(-1, -1, 1, 1).contains(inside):
        text = QCoreApplication.translate("ScreenFaults", "伸出窗口：{0}")
        yield text.format(_text_of(widget))


def _faults_of_cells(widget: QWidget) -> Iterator[str]:
    """Headings that are cut, cells that are cut without a tip or down to nothing."""
    if isinstance(widget, QHeaderView):
        yield from _faults_of_header(widget)
    elif isinstance(widget, QTableView):
        if type(widget.itemDelegate()) is not QStyledItemDelegate or widget.wordWrap():
            return
        metrics = widget.fontMetrics()
        for index in _cells_on_screen(widget):
            text = str(index.data() or "")
            if not text or _hint_px(widget, index) <= _room_px(widget, index) + _SLACK_PX:
                continue
            padding_px = _hint_px(widget, index) - metrics.horizontalAdvance(text)
            shown_px = _room_px(widget, index) - padding_px
            if not index.data(Qt.ItemDataRole.ToolTipRole):
                words = QCoreApplication.translate("ScreenFaults", "单元格文字被省略又无提示：{0}")
                yield words.format(text)
            elif not _shows_enough(text, shown_px, metrics) or text[:1].isdigit():
                words = QCoreApplication.translate("ScreenFaults", "几乎全被省略：{0}")
                yield words.format(text)


def _faults_of_header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return
    metrics = QFontMetrics(font(NOTE_PX))  # theme.qss gives every heading this size
    padding_px = _HEADING_PX if isinstance(header.parent(), QTableView) else _TREE_HEADING_PX
    for section in range(header.count()):
        text = str(header.model().headerData(section, header.orientation()) or "")
        shown = text and not header.isSectionHidden(section)
        room_px = header.sectionSize(section) - padding_px + _SLACK_PX
        if shown and metrics.horizontalAdvance(text) > room_px:
            words = QCoreApplication.translate("ScreenFaults", "表头被截断：{0}")
            yield words.format(text)


def _cells_on_screen(view: QTableView) -> Iterator[QModelIndex]:
    first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
    if first < 0:
        return
    last = view.model().rowCount() - 1 if last < 0 else last
    for row in range(first, last + 1):
        for column in range(view.model().columnCount()):
            yield view.model().index(row, column)


def _hint_px(view: QAbstractItemView, index: QModelIndex) -> int:
    return view.sizeHintForIndex(index).width()


def _room_px(view: QTableView, index: QModelIndex) -> int:
    return view.columnWidth(index.column())


def _is_panel(widget: QWidget) -> bool:
    """Big enough to be looked at, and nothing else lies in it."""
    wide, high = SMALLEST_PANEL_PX
    if widget.width() < wide or widget.height() < high:
        return False
    return not any(child.isVisible() for child in widget.findChildren(QWidget))


def _is_one_colour(widget: QWidget, window: QWidget, picture: QImage) -> bool:
    ratio = picture.width() / max(window.width(), 1)
    inside = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(4, 4, -4, -4)
    seen = inside.intersected(window.rect())
    cut = QRect(*(round(n * ratio) for n in seen.getRect()))  # type: ignore[arg-type]
    pixels = _pixels(picture.copy(cut))
    return bool(((pixels.max(axis=(0, 1)) - pixels.min(axis=(0, 1))) <= _SAME_COLOUR).all())


def _pixels(image: QImage) -> np.ndarray:
    """rows x columns x 3, int16."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)
    return rows[:, :, :3].astype(np.int16)
