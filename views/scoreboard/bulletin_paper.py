"""Paints the bulletin on A4, in a process of its own.

python -m views.scoreboard.bulletin_paper: a Job as msgpack on stdin, Pages as msgpack on stdout.
The station is not held up by fonts and thousands of table cells.
"""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from html import escape

import msgspec
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from desktop.domain.assessment.paper import (
    PROGRAM,
    Bulletin,
    Chapter,
    Picture,
    Table,
    foot_words,
    mark_words,
    page_words,
)
from desktop.lifeline import die_with_parent
from widgets.theme import FONT_FAMILY, RESOURCES

LIMIT_S = 60.0  # 1 s on a quiet machine for districts, 8 s for 600 people
DPI = 144
_POINT = DPI / 72
_SIDE, _TOP, _FOOT = 45 * _POINT, 42 * _POINT, 45 * _POINT
_SEEN_DPI = 96
_PICTURE = round(245 * _POINT)
MOST_SEEN = 12
"""Pages of the preview; the rest is in the file only."""
_STYLE = f"""
body {{ font-family: '{FONT_FAMILY}'; font-size: {round(9.5 * _POINT)}px; color: #000; }}
h1 {{ font-size: {round(20 * _POINT)}px; margin: 0 0 {round(4 * _POINT)}px 0; }}
h2 {{ font-size: {round(13 * _POINT)}px;
      margin: {round(16 * _POINT)}px 0 {round(4 * _POINT)}px 0; }}
p {{ margin: 0 0 {round(3 * _POINT)}px 0; }}
p.sub {{ font-size: {round(11 * _POINT)}px; }}
p.mark {{ font-size: {round(11 * _POINT)}px; font-weight: 700; }}
p.name {{ margin-top: {round(8 * _POINT)}px; font-weight: 700; }}
td, th {{ font-size: {round(8 * _POINT)}px; }}
td.fact {{ color: #555; }}
td.missed {{ font-weight: 700; background-color: #DDDDDD; }}
th {{ font-weight: 700; background-color: #ECECEC; }}
"""


class Job(msgspec.Struct, frozen=True):
    bulletin: Bulletin


class Pages(msgspec.Struct, frozen=True):
    """`seen`: the first MOST_SEEN pages as PNG; `count`: of all."""

    pdf: bytes
    seen: tuple[bytes, ...]
    count: int


def html_of(one: Bulletin) -> str:
    """Whatever a name holds stays text."""
    parts = [f"<h1 align='center'>{escape(one.title)}</h1>",
             f"<p class='sub' align='center'>{escape(one.subtitle)}</p>"]  # fmt: skip
    parts += [
        f"<p class='mark' align='center'>{escape(mark_words(mark))}</p>" for mark in one.marks
    ]
    parts.append(_facts(one.facts))
    numbers = itertools.count()
    for chapter in one.chapters:
        parts.append(_chapter(chapter) + _pictures(chapter.pictures, numbers))
    return "<body>" + "".join(parts) + "</body>"


def _facts(facts: tuple[tuple[str, str], ...]) -> str:
    cells = "".join(
        f"<tr><td class='fact' width='16%'>{escape(name)}</td><td>{escape(value)}</td></tr>"
        for name, value in facts
    )
    gap = "<p>&nbsp;</p>"
    return f"{gap}<table width='100%' cellspacing='0' cellpadding='3'>{cells}</table>"


def _chapter(one: Chapter) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in one.lines)
    return f"<h2>{escape(one.title)}</h2>{lines}" + "".join(map(_table, one.tables))


def _pictures(pictures: Sequence[Picture], numbers: Iterator[int]) -> str:
    """Two beside each other, what each shows below it. `numbers`: of all pictures of the paper."""
    cells = [
        f"<td width='50%'>{_shown(one, number)}<p>{escape(one.words)}</p></td>"
        for one, number in zip(pictures, numbers, strict=False)
    ]
    rows = (cells[first : first + 2] for first in range(0, len(cells), 2))
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<table width='100%' cellspacing='0' cellpadding='4'>{body}</table>" if cells else ""


def _shown(one: Picture, number: int) -> str:
    return f"<img src='{_name(number)}' width='{_PICTURE}'>" if one.data else ""


def _name(number: int) -> str:
    return f"picture:{number}"


