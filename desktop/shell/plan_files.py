"""Plans from files: what holds until the platform has told its own, and where it tells none.

Those of the platform are looked at the same way: a level that nobody could sign or carry out is
left out, and said.
"""

import logging
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.emergency.plan_text import faults_of, read_plans, usable_levels
from desktop.domain.emergency.plans import Plan
from desktop.domain.marked_yaml import LONGEST, FileFault, oversized
from desktop.shell.scene_watch import OWN_FOLDER as OWN_SCENES
from desktop.shell.scene_watch import SHIPPED as SCENES
from desktop.stores.registers import Register

log = logging.getLogger(__name__)

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "plans"
OWN_FOLDER = "plans"
MOST_FILES = 50


def read_plan_files(plans: Register[Plan], profile: Path, shipped: Path = SHIPPED) -> None:
    """Some small files at the start; those of the profile replace the shipped ones."""
    files: list[tuple[str, str]] = []
    unread: list[FileFault] = []
    for path in _files((shipped, profile / OWN_FOLDER), "*.yaml"):
        try:
            if path.stat().st_size > LONGEST:
                unread.append(oversized(path.name))
                continue
            files.append((path.name, path.read_text("utf-8")))
        except (OSError, ValueError) as error:  # of UTF-8 too
            unread.append(FileFault(path.name, 0, str(error)))
    found, faults = read_plans(files, scenes_in(SCENES, profile / OWN_SCENES))
    for fault in (*unread, *faults):
        log.error("plan is not used: %s", fault)
    plans.faults = tuple(map(str, (*unread, *faults)))
    plans.adopt(found, "", datetime.now(UTC))


def usable_plans(sent: Mapping[str, Plan]) -> tuple[dict[str, Plan], tuple[str, ...]]:
    """Those of the platform that can be acted by, and what is wrong with them."""
    scenes = scenes_in(SCENES)
    plans: dict[str, Plan] = {}
    said: list[str] = []
    for plan_id, plan in sent.items():
        faults = faults_of(plan, scenes)
        said += (f"{plan.name}（{plan_id}） {fault}" for fault in faults)
        if (kept := usable_levels(plan, faults)) is not None:
            plans[plan_id] = kept
    for words in said:
        log.error("plan of the platform: %s", words)
    return plans, tuple(said)


def scenes_in(*folders: Path) -> set[str]:
    found: set[str] = set()
    for path in _files(folders, "*.toml"):
        try:
            found.add(str(tomllib.loads(path.read_text("utf-8"))["scene_id"]))
        except (OSError, ValueError, KeyError):
            continue  # said where scenes are read
    return found


def _files(folders: Iterable[Path], pattern: str) -> list[Path]:
    """Of each folder the first MOST_FILES by name."""
    return [path for folder in folders for path in sorted(folder.glob(pattern))[:MOST_FILES]]
