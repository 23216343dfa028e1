"""A cockpit is one YAML file: a grid and its panels. A broken panel says why in its place."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated, Any, cast

import msgspec
from msgspec import Meta, Struct

from desktop.domain.cockpit.metrics import Registry, ScopeKind
from desktop.domain.cockpit.series import Against
from desktop.domain.levels import WarningLevel
from desktop.domain.marked_yaml import FileFault, Marked, fault_of, read_yaml

MOST_PANELS = 48


class PanelKind(StrEnum):
    NUMBER = "number"  # one value with target, n, as-of, trend and change
    LINE = "line"  # up to six metrics over time, with limits
    BARS = "bars"  # several metrics, or one by unit, as a ranking
    SHARE = "share"  # parts of a whole
    GAUGE = "gauge"  # one value against its limits
    MATRIX = "matrix"  # metrics x units
    QUADRANT = "quadrant"  # metrics[0] x metrics[1], one dot per unit
    TABLE = "table"  # rows of metrics, or open things (`rows`)
    CLOCK = "clock"  # the running incident with its time line
    MAP = "map"
    VIDEO = "video"
    TEXT = "text"
    SENTENCE = "sentence"  # the state of the city in one sentence
    CHANGES = "changes"  # what became better and worse


_METRICS_NEEDED = {
    PanelKind.NUMBER: (1, 1),
    PanelKind.LINE: (1, 6),
    PanelKind.BARS: (1, 16),
    PanelKind.SHARE: (2, 8),
    PanelKind.GAUGE: (1, 1),
    PanelKind.MATRIX: (1, 40),
    PanelKind.QUADRANT: (2, 2),
    PanelKind.CHANGES: (1, 40),
}


class RowsOf(StrEnum):
    """Open things that a table may list instead of metrics."""

    METRICS = "metrics"
    ALARMS = "alarms"
    CASES = "cases"
    INCIDENTS = "incidents"
    UNITS = "units"
    POINTS = "points"


class Side(StrEnum):
    ABOVE = "above"
    BELOW = "below"


class Threshold(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From `at` on, on that side, the value has this level."""

    at: float
    level: WarningLevel
    side: Side = Side.ABOVE
    text: str = ""

    def is_reached(self, value: float) -> bool:
        return value >= self.at if self.side is Side.ABOVE else value <= self.at


