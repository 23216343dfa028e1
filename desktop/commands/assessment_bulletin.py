"""The board as a bulletin (绩效通报), in the form in which cities publish it."""

from collections.abc import Sequence
from itertools import groupby
from statistics import fmean

from msgspec import Struct

from desktop.commands.assessment_workbook import About
from desktop.domain.assessment.board import Board, BoardLeague, BoardRow, Shade
from desktop.domain.assessment.evaluation import Status
from desktop.domain.assessment.explaining import words_known, words_of
from desktop.domain.assessment.figures import Figures, Inputs, Level
from desktop.domain.assessment.indicators import Indicator, Unit
from desktop.domain.assessment.intervals import SMALL
from desktop.domain.assessment.paper import Bulletin, Chapter, Table
from desktop.domain.assessment.periods import kind_of
from desktop.domain.assessment.schemes import Part
from desktop.domain.assessment.special import field_lines
from desktop.domain.assessment.standings import INDICATORS, PEERS, SPECIAL, weights_of

_COLUMNS = 8
"""Indicators beside each other on A4."""
_NUMBERS = "一二三四五六七八九"
_MOST_NAMED = 12
_STATES = {
    Status.NOTHING_DUE: "无应办",
    Status.NOT_REPORTED: "未上报",
    Status.CONTRADICTORY: "矛盾",
}


class Heading(Struct, frozen=True, kw_only=True):
    """Words that only the desk knows.

    `is_whole`: every case is here; `is_demo`: no figure of a real city.
    """

    title: str
    period: str
    level: str
    is_robust: bool = False
    is_whole: bool = True
    is_demo: bool = False


def bulletin_of(
    figures: Figures, board: Board, inputs: Inputs, heading: Heading, about: About
) -> Bulletin:
    """Blocks for some 10 ms with hundreds of units: call it in offload."""
    chapters = [
        Chapter(title="总体情况", lines=_whole(board)),
        Chapter(title="得分与名次", tables=(
            *(_ranking(board, one) for one in board.leagues), *_special(board, inputs))),
        Chapter(title="指标完成情况", lines=("▼ 未达目标；— 无数据，不按 0 计。",),
                tables=tuple(_matrices(board))),
        Chapter(title="预警", lines=_warnings(board)),
        Chapter(title="加减分、剔除与说明", lines=_remarks(figures, board, inputs)),
        Chapter(title="口径", lines=_edition(board), tables=(_formulas(figures, board),)),
    ]  # fmt: skip
    numbered = tuple(
        Chapter(title=f"{number}、{one.title}", lines=one.lines, tables=one.tables)
        for number, one in zip(_NUMBERS, chapters, strict=False)
    )
    return Bulletin(
        title=heading.title,
        subtitle=f"{heading.period}　{heading.level}"
        + ("　稳健排名（按区间下限）" if heading.is_robust else ""),
        marks=_marks(board, inputs, heading),
        facts=about.lines,
        chapters=numbered,
        foot=f"{heading.title}　{heading.period}",
    )


def _marks(board: Board, inputs: Inputs, heading: Heading) -> tuple[str, ...]:
    """Without every part, or before the month is sealed, a score can still move."""
    marks: list[str] = []
    if heading.is_demo:
        marks.append("演示数据，不作考评依据")
    if not heading.is_whole:
        marks.append("暂行稿：案件尚未下载完，数不全")
    if board.missing_parts:
        marks.append(f"暂行稿：{'、'.join(board.missing_parts)}未到，其余部分按比例计")
    elif inputs.sealed_at is None:
        marks.append("暂行稿：平台尚未封账，得分可能变动")
    return tuple(marks)


def _rows(board: Board) -> list[BoardRow]:
    return [row for one in board.leagues for row in one.rows]


