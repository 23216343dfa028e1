"""One metric over time as a line of a chart."""

from typing import NamedTuple

from desktop.domain.cockpit.cockpit_file import Panel
from desktop.domain.levels import WarningLevel
from views.cockpit.courses import Course, Remembered, Run, Runs
from views.cockpit.panel import MetricValue
from views.cockpit.words import Figures, Standing, figures, goal_words, standing_of, target_of


class Line(NamedTuple):
    """`order`: its pattern. `name` is empty for one that is alone. `present`: (Unix seconds,
    value), None where it is not known."""

    metric_id: str
    name: str
    unit: str
    decimals: int
    order: int
    value: Figures
    course: Course | None
    present: tuple[float, float] | None
    target: float | None
    goal: str
    level: WarningLevel | None
    standing: Standing

    @property
    def past(self) -> Runs:
        return () if self.course is None else self.course.runs

    @property
    def tail(self) -> Run:
        """What the present adds to the past."""
        if self.present is None:
            return ()
        return (self.present,) if self.course is None else self.course.tail(*self.present)

    @property
    def runs(self) -> Runs:
        past, tail = self.past, self.tail
        if len(tail) > 1:
            return (*past[:-1], (*past[-1], tail[-1]))
        return (*past, tail) if tail else past


def line_of(
    panel: Panel, value: MetricValue, order: int, courses: Remembered[Course], error: str = ""
) -> Line:
    """The target of a panel is that of its first metric."""
    metric, series, present = value.metric, value.series, None
    target = None if order else target_of(panel, metric)
    if series is not None and value.value is not None:
        moment = series.present.as_of or series.present.at
        present = (moment.timestamp(), value.value)
    return Line(
        metric_id=metric.metric_id, unit=metric.unit, decimals=metric.decimals, order=order,
        name=value.name if len(panel.metrics) > 1 else "", value=figures(metric, value.value),
        course=courses.of(series) if series is not None and series.values else None,
        present=present, target=target, goal=goal_words(metric, target),
        level=None if value.is_stale else panel.level_of(value.value),
        standing=standing_of(value, error),
    )  # fmt: skip
