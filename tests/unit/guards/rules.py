"""House rules that no linter knows. Each takes a text and gives what is wrong in it."""

import ast
import re
from collections.abc import Iterator

MAX_LINES = 400
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# The shell translates the title of a ViewSpec.
TRANSLATORS = {"tr", "translate", "QT_TRANSLATE_NOOP", "QT_TR_NOOP", "ViewSpec"}
# Texts of errors are written once, in Chinese: processes without Qt say them too.
ERRORS = {"OperatorError", "PlatformError", "SettingsError", "ProfileError"}

# Written in pieces, so that this file does not break its own rule.
_PLACES = [
    *("/" + "work" + "/", "/" + "home" + r"/\w", "/" + "root" + "/", "/" + "Users" + "/"),
    *("/" + r"tmp/\w", "C:" + r"\\Users"),
    *("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs"),
    "--(?:extra-)?index" + "-url[ =]",
    *("deb" + r"\.debian\.org", "security" + r"\.debian\.org", "snapshot" + r"\.debian"),
]
MACHINE_PLACE = re.compile("|".join(_PLACES))


def too_long(text: str) -> bool:
    return len(text.splitlines()) > MAX_LINES


def stylesheet_calls(text: str) -> list[int]:
    """Lines that call setStyleSheet."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr == "setStyleSheet"
    ]


def machine_places(text: str) -> list[str]:
    """Absolute paths of a machine and addresses of package registries."""
    return MACHINE_PLACE.findall(text)


def untranslated(text: str) -> list[tuple[int, str]]:
    """(line, literal) of Chinese that Qt cannot translate: outside tr(), or formatted inside it."""
    return list(_untranslated(ast.parse(text), inside=False))


def _untranslated(node: ast.AST, inside: bool) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.JoinedStr) and inside:
        # lupdate would extract it, and at run time it can never match.
        if literal := "".join(c.value for c in node.values if isinstance(c, ast.Constant)):
            yield node.lineno, f"f-string inside tr(): {literal}"
        inside = False
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and CJK.search(node.value) and not inside:
            yield node.lineno, node.value
        return
    if isinstance(node, ast.Call) and _called(node) in ERRORS:
        return
    translator = isinstance(node, ast.Call) and _called(node) in TRANSLATORS
    for child in _children(node):
        yield from _untranslated(child, inside=(translator and child is not node.func) or inside)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Without docstrings, which are for readers of the code, and without demos."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if not _is_demo(child):
            yield child


def _is_demo(node: ast.AST) -> bool:
    """`if __name__ == "__main__":` shows one widget to a developer, never to an operator."""
    return isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)