class Drill(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a click leads: a view, or another cockpit as `cockpit/ID`. `filter`: what that view
    understands, such as `level: red`."""

    view: str
    filter: dict[str, str] = {}


class Panel(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`at`: column and row from 1; where it is left out the panel flows into the next free
    place. `span`: columns and rows. `by`: one value per unit of that kind. `hours`: how far back
    a line or trend goes. `names`: own short words for the metrics, by id."""

    kind: PanelKind
    id: str = ""
    title: str = ""
    metrics: tuple[str, ...] = ()
    by: ScopeKind = ScopeKind.CITY
    rows: RowsOf = RowsOf.METRICS
    at: tuple[int, int] | None = None
    span: tuple[int, int] = (1, 1)
    target: float | None = None
    thresholds: tuple[Threshold, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    comparison: Against = Against.NONE
    hours: Annotated[float, Meta(gt=0, le=24 * 366)] = 24 * 30
    drill: Drill | None = None
    refresh_s: Annotated[float, Meta(ge=1, le=3600)] = 10.0
    limit: Annotated[int, Meta(ge=1, le=50)] = 10
    names: dict[str, str] = {}
    filter: dict[str, str] = {}
    cameras: tuple[str, ...] = ()
    text: str = ""

    def level_of(self, value: float | None) -> WarningLevel | None:
        """The gravest threshold reached; None is quiet."""
        if value is None:
            return None
        reached = [one.level for one in self.thresholds if one.is_reached(value)]
        return min(reached, key=lambda level: level.rank, default=None)

    def fault(self) -> tuple[str, str] | None:
        """(field, why) for what the types alone do not refuse."""
        least, most = _METRICS_NEEDED.get(self.kind, (0, 40))
        if not least <= len(self.metrics) <= most:
            wanted = f"{least} 个" if least == most else f"{least} 到 {most} 个"
            return "metrics", f"{self.kind} 需要 {wanted}指标，写了 {len(self.metrics)} 个"
        if min(self.span) < 1:
            return "span", "所占列数、行数须不小于 1"
        if self.at is not None and min(self.at) < 1:
            return "at", "列、行从 1 数起"
        if self.kind is PanelKind.QUADRANT and self.by is ScopeKind.CITY:
            return "kind", "quadrant 须用 by 写明按哪类单位"
        if self.lowest is not None and self.highest is not None and self.lowest >= self.highest:
            return "highest", "highest 须大于 lowest"
        return None


class BrokenPanel(Struct, frozen=True, kw_only=True):
    """Stands where the panel would stand."""

    id: str
    fault: FileFault
    title: str = ""
    at: tuple[int, int] | None = None
    span: tuple[int, int] = (1, 1)


class Place(Struct, frozen=True):
    """Cells of the grid, from 0."""

    column: int
    row: int
    columns: int
    rows: int


class Placed(Struct, frozen=True):
    panel: Panel | BrokenPanel
    place: Place


class Cockpit(Struct, frozen=True, kw_only=True):
    """`industry`: heading in the list of cockpits; `roles`: who may see it, empty: everybody."""

    id: str
    title: str
    columns: int
    rows: int
    panels: tuple[Placed, ...]
    industry: str = ""
    note: str = ""
    scope: ScopeKind = ScopeKind.CITY
    roles: tuple[str, ...] = ()
    file: str = ""
    faults: tuple[FileFault, ...] = ()

    def metric_ids(self) -> frozenset[str]:
        whole = (one.panel for one in self.panels if isinstance(one.panel, Panel))
        return frozenset(name for panel in whole for name in panel.metrics)


class _Head(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
    title: Annotated[str, Meta(min_length=1, max_length=24)]
    columns: Annotated[int, Meta(ge=1, le=48)]
    rows: Annotated[int, Meta(ge=1, le=48)]
    panels: Annotated[tuple[Any, ...], Meta(min_length=1, max_length=MOST_PANELS)]
    industry: str = ""
    note: str = ""
    scope: ScopeKind = ScopeKind.CITY
    roles: tuple[str, ...] = ()


def read_cockpit(
    file: str, text: str, registry: Registry, view_ids: Collection[str] = ()
) -> Cockpit | FileFault:
    """A fault only where not even the grid can be read. `view_ids` empty: drills unchecked."""
    marked = read_yaml(file, text)
    if isinstance(marked, FileFault):
        return marked
    try:
        head = msgspec.convert(marked.value, _Head)
    except msgspec.ValidationError as error:
        return fault_of(file, marked, error)
    reader = _PanelReader(file, marked, registry, view_ids)
    panels = [reader.read(number, raw) for number, raw in enumerate(head.panels)]
    placed = _arranged(panels, head.columns, head.rows, file, marked)
    faults = tuple(one.panel.fault for one in placed if isinstance(one.panel, BrokenPanel))
    return Cockpit(
        id=head.id, title=head.title, columns=head.columns, rows=head.rows, panels=placed,
        industry=head.industry, note=head.note, scope=head.scope, roles=head.roles,
        file=file, faults=faults,
    )  # fmt: skip


class _PanelReader:
    def __init__(
        self, file: str, marked: Marked, registry: Registry, view_ids: Collection[str]
    ) -> None:
        self._file, self._marked, self._registry = file, marked, registry
        self._view_ids, self._ids = view_ids, set[str]()

    def read(self, number: int, raw: Any) -> Panel | BrokenPanel:
        marked = self._part(number, raw)
        try:
            panel = msgspec.convert(raw, Panel)
        except msgspec.ValidationError as error:
            return _broken(number, raw, fault_of(self._file, marked, error))
        panel = msgspec.structs.replace(panel, id=panel.id or f"panel{number + 1}")
        wrong = panel.fault() or self._reference(panel)
        if wrong is None and panel.id in self._ids:
            wrong = "id", f"两个面板都叫 {panel.id}"
        if wrong is not None:
            field, reason = wrong
            return _broken(number, raw, FileFault(self._file, marked.line_of(field), reason))
        self._ids.add(panel.id)
        return panel

    def _part(self, number: int, raw: Any) -> Marked:
        """The panel as a whole of its own, with the lines of the file."""
        prefix = f"panels[{number}]"
        lines = {
            path.removeprefix(prefix).removeprefix("."): line
            for path, line in self._marked.lines.items()
            if path == prefix or path.startswith((f"{prefix}.", f"{prefix}["))
        }
        return Marked(raw, lines)

    def _reference(self, panel: Panel) -> tuple[str, str] | None:
        for index, name in enumerate(panel.metrics):
            metric = self._registry.get(name)
            if metric is None:
                return f"metrics[{index}]", f"没有名为 {name} 的指标"
            if not metric.is_told_for(panel.by):
                return f"metrics[{index}]", f"指标 {name} 不按 {panel.by} 统计"
        if panel.drill is None or not self._view_ids:
            return None
        view = panel.drill.view.partition("/")[0]
        return None if view in self._view_ids else ("drill.view", f"没有名为 {view} 的页面")


def _broken(number: int, raw: Any, fault: FileFault) -> BrokenPanel:
    """Keeps what can be read of its place and title."""
    given: Mapping[str, Any] = cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}
    span, at = _pair(given.get("span")), _pair(given.get("at"))
    return BrokenPanel(
        id=f"panel{number + 1}", fault=fault, title=str(given.get("title", ""))[:40],
        at=at, span=span or (1, 1),
    )  # fmt: skip


def _pair(raw: Any) -> tuple[int, int] | None:
    match raw:
        case [int(one), int(other)] if one >= 1 and other >= 1:
            return one, other
        case _:
            return None


def _arranged(
    panels: list[Panel | BrokenPanel], columns: int, rows: int, file: str, marked: Marked
) -> tuple[Placed, ...]:
    """Those with a place first; the others flow. What does not fit is broken, in one free cell
    or, on a full grid, in the corner."""
    taken: set[tuple[int, int]] = set()
    found: dict[int, Placed] = {}
    order = sorted(range(len(panels)), key=lambda n: panels[n].at is None)
    for number in order:
        panel = panels[number]
        place = _place_of(panel, columns, rows, taken)
        if place is None:
            line = marked.line_of(f"panels[{number}].at")
            reason = f"面板在 {columns} 列 x {rows} 行里放不下，或压住了别的面板"
            panel = BrokenPanel(id=panel.id, title=panel.title, fault=FileFault(file, line, reason))
            place = _place_of(panel, columns, rows, taken) or Place(0, 0, 1, 1)
        taken |= _cells(place)
        found[number] = Placed(panel, place)
    return tuple(found[number] for number in range(len(panels)))


def _place_of(
    panel: Panel | BrokenPanel, columns: int, rows: int, taken: set[tuple[int, int]]
) -> Place | None:
    wide, high = panel.span
    starts = [(panel.at[0] - 1, panel.at[1] - 1)] if panel.at is not None else [
        (column, row) for row in range(rows) for column in range(columns)
    ]  # fmt: skip
    for column, row in starts:
        if column + wide > columns or row + high > rows:
            continue
        place = Place(column, row, wide, high)
        if not taken & _cells(place):
            return place
    return None


def _cells(place: Place) -> set[tuple[int, int]]:
    return {
        (column, row)
        for column in range(place.column, place.column + place.columns)
        for row in range(place.row, place.row + place.rows)
    }
