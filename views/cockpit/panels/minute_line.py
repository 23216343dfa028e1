"""The minutes since an alarm on one line: what has gone, who is expected, and the target."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRect
from PySide6.QtGui import QPainter, QPen, QPolygonF

from views.cockpit.painting import line_px
from views.cockpit.panels.writing import width_of, write
from widgets.theme import colour

translate = QCoreApplication.translate
_BEYOND = 0.12  # of the target, behind its line


class MinuteLine(NamedTuple):
    """Minutes after the alarm. `has_come`: the first is on scene, since `now`."""

    goal: float
    now: float
    expected: int | None = None
    has_come: bool = False

    @property
    def most(self) -> float:
        """At the right end."""
        return max(self.goal * (1 + _BEYOND), self.now * 1.02, (self.expected or 0) * 1.08, 1.0)

    def marks(self) -> list[tuple[float, str, str, bool]]:
        """Minute, words, token and weight, the more important before."""
        word = (
            translate("cockpit", "到场 {0}") if self.has_come else translate("cockpit", "现在 {0}")
        )
        found = [
            (self.goal, f"{self.goal:g}", "text", True),
            (self.now, word.format(int(self.now)), "text", False),
        ]
        if self.expected is not None:
            words = translate("cockpit", "预计 {0}").format(self.expected)
            found.append((float(self.expected), words, "text2", False))
        return [*found, (0.0, "0", "text2", False)]


def paint_minutes(painter: QPainter, box: QRect, line: MinuteLine, px: int) -> None:
    """Words above a bar; `px`: of the type."""
    bar = QRect(box.left(), box.bottom() + 1 - round(px * 0.8), box.width(), round(px * 0.52))
    most = line.most

    def x(minute: float) -> int:
        return bar.left() + round(bar.width() * min(minute / most, 1.0))

    painter.fillRect(bar, colour("bg3"))
    gone = QRect(bar.left(), bar.top(), x(line.now) - bar.left(), bar.height())
    painter.fillRect(gone, colour("text2"))
    wide, out = max(px // 8, 3), px // 4
    goal = QRect(x(line.goal) - wide // 2, bar.top() - out, wide, bar.height() + 2 * out)
    painter.fillRect(goal, colour("focus"))
    if line.expected is not None:
        paint_diamond(painter, QPointF(x(line.expected), bar.center().y() + 0.5), px * 0.3)
    words = QRect(box.left(), box.top(), box.width(), line_px(px))
    taken: list[tuple[int, int]] = []
    for minute, text, token, bold in line.marks():
        left = _free_place(words, x(minute), width_of(text, px, bold), px, taken)
        if left is not None:
            at = QRect(left, words.top(), width_of(text, px, bold), words.height())
            write(painter, at, text, px, token, bold)


def _free_place(box: QRect, x: int, wide: int, px: int, taken: list[tuple[int, int]]) -> int | None:
    """Above its place on the line; what would cover a more important one moves aside, or is left
    out where that is too far."""
    gap = px // 3
    starts = [x - wide // 2, x - wide, x, *(first - wide - gap for first, _ in taken)]
    for start in starts:
        left = min(max(start, box.left()), box.right() + 1 - wide)
        free = all(left >= last + gap or left + wide + gap <= first for first, last in taken)
        if free and abs(left + wide / 2 - x) <= wide + px * 2:
            taken.append((left, left + wide))
            return left
    return None


def paint_diamond(painter: QPainter, at: QPointF, half: float) -> None:
    """◇: what is expected. `half`: of its width, in pixels."""
    tall = half * 1.3
    corners = [
        QPointF(at.x(), at.y() - tall), QPointF(at.x() + half, at.y()),
        QPointF(at.x(), at.y() + tall), QPointF(at.x() - half, at.y()),
    ]  # fmt: skip
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("text"), max(half / 4, 1.5)))
    painter.setBrush(colour("bg1"))
    painter.drawPolygon(QPolygonF(corners))
    painter.restore()
