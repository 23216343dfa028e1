"""The metrics and cockpits that come with the program."""

import shutil
from pathlib import Path

from desktop.cockpit_rules import COCKPITS, METRICS, read_files, stamps_of
from desktop.domain.cockpit.cockpit_file import Panel
from desktop.shell.places import VIEW_IDS

VIEWS = VIEW_IDS
INDUSTRIES = {
    "市容环卫", "市政设施", "应急指挥", "城市水务", "燃气监管", "综合执法", "园林绿化", "公园景区",
    "综合考评", "总览",
}  # fmt: skip


def test_that_every_shipped_file_is_whole() -> None:
    files = read_files(None, VIEWS)
    assert files.faults == ()
    assert [str(f) for one in files.cockpits.values() for f in one.faults] == []
    assert {one.industry for one in files.cockpits.values()} == INDUSTRIES
    assert len(files.registry) >= 200
    assert files.state is not None


def test_that_every_cockpit_fills_its_grid_and_leads_only_to_cockpits_that_exist() -> None:
    files = read_files(None, VIEWS)
    for cockpit in files.cockpits.values():
        cells = sum(one.place.columns * one.place.rows for one in cockpit.panels)
        assert cells == cockpit.columns * cockpit.rows, cockpit.id
        panels = [one.panel for one in cockpit.panels if isinstance(one.panel, Panel)]
        for panel in panels:
            if panel.drill is not None and panel.drill.view.startswith("cockpit/"):
                assert panel.drill.view.partition("/")[2] in files.cockpits, panel.id


def test_that_every_metric_has_a_source_a_name_of_its_own_and_a_pace() -> None:
    registry = read_files(None).registry
    names = [one.name for one in registry]
    assert len(set(names)) == len(names), sorted({n for n in names if names.count(n) > 1})
    assert all(one.source for one in registry)
    assert all("%" not in one.unit or one.is_rate or "LEL" in one.unit for one in registry)


def test_that_the_profile_s_own_file_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "cockpits"
    own.mkdir()
    text = (COCKPITS / "gas.yaml").read_text("utf-8").replace("title: 燃气监管", "title: 我的燃气")
    (own / "gas.yaml").write_text(text, "utf-8")
    (own / "mine.yaml").write_text("id: mine\ntitle: 新\n", "utf-8")
    files = read_files(tmp_path, VIEWS)
    assert files.cockpits["gas"].title == "我的燃气"
    assert [str(one) for one in files.faults] == ["mine.yaml 第 1 行：文件：缺少字段 columns"]
    assert len(files.cockpits) == 10


def test_that_own_metrics_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    shutil.copy(METRICS / "water.yaml", tmp_path / "metrics" / "own.yaml")
    files = read_files(tmp_path, VIEWS)
    assert any("写了两次" in one.reason for one in files.faults)
    assert len(files.registry) == len(read_files(None).registry)


def test_that_a_change_of_a_file_shows_in_the_stamps(tmp_path: Path) -> None:
    (tmp_path / "cockpits").mkdir()
    before = stamps_of(tmp_path)
    (tmp_path / "cockpits" / "x.yaml").write_text("id: x\n", "utf-8")
    assert stamps_of(tmp_path) != before
