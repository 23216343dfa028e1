"""Reads of the mirrored registers, beside the GUI loop. Nothing here asks the platform."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.domain.camera_tree import EMPTY_TREE, CameraFinds, CameraRow, CameraTree
from desktop.domain.registers import Facet, RegisterState, RowFilter, RowKeys, TableRow
from desktop.domain.search import Hit
from desktop.offload import offload
from local_db import browse, cache, camera_search, camera_tree, search


class MirrorReads:
    """Implements desktop.context.RegisterReads; a file that is not there reads as empty."""

    def __init__(self, cache_db: Path) -> None:
        self._path = cache_db
        self._tree = EMPTY_TREE
        self._known_streets = camera_tree.KnownStreets()
        self._one_tree = asyncio.Lock()

    async def states(self) -> tuple[RegisterState, ...]:
        return await offload(cache.read_states, self._path)

    async def keys(self, name: str, wanted: RowFilter) -> RowKeys:
        return await offload(browse.keys, self._path, name, wanted)

    async def page(self, table: str, numbers: Sequence[int]) -> dict[int, TableRow]:
        return await offload(browse.page, self._path, table, numbers)

    async def facets(self, name: str) -> dict[str, tuple[Facet, ...]]:
        return await offload(browse.facets, self._path, name)

    async def names(self, name: str) -> dict[str, str]:
        return await offload(browse.names, self._path, name)

    async def body(self, name: str, row_id: str) -> bytes | None:
        return await offload(cache.read_body, self._path, name, row_id)

    async def nearest(self, name: str, lon_deg: float, lat_deg: float, count: int) -> list[Hit]:
        return await offload(search.nearest, self._path, name, lon_deg, lat_deg, count)

    async def in_box(
        self, name: str, box_deg: tuple[float, float, float, float], limit: int = 2000
    ) -> list[Hit]:
        return await offload(search.in_box, self._path, name, box_deg, limit)

    async def camera_outline(self) -> CameraTree:
        return await offload(camera_tree.read_outline, self._path)

    async def camera_tree(self) -> CameraTree:
        async with self._one_tree:
            stamp = await offload(camera_tree.stamp, self._path)
            if stamp != self._tree.stamp:
                self._tree, self._known_streets = await offload(
                    camera_tree.read_tree, self._path, self._known_streets
                )
            return self._tree

    async def find_cameras(
        self, tree: CameraTree, text: str, kind_words: Mapping[str, str], limit: int
    ) -> CameraFinds:
        return await offload(camera_search.find, self._path, tree, text, kind_words, limit)

    async def camera_rows(self, ids: Sequence[str]) -> dict[str, CameraRow]:
        return await offload(camera_tree.rows_of, self._path, ids, self._tree)
