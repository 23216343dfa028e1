"""Languages other than the source's come from a .ts file, compiled when it is newer."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from desktop.shell import translations

TS = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS><TS version="2.1" language="en"><context>
<name>Station</name><message><source>城瞰</source><translation>Chengkan</translation></message>
</context></TS>"""


@pytest.fixture
def folder(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(translations, "I18N", tmp_path)
    (tmp_path / "en.ts").write_text(TS, "utf-8")
    yield tmp_path
    for translator in QCoreApplication.instance().findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())


def test_that_english_is_compiled_and_spoken(folder: Path) -> None:
    translations.install("en", folder / "qm")
    assert (folder / "qm" / "en.qm").exists()
    assert QCoreApplication.translate("Station", "城瞰") == "Chengkan"


def test_that_a_missing_language_leaves_the_operator_s_own(folder: Path) -> None:
    translations.install("de", folder / "qm")
    assert QCoreApplication.translate("Station", "城瞰") == "城瞰"
