"""Brings resources/i18n/en.ts in line with the texts in the code: `make translate`.

New texts come in as unfinished, texts that are gone go out, finished ones stay. lupdate would do
this, but its reader for Python puts a `self.tr` that follows a `QCoreApplication.translate` into
the context "QCoreApplication.self", where it can never be found again.
"""

import ast
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "resources/i18n/en.ts"
PARTS = ("desktop/shell", "desktop/video", "views", "widgets")


class Text(NamedTuple):
    """One source text as Qt looks it up."""

    context: str
    source: str
    comment: str = ""
    numerus: bool = False


def texts_of(code: str) -> set[Text]:
    """tr() of classes, translate(), QT_TRANSLATE_NOOP() and titles of views of one module."""
    return set(_walk(ast.parse(code), ""))


def _walk(node: ast.AST, inside: str) -> Iterator[Text]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and (text := _text(child, inside)):
            yield text
        yield from _walk(child, child.name if isinstance(child, ast.ClassDef) else inside)


def _text(call: ast.Call, inside: str) -> Text | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    words = [a.value if isinstance(a, ast.Constant) else None for a in call.args]
    if name == "tr" and words and isinstance(words[0], str):
        context, words = inside, [inside, *words]
    elif name in ("translate", "QT_TRANSLATE_NOOP") and len(words) > 1:
        context = words[0]
    elif name == "ViewSpec":
        titles = [k.value.value for k in call.keywords if k.arg == "title"] or words[1:2]
        context, words = "views", ["views", *titles, ""]
    else:
        return None
    if not (context and isinstance(context, str) and isinstance(words[1], str)):
        return None
    comment = words[2] if len(words) > 2 and isinstance(words[2], str) else ""
    return Text(context, words[1], comment, len(call.args) > 2 and "%n" in words[1])


def texts_of_project() -> set[Text]:
    files = (p for part in PARTS for p in (ROOT / part).rglob("*.py"))
    return {text for path in files for text in texts_of(path.read_text("utf-8"))}


def translations(ts: str) -> dict[Text, ET.Element]:
    """Finished and unfinished entries of a .ts file."""
    found: dict[Text, ET.Element] = {}
    for context in ET.fromstring(ts).iter("context"):
        for message in context.iter("message"):
            key = Text(
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("comment", ""),
                message.get("numerus") == "yes",
            )
            found[key] = message.find("translation")
    return found


def merged(texts: set[Text], known: dict[Text, ET.Element]) -> str:
    root = ET.Element("TS", version="2.1", language="en", sourcelanguage="zh_CN")
    contexts: dict[str, ET.Element] = {}
    for text in sorted(texts):
        if text.context not in contexts:
            contexts[text.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[text.context], "name").text = text.context
        message = ET.SubElement(contexts[text.context], "message")
        if text.numerus:
            message.set("numerus", "yes")
        ET.SubElement(message, "source").text = text.source
        if text.comment:
            ET.SubElement(message, "comment").text = text.comment
        message.append(known[text] if text in known else _unfinished(text))
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


def _unfinished(text: Text) -> ET.Element:
    element = ET.Element("translation", type="unfinished")
    if text.numerus:
        ET.SubElement(element, "numerusform")
        ET.SubElement(element, "numerusform")
    return element


def main() -> None:
    known = translations(ENGLISH.read_text("utf-8")) if ENGLISH.exists() else {}
    texts = texts_of_project()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_text(merged(texts, known), "utf-8")
    new, gone = len(texts - set(known)), len(set(known) - texts)
    open_ = sum(e is None or e.get("type") == "unfinished" for e in known.values())
    print(f"{len(texts)} texts, {new} new, {gone} gone, {open_} were unfinished", file=sys.stderr)


if __name__ == "__main__":
    main()
