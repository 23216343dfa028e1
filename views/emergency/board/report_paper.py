"""Paints the situation report on A4, in a process of its own.

python -m views.emergency.board.report_paper: a Job as msgpack on stdin, the PDF on stdout. The
station is not held up by fonts, pictures and hundreds of lines.
"""

import math
import os
import sys

import msgspec
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from desktop.domain.emergency import paper_words
from desktop.domain.emergency.driving import Line
from desktop.domain.emergency.report import MapMark, Paper, Section
from desktop.lifeline import die_with_parent
from views.emergency.board.drill_stamp import stamp
from views.emergency.board.ground import ground_of
from views.emergency.board.marks import Crewed, paint_marks
from views.emergency.board.sketch import Ink, View, paint_ground, paint_scale, paint_shut
from widgets.theme import FONT_FAMILY

DPI = 288
_POINT = DPI / 72
_SIDE, _TOP, _FOOT = 51 * _POINT, 48 * _POINT, 48 * _POINT  # 18 mm, 17 mm
_MAP_HIGH, _PICTURE_HIGH = 250 * _POINT, 140 * _POINT
_BODY, _SMALL, _HEAD, _TITLE = 9.5, 7.5, 12.0, 19.0
_BLACK, _GREY, _PALE = QColor("#000000"), QColor("#555555"), QColor("#DDDDDD")
_PAPER_INK = Ink(QColor("#FFFFFF"), QColor("#E4ECF2"), QColor("#CFCFCF"), QColor("#666666"),
                 QColor("#000000"), QColor("#FFFFFF"), QColor("#000000"))  # fmt: skip
_WRAP = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """`ground`: the layer `basemap` as it is mirrored; `pictures`: coded, in the order of captions;
    `shut`: streets that nobody drives through.
    `words`: what stands at each mark of the map."""

    paper: Paper
    ground: bytes | None = None
    shut: tuple[Line, ...] = ()
    words: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = ()


class Sheet:
    """One run over all pages; `pages` 0: the number of pages is not known yet."""

    def __init__(self, writer: QPdfWriter, paper: Paper, pages: int) -> None:
        self._writer, self._paper, self._pages = writer, paper, pages
        self.painter = QPainter(writer)
        self.page = 1
        self.width = writer.width() - 2 * _SIDE
        self.y = _TOP
        self._begin_page()

    def face(self, size: float, bold: bool = False) -> QFont:
        face = QFont(FONT_FAMILY)
        face.setPixelSize(round(size * _POINT))
        face.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return face

    def need(self, height: float) -> None:
        """So much has to stay together; what is higher than a page begins on a new one."""
        if self.y + height > self._writer.height() - _FOOT and self.y > _TOP + 1:
            self._writer.newPage()
            self.page += 1
            self.y = _TOP
            self._begin_page()

    def gap(self, points: float) -> None:
        self.y += points * _POINT

    def text(
        self, text: str, size: float = _BODY, bold: bool = False, hue: QColor = _BLACK,
        flags: int = _WRAP,
    ) -> None:  # fmt: skip
        face = self.face(size, bold)
        high = self.height_of(text, face, self.width)
        self.need(high)
        self.painter.setFont(face)
        self.painter.setPen(hue)
        self.painter.drawText(QRectF(_SIDE, self.y, self.width, high), flags, text)
        self.y += high

    def height_of(self, text: str, face: QFont, width: float) -> float:
        room = QRectF(0, 0, max(width, 1.0), 1e7)
        return math.ceil(QFontMetricsF(face, self._writer).boundingRect(room, _WRAP, text).height())

    def end(self) -> None:
        self.painter.end()

    def _begin_page(self) -> None:
        """The stamp lies below everything, the foot stands on each page."""
        painter, writer = self.painter, self._writer
        if self._paper.drill:
            painter.save()
            painter.scale(_POINT * 0.9, _POINT * 0.9)
            size = QSizeF(writer.width(), writer.height()) / (_POINT * 0.9)
            stamp(
                painter, int(size.width()), int(size.height()), paper_words.DRILL, QColor("#EBEBEB")
            )
            painter.restore()
        y = writer.height() - _FOOT + 10 * _POINT
        painter.setPen(QPen(_PALE, _POINT * 0.6))
        painter.drawLine(int(_SIDE), int(y), int(_SIDE + self.width), int(y))
        painter.setPen(_GREY)
        painter.setFont(self.face(_SMALL))
        line = QRectF(_SIDE, y + 3 * _POINT, self.width, 12 * _POINT)
        drill = paper_words.DRILL_MARK if self._paper.drill else ""
        paper = self._paper
        left = f"{drill}{paper_words.PROGRAM}　{paper.number}　{paper.issued} {paper.issued_by}"
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, left)
        total = f" / {self._pages}" if self._pages else ""
        painter.drawText(
            line, Qt.AlignmentFlag.AlignRight, paper_words.page_words(self.page, total)
        )


