"""The plans of the city (GET /plans): the files of resources/plans as they are."""

import tomllib
from functools import cache
from pathlib import Path

from desktop.domain.emergency.plan_text import read_plans
from desktop.domain.emergency.plans import Plan

_RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@cache
def city_plans() -> dict[str, Plan]:
    """Raises ValueError with all faults: a city that starts with a broken plan is of no use."""
    scenes = {
        tomllib.loads(path.read_text("utf-8"))["scene_id"]
        for path in (_RESOURCES / "wall_scenes").glob("*.toml")
    }
    files = ((p.name, p.read_text("utf-8")) for p in sorted((_RESOURCES / "plans").glob("*.yaml")))
    plans, faults = read_plans(files, scenes)
    if faults:
        raise ValueError("；".join(map(str, faults)))
    return plans
