"""Cells, and what is built anew when a file changes."""

import pytest
from PySide6.QtCore import QSize

from desktop.domain.cockpit.cockpit_file import BrokenPanel, PanelKind, Place
from tests.gui.cockpit.conftest import HEAD, Plain, cockpit_of, one
from tests.gui.driving import until
from views.cockpit.grid import STEP_PX, CockpitGrid, cell_rect
from views.cockpit.panel import PanelContext
from views.cockpit.panels import KINDS, BrokenPanelView
from views.cockpit.type_scale import desk_scale


@pytest.mark.parametrize("size", [(1864, 992), (3840, 2160), (1100, 620)])
def test_that_neighbours_never_touch_or_overlap_and_stand_on_the_four_pixel_grid(size):
    whole, gap = QSize(*size), 12
    rects = [
        cell_rect(Place(column, row, 1, 1), whole, 20, 18, gap)
        for row in range(18) for column in range(20)
    ]  # fmt: skip
    for number, rect in enumerate(rects):
        assert (rect.left() - gap) % STEP_PX == 0
        assert rect.width() > 0
        assert rect.right() < whole.width()
        assert rect.bottom() < whole.height()
        grown = rect.adjusted(0, 0, gap - 1, gap - 1)
        assert not any(grown.intersects(other) for other in rects[number + 1 :])


def test_that_a_panel_of_several_cells_ends_where_its_last_cell_ends():
    whole = QSize(1920, 1080)
    wide = cell_rect(Place(2, 1, 3, 2), whole, 20, 18, 8)
    last = cell_rect(Place(4, 2, 1, 1), whole, 20, 18, 8)
    assert (wide.right(), wide.bottom()) == (last.right(), last.bottom())


@pytest.fixture
def grid(room):
    made = CockpitGrid(lambda size: PanelContext(room, desk_scale(size.height()), lambda: None))
    made.resize(1864, 992)
    yield made
    made.hide()
    made.deleteLater()


def test_that_a_changed_line_builds_its_panel_anew_and_leaves_the_others(grid):
    grid.show_cockpit(cockpit_of(one("a")))
    first, second = grid.panels()
    grid.show_cockpit(cockpit_of(one("a").replace("text: 二", "text: 另")))
    assert grid.panels()[0] is first
    assert grid.panels()[1] is not second
    assert grid.builds == 3


def test_that_a_kind_without_a_class_and_a_broken_line_say_so_in_their_place(grid, monkeypatch):
    monkeypatch.delitem(KINDS, PanelKind.TEXT)
    text = HEAD.format("a", "甲") + (
        "  - {kind: text, title: 字}\n  - {kind: number, title: 数, metrics: [none.such]}\n"
    )
    grid.show_cockpit(cockpit_of(text))
    unknown, broken = grid.widgets()
    assert isinstance(unknown, BrokenPanelView)
    assert "text" in unknown.accessibleName()
    assert isinstance(broken, BrokenPanelView)
    assert isinstance(broken.broken, BrokenPanel)
    assert "a.yaml 第 8 行 没有名为 none.such 的指标" in broken.accessibleName()


def test_that_nothing_is_asked_for_while_nobody_sees_it(grid, run):
    async def body() -> None:
        grid.show_cockpit(cockpit_of(one("a")))
        panel = grid.panels()[0]
        assert isinstance(panel, Plain)
        assert panel.starts == 0
        grid.show()
        await until(lambda: panel.starts == 1)
        asked = panel.asked
        grid.hide()
        grid._hurry_all()
        assert not grid._turns._timer.isActive()
        assert panel.asked == asked

    run(body())


def test_that_news_of_metrics_reaches_only_the_panels_that_show_them(grid, run, room):
    async def body() -> None:
        grid.show_cockpit(cockpit_of(one("a")))
        mine, other = grid.panels()
        mine.panel = type(mine.panel)(kind=PanelKind.TEXT, id="x", metrics=("m.one",))
        grid.show()
        await until(lambda: other.starts == 1)
        before = (mine.asked, other.asked)
        room.metrics.changed.emit(frozenset({("m.one", "city")}))
        await until(lambda: mine.asked > before[0])
        assert other.asked == before[1]

    run(body())


def test_that_a_larger_window_builds_with_larger_type(grid):
    grid.show_cockpit(cockpit_of(one("a")))
    small = grid.scale.body_px
    grid.resize(3840, 2160)
    grid._rescale()
    assert grid.scale.body_px > small * 2
    assert all(panel.context.scale == grid.scale for panel in grid.panels())
