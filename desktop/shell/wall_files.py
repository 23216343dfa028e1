"""Walls that the administrator laid out for everybody: one JSON file each in `wall_layouts/`.

The contract has no place for layouts of desks (its scenes belong to the big walls), so they lie in
the profile: copied from desk to desk they are the export and the import. Every function blocks.
"""

import hashlib
import logging
import os
import re
from pathlib import Path

import msgspec
from msgspec.structs import replace

from desktop.domain.texts import clean_text
from desktop.domain.wall_tabs import SavedWall, clean_name

log = logging.getLogger(__name__)

FOLDER = "wall_layouts"
MOST_FILES, MOST_BYTES = 64, 128 * 1024


class TooManyWalls(Exception):
    """MOST_FILES lie there: another one would not be read."""


def read_walls(folder: Path) -> list[SavedWall]:
    """By name; a file that cannot be used is left out. Raises OSError but for a missing folder."""
    found = (_read(path) for path in sorted(folder.glob("*.json"))[:MOST_FILES])
    return sorted((one for one in found if one is not None), key=lambda one: one.name)


def write_wall(folder: Path, saved: SavedWall) -> None:
    """Whole or not at all; one of the same name is replaced. Raises TooManyWalls and OSError."""
    folder.mkdir(mode=0o750, exist_ok=True)
    path = _path(folder, saved.name)
    if not path.exists() and sum(1 for _ in folder.glob("*.json")) >= MOST_FILES:
        raise TooManyWalls
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(saved), indent=1))
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)


def remove_wall(folder: Path, name: str) -> None:
    """Every file that holds this name, whoever put it there. Raises OSError."""
    for path in folder.glob("*.json"):
        saved = _read(path)
        if saved is not None and saved.name == name:
            path.unlink(missing_ok=True)


def _read(path: Path) -> SavedWall | None:
    """None, and a line in the log, for what a stranger or another version wrote."""
    if not path.is_file():
        return None
    try:
        if (size := path.stat().st_size) > MOST_BYTES:
            raise ValueError(f"{size} bytes, {MOST_BYTES} are allowed")
        saved = msgspec.json.decode(path.read_bytes(), type=SavedWall)
        name = clean_name(clean_text(saved.name))
        if not name or not saved.wall.is_whole():
            raise ValueError("no name, or cells that do not make a grid")
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        log.warning("shared wall %s is not used: %s", path.name, error)
        return None
    return replace(saved, name=name, wall=saved.wall.at_rest())


def _path(folder: Path, name: str) -> Path:
    """Readable, and different for names that differ in what a file name cannot hold."""
    words = re.sub(r"[^\w-]+", "_", name)[:20]
    return folder / f"{words}-{hashlib.sha256(name.encode()).hexdigest()[:6]}.json"
