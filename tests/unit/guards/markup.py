"""Ways by which Qt would read a text as markup, and with it load files and addresses."""

import ast
from collections.abc import Iterator

READERS = {
    "QLabel", "QMessageBox", "QErrorMessage", "QInputDialog", "QProgressDialog", "QTextBrowser",
    "QTextEdit", "QTextDocument", "QGraphicsTextItem", "QWhatsThis", "QSplashScreen",
    "QSystemTrayIcon", "TextItem", "LabelItem",
}  # fmt: skip
"""Classes that guess or read markup; PlainLabel stands for QLabel, and nothing for the others."""
SETTERS = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "setDefaultStyleSheet"}
TIPS = {"setToolTip", "setStatusTip", "setWhatsThis", "showText"}


def markup_ways(text: str) -> list[tuple[int, str]]:
    """(line, what) of everything in a source that could show a text as markup."""
    return sorted(_ways(ast.parse(text)))


def _ways(tree: ast.AST) -> Iterator[tuple[int, str]]:
    source = ast.unparse(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                if _name(base) in READERS:
                    yield node.lineno, f"class of {_name(base)}"
        elif isinstance(node, ast.Call) and (way := _way(node, source)):
            yield node.lineno, way


def _way(call: ast.Call, source: str) -> str:
    """What of a call could show markup; empty for none."""
    name, func = _name(call.func), call.func
    if isinstance(func, ast.Attribute) and _name(func.value) in READERS:
        return f"{_name(func.value)}.{name}"
    could = (
        name in READERS | SETTERS
        or (name == "setTextFormat" and not ast.unparse(call).endswith("PlainText)"))
        or (name in TIPS and not any(_is_plain(arg) for arg in call.args))
        or (name == "QStaticText" and "PlainText" not in source)
    )
    return name if could else ""


def _is_plain(node: ast.AST) -> bool:
    """plain_tip(...), one of two of it, a text of the program itself, or nothing."""
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            return _is_plain(body) and _is_plain(orelse)
        case ast.Constant(value=str()):
            return True
        case ast.Call(func=func, args=[ast.Constant(), *_]) if _name(func) == "tr":
            return True
        case ast.Call(func=func):
            return _name(func) == "plain_tip"
    return False


def _name(node: ast.AST) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""
