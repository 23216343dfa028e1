"""English is complete where it exists: no text on screen is without a finished entry."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTranslator

from tests.tree import ROOT

_spec = importlib.util.spec_from_file_location("translate", ROOT / ".ci/translate.py")
translate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(translate)
Text = translate.Text
PLACE = re.compile(r"\{[^}]*\}|%n")


def unfinished(ts: str) -> list[str]:
    """Source texts without a finished translation."""
    return [
        text.source
        for text, element in translate.translations(ts).items()
        if element is None
        or element.get("type") == "unfinished"
        or not "".join(element.itertext()).strip()
    ]


def broken_places(ts: str) -> list[str]:
    """Source texts whose translation has other {places} or %n than the source."""
    return [
        text.source
        for text, element in translate.translations(ts).items()
        if element is not None
        and element.get("type") != "unfinished"
        and set(PLACE.findall(text.source)) != set(PLACE.findall("".join(element.itertext())))
    ]


def test_that_every_text_on_screen_has_finished_english():
    ts = translate.ENGLISH.read_text("utf-8")
    assert unfinished(ts) == []
    assert broken_places(ts) == []
    assert translate.texts_of_project() - set(translate.translations(ts)) == set(), (
        "run: make translate"
    )


@pytest.mark.parametrize(
    "translation",
    ['<translation type="unfinished"/>', "<translation></translation>", ""],
)
def test_that_an_unfinished_entry_is_seen(translation):
    entry = f"<message><source>告警</source>{translation}</message>"
    assert unfinished(f"<TS><context><name>A</name>{entry}</context></TS>") == ["告警"]


def test_that_a_lost_place_is_seen():
    entry = "<message><source>{0} 条 {1}</source><translation>{1} rows</translation></message>"
    assert broken_places(f"<TS><context><name>A</name>{entry}</context></TS>") == ["{0} 条 {1}"]


CODE = """
WORD = QT_TRANSLATE_NOOP("words", "告警")
VIEW = ViewSpec(view_id="map", title="地图", build=build)
OTHER = ViewSpec("map", "登录", "x.svg", build)

class Panel(QWidget):
    def show_all(self, n):
        QCoreApplication.translate("Levels", "红")
        self.tr("{0} 条").format(n)
        self.tr("%n 条", "", n)
        self.tr("开", "a valve")
        self.tr(f"{n} 条")
        return self.tr("确认" "并关闭")
"""
FOUND = {
    Text("words", "告警"),
    Text("views", "地图"),
    Text("views", "登录"),
    Text("Levels", "红"),
    Text("Panel", "{0} 条"),
    Text("Panel", "%n 条", "", True),
    Text("Panel", "开", "a valve"),
    Text("Panel", "确认并关闭"),
}


def test_that_every_way_of_naming_a_text_is_found_in_its_own_context():
    assert translate.texts_of(CODE) == FOUND


def test_that_finished_entries_stay_new_ones_are_unfinished_and_gone_ones_go():
    first = translate.merged({Text("A", "旧"), Text("A", "走")}, {})
    known = translate.translations(first)
    known[Text("A", "旧")].attrib.pop("type")
    known[Text("A", "旧")].text = "old"
    second = translate.translations(translate.merged({Text("A", "旧"), Text("A", "新")}, known))
    assert set(second) == {Text("A", "旧"), Text("A", "新")}
    assert second[Text("A", "旧")].text == "old"
    assert second[Text("A", "新")].get("type") == "unfinished"


def test_that_qt_finds_what_was_collected(tmp_path, qapp):
    ts = translate.merged(FOUND, {}).replace(' type="unfinished"', "")
    ts = ts.replace("<numerusform />", "<numerusform>%n rows</numerusform>")
    head, tail = ts.split("<source>确认并关闭</source>")
    tail = tail.replace("<translation />", "<translation>Confirm and close</translation>", 1)
    ts = f"{head}<source>确认并关闭</source>{tail}"
    (tmp_path / "en.ts").write_text(ts, "utf-8")
    lrelease = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run(
        [lrelease, "-silent", tmp_path / "en.ts", "-qm", tmp_path / "en.qm"],
        check=True,
        timeout=30,
        capture_output=True,
    )
    translator = QTranslator()
    assert translator.load(str(tmp_path / "en.qm"))
    qapp.installTranslator(translator)
    try:

        class Panel(QObject):
            pass

        assert Panel().tr("确认并关闭") == "Confirm and close"
        assert Panel().tr("%n 条", "", 3) == "3 rows"
    finally:
        qapp.removeTranslator(translator)
