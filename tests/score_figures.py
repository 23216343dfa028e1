"""A city's counts by hand-set qualities: figures for the scoreboard without any case."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.figures import Appeal, Figures, Inputs, Level
from desktop.domain.assessment.files import Assessment, read_assessment
from desktop.domain.assessment.schemes import League

FOLDER = Path(__file__).parent.parent / "resources" / "assessment"
MONTHS = tuple(f"{2024 + n // 12}-{n % 12 + 1:02}" for n in range(6, 30))  # 2024-07 to 2026-06
AS_OF = datetime(2026, 7, 14, 2, 30, tzinfo=UTC)
URBAN = ("临江区", "城东区", "长堤区", "湖滨区", "北桥区", "云台区", "南塘区", "望湖区", "石桥区")
ZONES = ("高新区", "经开区", "临空区", "空港服务区")
LATE = "新城示范区"
"""Has not told its last month."""


def assessment() -> Assessment:
    files = [(one.name, one.read_text("utf-8")) for one in sorted(FOLDER.glob("*.yaml"))]
    read = read_assessment(files)
    leagues = (
        League(id="urban", name="城区组", units=tuple(f"u{n}" for n in range(9))),
        League(id="zones", name="功能区组", units=tuple(f"u{n}" for n in range(9, 14))),
    )
    schemes = tuple(replace(one, leagues=leagues) for one in read.schemes)
    return replace(read, schemes=schemes)


def counts(names: tuple[str, ...], seed: int = 7, cases: float = 5000.0) -> CountTable:
    """Better units first; the second to last has 22 cases, the last misses the last month."""
    rng = np.random.default_rng(seed)
    shape = (len(names), len(MONTHS))
    quality = np.linspace(1.0, 0.0, len(names))[:, None] + rng.normal(0, 0.06, shape)
    n = np.maximum(rng.normal(cases, cases / 6, shape).round(), 60)
    if len(names) > 2:
        n[-2, :] = 22
    values: dict[str, np.ndarray] = {}

    def part(name: str, whole: str, worst: float, best: float) -> None:
        share = np.clip(worst + (best - worst) * quality, 0, 1)
        values[name] = rng.binomial(values[whole].astype(int), share).astype(float)

    values["report"] = np.round(n * 1.03)
    for name in ("need_archive", "need_dispose", "need_dispatch", "received"):
        values[name] = n.copy()
    part("register", "report", 0.96, 0.985)
    part("archive", "need_archive", 0.972, 0.992)
    part("in_time_archive", "archive", 0.93, 0.992)
    part("dispose", "need_dispose", 0.975, 0.995)
    part("in_time_dispose", "dispose", 0.94, 0.985)
    values["overtime_dispose"] = values["dispose"] - values["in_time_dispose"]
    values["overtime_to_dispose"] = values["need_dispose"] - values["dispose"]
    part("in_time_dispatch", "need_dispatch", 0.955, 0.995)
    part("accur_dispatch", "need_dispatch", 0.945, 0.99)
    part("rework", "dispose", 0.055, 0.018)
    part("return", "received", 0.06, 0.025)
    values["checked"] = values["dispose"]
    part("check_passed", "checked", 0.945, 0.99)
    part("repeated", "register", 0.12, 0.05)
    values["patrol_report"] = np.round(n * 0.6)
    part("valid_report", "patrol_report", 0.92, 0.99)
    part("missed", "register", 0.07, 0.012)
    part("void", "register", 0.01, 0.002)
    part("satisfied", "register", 0.3, 0.31)
    values["unsatisfied"] = np.round(values["satisfied"] * (0.09 - 0.07 * np.clip(quality, 0, 1)))
    values["hotline"] = values["hotline_due"] = np.round(n * 0.1)
    part("hotline_signed", "hotline", 0.96, 0.995)
    part("hotline_in_time", "hotline_due", 0.955, 0.99)
    values["device"] = np.full(shape, 400.0)
    part("device_online", "device", 0.965, 0.995)
    for name, base, low, high in (
        ("dispose_hours", "dispose", 9.0, 13.0), ("register_hours", "register", 0.2, 0.6),
    ):  # fmt: skip
        values[name] = values[base] * (high - (high - low) * np.clip(quality, 0, 1))
    values["incident"] = values["incident_reached"] = rng.poisson(2.0, shape).astype(float)
    values["incident_first_minutes"] = values["incident"] * (31 - 10 * quality)
    values["accept"] = values["register"]
    if len(names) > 1 and names[-1] == LATE:
        for one in values.values():
            one[-1, -1] = np.nan
    return CountTable([f"u{n}" for n in range(len(names))], MONTHS, values)


def inputs(count: int) -> Inputs:
    units = [f"u{n}" for n in range(count)]
    return Inputs(
        special={unit: 96.4 - 0.55 * n for n, unit in enumerate(units)},
        votes={u: {r: 93.0 - 0.3 * n + (len(r) % 3) for r in units} for n, u in enumerate(units)},
        published={unit: 96.0 - 0.7 * n for n, unit in enumerate(units)},
        appeals=(
            Appeal(at=datetime(2026, 7, 2, 7, 20, tzinfo=UTC), unit_id="u7", state="rejected",
                   case_id="20260611-002894", reason="材料不足", by="王五"),
            Appeal(at=datetime(2026, 7, 3, 1, 12, tzinfo=UTC), unit_id="u7", state="upheld",
                   case_id="20260609-002215", reason="暴雨期间", by="王五"),
        ),
        sealed_at=datetime(2026, 7, 3, 10, 0, tzinfo=UTC),
    )  # fmt: skip


def district_figures() -> Figures:
    names = (*URBAN, *ZONES, LATE)
    return Figures(
        level=Level.DISTRICT,
        names={f"u{n}": name for n, name in enumerate(names)},
        table=counts(names),
        assessment=assessment(),
        as_of=AS_OF,
        inputs={month: inputs(len(names)) for month in MONTHS},
    )


def street_figures(count: int = 200) -> Figures:
    names = tuple(f"街道 {n}" for n in range(count))
    return Figures(
        level=Level.STREET,
        names={f"u{n}": name for n, name in enumerate(names)},
        table=counts(names, cases=900.0),
        assessment=assessment(),
        as_of=AS_OF,
    )
