"""A value against its limits, and parts of a whole."""

import re
from pathlib import Path

import pytest

from desktop.domain.cockpit.cockpit_file import BrokenPanel, PanelKind, Threshold
from desktop.domain.levels import WarningLevel
from desktop.domain.marked_yaml import FileFault
from tests.gui.cockpit.panel_room import (
    DESK,
    WALL,
    a_panel,
    brightest,
    picture,
    rim_is_empty,
    series,
    shown,
)
from views.cockpit.panels import BrokenPanelView
from views.cockpit.panels.share import percents_of
from widgets.theme import colour

DEPTH = "water.road_max_m"
LIMITS = tuple(
    Threshold(at=at, level=level)
    for at, level in zip((0.05, 0.15, 0.27, 0.5), reversed(WarningLevel), strict=True)
)
PARTS = ("case.source.patrol", "case.source.hotline", "case.source.app", "case.source.video")
SIZES = [(900, 600), (620, 420), (420, 300), (300, 180)]


def gauge(**fields):
    return a_panel(
        PanelKind.GAUGE, DEPTH, lowest=0.0, highest=0.6, thresholds=LIMITS, title="水位", **fields
    )


@pytest.mark.parametrize(
    "value, words",
    [(0.02, "距一般线 0.03 m"), (0.2, "Ⅲ 较重 ≥0.15 m"), (0.7, "Ⅰ 特别严重 ≥0.5 m")],
)
def test_that_a_gauge_says_which_limit_is_reached_or_near(qapp, value, words):
    panel = shown(gauge(), series(DEPTH, value), size=(900, 600))
    assert panel.state.words == words and words in panel.accessibleName()


def test_that_the_bar_ends_at_the_value(qapp):
    def filled(value):
        panel = shown(gauge(), series(DEPTH, value, past=()), size=(900, 400))
        image = picture(panel)
        empty = colour("bg3").name()
        row = max(
            range(150, 380),
            key=lambda y: sum(image.pixelColor(x, y).name() == empty for x in range(60, 840)),
        )
        first = next(x for x in range(60, 840) if image.pixelColor(x, row).name() == empty)
        return first

    low, high = filled(0.1), filled(0.4)
    # 0.3 of 0.6 is half of the bar, whatever the margins are.
    assert abs((high - low) / 780 - 0.5) < 0.06


def test_that_a_stale_gauge_is_grey_and_has_no_level(qapp):
    panel = shown(gauge(), series(DEPTH, 0.7, age_s=90_000), size=(900, 600))
    assert panel.state.line.level is None and "停滞 1 d" in panel.accessibleName()
    red = colour("p1").name()

    def reds(one):
        image = picture(one)
        names = [
            image.pixelColor(x, y).name() for x in range(60, 800, 7) for y in range(150, 330, 5)
        ]
        return names.count(red)

    # Left are the outlines of the limit's own mark.
    assert reds(shown(gauge(), series(DEPTH, 0.7), size=(900, 600))) > 120 > 30 > reds(panel)


def test_that_shares_sum_to_a_hundred():
    for amounts in ([1.0, 1.0, 1.0], [7.0, 0.0, 0.3, 55.5], [1.0] * 7, [2 / 3, 1e-9, 5.0]):
        texts = percents_of(list(amounts))
        assert sum(round(float(text[:-1]) * 10) for text in texts) == 1000
    assert percents_of([None, 3.0, 1.0]) == ["", "75.0%", "25.0%"]
    assert percents_of([0.0, 0.0]) == ["—", "—"]


def test_that_parts_sum_to_the_whole_and_the_rest_is_one_part(qapp):
    told = [series(name, value) for name, value in zip(PARTS, (60, 25, 10, 5), strict=True)]
    panel = shown(a_panel(PanelKind.SHARE, *PARTS), *told, size=(900, 700))
    state = panel.state
    assert state.total.digits == "100" and [one.percent for one in state.parts] == [
        "60.0%", "25.0%", "10.0%", "5.0%",
    ]  # fmt: skip
    few = shown(a_panel(PanelKind.SHARE, *PARTS, limit=3), *told, size=(900, 700)).state
    assert [(one.name, one.amount) for one in few.parts][-1] == ("其余 2 项", 15.0)


def test_that_an_unknown_part_is_hatched_and_is_no_zero(qapp):
    told = [series(name, value) for name, value in zip(PARTS, (60, 25, None, 5), strict=True)]
    panel = shown(a_panel(PanelKind.SHARE, *PARTS), *told, size=(900, 700))
    assert panel.state.parts[2].amount is None
    assert "没有数据" in panel.accessibleName()
    image, stale = picture(panel), colour("stale")
    hues = [
        image.pixelColor(x, y)
        for x in range(40, 860, 2)
        for y in range(220, 330, 2)
    ]  # fmt: skip
    assert sum(abs(one.hue() - stale.hue()) < 12 and one.saturation() > 60 for one in hues) > 30


@pytest.mark.parametrize("scale", [WALL, DESK])
@pytest.mark.parametrize("size", SIZES)
def test_that_nothing_runs_over_the_edge(qapp, scale, size):
    told = [series(name, value) for name, value in zip(PARTS, (60_000, 25, None, 5), strict=True)]
    assert rim_is_empty(shown(gauge(), series(DEPTH, 0.7), scale=scale, size=size))
    assert rim_is_empty(shown(a_panel(PanelKind.SHARE, *PARTS), *told, scale=scale, size=size))
    words = "客流与停车余位须由景区平台提供；接入后在本文件加面板即可。" * 4
    text = a_panel(PanelKind.TEXT, title="说明", text=words)
    assert rim_is_empty(shown(text, scale=scale, size=size))


def test_that_a_broken_panel_says_file_line_and_reason(qapp):
    ok = shown(a_panel(PanelKind.TEXT, text="x"))
    fault = FileFault("water.yaml", 14, "没有名为 water.rizing 的指标")
    panel = BrokenPanelView(BrokenPanel(id="p1", fault=fault), ok.context)
    panel.resize(900, 400)
    panel.start()
    for part in ("water.yaml", "14", "没有名为 water.rizing 的指标"):
        assert part in panel.accessibleName()
    assert brightest(picture(panel), 40, 120, 860, 300) > 200
    panel.stop()


def test_that_colours_come_from_the_tokens_only():
    folder = Path(__file__).resolve().parents[3] / "views" / "cockpit"
    own = re.compile(r"#[0-9A-Fa-f]{6}|QColor\(\s*[\"'\d]|GlobalColor\.(?!transparent)")
    found = {path.name: own.findall(path.read_text("utf-8")) for path in folder.rglob("*.py")}
    assert found and not any(found.values())
