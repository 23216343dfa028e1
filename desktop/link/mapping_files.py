"""The mapping tables that ship with the program, read once."""

import logging
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from desktop.domain.mappings import FieldMap, SourceMapping

log = logging.getLogger(__name__)

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "mappings"


def read_mappings(folder: Path) -> dict[str, dict[str, FieldMap]]:
    """register -> source -> table. A file that cannot be used is told in the log and left out."""
    found: dict[str, dict[str, FieldMap]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            mapping = msgspec.convert(tomllib.loads(path.read_text("utf-8")), SourceMapping)
        except (OSError, ValueError) as error:  # of tomllib, of msgspec, of UTF-8
            log.error("mapping %s is not used: %s", path.name, error)
            continue
        for register, table in mapping.registers.items():
            found.setdefault(register, {})[mapping.source] = table
    return found


@cache
def _shipped() -> dict[str, dict[str, FieldMap]]:
    return read_mappings(FOLDER)


def tables_of(register: str) -> Mapping[str, FieldMap]:
    """source -> table."""
    return _shipped().get(register, {})
