"""A cockpit from its file, and what is said of a file that is wrong."""

from desktop.domain.cockpit.cockpit_file import (
    BrokenPanel,
    Cockpit,
    Panel,
    Place,
    read_cockpit,
)
from desktop.domain.cockpit.metrics import Metric, Registry, ScopeKind
from desktop.domain.levels import WarningLevel
from desktop.domain.marked_yaml import FileFault

REGISTRY = Registry(
    [
        Metric(metric_id="a.one", name="一", source="x", scope=ScopeKind.DISTRICT),
        Metric(metric_id="a.two", name="二", source="x"),
    ]
)
HEAD = "id: test\ntitle: 试\ncolumns: 4\nrows: 3\npanels:\n"


def read(panels: str) -> Cockpit:
    found = read_cockpit("test.yaml", HEAD + panels, REGISTRY, ("alarms", "cockpit"))
    assert isinstance(found, Cockpit), str(found)
    return found


def fault_of(panels: str, number: int = 0) -> FileFault:
    panel = read(panels).panels[number].panel
    assert isinstance(panel, BrokenPanel)
    return panel.fault


def test_that_panels_flow_into_the_free_places_in_their_order() -> None:
    cockpit = read(
        "  - {kind: number, metrics: [a.one], span: [2, 1]}\n"
        "  - {kind: number, metrics: [a.two], span: [2, 2]}\n"
        "  - {kind: text, text: x, at: [1, 3], span: [4, 1]}\n"
        "  - {kind: number, metrics: [a.two]}\n"
    )
    assert [one.place for one in cockpit.panels] == [
        Place(0, 0, 2, 1), Place(2, 0, 2, 2), Place(0, 2, 4, 1), Place(0, 1, 1, 1),
    ]  # fmt: skip
    assert cockpit.faults == ()
    assert cockpit.metric_ids() == {"a.one", "a.two"}


def test_that_a_broken_panel_says_file_line_and_reason_and_the_others_work() -> None:
    cockpit = read(
        "  - {kind: number, metrics: [a.one]}\n"
        "  - kind: number\n"
        "    title: 坏的\n"
        "    metrics:\n"
        "      - a.none\n"
        "    span: [2, 2]\n"
    )
    good, bad = (one.panel for one in cockpit.panels)
    assert isinstance(good, Panel)
    assert isinstance(bad, BrokenPanel)
    assert str(bad.fault) == "test.yaml 第 10 行：没有名为 a.none 的指标"
    assert (bad.title, cockpit.panels[1].place) == ("坏的", Place(1, 0, 2, 2))
    assert cockpit.faults == (bad.fault,)


def test_that_each_kind_of_mistake_is_told_at_its_line() -> None:
    wrong = {
        "  - {kind: pie, metrics: [a.one]}\n": "没有 'pie' 这个选项",
        "  - {kind: number, metrics: [a.one], colour: red}\n": "没有字段 colour",
        "  - {kind: number, metrics: [a.one, a.two]}\n": "number 需要 1 个指标，写了 2 个",
        "  - {kind: number, metrics: [a.one], refresh_s: 0}\n": "refresh_s",
        "  - {kind: number, metrics: [a.one], span: [0, 1]}\n": "不小于 1",
        "  - {kind: number, metrics: [a.one], drill: {view: nowhere}}\n": "没有名为 nowhere 的页面",
        "  - {kind: bars, metrics: [a.two], by: district}\n": "不按 district 统计",
        "  - {kind: quadrant, metrics: [a.one, a.two]}\n": "须用 by 写明",
        "  - {kind: number, metrics: [a.one], span: [5, 1]}\n": "放不下",
        "  - {kind: gauge, metrics: [a.one], lowest: 2, highest: 1}\n": "highest 须大于 lowest",
        "  - nonsense\n": "Panel",
    }
    for panels, reason in wrong.items():
        fault = fault_of(panels)
        assert reason in fault.reason or reason == "Panel", (panels, fault.reason)
        assert fault.line == 6, panels
        assert fault.file == "test.yaml"


def test_that_two_panels_never_lie_on_each_other() -> None:
    cockpit = read(
        "  - {kind: number, metrics: [a.one], at: [1, 1], span: [3, 3]}\n"
        "  - {kind: number, metrics: [a.one], at: [3, 3]}\n"
    )
    assert cockpit.panels[1].place == Place(3, 0, 1, 1)
    assert "压住" in fault_of(
        "  - {kind: number, metrics: [a.one], at: [1, 1], span: [3, 3]}\n"
        "  - {kind: number, metrics: [a.one], at: [3, 3]}\n", 1
    ).reason  # fmt: skip


def test_that_a_drill_may_lead_to_another_cockpit() -> None:
    cockpit = read("  - {kind: number, metrics: [a.one], drill: {view: cockpit/gas}}\n")
    assert cockpit.faults == ()


def test_that_a_file_without_a_grid_is_a_fault_as_a_whole() -> None:
    found = read_cockpit(
        "x.yaml", "id: test\ntitle: 试\ncolumns: 4\npanels: [{kind: clock}]\n", REGISTRY
    )
    assert isinstance(found, FileFault)
    assert (found.line, found.reason) == (1, "文件：缺少字段 rows")


def test_that_the_gravest_threshold_counts() -> None:
    panel = read(
        "  - {kind: number, metrics: [a.one], thresholds: [{at: 1, level: blue}, "
        "{at: 5, level: red}, {at: -1, level: orange, side: below}]}\n"
    ).panels[0].panel  # fmt: skip
    assert isinstance(panel, Panel)
    levels = {v: panel.level_of(v) for v in (0.0, 1.0, 6.0, -2.0)}
    assert levels == {0.0: None, 1.0: WarningLevel.BLUE, 6.0: WarningLevel.RED,
                      -2.0: WarningLevel.ORANGE}  # fmt: skip
    assert panel.level_of(None) is None
