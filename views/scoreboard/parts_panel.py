"""The parts of one score: bar, median of the league, what each gives, and the sum."""

from datetime import datetime
from statistics import median
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.assessment.board import Board, BoardRow
from desktop.domain.assessment.figures import Inputs, Level
from desktop.domain.assessment.peers import odd_raters, peer_score
from desktop.domain.assessment.special import field_lines, gap_to_told
from desktop.domain.assessment.standings import PEERS, SPECIAL
from widgets.painted_text import paint_text
from widgets.plain_label import ElidedLabel, WrappedLabel, plain_tip
from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX, TITLE_PX, colour, font
from widgets.times import local

_LOW, _HIGH = 80.0, 100.0
_ROW_PX, _LEAST_PX, _LOW_PX = 34, 26, 230
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PartLine(NamedTuple):
    """`middle`: the league's median; `place`: `8/9`."""

    name: str
    weight: float
    value: float | None
    middle: float | None
    place: str


class PartBars(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._lines: tuple[PartLine, ...] = ()
        self._total: tuple[str, str] = ("", "")

    def sizeHint(self) -> QSize:
        return QSize(420, _ROW_PX * (len(self._lines) + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, _LEAST_PX * (len(self._lines) + 1))

    def show_parts(self, lines: tuple[PartLine, ...], total: str, place: str) -> None:
        self._lines, self._total = lines, (total, place)
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        count = len(self._lines) + 1
        height = min(_ROW_PX, self.height() // count)
        for number, line in enumerate(self._lines):
            self._paint_line(painter, line, number * height, height)
        top = (count - 1) * height
        painter.fillRect(0, top, self.width(), 1, colour("line"))
        box = QRect(0, top, self.width(), height)
        paint_text(painter, box, self.tr("总分"), BODY_PX, "text", bold=True)
        painter.setPen(colour("text"))
        painter.setFont(font(TITLE_PX, bold=True))
        painter.drawText(box.adjusted(0, 0, -148, 0), _RIGHT, self._total[0])
        painter.setFont(font(BODY_PX))
        painter.drawText(box, _RIGHT, self._total[1])

    def _paint_line(self, painter: QPainter, line: PartLine, top: int, height: int) -> None:
        box = QRect(0, top, self.width(), height)
        paint_text(painter, box.adjusted(0, 0, 72 - self.width(), 0), line.name, BODY_PX, "text")
        weight = QRect(72, top, 52, height)
        paint_text(painter, weight, f"×{line.weight:g}%", BODY_PX, "text2")
        bar = QRectF(132, top + height / 2 - 4, max(self.width() - 132 - 220, 24), 8)
        painter.fillRect(bar, colour("bg3"))
        if line.value is not None:
            share = (min(max(line.value, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * share, 8),
                             colour("accent"))  # fmt: skip
        if line.middle is not None:
            share = (min(max(line.middle, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)
            x = bar.left() + bar.width() * share
            painter.fillRect(QRectF(x - 1, bar.top() - 4, 2, 16), colour("focus"))
        painter.setFont(font(BODY_PX, bold=True))
        painter.setPen(colour("text"))
        value = "—" if line.value is None else f"{line.value:.2f}"
        painter.drawText(box.adjusted(0, 0, -148, 0), _RIGHT, value)
        painter.setFont(font(BODY_PX))
        painter.setPen(colour("text2"))
        if line.value is not None:
            gives = self.tr("计 {0:.2f}").format(line.value * line.weight / 100)
            painter.drawText(box.adjusted(0, 0, -60, 0), _RIGHT, gives)
        painter.drawText(box, _RIGHT, line.place)


class PartsPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel(px=STRONG_PX, bold=True)
        self._scale = ElidedLabel(px=NOTE_PX, tone="text2")
        self._scale.setText(self.tr("竖线为组中位数，标尺 80 至 100"))
        self.bars = PartBars()
        self._platform = WrappedLabel(px=NOTE_PX, tone="text2")
        self._fields = WrappedLabel(px=NOTE_PX, tone="text2")
        self._notes = ElidedLabel(px=NOTE_PX, tone="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._scale)
        column.addWidget(self.bars, 1)
        for label in (self._platform, self._fields, self._notes):
            column.addWidget(label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the bars come first; the rest is in their tooltip."""
        super().resizeEvent(event)
        for label in (self._scale, self._fields, self._notes):
            label.setVisible(self.height() >= _LOW_PX)

    def show_score(self, board: Board | None, row: BoardRow | None, inputs: Inputs) -> None:
        league = board.league_of(row.unit_id) if board is not None and row is not None else None
        if board is None or row is None or league is None or board.scheme is None:
            self._title.setText(self.tr("得分构成"))
            self.bars.show_parts((), "—", "")
            self._platform.setText("")
            self._say("", "")
            return
        self._title.setText(self.tr("{0} · 得分构成").format(row.name))
        lines = []
        for part in board.scheme.parts:
            values = [v for r in league.rows if (v := r.score.parts.get(part.id)) is not None]
            value = row.score.parts.get(part.id)
            place = f"{sum(v > value for v in values) + 1}/{len(values)}" if value else "—"
            middle = median(values) if values else None
            lines.append(PartLine(part.name, part.weight, value, middle, place))
        total = row.score.total
        ranked = sum(one.rank is not None for one in league.rows)
        place = f"{row.rank}/{ranked}" if row.rank is not None else self.tr("不排")
        self.bars.show_parts(tuple(lines), "—" if total is None else f"{total:.2f}", place)
        self._platform.setText(self._platform_text(row, board, inputs))
        self._say(self._fields_text(row, board, inputs), self._note(row, inputs))

    def _say(self, fields: str, notes: str) -> None:
        self._fields.setText(fields)
        self._notes.setText(notes)
        lines = (self._scale.text(), fields, notes)
        self.bars.setToolTip(plain_tip("\n".join(one for one in lines if one)))

    def _platform_text(self, row: BoardRow, board: Board, inputs: Inputs) -> str:
        if inputs.fault:
            return self.tr("平台的考评资料有误，未采用：{0}").format(inputs.fault)
        if row.published is None:
            return self.tr("平台未公布本期得分")
        if row.score.total is None:
            return self.tr("平台公布 {0:.2f}，本台不计：{1}").format(
                row.published, row.score.excluded
            )
        gap = row.published - row.score.total
        if abs(gap) < 0.005:
            return self.tr("平台公布 {0:.2f}，与本台一致").format(row.published)
        text = self.tr("平台公布 {0:.2f}，比本台 {1}；{2}")
        signed = f"{gap:+.2f}".replace("-", "−")
        return text.format(row.published, signed, self._why(row, gap, board, inputs))

    def _why(self, row: BoardRow, gap: float, board: Board, inputs: Inputs) -> str:
        """What can be told from our side: adjustments that would make the difference, other
        indicators, or counts that have moved since the platform sealed its own."""
        given = sum(one.points for one in row.score.adjustments)
        if given and abs(gap + given) < 0.005:
            return self.tr("差额等于加减分 {0:+g}，平台未计入").format(given)
        reasons: list[str] = []
        theirs, same = set(inputs.published_basis), row.on_their_basis
        more = [one.code for one in board.columns if theirs and one.id not in theirs]
        if more and same is not None and row.published is not None:
            rest = row.published - same
            text = self.tr("平台少计 {0} 项（{1}），按其口径本台 {2:.2f}，余差 {3}")
            signed = "0" if abs(rest) < 0.005 else f"{rest:+.2f}".replace("-", "−")
            reasons.append(text.format(len(more), "、".join(more), same, signed))
        elif row.score.covered < 0.999:
            text = self.tr("本台有数的指标只占权重 {0:.0f}%")
            reasons.append(text.format(row.score.covered * 100))
        if inputs.sealed_at is not None:
            reasons.append(self._since_sealed(inputs.sealed_at, row.unit_id, inputs))
        return "；".join(reasons) or self.tr("各部分见上，平台未给出分项，须向平台核对")

    def _since_sealed(self, sealed_at: datetime, unit_id: str, inputs: Inputs) -> str:
        text = self.tr("平台按 {0} 封账时的计数，此后的结案与申诉未计")
        text = text.format(f"{local(sealed_at):%m-%d %H:%M}")
        removed = [one for one in inputs.appeals if one.unit_id == unit_id]
        since = sum(one.state == "upheld" and one.at > sealed_at for one in removed)
        if since:
            text += self.tr("，其中申诉剔除 {0} 件").format(since)
        return text

    def _fields_text(self, row: BoardRow, board: Board, inputs: Inputs) -> str:
        """What 专项 is made of, and the platform's own total where that is another."""
        unit, scheme = row.unit_id, board.scheme
        found = board.league_of(unit)
        league = {one.unit_id for one in found.rows} if found is not None else set[str]()
        if board.level is not Level.DISTRICT or SPECIAL not in row.score.parts:
            return ""
        said = [
            f"{one.field.name} {one.points:.1f}（{one.place}/{one.of}）"
            if one.points is not None
            else self.tr("{0} 未到").format(one.field.name)
            for one in field_lines(unit, inputs, scheme, league)
        ]
        text = self.tr("专项：{0}").format("、".join(said)) if said else ""
        if (gap := gap_to_told(unit, inputs, scheme)) is not None:
            words = self.tr("；平台专项总分 {0:.2f}，与各领域合计差 {1:+.2f}，按领域合计计")
            text += words.format(inputs.special[unit], gap)
        return text

    def _note(self, row: BoardRow, inputs: Inputs) -> str:
        votes = inputs.votes.get(row.unit_id, {})
        if not votes or PEERS not in row.score.parts:
            return ""
        peers = peer_score(row.unit_id, votes)
        odd = odd_raters(inputs.votes)
        low, high = peers.low or 0.0, peers.high or 0.0
        text = self.tr("互评 {0} 票，去掉本单位与最高最低，极差 {1:.1f}；异常评分人 {2}")
        return text.format(peers.votes, high - low, len(odd))
