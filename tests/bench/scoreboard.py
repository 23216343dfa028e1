"""The scoreboard on 2.6 million cases: counted, counted again, followed to cases, painted; and
220,000 cases mirrored while the desk runs.

Beside counting stands what it saves: all cases counted anew, once.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication, QWidget

from desktop.assessment_rules import read_rules
from desktop.domain.assessment.board import Board, board_of
from desktop.domain.assessment.case_counts import Facts, tally
from desktop.domain.assessment.evaluation import evaluate
from desktop.domain.assessment.figures import Level
from desktop.domain.assessment.mirrored import CaseFilter
from local_db import case_reads
from local_db.cases import CaseBook
from tests.bench.program import DRAWN_LIMIT_S, is_drawn, is_mirrored, program, until
from tests.bench.scored_cases import START_S, end_s, facts, fill
from tests.case_paper import case
from tests.command_center import CommandCenter, rows_of
from tests.score_figures import street_figures
from views.scoreboard.table import ScoreTable

CASES, ROUNDS, MONTHS = 2_600_000, 9, 12
NEW = 220_000
MONTH = "2026-02"


def measure() -> dict[str, object]:
    """Milliseconds; a median of ROUNDS where it is not the first time of all."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "cases.db"
        made = facts(CASES)
        fill(path, made)
        cold_ms, shape = _cold(path)
        found: dict[str, object] = {
            "cases": CASES,
            "file_mb": round(path.stat().st_size / 1e6),
            "cold_ms": cold_ms,
            **shape,
            "changed_ms": _changed(path),
            "counted_anew_ms": _counted_anew(made),
            "drill_ms": _worst(_drills(path)),
            "centre_ms": _worst(_of_the_centre(path)),
            "page_ms": _worst(_pages(path)),
        }
    return found | _painted()


def _cold(path: Path) -> tuple[float, dict[str, int]]:
    """Streets, all indicators, from the file; rules included, as nothing is read yet."""
    start = time.perf_counter()
    rules = read_rules()
    counted = case_reads.read_counted(path, "street", end_s())
    assert counted is not None
    evaluated = evaluate(rules.catalogue, counted.table)
    took_ms = (time.perf_counter() - start) * 1000
    assert len(counted.table.periods) >= MONTHS
    indicators = sum(bool(one.indicator.code) for one in evaluated.values())
    return round(took_ms, 1), {"units": len(counted.table.unit_ids), "indicators": indicators}


def _changed(path: Path) -> float:
    """One case changes: into the file, and every figure of all streets again."""
    rules, book = read_rules(), CaseBook(path)
    at = datetime.fromtimestamp(START_S + 200 * 86_400, UTC)
    place = {"district_id": "district-0", "street_id": "street-0", "org_id": "org-0"}
    taken: list[float] = []
    for number in range(ROUNDS):
        changed = case(number, at=at, late=bool(number % 2), **place)
        start = time.perf_counter()
        assert book.take([changed]) == 1
        counted = case_reads.read_counted(path, "street", end_s())
        assert counted is not None
        evaluate(rules.catalogue, counted.table)
        taken.append((time.perf_counter() - start) * 1000)
    book.close()
    return round(statistics.median(taken), 1)


def _counted_anew(made: Facts) -> float:
    start = time.perf_counter()
    for first in range(0, len(made), 200_000):
        tally(made[first : first + 200_000], np.inf, "street")
    return round((time.perf_counter() - start) * 1000)


