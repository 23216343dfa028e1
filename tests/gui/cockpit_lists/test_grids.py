"""The matrix and the quadrant: who falls short where."""

import pytest

from desktop.domain.cockpit.cockpit_file import Side, Threshold
from desktop.domain.cockpit.metrics import Direction, Metric
from desktop.domain.levels import WarningLevel
from tests.gui.cockpit_lists.conftest import saturated
from views.cockpit.panels import matrix
from views.cockpit.panels.matrix import step_of
from views.cockpit.panels.writing import width_of
from widgets.theme import THEMES, colour

RATES = ("c.rate", "c.mood")


def told(world, age_s: float = 10.0):
    for scope, rate, mood in (("d1", 99.0, 97.0), ("d2", 94.0, 80.0), ("d3", 90.0, 96.0)):
        world.tell("c.rate", rate, scope, age_s=age_s)
        world.tell("c.mood", mood, scope, age_s=age_s)
    world.tell("c.rate", 96.0, "d4", age_s=age_s)
    world.tell("c.mood", None, "d4", age_s=age_s)


def test_that_a_missed_target_has_its_mark_and_its_step(world):
    told(world)
    state = world.panel("matrix", *RATES, by="district", size=(800, 300)).state
    assert state.units == ("滨江区", "江北区", "东湖区", "西城区")
    rate = state.rows[0]
    assert [cell.text for cell in rate.cells] == ["99.0", "94.0", "90.0", "96.0"]
    assert [cell.is_worse for cell in rate.cells] == [False, True, True, False]
    assert [cell.step for cell in rate.cells] == [0, 1, 3, 0]


def test_that_a_missing_cell_is_hatched_and_no_0(world):
    told(world)
    panel = world.panel("matrix", *RATES, by="district", size=(800, 300))
    assert panel.state.rows[1].cells[3] is None
    assert panel.state.rows[1].cells[0].text == "97.0"


@pytest.mark.parametrize("theme", THEMES)
def test_that_the_steps_go_away_from_the_ground_and_are_readable(theme):
    ground = luminance("bg1", theme)
    away = [abs(luminance(one, theme) - ground) for one in matrix._GROUNDS]
    assert away == sorted(away) and len(set(away)) == 4
    for token, ink in zip(matrix._GROUNDS, matrix._INKS, strict=True):
        pair = sorted((luminance(token, theme), luminance(ink, theme)))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, token


def luminance(token: str, theme: str) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour(token, theme).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_that_the_matrix_has_no_colour(world):
    told(world)
    panel = world.panel("matrix", *RATES, by="district", size=(800, 300))
    assert saturated(panel.grab().toImage()) == 0


def test_that_names_of_metrics_have_the_room_that_they_need(world, monkeypatch):
    told(world)
    cut: list[str] = []
    paint = matrix.write

    def seen(painter, box, text, px, *rest, **more):
        if width_of(text, px) > box.width() + 1:
            cut.append(text)
        paint(painter, box, text, px, *rest, **more)

    monkeypatch.setattr(matrix, "write", seen)
    names = {"c.rate": "按时派遣到位率", "c.mood": "公众满意率"}
    world.panel("matrix", *RATES, by="district", size=(800, 300), names=names)
    assert cut == []


def test_that_an_old_matrix_says_how_old(world):
    told(world, 1500.0)
    panel = world.panel("matrix", *RATES, by="district", size=(800, 300))
    assert panel.state.head.old == "停滞 25 min"
    assert all(cell is None or cell.is_stale for row in panel.state.rows for cell in row.cells)


def test_that_an_empty_matrix_says_so(world):
    panel = world.panel("matrix", *RATES, by="district", size=(800, 300))
    assert panel.state.why == "没有数据" and "没有数据" in panel.accessibleName()


@pytest.mark.parametrize(
    "values, steps", [([0.0, 5.0, 10.0], [0, 1, 2]), ([0.0, 0.0], [0, 0]), ([4.0, 4.0], [2, 2])]
)
def test_that_counts_without_a_target_are_graded_from_none(values, steps):
    metric = Metric(metric_id="x.y", name="故障", source="x", direction=Direction.DOWN)
    assert [step_of(metric, value, values) for value in values] == steps


def test_that_rates_that_are_alike_are_not_graded():
    metric = Metric(metric_id="x.y", name="率", source="x", direction=Direction.UP)
    assert step_of(metric, 90.0, [90.0, 90.0]) == 0


# ---- quadrant -----------------------------------------------------------------------------------


def test_that_the_worse_field_of_both_is_named_with_its_units(world):
    told(world)
    for scope, calls in (("d1", 10), ("d2", 200), ("d3", 40), ("d4", 5)):
        world.tell("c.calls", calls, scope)
    panel = world.panel(
        "quadrant", "c.calls", "c.mood", by="district", size=(600, 400),
        text="冷而满意 / 热而满意 / 冷而不满 / 热而不满",
    )  # fmt: skip
    state = panel.state
    assert state.names[state.worst] == "热而不满"
    assert [dot.name for dot in state.dots if dot.is_worst] == ["江北区"]
    assert state.unknown == ("西城区",)
    assert "热而不满：江北区" in panel.accessibleName()
    assert state.x.middle == "中位 40" and (state.x.low, state.x.high) == ("10", "200")


def test_that_thresholds_are_the_lines_where_the_file_names_them(world):
    told(world)
    lines = (
        Threshold(at=95, level=WarningLevel.YELLOW, side=Side.BELOW),
        Threshold(at=90, level=WarningLevel.YELLOW, side=Side.BELOW),
    )
    state = world.panel("quadrant", *RATES, by="district", thresholds=lines).state
    assert (state.x.middle, state.y.middle) == ("界 95.0", "界 90.0")
    assert [dot.name for dot in state.dots if dot.is_worst] == ["江北区"]


def test_that_a_dot_lies_on_the_side_of_its_value_whatever_the_spread(world):
    told(world)
    for scope, calls in (("d1", 1), ("d2", 1_000_000), ("d3", 2)):
        world.tell("c.calls", calls, scope)
    state = world.panel("quadrant", "c.calls", "c.rate", by="district", size=(600, 400)).state
    by_name = {dot.name: dot for dot in state.dots}
    assert by_name["滨江区"].x < 0.5 == by_name["东湖区"].x < by_name["江北区"].x <= 1.0
    assert by_name["滨江区"].y > 0.5 > by_name["东湖区"].y


def test_that_an_old_quadrant_is_hollow_and_says_how_old(world, greys):
    told(world)
    panel = world.panel("quadrant", *RATES, by="district", size=(600, 400))
    fresh = greys(panel)
    world.clock.move(1500)
    panel.refresh()
    assert panel.state.head.old and all(dot.is_stale for dot in panel.state.dots)
    assert greys(panel) != fresh


def test_that_grids_are_not_painted_without_news(world):
    told(world)
    for kind in ("matrix", "quadrant"):
        panel = world.panel(kind, *RATES, by="district")
        before = panel.state
        world.clock.move(1)
        panel.refresh()
        assert panel.state is before