def paint_report(job: Job) -> bytes:
    """The PDF. Painted twice: only the first run knows how many pages there are."""
    _, pages = _painted(job, 0)
    data, _ = _painted(job, pages)
    return data


def _painted(job: Job, pages: int) -> tuple[bytes, int]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(f"{job.paper.title} {job.paper.about}")
    writer.setCreator(paper_words.PROGRAM)
    sheet = Sheet(writer, job.paper, pages)
    _paint_head(sheet, job.paper)
    for number, section in enumerate(job.paper.sections):
        _paint_section(sheet, section)
        if number == 0:
            _paint_map(sheet, job)
    _paint_pictures(sheet, job)
    if job.paper.foot:
        sheet.gap(10)
        sheet.text(job.paper.foot, _SMALL, hue=_GREY)
    sheet.end()
    return bytes(buffer.data().data()), sheet.page


def _paint_head(sheet: Sheet, paper: Paper) -> None:
    centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWrapAnywhere)
    if paper.drill:
        sheet.text(paper_words.DRILL_LINE, _BODY, True, flags=centre)
        sheet.gap(4)
    sheet.text(paper.title, _TITLE, True, flags=centre)
    sheet.gap(2)
    sheet.text(paper.about, _HEAD, True, flags=centre)
    sheet.gap(4)
    sheet.text(f"{paper.number}　{paper.issued}　{paper.issued_by}", _BODY, False, _GREY, centre)
    sheet.gap(8)
    half, high = sheet.width / 2, 15 * _POINT
    for number, (name, value) in enumerate(paper.facts):
        if number % 2 == 0:
            sheet.need(high)
        left = _SIDE + (number % 2) * half
        sheet.painter.setFont(sheet.face(_BODY))
        sheet.painter.setPen(_GREY)
        sheet.painter.drawText(QRectF(left, sheet.y, 52 * _POINT, high), 0, name)
        face = sheet.face(_BODY, True)
        sheet.painter.setFont(face)
        sheet.painter.setPen(_BLACK)
        room = half - 60 * _POINT
        words = QFontMetricsF(face, sheet.painter.device()).elidedText(
            value, Qt.TextElideMode.ElideRight, room
        )
        sheet.painter.drawText(QRectF(left + 54 * _POINT, sheet.y, room, high), 0, words)
        if number % 2 or number == len(paper.facts) - 1:
            sheet.y += high


def _paint_section(sheet: Sheet, section: Section) -> None:
    first = section.lines[0] if section.lines else ""
    high = sheet.height_of(first, sheet.face(_BODY), sheet.width)
    sheet.need(max(52 * _POINT, 34 * _POINT + high))  # a heading never stands alone at the foot
    sheet.gap(12)
    sheet.text(section.title, _HEAD, True)
    sheet.gap(3)
    for line in section.lines:
        sheet.text(line)
        sheet.gap(2)
    if section.rows:
        _paint_row(sheet, section, section.columns, True)
        for row in section.rows:
            page = sheet.page
            sheet.need(20 * _POINT)
            if sheet.page != page:
                _paint_row(sheet, section, section.columns, True)
            _paint_row(sheet, section, row, False)


