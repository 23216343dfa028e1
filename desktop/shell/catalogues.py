"""Brings the registers of cache.db into the room when the link says that they changed."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desktop.domain.link_messages import CatalogueChanged
from desktop.memory import give_back
from desktop.offload import offload
from desktop.shell.plan_files import usable_plans
from desktop.stores.link_client import LinkClient
from desktop.stores.registers import Register, RegisterAges
from desktop.tasks import TaskScope
from local_db import cache

log = logging.getLogger(__name__)

_LARGE_ROWS = 10_000  # reading so many leaves megabytes of what is free again


class Catalogues(QObject):
    """Reads on a worker thread; a register is replaced as a whole in the GUI thread.

    Large registers (items) are not read here: views read pages of them from cache.db.
    """

    def __init__(
        self,
        client: LinkClient,
        cache_db: Path,
        registers: dict[str, Register[Any]],
        ages: RegisterAges,
        parent: QObject | None = None,
    ) -> None:
        """`registers`: those that live in the room, by the link's names."""
        super().__init__(parent)
        self._cache_db, self._registers, self._ages = cache_db, registers, ages
        self._scope = TaskScope(self)
        client.catalogue_changed.connect(self._on_changed)

    def _on_changed(self, change: CatalogueChanged) -> None:
        self._ages.put(change.name, change.version, change.count, change.fetched_at)
        register = self._registers.get(change.name)
        if register is None or change.name not in _READERS:
            return
        if register.version == change.version:
            register.fetched_at = change.fetched_at  # confirmed: the rows are what they were
        else:
            self._scope.spawn(self._load(change), name=f"catalogue {change.name}")

    async def _load(self, change: CatalogueChanged) -> None:
        register = self._registers[change.name]
        if change.name in _CHECKS:
            rows, faults = await offload(_checked, change.name, self._cache_db)
            if not rows:  # the platform has none: what this machine has stays in force
                register.faults = (*faults, *(one for one in register.faults if one not in faults))
                return
            register.faults = faults
        else:
            rows = await offload(_READERS[change.name], self._cache_db)
        register.adopt(rows, change.version, change.fetched_at)
        if len(rows) >= _LARGE_ROWS:
            del rows
            await offload(give_back)


_READERS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "cameras": lambda path: {row.camera_id: row for row in cache.read_cameras(path)},
    "points": lambda path: {row.point_id: row for row in cache.read_points(path)},
    "alarm_classes": lambda path: {row.class_id: row for row in cache.read_alarm_classes(path)},
    "layers": cache.read_layers,
    "units": lambda path: {row.unit_id: row for row in cache.read_units(path)},
    "tickets": lambda path: {row.ticket_id: row for row in cache.read_tickets(path)},
    "plans": lambda path: {row.plan_id: row for row in cache.read_plans(path)},
    "orgs": lambda path: {row.org_id: row for row in cache.read_orgs(path)},
}

# Registers for which this machine has rows of its own, and what makes the platform's usable.
_CHECKS: dict[str, Callable[[dict[str, Any]], tuple[dict[str, Any], tuple[str, ...]]]] = {
    "plans": usable_plans,
}


def _checked(name: str, path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    return _CHECKS[name](_READERS[name](path))
