"""One value, readable from four metres."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.cockpit_rules import read_files
from desktop.domain.cockpit.cockpit_file import PanelKind, Side, Threshold
from desktop.domain.cockpit.series import Against
from desktop.domain.levels import WarningLevel
from tests.gui.cockpit.panel_room import (
    DESK,
    WALL,
    a_panel,
    brightest,
    lightness,
    move_on,
    picture,
    rim_is_empty,
    series,
    shown,
)
from views.cockpit import courses
from views.cockpit.painting import digits_high, figure_size
from widgets.theme import colour

OWN = {PanelKind.NUMBER, PanelKind.LINE, PanelKind.GAUGE, PanelKind.SHARE, PanelKind.TEXT}
RATE = "case.rate.dispose_in_time"


def number(**fields):
    return a_panel(PanelKind.NUMBER, fields.pop("metric", RATE), **fields)


def test_that_a_number_has_period_time_target_n_verdict_and_change(qapp):
    panel = shown(
        number(comparison=Against.MONTH),
        series(RATE, 96.3, n=86_412, earlier={Against.MONTH: 95.5}),
    )
    assert panel.accessibleName() == (
        "按期处置率 96.3 %，目标 ≥95，达标，环比 +0.8 变好，n 86,412，本月 至 10:31"
    )


def test_that_a_missed_target_says_by_how_much(qapp):
    state = shown(number(), series(RATE, 93.1)).state
    assert (state.verdict.word, state.verdict.gap, state.verdict.mark) == ("未达标", "1.9", "down")


def test_that_a_stale_value_is_grey_and_has_its_age(qapp):
    fresh = shown(number(), series(RATE, 96.3))
    stale = shown(number(), series(RATE, 96.3, age_s=9000))
    assert stale.state.standing.words == "停滞 2 h" and "停滞 2 h" in stale.accessibleName()
    area = (30, 90, 330, 230)  # of the digits
    grey = colour("border").lightness()
    assert brightest(picture(fresh), *area) > grey + 60
    assert brightest(picture(stale), *area) <= grey + 12


def test_that_no_data_says_so_and_is_no_zero(qapp):
    for told in ((), (series(RATE, None),)):
        panel = shown(number(), *told)
        assert panel.state.standing.words == "没有数据"
        assert panel.state.value.digits == "—"
        assert brightest(picture(panel), 30, 80, 400, 240) > 120


def test_that_a_panel_whose_metrics_are_not_read_yet_is_not_empty(qapp):
    panel = shown(number(metric="no.such"))
    assert panel.state is None
    assert brightest(picture(panel), 40, 60, 690, 300) > 120


def test_that_a_second_without_news_repaints_nothing(qapp):
    panel = shown(number(), series(RATE, 96.3))
    panel.show()
    QApplication.processEvents()
    before = panel.paints
    for _ in range(40):
        move_on(panel, 1.0)
        QApplication.processEvents()
    assert panel.paints == before
    panel.context.room.metrics.take([series(RATE, 96.4)], with_hours=False)
    panel.refresh()
    QApplication.processEvents()
    assert panel.paints == before + 1
    panel.close()


@pytest.mark.parametrize("scale", [WALL, DESK])
@pytest.mark.parametrize(
    "width, height", [(730, 340), (420, 300), (340, 200), (330, 90), (120, 44)]
)
@pytest.mark.parametrize("value", [7.0, 96.3, 123_456.7, 1_282_456_000.0])
def test_that_digits_are_never_cut(qapp, scale, width, height, value):
    panel = shown(
        number(comparison=Against.WEEK), series(RATE, value, n=86_412), scale=scale,
        size=(width, height),
    )  # fmt: skip
    assert rim_is_empty(panel)
    figures, body = panel.state.value, panel.body()
    size = figure_size(*figures, body.width(), body.height(), scale.value_px)
    assert size.width <= body.width() and digits_high(size.value_px) <= body.height()


def _badge(level: WarningLevel) -> list[bool]:
    """The mark before the name, in black and white."""
    limits = (Threshold(at=1, level=level),)
    panel = shown(number(metric="alarm.unacked", thresholds=limits), series("alarm.unacked", 7))
    image = picture(panel)
    edge, side = panel.margin_px, 70
    ground = lightness(image, 4, edge)
    return [
        abs(lightness(image, x, y) - ground) > 40
        for y in range(edge, edge + side)
        for x in range(edge, edge + side)
    ]


def test_that_levels_differ_by_shape_without_colour(qapp):
    shapes = {level: _badge(level) for level in WarningLevel}
    for one in WarningLevel:
        assert any(shapes[one])
        for other in WarningLevel:
            differ = sum(a != b for a, b in zip(shapes[one], shapes[other], strict=True))
            assert one is other or differ > 120, (one, other, differ)


def test_that_a_stale_value_has_no_level(qapp):
    limits = (Threshold(at=98, level=WarningLevel.RED, side=Side.BELOW),)
    assert shown(number(thresholds=limits), series(RATE, 96.3)).state.level is WarningLevel.RED
    assert shown(number(thresholds=limits), series(RATE, 96.3, age_s=9000)).state.level is None


def test_that_the_hours_behind_a_value_are_worked_through_once(qapp, monkeypatch):
    asked = []
    runs_of = courses.runs_of
    monkeypatch.setattr(courses, "runs_of", lambda days: asked.append(days) or runs_of(days))
    panel = shown(number(), series(RATE, 96.3))
    store = panel.context.room.metrics
    for value in (96.4, 96.5, 96.6):
        store.take([series(RATE, value, past=())], with_hours=False)
        panel.refresh()
    assert panel.state.value.digits == "96.6" and len(asked) == 1


@pytest.mark.parametrize("scale, screen", [(WALL, (3840, 2160)), (DESK, (1864, 980))])
def test_that_every_shipped_panel_stays_within_its_edges(qapp, scale, screen):
    files = read_files()
    looked_at = 0
    for cockpit in files.cockpits.values():
        for placed in cockpit.panels:
            panel = placed.panel
            if panel.kind not in OWN:
                continue
            told = [
                series(one.metric_id, (one.target or 1234.5) * 0.97, n=86_412)
                for name in panel.metrics
                if (one := files.registry.get(name)) is not None
            ]
            wide = (screen[0] - scale.gap_px) * placed.place.columns // cockpit.columns
            high = (screen[1] - scale.gap_px) * placed.place.rows // cockpit.rows
            size = (wide - scale.gap_px, high - scale.gap_px)
            assert rim_is_empty(shown(panel, *told, scale=scale, size=size)), panel
            looked_at += 1
    assert looked_at > 60


def test_that_a_day_is_compared_with_the_same_hour_of_the_days_before(qapp):
    """Counted since midnight: at night it was many, now it is morning."""
    past = tuple(float(n % 24) for n in range(721))
    panel = shown(number(metric="case.overdue"), series("case.overdue", 1.0, past=past))
    assert {value for run in panel.state.course for _, value in run} == {past[-1], 1.0}
    assert len(panel.state.course[0]) == 31