def _paint_row(sheet: Sheet, section: Section, cells: tuple[str, ...], head: bool) -> None:
    """As high as its highest cell."""
    face = sheet.face(_SMALL if head else _BODY - 0.5)
    whole = sum(section.shares) or 1.0
    widths = [share / whole * sheet.width for share in section.shares]
    pad = 2 * _POINT
    heights = [
        sheet.height_of(cell, face, width - 2 * pad)
        for cell, width in zip(cells, widths, strict=True)
    ]
    high = max(heights, default=0.0) + 2 * pad
    sheet.need(high)
    left = _SIDE
    sheet.painter.setFont(face)
    for cell, width in zip(cells, widths, strict=True):
        sheet.painter.setPen(_GREY if head else _BLACK)
        box = QRectF(left + pad, sheet.y + pad, width - 2 * pad, high)
        sheet.painter.drawText(box, _WRAP, cell)
        left += width
    sheet.y += high
    sheet.painter.setPen(QPen(_GREY if head else _PALE, _POINT * (0.8 if head else 0.4)))
    sheet.painter.drawLine(int(_SIDE), int(sheet.y), int(_SIDE + sheet.width), int(sheet.y))


def _paint_map(sheet: Sheet, job: Job) -> None:
    if not job.paper.marks:
        return
    sheet.gap(8)
    sheet.need(_MAP_HIGH)
    box = QRectF(_SIDE, sheet.y, sheet.width, _MAP_HIGH)
    view = View(job.paper.marks, box)
    paint_ground(sheet.painter, view, ground_of(job.ground), _PAPER_INK)
    paint_shut(sheet.painter, view, job.shut, _PAPER_INK, _POINT * 0.7)
    marks = [_crewed(mark, number, job.words) for number, mark in enumerate(job.paper.marks)]
    face = sheet.face(_SMALL)
    paint_marks(sheet.painter, view, marks, _PAPER_INK, face, unit_px=_POINT * 0.7)
    paint_scale(sheet.painter, view, _PAPER_INK, face, _POINT * 0.7)
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.setPen(QPen(_GREY, _POINT * 0.6))
    sheet.painter.drawRect(box)
    sheet.y += _MAP_HIGH
    sheet.gap(2)
    sheet.text(paper_words.MAP_KEY, _SMALL, hue=_GREY)


def _crewed(mark: MapMark, number: int, words: tuple[str, ...]) -> Crewed:
    text = words[number] if number < len(words) else ""
    return Crewed(mark, text, key=str(number))


def _paint_pictures(sheet: Sheet, job: Job) -> None:
    """Two beside each other; what cannot be read says so."""
    if not job.pictures:
        return
    sheet.need(_PICTURE_HIGH + 40 * _POINT)
    sheet.gap(12)
    sheet.text(paper_words.PICTURES, _HEAD, True)
    sheet.gap(4)
    half = (sheet.width - 10 * _POINT) / 2
    for number, data in enumerate(job.pictures):
        if number % 2 == 0:
            sheet.need(_PICTURE_HIGH + 16 * _POINT)
        left = _SIDE + (number % 2) * (half + 10 * _POINT)
        caption = job.paper.captions[number] if number < len(job.paper.captions) else ""
        _paint_picture(sheet, QRectF(left, sheet.y, half, _PICTURE_HIGH), data, caption)
        if number % 2 or number == len(job.pictures) - 1:
            sheet.y += _PICTURE_HIGH + 16 * _POINT


def _paint_picture(sheet: Sheet, box: QRectF, data: bytes, caption: str) -> None:
    image = QImage.fromData(data)
    if image.isNull():
        caption = f"{caption}{paper_words.UNREADABLE}"
    else:
        fitted = QSizeF(image.size()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        sheet.painter.drawImage(QRectF(box.topLeft(), fitted), image)
    sheet.painter.setFont(sheet.face(_SMALL))
    sheet.painter.setPen(_GREY)
    line = QRectF(box.left(), box.bottom() + 2 * _POINT, box.width(), 12 * _POINT)
    sheet.painter.drawText(line, 0, caption)


def main() -> None:
    die_with_parent()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication(sys.argv[:1])
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(paint_report(job))
    sys.stdout.buffer.flush()
    del app


if __name__ == "__main__":
    main()
