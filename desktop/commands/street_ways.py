"""The streets as they can be driven on now, kept up with the layers and with the water.

Everything is read and searched beside the loop. Without the layer `streets` there are no ways:
who asks falls back on the plain estimate, and says so.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

import msgspec

from desktop.clock import Clock
from desktop.domain.emergency.driving import Drive, Place, Roads, Shut, kept_graph, shut_edges
from desktop.domain.emergency.flooding import FLOOD_CLASSES
from desktop.domain.points import Point
from desktop.domain.water_levels import metric_of
from desktop.errors import OperatorError
from desktop.offload import offload
from desktop.stores.readings import ReadingStore
from desktop.stores.registers import Register

STREETS, CLOSURES = "streets", "closures"
OLDEST_READING = timedelta(minutes=5)
"""An older one shuts no street by itself: the platform's closures stand."""


class _Questions(Protocol):
    async def layer(self, layer_id: str) -> bytes | None: ...


class Room(Protocol):
    """What of a control room is needed here."""

    @property
    def questions(self) -> _Questions: ...
    @property
    def layers(self) -> Register[str]: ...
    @property
    def points(self) -> Register[Point]: ...
    @property
    def readings(self) -> ReadingStore: ...
    @property
    def clock(self) -> Clock: ...


class StreetWays:
    """One for whoever asks; the graph itself is one for all."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._etags: tuple[str, str] | None = None
        self._layers: tuple[bytes | None, bytes | None] = (None, None)
        self.roads: Roads | None = None

    @property
    def shut(self) -> tuple[Shut, ...]:
        return self.roads.shut if self.roads is not None else ()

    async def look(self) -> Roads | None:
        """The streets of now; None: the platform has no street graph, or it cannot be read."""
        await self._read_layers()
        streets, closures = self._layers
        if not streets:
            self.roads = None
            return None
        self.roads = await offload(
            _roads, streets, closures, self._flood_points(), self._levels_m(), self.roads
        )
        return self.roads

    async def drives(self, pairs: Sequence[tuple[Place, Place]]) -> list[Drive] | None:
        """None: only the plain estimate can be had."""
        roads = await self.look()
        return await offload(roads.drives, list(pairs)) if roads is not None else None

    async def minutes_to(self, goal: Place, starts: Sequence[Place]) -> list[float | None] | None:
        """From many places to one; None as above."""
        roads = await self.look()
        return await offload(roads.minutes_to, goal, list(starts)) if roads is not None else None

    async def _read_layers(self) -> None:
        layers = self._room.layers
        etags = (layers.get(STREETS) or "", layers.get(CLOSURES) or "")
        if etags == self._etags:
            return
        before = self._etags or ("", "")
        streets = (
            self._layers[0] if etags[0] and etags[0] == before[0] else await self._layer(STREETS)
        )
        self._layers = (streets, await self._layer(CLOSURES))
        self._etags = etags if streets else None  # what is not there is asked for again

    async def _layer(self, layer_id: str) -> bytes | None:
        try:
            return await self._room.questions.layer(layer_id)
        except OperatorError:
            return None

    def _flood_points(self) -> tuple[Point, ...]:
        return tuple(one for one in self._room.points.rows() if one.class_id in FLOOD_CLASSES)

    def _levels_m(self) -> dict[str, float]:
        """Of fresh readings."""
        since, found = self._room.clock.now() - OLDEST_READING, dict[str, float]()
        for point in self._flood_points():
            reading = self._room.readings.get(point.point_id)
            if reading is None or reading.at < since:
                continue
            value = reading.metrics.get(metric_of(point, reading))
            if value is not None:
                found[point.point_id] = value
        return found


def _roads(
    streets: bytes,
    closures: bytes | None,
    points: Sequence[Point],
    level_m: dict[str, float],
    known: Roads | None,
) -> Roads | None:
    """`known` again where nothing else is shut now."""
    try:
        graph = kept_graph(streets)
    except (msgspec.DecodeError, ValueError):
        return None
    shut = shut_edges(graph, closures, points, level_m)
    if known is not None and known.graph is graph and known.reasons.keys() == shut.keys():
        return known
    return Roads(graph, shut)
