"""The map below everything: base map, its cells, the areas, and the items of a place."""

import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.context import RoomContext
from desktop.domain.assets import Asset
from desktop.errors import OperatorError
from desktop.tasks import TaskScope
from views.city_map.documents import Document, json_document
from views.city_map.publishing import Publisher
from views.city_map.scheme import PageScheme

log = logging.getLogger(__name__)

BASE_LAYER = "basemap"
AREA_LAYERS = ("districts", "grids")
MOST_ITEMS = 3000
_CELL = re.compile(r"(\d{1,2})/(\d{1,7})/(\d{1,7})\.json")
_NUMBER = r"-?\d{1,3}(?:\.\d{1,6})?"
_BOX = re.compile(rf"({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})/([\w,-]*)\.json")


class BaseLayers(QObject):
    """Fetches what the page asks for; `base_changed` when there is a new base map or none."""

    base_changed = Signal(bool)  # whether there is one

    def __init__(
        self, room: RoomContext, scheme: PageScheme, publisher: Publisher, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._room, self._scheme, self._publisher = room, scheme, publisher
        self._scope = TaskScope(self)
        self._etags: dict[str, str] = {}
        self.items: dict[str, Asset] = {}  # those last sent to the page
        # Before any fetch: a base map may come while the page's documents are still composed.
        scheme.serve({"/basemap.json": json_document(b"null")})
        scheme.serve_later("/areas/", self._area, self._scope)
        scheme.serve_later("/cells/", self._cell, self._scope)
        scheme.serve_later("/assets/", self._assets, self._scope)
        room.layers.changed.connect(self._on_layers)

    @property
    def has_base_map(self) -> bool:
        return BASE_LAYER in self._etags

    async def fetch(self) -> None:
        """What has another ETag than the one fetched or told, or was never fetched."""
        for layer_id in (*AREA_LAYERS, BASE_LAYER):
            etag = self._room.layers.get(layer_id) or ""
            if layer_id in self._etags and self._etags[layer_id] == etag:
                continue
            if layer_id == BASE_LAYER:
                await self._fetch_base(etag)
            else:
                self._etags[layer_id] = etag
                self._publisher.tell(layer_id)

    def _on_layers(self) -> None:
        self._scope.spawn(self.fetch(), name="layers of the map")

    async def _fetch_base(self, etag: str) -> None:
        body = await self._layer(BASE_LAYER)
        if body is not None:
            self._etags[BASE_LAYER] = etag
            self._scheme.serve({"/basemap.json": json_document(body)})
        self.base_changed.emit(body is not None)

    async def _layer(self, layer_id: str) -> bytes | None:
        try:
            return await self._room.questions.layer(layer_id)
        except OperatorError:
            return None  # the strip says that there is none; the next change asks again

    # ---- asked by the page ---------------------------------------------------------------

    async def _area(self, path: str) -> Document | None:
        """Read when the page wants it, and not kept: the grids of a city are megabytes."""
        layer_id = path.removesuffix(".json")
        body = await self._layer(layer_id) if layer_id in AREA_LAYERS else None
        return None if body is None else json_document(body)

    async def _cell(self, path: str) -> Document | None:
        found = _CELL.fullmatch(path)
        ask = _question(self._room, "layer_cell")
        if found is None or ask is None:
            return None
        body = await ask(BASE_LAYER, *map(int, found.groups()))
        return None if body is None else json_document(body)

    async def _assets(self, path: str) -> Document | None:
        found = _BOX.fullmatch(path)
        ask = _question(self._room, "assets_in")
        if found is None or ask is None:
            return None
        west, south, east, north = map(float, found.groups()[:4])
        class_ids = tuple(name for name in found[5].split(",") if name)
        if not class_ids:
            return json_document(b"[]")
        assets = await ask((west, south, east, north), class_ids, MOST_ITEMS)
        self.items = {asset.asset_id: asset for asset in assets}
        return json_document(item_marks(assets))


def item_marks(assets: Any) -> bytes:
    """`odd`: something is wrong with it."""
    marks = [
        {
            "id": asset.asset_id,
            "lon": asset.lon_deg,
            "lat": asset.lat_deg,
            "class": asset.class_id,
            "odd": asset.status not in ("", "normal"),
        }
        for asset in assets
    ]
    return json.dumps(marks, ensure_ascii=False, separators=(",", ":")).encode()


def _question(room: RoomContext, name: str) -> Callable[..., Awaitable[Any]] | None:
    """A question that this room may not know."""
    return getattr(room.questions, name, None)
