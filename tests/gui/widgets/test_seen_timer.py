from PySide6.QtWidgets import QWidget

from widgets.seen_timer import SeenTimer


def test_that_it_ticks_while_its_widget_is_seen_and_once_more_after_that(qtbot):
    widget, seen = QWidget(), []
    qtbot.addWidget(widget)
    timer = SeenTimer(widget, 30, lambda: seen.append(widget.isVisible()))
    qtbot.wait(100)
    assert seen == []
    widget.show()
    qtbot.waitUntil(lambda: len(seen) > 2)
    widget.hide()
    qtbot.waitUntil(lambda: not timer.isActive())
    assert seen[-1] is False and seen.count(False) == 1
    widget.show()
    qtbot.waitUntil(lambda: seen[-1])
