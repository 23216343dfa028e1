"""Plans from files: what holds until the platform has told its own, and where it tells none."""

import logging
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.emergency.plan_text import read_plans
from desktop.domain.emergency.plans import Plan
from desktop.shell.scene_watch import SHIPPED as SCENES
from desktop.stores.registers import Register

log = logging.getLogger(__name__)

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "plans"
OWN_FOLDER = "plans"
MOST_FILES, MOST_BYTES = 50, 1 << 20


def read_plan_files(plans: Register[Plan], profile: Path, shipped: Path = SHIPPED) -> None:
    """Some small files at the start; those of the profile replace the shipped ones."""
    files: list[tuple[str, str]] = []
    for path in [p for f in (shipped, profile / OWN_FOLDER) for p in sorted(f.glob("*.yaml"))]:
        try:
            if path.stat().st_size <= MOST_BYTES and len(files) < MOST_FILES:
                files.append((path.name, path.read_text("utf-8")))
        except (OSError, ValueError) as error:
            log.error("plan %s is not used: %s", path.name, error)
    found, faults = read_plans(files, _scenes())
    for fault in faults:
        log.error("plan is not used: %s", fault)
    plans.faults = tuple(map(str, faults))
    plans.adopt(found, "", datetime.now(UTC))


def _scenes() -> set[str]:
    found: set[str] = set()
    for path in SCENES.glob("*.toml"):
        try:
            found.add(str(tomllib.loads(path.read_text("utf-8"))["scene_id"]))
        except (OSError, ValueError, KeyError):
            continue  # said where scenes are read
    return found