def _add_pictures(document: QTextDocument, one: Bulletin) -> None:
    """What is no picture leaves its place empty; its words stand there."""
    every = [picture for chapter in one.chapters for picture in chapter.pictures]
    for number, picture in enumerate(every):
        image = QImage.fromData(picture.data)
        if not image.isNull():
            kind = QTextDocument.ResourceType.ImageResource.value
            document.addResource(kind, QUrl(_name(number)), image)


def _table(one: Table) -> str:
    """Its head is repeated on each page."""
    head = "".join(
        f"<th align='{_side(one, number)}'>{escape(word)}</th>"
        for number, word in enumerate(one.columns)
    )
    rows = "".join(
        "<tr>" + "".join(_cell(one, n, cell) for n, cell in enumerate(row)) + "</tr>"
        for row in one.rows
    )
    name = f"<p class='name'>{escape(one.name)}</p>" if one.name else ""
    frame = "border='1' style='border-collapse: collapse; border-color: #AAAAAA'"
    return (
        f"{name}<table width='100%' cellspacing='0' cellpadding='{round(2.5 * _POINT)}' {frame}>"
        f"<thead><tr>{head}</tr></thead>{rows}</table>"
    )


def _cell(one: Table, number: int, text: str) -> str:
    missed = " class='missed'" if number >= one.left and text.startswith("▼") else ""
    return f"<td align='{_side(one, number)}'{missed}>{escape(text)}</td>"


def _side(one: Table, number: int) -> str:
    return "left" if number < one.left else "right"


def paint_bulletin(one: Bulletin) -> Pages:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(f"{one.title} {one.subtitle}")
    writer.setCreator(PROGRAM)
    paper = QSizeF(writer.width(), writer.height())
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(QFont(FONT_FAMILY))
    document.setDefaultStyleSheet(_STYLE)
    _add_pictures(document, one)
    document.setHtml(html_of(one))
    document.setPageSize(QSizeF(paper.width() - 2 * _SIDE, paper.height() - _TOP - _FOOT))
    count = document.pageCount()
    painter = QPainter(writer)
    for page in range(count):
        if page:
            writer.newPage()
        _paint_page(painter, document, one, paper, page, count)
    painter.end()
    seen = tuple(_seen(document, one, paper, n, count) for n in range(min(count, MOST_SEEN)))
    return Pages(bytes(buffer.data().data()), seen, count)


def _paint_page(
    painter: QPainter, document: QTextDocument, one: Bulletin, paper: QSizeF, page: int, count: int
) -> None:
    high = document.pageSize().height()
    painter.save()
    painter.translate(_SIDE, _TOP - page * high)
    document.drawContents(painter, QRectF(0, page * high, document.pageSize().width(), high))
    painter.restore()
    top = paper.height() - _FOOT + 12 * _POINT
    painter.setPen(QPen(QColor("#AAAAAA"), _POINT * 0.6))
    painter.drawLine(int(_SIDE), int(top), int(paper.width() - _SIDE), int(top))
    face = QFont(FONT_FAMILY)
    face.setPixelSize(round(7.5 * _POINT))
    painter.setFont(face)
    painter.setPen(QColor("#555555"))
    line = QRectF(_SIDE, top + 3 * _POINT, paper.width() - 2 * _SIDE, 12 * _POINT)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft, foot_words(one.foot, one.marks))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight, page_words(page + 1, count))


def _seen(
    document: QTextDocument, one: Bulletin, paper: QSizeF, page: int, count: int
) -> bytes:  # fmt: skip
    scale = _SEEN_DPI / DPI
    image = QImage((paper * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    _paint_page(painter, document, one, paper, page, count)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # bytes, says its stub
    return bytes(buffer.data().data())


def paint_apart(one: Bulletin) -> Pages:
    """Painted by a process of its own. Blocks: call it in offload.

    Raises OSError and subprocess.SubprocessError.
    """
    done = subprocess.run(
        [sys.executable, "-m", "views.scoreboard.bulletin_paper"],
        cwd=RESOURCES.parent,
        input=msgspec.msgpack.encode(Job(one)),
        capture_output=True,
        timeout=LIMIT_S,
        check=True,
    )
    try:
        pages = msgspec.msgpack.decode(done.stdout, type=Pages)
    except msgspec.MsgspecError as error:
        raise OSError("no paper came") from error
    if not pages.pdf.startswith(b"%PDF"):
        raise OSError("no paper came")
    return pages


def main() -> None:
    die_with_parent()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication(sys.argv[:1])
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(msgspec.msgpack.encode(paint_bulletin(job.bulletin)))
    sys.stdout.buffer.flush()
    del app


if __name__ == "__main__":
    main()
