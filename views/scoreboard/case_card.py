"""One case's file: what, where, its stages with who and when, and the cameras around."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.links import CameraLink, MapLink, link_text
from desktop.domain.search import Hit
from views.scoreboard.case_list import over_words
from views.scoreboard.case_pictures import CasePictures
from views.scoreboard.limit_bar import LimitBar
from views.scoreboard.source import CaseFile
from widgets.fact_table import HEAD_PX, ROW_PX, Cell, FactColumn, FactTable
from widgets.plain_label import (
    ElidedLabel,
    PlainLabel,
    WrappedLabel,
    plain_caption,
    plain_tip,
)
from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX
from widgets.times import local

_ZOOM, _CAMERAS, _FACTS = 17.0, 3, 8


class CaseCard(QWidget):
    """`link_asked`: an address for the shell to open."""

    link_asked = Signal(str)
    paper_asked = Signal(object)  # CaseFile

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: CaseFile | None = None
        self._title = ElidedLabel(px=STRONG_PX, bold=True)
        self._number = ElidedLabel(px=NOTE_PX, tone="text2")
        self._place = WrappedLabel(px=BODY_PX)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._names, self._values = [], []
        for number in range(_FACTS):
            name, value = PlainLabel(tone="text2"), ElidedLabel()
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(name, number, 0)
            self._grid.addWidget(value, number, 1)
            self._names.append(name)
            self._values.append(value)
        self.limit = LimitBar()
        columns = (FactColumn(self.tr("环节"), 52), FactColumn(self.tr("时间"), 96),
                   FactColumn(self.tr("经办")), FactColumn(self.tr("超时"), 100, True))  # fmt: skip
        self.stages = FactTable(self.tr("办理环节"), columns)
        self.on_map = QPushButton(self.tr("在一张图上看"))
        self.on_map.clicked.connect(self._show_on_map)
        self.to_paper = QPushButton(self.tr("案卷 PDF"))
        self.to_paper.clicked.connect(self._ask_paper)
        self.pictures = CasePictures()
        self._near = PlainLabel(self.tr("附近摄像机"), NOTE_PX, tone="text2")
        self.cameras = [QPushButton() for _ in range(_CAMERAS)]
        self._camera_ids = [""] * _CAMERAS
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("ground", "1")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("案卷"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for widget in (self._title, self._number, self._place):
            column.addWidget(widget)
        column.addLayout(self._grid)
        column.addWidget(self.limit)
        column.addWidget(self.stages)
        row = QHBoxLayout()
        row.addWidget(self.on_map)
        row.addWidget(self.to_paper)
        row.addStretch(1)
        column.addWidget(self.pictures)
        column.addLayout(row)
        column.addWidget(self._near)
        for number, button in enumerate(self.cameras):
            button.setProperty("flat", True)
            button.setObjectName(str(number))
            button.clicked.connect(self._show_camera)
            column.addWidget(button)
        column.addStretch(1)

    def show_case(self, file: CaseFile) -> None:
        self.file = file
        self._title.setText(f"{file.class_name} · {file.state}")
        self._number.setText(self.tr("案卷号 {0}").format(file.case_id))
        self._place.setText(file.place)
        for number in range(_FACTS):
            name, value = file.facts[number] if number < len(file.facts) else ("", "")
            self._names[number].setText(name)
            self._values[number].setText(value)
            for label in (self._names[number], self._values[number]):
                label.setVisible(bool(name))
        self.limit.show_use(file.use)
        self.stages.show_rows(
            [
                (
                    Cell(stage.name),
                    Cell(when(stage.at), "text2"),
                    Cell(stage.by or "—", "text2"),
                    Cell(over_words(stage.over_s) or "—", "text" if stage.over_s > 0 else "border"),
                )
                for stage in file.stages
            ]
        )
        self.stages.setFixedHeight(HEAD_PX + ROW_PX * len(file.stages) + 4)
        self.area.verticalScrollBar().setValue(0)
        self.on_map.setEnabled(file.lon_deg is not None and file.lat_deg is not None)
        self.pictures.expect(file.pictures)
        self.show_cameras(())

    def offer_paper(self, refusal: str) -> None:
        self.to_paper.setEnabled(not refusal)
        self.to_paper.setToolTip(plain_tip(refusal))

    def show_cameras(self, hits: Sequence[Hit]) -> None:
        """The nearest first."""
        self._near.setVisible(bool(hits))
        for number, button in enumerate(self.cameras):
            hit = hits[number] if number < len(hits) else None
            self._camera_ids[number] = hit.id if hit is not None else ""
            button.setText(plain_caption(hit.title) if hit is not None else "")
            button.setVisible(hit is not None)

    def _show_on_map(self) -> None:
        file = self.file
        if file is not None and file.lon_deg is not None and file.lat_deg is not None:
            self.link_asked.emit(link_text(MapLink(file.lon_deg, file.lat_deg, _ZOOM)))

    def _ask_paper(self) -> None:
        if self.file is not None:
            self.paper_asked.emit(self.file)

    def _show_camera(self) -> None:
        camera_id = self._camera_ids[int(self.sender().objectName())]
        if camera_id:
            self.link_asked.emit(link_text(CameraLink(camera_id)))


def when(at: datetime | None) -> str:
    return f"{local(at):%m-%d %H:%M}" if at is not None else "—"
