"""Brings the registers of cache.db into the room when the link says that they changed."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desktop.domain.link_messages import CatalogueChanged
from desktop.offload import offload
from desktop.stores.link_client import LinkClient
from desktop.stores.registers import Register
from desktop.tasks import TaskScope
from local_db import cache

log = logging.getLogger(__name__)


class Catalogues(QObject):
    """Reads on a worker thread; a register is replaced as a whole in the GUI thread."""

    def __init__(
        self,
        client: LinkClient,
        cache_db: Path,
        registers: dict[str, Register[Any]],
        parent: QObject | None = None,
    ) -> None:
        """`registers`: cameras, points, alarm_classes and layers, by the link's names."""
        super().__init__(parent)
        self._cache_db, self._registers = cache_db, registers
        self._scope = TaskScope(self)
        client.catalogue_changed.connect(self._on_changed)

    def _on_changed(self, change: CatalogueChanged) -> None:
        if change.name not in _READERS:
            log.warning("the link names a catalogue that is not shown: %s", change.name)
            return
        self._scope.spawn(self._load(change), name=f"catalogue {change.name}")

    async def _load(self, change: CatalogueChanged) -> None:
        rows = await offload(_READERS[change.name], self._cache_db)
        self._registers[change.name].replace(rows, change.version, change.fetched_at)


def _cameras(path: Path) -> list[tuple[str, Any]]:
    return [(camera.camera_id, camera) for camera in cache.read_cameras(path)]


def _points(path: Path) -> list[tuple[str, Any]]:
    return [(point.point_id, point) for point in cache.read_points(path)]


def _alarm_classes(path: Path) -> list[tuple[str, Any]]:
    return [(row.class_id, row) for row in cache.read_alarm_classes(path)]


def _layers(path: Path) -> list[tuple[str, Any]]:
    return list(cache.read_layers(path).items())


_READERS: dict[str, Callable[[Path], list[tuple[str, Any]]]] = {
    "cameras": _cameras,
    "points": _points,
    "alarm_classes": _alarm_classes,
    "layers": _layers,
}
