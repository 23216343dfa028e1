"""The house rules hold in every file, and each of them turns red on a planted breach."""

import pytest

from tests.tree import PACKAGES, ROOT, project_files, source_files
from tests.unit.guards import rules

TEXT_SUFFIXES = {
    *("", ".py", ".toml", ".md", ".spec", ".lock", ".html", ".js", ".css", ".qss", ".ts", ".json"),
    *(".yml", ".yaml", ".cfg", ".ini", ".sh", ".mako", ".txt", ".desktop", ".svg"),
}

# Chinese literals in Qt code that are no words of the surface: (file, literal).
DOMAIN_WORDS = {
    ("desktop/shell/app.py", "城瞰"),  # the name of the program, in every language
    # Answers on the command line, which speaks Chinese only.
    ("desktop/shell/control.py", "窗口不认识这个请求"),
    ("desktop/shell/control.py", "窗口内部出错："),
    ("desktop/shell/control.py", "，详见日志"),
}


def name_of(path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules() -> list:
    return [*source_files(*PACKAGES, "tests"), ROOT / "main.py"]


def test_that_no_module_is_longer_than_400_lines():
    assert [name_of(p) for p in modules() if rules.too_long(p.read_text("utf-8"))] == []


def test_that_a_module_of_401_lines_is_seen():
    assert rules.too_long("x\n" * 401)
    assert not rules.too_long("x\n" * 400)


def test_that_only_the_shell_sets_the_stylesheet():
    setting = {name_of(p) for p in modules() if rules.stylesheet_calls(p.read_text("utf-8"))}
    assert setting <= {"desktop/shell/app.py"}


def test_that_a_second_stylesheet_is_seen():
    assert rules.stylesheet_calls("def f(w):\n    w.setStyleSheet('color: red')\n") == [2]


def test_that_no_file_names_a_machine_or_a_registry():
    found = {}
    for path in project_files():
        if path.suffix not in TEXT_SUFFIXES or path.stat().st_size > 2_000_000:
            continue
        if places := rules.machine_places(path.read_text("utf-8", errors="replace")):
            found[name_of(path)] = places
    assert found == {}


@pytest.mark.parametrize(
    "text",
    ["see /" + "work/main", "/" + "home/kai/x", "--index" + "-url x", "deb." + "debian.org/debian"],
)
def test_that_a_machine_or_a_registry_is_seen(text):
    assert rules.machine_places(text)


def test_that_chinese_on_screen_can_be_translated():
    found = [
        (name_of(path), line, literal)
        for path in source_files("views", "widgets", "desktop/shell")
        for line, literal in rules.untranslated(path.read_text("utf-8"))
        if (name_of(path), literal) not in DOMAIN_WORDS
    ]
    assert found == []


def test_that_every_allowed_domain_word_is_still_in_use():
    assert [w for w in DOMAIN_WORDS if w[1] not in (ROOT / w[0]).read_text("utf-8")] == []


@pytest.mark.parametrize(
    "code",
    [
        "label.setText('确认')",
        "label.setText(f'{n} 条')",
        "self.tr(f'{n} 条')",
        "TITLES = ('告警', '地图')",
        "_tr('告警')",
    ],
)
def test_that_untranslatable_chinese_is_seen(code):
    assert rules.untranslated(code)


@pytest.mark.parametrize(
    "code",
    [
        "'''城瞰'''\nx = 1",
        "label.setText(self.tr('确认'))",
        "self.tr('{0} 条').format(n)",
        "self.tr('%n 条', '', n)",
        "VIEW = ViewSpec('alarm_desk', title='告警')",
        "TITLE = QT_TRANSLATE_NOOP('views', '告警')",
        "QCoreApplication.translate('Panel', '确认' '并关闭')",
        "label.setText('confirm')",
        "raise OperatorError(f'截图无法写入 {path}')",
        "if __name__ == '__main__':\n    show('下穿通道')",
    ],
)
def test_that_translatable_or_foreign_text_passes(code):
    assert rules.untranslated(code) == []
