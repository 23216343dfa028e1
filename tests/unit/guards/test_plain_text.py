"""No text is shown by a way that could read it as markup; each way is seen when it is planted."""

import pytest

from tests.tree import ROOT, source_files
from tests.unit.guards.markup import markup_ways

# (file, what): why it may.
ALLOWED = {
    ("widgets/plain_label.py", "class of QLabel"),  # the plain label itself
    ("desktop/shell/last_resort.py", "QLabel"),  # stands alone when the widgets are broken
    # tables on paper, in a process of its own: each text is escaped, see test_going_out
    ("views/scoreboard/bulletin_paper.py", "QTextDocument"),
    ("views/scoreboard/bulletin_paper.py", "setHtml"),
    ("views/scoreboard/bulletin_paper.py", "setDefaultStyleSheet"),
    ("views/city_map/examine.py", "setHtml"),  # a page of its own constant, to see it drawn
}


def _found() -> list[tuple[str, int, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), line, what)
        for path in source_files("desktop", "views", "widgets")
        for line, what in markup_ways(path.read_text("utf-8"))
    ]


def test_that_texts_are_shown_by_plain_ways_only():
    assert [found for found in _found() if (found[0], found[2]) not in ALLOWED] == []


def test_that_every_allowed_way_is_still_in_use():
    assert {(file, what) for file, _, what in _found()} >= ALLOWED


@pytest.mark.parametrize("file", ["widgets/plain_label.py", "desktop/shell/last_resort.py"])
def test_that_the_labels_that_are_allowed_say_that_they_are_plain(file):
    assert "setTextFormat(Qt.TextFormat.PlainText)" in (ROOT / file).read_text("utf-8")


@pytest.mark.parametrize(
    "code",
    [
        "label = QLabel(name)",
        "label = QtWidgets.QLabel(name)",
        "class Title(QLabel): pass",
        "QMessageBox.warning(self, title, name)",
        "QMessageBox()",
        "QTextBrowser()",
        "label.setTextFormat(Qt.TextFormat.RichText)",
        "label.setTextFormat(Qt.TextFormat.AutoText)",
        "view.setHtml(text)",
        "button.setToolTip(name)",
        "button.setToolTip(self.tr('{0}').format(name))",
        "button.setToolTip(plain_tip(a) if cut else name)",
        "item.setToolTip(0, name)",
        "QToolTip.showText(place, name, self)",
        "action.setStatusTip(name)",
        "static = QStaticText(name)",
    ],
)
def test_that_a_way_that_reads_markup_is_seen(code):
    assert markup_ways(code)


@pytest.mark.parametrize(
    "code",
    [
        "label = PlainLabel(name)",
        "def f(label: QLabel) -> bool:\n    return isinstance(label, QLabel | QPushButton)",
        "label.setTextFormat(Qt.TextFormat.PlainText)",
        "button.setToolTip(plain_tip(name))",
        "button.setToolTip(self.tr('收起'))",
        "button.setToolTip('')",
        "QToolTip.showText(place, plain_tip(name) if cut else '', self)",
        "QToolTip.hideText()",
        "s = QStaticText(name)\ns.setTextFormat(Qt.TextFormat.PlainText)",
    ],
)
def test_that_a_plain_way_passes(code):
    assert markup_ways(code) == []
