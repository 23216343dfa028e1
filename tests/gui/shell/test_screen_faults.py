"""The faults that a picture check must find, each made once, and a good screen without any."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from desktop.shell.screen_faults import screen_faults
from widgets import theme
from widgets.fact_table import Cell, FactColumn, FactTable
from widgets.plain_label import ElidedLabel, PlainLabel


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.setObjectName("window")
    made.resize(600, 400)
    made.setFont(theme.font(theme.BODY_PX))
    qtbot.addWidget(made)
    return made


def faults(window: QWidget, qtbot) -> list[str]:
    with qtbot.waitExposed(window):
        window.show()
    return screen_faults(window, window.grab().toImage())


def put(widget: QWidget, window: QWidget, *rect: int) -> QWidget:
    widget.setParent(window)
    widget.setGeometry(*rect)
    return widget


def test_that_a_good_screen_has_no_faults(window, qtbot):
    put(PlainLabel("望湖路下穿通道"), window, 10, 10, 200, 24)
    put(QPushButton("确认"), window, 10, 50, 80, 32)
    put(ElidedLabel("望湖路下穿通道北引道水位持续上涨"), window, 10, 90, 120, 24)
    assert faults(window, qtbot) == []


@pytest.mark.parametrize(
    ("make", "rect", "word"),
    [
        (lambda: PlainLabel("望湖路下穿通道"), (10, 10, 40, 24), "文字被截断"),
        (lambda: PlainLabel("望湖路"), (10, 10, 200, 8), "文字被截断"),
        (lambda: QPushButton("确认并派单"), (10, 10, 30, 32), "按钮文字被截断"),
        (lambda: ElidedLabel("望湖路下穿通道"), (10, 10, 30, 24), "几乎全被省略"),
        (lambda: PlainLabel("望湖路下穿通道"), (560, 10, 200, 24), "伸出窗口"),
        (lambda: PlainLabel("坏字\U0010fffd"), (10, 10, 200, 24), "字体缺字"),
        (lambda: QWidget(), (10, 100, 300, 200), "只有一种颜色"),
    ],
)
def test_that_a_fault_is_named_with_its_place(window, qtbot, make, rect, word):
    put(make(), window, *rect)
    found = faults(window, qtbot)
    assert len(found) == 1
    assert word in found[0] and found[0].startswith("window/")


def test_that_a_wrapped_label_needs_room_for_all_its_lines(window, qtbot):
    label = PlainLabel("望湖路下穿通道北引道水位持续上涨，请立即封路")
    label.setWordWrap(True)
    put(label, window, 10, 10, 120, 24)
    assert [line for line in faults(window, qtbot) if "文字被截断" in line]


def test_that_what_can_be_scrolled_to_is_no_fault(window, qtbot):
    area = QScrollArea()
    inner = QWidget()
    inner.resize(300, 900)
    put(PlainLabel("下面还有一行"), inner, 10, 800, 200, 24)
    put(PlainLabel("上面一行"), inner, 10, 10, 200, 24)
    area.setWidget(inner)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    put(area, window, 0, 0, 400, 300)
    assert not [line for line in faults(window, qtbot) if "下面" in line]


@pytest.mark.parametrize(
    ("columns", "row", "words"),
    [
        ((FactColumn("数据源", 200), FactColumn("收到", 100)), ("人车位置", "17,039"), []),
        ((FactColumn("数据源", 200), FactColumn("收到", 64)), ("人车位置", "17,039,000"), ["几乎"]),
        ((FactColumn("数据来源名称", 60), FactColumn("收到", 100)), ("人", "1"), ["表头"]),
    ],
)
def test_that_cells_and_headings_need_room_too(window, qtbot, columns, row, words):
    table = FactTable("数据源", columns)
    table.show_rows((tuple(Cell(text) for text in row),))
    put(table, window, 0, 0, 400, 80)
    cells = [line for line in faults(window, qtbot) if "颜色" not in line]
    assert len(cells) == len(words)
    assert all(word in line for word, line in zip(words, cells, strict=True))


def test_that_a_panel_is_judged_in_device_pixels(window, qtbot):
    put(QWidget(), window, 10, 100, 300, 200)
    with qtbot.waitExposed(window):
        window.show()
    double = QImage(1200, 800, QImage.Format.Format_RGB32)
    double.fill(Qt.GlobalColor.black)
    for x in range(30, 600, 2):
        double.setPixel(x, 300, 0xFFFFFF)
    assert screen_faults(window, double) == []