def _drills(path: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """A month of one unit of each level: what is done late, what is done, what was reported."""
    units = (("district", "district-3"), ("street", "street-55"), ("org", "org-22"),
             ("person", "person-70"))  # fmt: skip
    for level, unit in units:
        for counts in (("overtime_dispose",), ("need_archive",), ("report", "register")):
            yield (
                f"{level} {counts[0]}",
                lambda level=level, unit=unit, counts=counts: case_reads.drill(
                    path, level, unit, (MONTH,), counts, end_s()
                ),
            )


def _of_the_centre(path: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """A month of who works for all districts: some ten thousand cases of each."""
    seats = (("person-405", "accept"), ("person-445", "register"), ("person-445", "need_archive"),
             ("person-465", "dispatch"))  # fmt: skip
    for unit, count in seats:
        yield (
            f"{unit} {count}",
            lambda unit=unit, count=count: case_reads.drill(
                path, "person", unit, (MONTH,), (count,), end_s()
            ),
        )


def _pages(path: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    month = {"start": START_S + 150 * 86_400, "end": START_S + 180 * 86_400}
    wanted = (
        CaseFilter(), CaseFilter(district_id="district-3"), CaseFilter(street_id="street-55"),
        CaseFilter(org_id="org-22", **month), CaseFilter(state="handling", **month),
        CaseFilter(district_id="district-3", class_id="event0110"),
        CaseFilter(street_id="street-55", class_id="event0110"),
        CaseFilter(street_id="street-55", org_id="org-22"),
        CaseFilter(state="closed", district_id="district-3", **month),
    )  # fmt: skip
    for one in wanted:
        words = {name: getattr(one, name) for name in one.__struct_fields__ if getattr(one, name)}
        yield str(words), lambda one=one: case_reads.page(path, one, end_s())


def _worst(works: Iterator[tuple[str, Callable[[], object]]]) -> dict[str, object]:
    """Of all their medians; `first`: the worst that was asked for the first time."""
    medians: dict[str, float] = {}
    firsts: list[float] = []
    for name, work in works:
        taken = [_ms(work) for _ in range(ROUNDS)]
        firsts.append(taken[0])
        medians[name] = statistics.median(taken)
    slowest = max(medians, key=lambda name: medians[name])
    return {"worst": round(medians[slowest], 1), "of": slowest, "first": round(max(firsts), 1)}


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _painted() -> dict[str, object]:
    """The whole table, 200 streets, on a screen of 4K; moved by one row before each time."""
    app = QApplication.instance() or QApplication([])
    table = ScoreTable()
    table.resize(3200, 1600)
    board = _board()
    table.show_board(board)
    table.show()
    until(lambda: app.processEvents() or _is_seen(table), 20.0)  # the first time makes the glyphs
    taken: list[float] = []
    for number in range(40):
        table.verticalScrollBar().setValue(number * 4)
        taken.append(_ms(table.viewport().repaint))
    table.close()
    cells = len(board.columns) * sum(len(one.rows) for one in board.leagues)
    spread = {"p50": round(statistics.median(taken), 1), "max": round(max(taken), 1)}
    return {"repaint_ms": spread, "cells": cells}


def _is_seen(widget: QWidget) -> bool:
    window = widget.windowHandle()
    return window is not None and window.isExposed()


def _board() -> Board:
    figures = street_figures()
    assert figures.level is Level.STREET
    board = board_of(figures, figures.table.periods[-1])
    assert board is not None
    return board


def measure_mirror() -> dict[str, object]:
    """Seconds for NEW cases with the whole desk running beside, and how late its window is."""
    with program("--as", "operator", "--view", "registers") as center:
        until(center.is_ready)
        until(lambda: is_mirrored(center))
        until(lambda: is_drawn(center), DRAWN_LIMIT_S)
        before = _mirrored(center)
        took_s = until(lambda: _mirrored(center) >= before + NEW, 600.0)
        late = center.status()["gui_lateness_ms"]
    return {"cases": NEW, "before": before, "took_mirror_s": round(took_s, 1), "gui_late_ms": late}


def _mirrored(center: CommandCenter) -> int:
    """Cases in cases.db, the link's own number of the last."""
    rows = rows_of(center.profile / "cases.db", "SELECT coalesce(max(n), 0) FROM cases")
    return int(rows[0][0]) if rows else 0