def _whole(board: Board) -> tuple[str, ...]:
    ranked = [row for row in _rows(board) if row.rank is not None]
    totals = [row.score.total for row in ranked if row.score.total is not None]
    if not totals:
        return ("本期没有参与排名的单位。",)
    lines = [
        f"本期参与排名 {len(ranked)} 个，不排 {len(_rows(board)) - len(ranked)} 个，"
        f"未上报 {len(board.unreported)} 个；平均 {fmean(totals):.2f} 分，"
        f"最高 {max(totals):.2f} 分，最低 {min(totals):.2f} 分。"
    ]
    for league in board.leagues:
        firsts = [row.name for row in league.rows if row.rank == 1]
        if firsts:
            name = f"{league.name}：" if league.name else ""
            lines.append(f"{name}第一名 {'、'.join(firsts)}。")
    moved = [row for row in ranked if row.delta is not None]
    if moved:
        best = max(moved, key=lambda row: row.delta or 0.0)
        worst = min(moved, key=lambda row: row.delta or 0.0)
        lines.append(f"与上期比，{_moved(best)}；{_moved(worst)}。")
    missed = sum(
        bool((board.shades[row.at] > Shade.NONE).any()) for row in _rows(board)
    )  # fmt: skip
    lines.append(f"有指标未达目标的单位 {missed} 个。")
    return tuple(lines)


def _moved(row: BoardRow) -> str:
    return f"{row.name} {_signed(row.delta)} 分"


def _ranking(board: Board, league: BoardLeague) -> Table:
    parts = board.scheme.parts if board.scheme is not None else ()
    shown = parts if len(parts) > 1 else ()
    robust = ("稳健分",) if board.is_robust else ()
    columns = ("名次", "变化", "单位", *(f"{_short(one)} {one.weight:g}%" for one in shown),
               "加减分", "得分", *robust, "等级", "比上期", "应结案 n", "平台公布",
               "差额")  # fmt: skip
    rows = [
        (
            str(row.rank) if row.rank is not None else "不排",
            _places(row.change),
            row.name,
            *(_points(row.score.parts.get(one.id)) for one in shown),
            f"{given:+g}" if (given := sum(a.points for a in row.score.adjustments)) else "—",
            _points(row.score.total),
            *(_points(row.score.robust) for _ in robust),
            row.score.grade or "—",
            _signed(row.delta),
            f"{row.n:,.0f}" + ("（小样本）" if row.is_small else ""),
            _points(row.published),
            _gap(row),
        )
        for row in league.rows
    ]
    name = league.name or "全部单位"
    return Table(name=f"{name} {len(rows)} 个", columns=columns, rows=tuple(rows), left=3)


def _special(board: Board, inputs: Inputs) -> tuple[Table, ...]:
    """专项 field by field; none where the platform tells its total alone."""
    scheme = board.scheme
    if board.level is not Level.DISTRICT or scheme is None:
        return ()
    found = [(row, field_lines(row.unit_id, inputs, scheme)) for row in _rows(board)]
    rows = tuple(
        (row.name, *(_points(one.points) for one in lines), _points(row.score.parts.get(SPECIAL)))
        for row, lines in found
        if lines
    )
    columns = ("单位", *(f"{one.name} {one.weight:g}%" for one in scheme.fields), "专项")
    return (Table(name="专项考核各领域", columns=columns, rows=rows),) if rows else ()


def _matrices(board: Board) -> list[Table]:
    """Group by group, at most _COLUMNS indicators beside each other; the second row: targets."""
    found: list[Table] = []
    numbers = range(len(board.columns))
    for group, members in groupby(numbers, lambda n: board.columns[n].group):
        of_group = list(members)
        for first in range(0, len(of_group), _COLUMNS):
            found.append(_matrix(board, group, of_group[first : first + _COLUMNS]))
    return found


def _matrix(board: Board, group: str, numbers: Sequence[int]) -> Table:
    shown = [board.columns[number] for number in numbers]
    goals = ("目标", *(_goal(one) for one in shown))
    rows = [(row.name, *(_cell(board, row, number) for number in numbers)) for row in _rows(board)]
    columns = ("单位", *(f"{one.name} {_unit(one)}".strip() for one in shown))
    return Table(name=group, columns=columns, rows=(goals, *rows))


def _cell(board: Board, row: BoardRow, number: int) -> str:
    status = Status(int(board.status[row.at, number]))
    if board.level is Level.PERSON and status is Status.NOT_REPORTED:
        return "—"  # not this post's to do
    if status in _STATES:
        return _STATES[status]
    mark = "▼" if board.shades[row.at, number] > Shade.NONE else ""
    return mark + _figure(board.columns[number], float(board.values[row.at, number]))


