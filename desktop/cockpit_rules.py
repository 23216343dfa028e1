"""The metrics, cockpits and rules of state that come with the program, and the profile's own."""

from collections.abc import Collection, Iterable
from pathlib import Path

from msgspec import Struct

from desktop.domain.cockpit.cockpit_file import Cockpit, read_cockpit
from desktop.domain.cockpit.metrics import Registry, read_registry
from desktop.domain.cockpit.state_rules import StateFile, read_state_rules
from desktop.domain.marked_yaml import FileFault

_RESOURCES = Path(__file__).resolve().parent.parent / "resources"
METRICS, COCKPITS = _RESOURCES / "metrics", _RESOURCES / "cockpits"
STATE_RULES = "state_rules.yaml"
_FIRST = "overview"


class CockpitFiles(Struct, frozen=True):
    """`cockpits` by id, the overview first; `faults`: whole files and rules that are not used.
    `stamps` change when a file changes: compare two readings of `stamps_of`."""

    registry: Registry
    cockpits: dict[str, Cockpit]
    state: StateFile | None
    faults: tuple[FileFault, ...]
    stamps: tuple[tuple[str, int, int], ...] = ()


def read_metrics(own: Path | None = None) -> Registry:
    """Blocks."""
    return read_registry(_texts(METRICS, own / "metrics" if own else None))


def read_files(own: Path | None = None, view_ids: Collection[str] = ()) -> CockpitFiles:
    """`own`: the profile's folder, whose `cockpits/` and `metrics/` come before the program's.
    A file of the same name takes the place of the program's. Blocks."""
    registry = read_metrics(own)
    faults = list(registry.faults)
    cockpits: dict[str, Cockpit] = {}
    state: StateFile | None = None
    for file, text in _texts(COCKPITS, own / "cockpits" if own else None):
        if file == STATE_RULES:
            rules = read_state_rules(file, text, registry)
            if isinstance(rules, FileFault):
                faults.append(rules)
            else:
                state, faults = rules.file, [*faults, *rules.faults]
            continue
        found = read_cockpit(file, text, registry, view_ids)
        if isinstance(found, FileFault):
            faults.append(found)
        elif found.id in cockpits:
            reason = f"{cockpits[found.id].file} 已有驾驶舱 {found.id}"
            faults.append(FileFault(file, 1, reason))
        else:
            cockpits[found.id] = found
    order = sorted(cockpits.values(), key=lambda one: (one.id != _FIRST, one.file))
    named = {one.id: one for one in order}
    return CockpitFiles(registry, named, state, tuple(faults), stamps_of(own))


def stamps_of(own: Path | None = None) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file; cheap enough to be asked each second. Blocks."""
    folders = [METRICS, COCKPITS]
    folders += [own / "metrics", own / "cockpits"] if own else []
    found: list[tuple[str, int, int]] = []
    for folder in folders:
        for file in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            try:
                known = file.stat()
            except OSError:
                continue  # gone between the two
            found.append((str(file), known.st_mtime_ns, known.st_size))
    return tuple(found)


def _texts(folder: Path, own: Path | None) -> Iterable[tuple[str, str]]:
    """(name, text), the own ones in the place of those of the same name."""
    files = {one.name: one for one in sorted(folder.glob("*.yaml"))}
    if own is not None and own.is_dir():
        files |= {one.name: one for one in sorted(own.glob("*.yaml"))}
    for name, file in files.items():
        try:
            yield name, file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            yield name, f"? 读不出这个文件：{type(error).__name__}"
