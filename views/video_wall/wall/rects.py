"""Where the cells of a layout stand in an area, and which border lies at a point. Pixels."""

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect

from desktop.domain.wall import Layout, Span

WIDE_GAP_PX, NARROW_GAP_PX = 8, 4
_MANY = 16


class Border(NamedTuple):
    """A line between two cells: the cell before it (left, above) and the one behind it."""

    before: int
    behind: int
    upright: bool


def gap_px(layout: Layout) -> int:
    return NARROW_GAP_PX if layout.count > _MANY else WIDE_GAP_PX


def cell_rects(layout: Layout, width_px: int, height_px: int) -> list[QRect]:
    """In the order of the spans; together with the gaps they take the whole area."""
    gap = gap_px(layout)
    return [
        QRect(
            QPoint(_edge(span.col, layout.cols, width_px, gap),
                   _edge(span.row, layout.rows, height_px, gap)),
            QPoint(_edge(span.col + span.cols, layout.cols, width_px, gap) - gap - 1,
                   _edge(span.row + span.rows, layout.rows, height_px, gap) - gap - 1),
        )
        for span in layout.spans
    ]  # fmt: skip


def square_at(layout: Layout, width_px: int, height_px: int, point: QPoint) -> tuple[int, int]:
    """(row, col) of the square of the grid that holds a point; the nearest one outside."""
    col = point.x() * layout.cols // max(1, width_px)
    row = point.y() * layout.rows // max(1, height_px)
    return min(max(row, 0), layout.rows - 1), min(max(col, 0), layout.cols - 1)


def border_at(layout: Layout, width_px: int, height_px: int, point: QPoint) -> Border | None:
    """The border whose gap holds a point."""
    gap = gap_px(layout)
    for number in range(1, layout.cols):
        edge = _edge(number, layout.cols, width_px, gap)
        if edge - gap <= point.x() < edge:
            row, _ = square_at(layout, width_px, height_px, point)
            found = Border(layout.at(row, number - 1), layout.at(row, number), True)
            return found if found.before != found.behind else None
    for number in range(1, layout.rows):
        edge = _edge(number, layout.rows, height_px, gap)
        if edge - gap <= point.y() < edge:
            _, col = square_at(layout, width_px, height_px, point)
            found = Border(layout.at(number - 1, col), layout.at(number, col), False)
            return found if found.before != found.behind else None
    return None


def dragged(layout: Layout, border: Border, row: int, col: int) -> tuple[int, Span]:
    """Which cell grows, and to what, when a border is dragged into a square."""
    before, behind = layout.spans[border.before], layout.spans[border.behind]
    if border.upright:
        end = before.col + before.cols
        if col >= end:
            return border.before, Span(before.row, before.col, before.rows, col + 1 - before.col)
        start = min(col, behind.col)
        return border.behind, Span(behind.row, start, behind.rows, behind.col + behind.cols - start)
    end = before.row + before.rows
    if row >= end:
        return border.before, Span(before.row, before.col, row + 1 - before.row, before.cols)
    start = min(row, behind.row)
    return border.behind, Span(start, behind.col, behind.row + behind.rows - start, behind.cols)


def _edge(number: int, count: int, length_px: int, gap: int) -> int:
    """Where square `number` begins; that of the last one and its gap is the end."""
    return (length_px + gap) * number // count