def _warnings(board: Board) -> tuple[str, ...]:
    found: list[str] = []
    for row in _rows(board):
        names = [
            one.name for n, one in enumerate(board.columns) if bool(board.warned[row.at, n])
        ]  # fmt: skip
        if names:
            found.append(f"{row.name}：{'、'.join(names)}。")
    if not found:
        return ("没有连续 3 期重度未达目标的指标。",)
    return ("下列指标连续 3 期重度未达目标：", *found)


def _remarks(figures: Figures, board: Board, inputs: Inputs) -> tuple[str, ...]:
    lines: list[str] = []
    for row in _rows(board):
        lines += [f"{row.name} {one.points:+g} 分：{one.reason}。" for one in row.score.adjustments]
    if small := [row.name for row in _rows(board) if row.is_small]:
        lines.append(f"应结案不足 {SMALL} 件，只展示、不参与名次：{'、'.join(small)}。")
    if out := [f"{r.name}（{r.score.excluded}）" for r in _rows(board) if r.score.excluded]:
        lines.append(f"不计总分：{'、'.join(out)}。")
    if board.unreported:
        lines.append(f"未上报，不按 0 分计、不参与排名：{'、'.join(board.unreported)}。")
    kept = inputs.appeals
    if kept:
        upheld = [one for one in kept if one.state == "upheld"]
        still = sum(one.state == "open" for one in kept)
        lines.append(
            f"申诉 {len(kept)} 件：成立并剔除 {len(upheld)} 件，复审中 {still} 件，"
            f"驳回 {len(kept) - len(upheld) - still} 件。"
        )
        for one in upheld[:_MOST_NAMED]:
            name = figures.names.get(one.unit_id, one.unit_id)
            lines.append(f"剔除 {name} {one.case_id}：{one.reason or '未写理由'}。")
    return tuple(lines) or ("本期无加减分、剔除和申诉。",)


def _edition(board: Board) -> tuple[str, ...]:
    scheme = board.scheme
    if scheme is None:
        return ()
    parts = " + ".join(f"{one.name} {one.weight:g}%" for one in scheme.parts)
    until = f"{scheme.until:%Y-%m-%d}" if scheme.until is not None else "今后"
    return (
        f"{scheme.name} {scheme.edition}，{scheme.since:%Y-%m-%d} 至 {until} 有效。",
        f"得分 = {parts}；互评去掉本单位评分，6 票起再去掉最高、最低各一。",
        "95% 区间按 Wilson 计；名次在组内比较，同分同名次。",
    )


def _formulas(figures: Figures, board: Board) -> Table:
    words = words_known(figures)
    evaluated = figures.evaluated(kind_of(board.period))
    weights = weights_of(evaluated, board.scheme) if board.scheme is not None else {}
    rows = [
        (one.code, one.name, words_of(one.text, words), one.source.word, one.accountable or "—",
         _goal(one), f"{weights.get(one.id, 0):g}")
        for one in board.columns
    ]  # fmt: skip
    columns = ("编号", "指标", "公式", "来源", "责任人", "目标", "权重")
    return Table(name="指标、公式、目标与权重", columns=columns, rows=tuple(rows), left=5)


def _short(one: Part) -> str:
    return {INDICATORS: "综合", SPECIAL: "专项", PEERS: "互评"}.get(one.id, one.name[:2])


# ---- figures in words ---------------------------------------------------------------------------


def _figure(one: Indicator, value: float) -> str:
    if value != value:
        return "—"
    if one.unit is Unit.COUNT:
        return f"{value:,.0f}"
    return f"{value:,.{2 if one.unit is Unit.POINTS else 1}f}"


def _unit(one: Indicator) -> str:
    return f"（{one.unit.word}）" if one.unit.word else ""


def _goal(one: Indicator) -> str:
    if one.target is None:
        return "—"
    return f"{'≥' if one.higher_is_better else '≤'}{one.target:g}"


def _points(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def _signed(value: float | None) -> str:
    return "—" if value is None else f"{value:+.2f}".replace("-", "−")


def _places(change: int | None) -> str:
    if not change:
        return "—"
    return f"▲{change}" if change > 0 else f"▼{-change}"


def _gap(row: BoardRow) -> str:
    if row.published is None or row.score.total is None:
        return "—"
    return _signed(row.published - row.score.total)
