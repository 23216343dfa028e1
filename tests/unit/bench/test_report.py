"""docs/performance.md as the benches write it."""

import json
from pathlib import Path

from tests.bench import report

PIXEL = {"publish_to_pixel_ms": {"p50": 70.0, "p99": 250.0}, "read_floor_ms": 0.03}


def rows_of(folder: Path) -> dict[str, list[str]]:
    lines = (folder / "performance.md").read_text("utf-8").splitlines()
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if "| `" in line]
    return {row[0]: row[1:] for row in cells}


def test_that_a_figure_stands_beside_its_goal(tmp_path: Path):
    report.write({"pixel": PIXEL}, tmp_path)
    rows = rows_of(tmp_path)
    assert rows["publish to pixel at 200/s, p50"][:3] == ["70 ms", "≤ 80 ms", "yes"]
    assert rows["publish to pixel at 200/s, p99"][:3] == ["250 ms", "≤ 200 ms", "**no**"]


def test_that_a_floor_of_another_kind_has_no_ratio(tmp_path: Path):
    decode = {"checked_and_typed_us": 20.0, "json_loads_us": 10.0}
    report.write({"pixel": PIXEL, "decode": decode}, tmp_path)
    rows = rows_of(tmp_path)
    assert rows["publish to pixel at 200/s, p99"][3:5] == ["0.03 (reading one pixel)", ""]
    assert rows["decoding an alarm event"][3:5] == ["10 (json.loads)", "2.00"]


def test_that_a_bench_that_failed_leaves_its_former_figures(tmp_path: Path):
    report.write({"pixel": PIXEL}, tmp_path)
    report.write({"pixel": {"error": "TimeoutError"}}, tmp_path)
    assert json.loads((tmp_path / "performance.json").read_text())["pixel"]["read_floor_ms"] == 0.03
    assert rows_of(tmp_path)["publish to pixel at 200/s, p50"][0] == "70 ms"


def test_that_what_could_not_be_measured_stands_there_with_its_goal(tmp_path: Path):
    report.write({"start": {"platform_running": {"not_measured": "no user"}}}, tmp_path)
    row = rows_of(tmp_path)["start, platform running, to live alarm and picture"]
    assert row[:3] == ["-", "≤ 6 s", ""]
