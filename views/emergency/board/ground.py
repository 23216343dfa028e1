"""What lies below the map of crews, cut out of the layer `basemap` in a process of its own.

python -m views.emergency.board.ground: GeoJSON on stdin, a Ground as msgpack on stdout. Reading
megabytes would hold the window's interpreter, in a thread too.
"""

import subprocess
import sys

import msgspec

from desktop.lifeline import die_with_parent
from widgets.theme import RESOURCES

LonLat = tuple[float, float]
LIMIT_S = 20.0  # 0.6 s on a quiet machine


class Ground(msgspec.Struct, frozen=True):
    """Roads by class (1 broad to 5 narrow) and water, as lines of lon, lat."""

    roads: tuple[tuple[int, tuple[LonLat, ...]], ...] = ()
    water: tuple[tuple[LonLat, ...], ...] = ()


def read_apart(body: bytes | None) -> Ground:
    """Empty where it cannot be read: crews without streets are better than no crews. Blocks."""
    if not body:
        return Ground()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "views.emergency.board.ground"],
            cwd=RESOURCES.parent,
            input=body,
            capture_output=True,
            timeout=LIMIT_S,
            check=True,
        )
        return msgspec.msgpack.decode(done.stdout, type=Ground)
    except (OSError, subprocess.SubprocessError, msgspec.MsgspecError):
        return Ground()


class _Facts(msgspec.Struct):
    kind: str = ""
    road_class: int | str | None = msgspec.field(default=None, name="class")


class _Shape(msgspec.Struct):
    type: str
    coordinates: msgspec.Raw = msgspec.Raw(b"[]")


class _Feature(msgspec.Struct):
    geometry: _Shape | None = None
    properties: _Facts = msgspec.field(default_factory=_Facts)


class _Layer(msgspec.Struct):
    features: list[_Feature] = []


_LINE = msgspec.json.Decoder(tuple[LonLat, ...])
_LINES = msgspec.json.Decoder(tuple[tuple[LonLat, ...], ...])
_BROADEST_LEFT_OUT = 5


def ground_of(body: bytes | None) -> Ground:
    """Roads and water of the layer `basemap`, without what is not readable. Blocks."""
    if body is None:
        return Ground()
    try:
        layer = msgspec.json.decode(body, type=_Layer)
    except msgspec.DecodeError:
        return Ground()
    roads: list[tuple[int, tuple[LonLat, ...]]] = []
    water: list[tuple[LonLat, ...]] = []
    for feature in layer.features:
        if feature.geometry is None:
            continue
        kind, shape = feature.properties.kind, feature.geometry
        try:
            if kind == "road" and shape.type == "LineString":
                grade = int(feature.properties.road_class or 3)
                if grade < _BROADEST_LEFT_OUT:
                    roads.append((grade, _LINE.decode(shape.coordinates)))
            elif kind == "water" and shape.type == "Polygon":
                water.append(_LINES.decode(shape.coordinates)[0])
        except (msgspec.DecodeError, ValueError, IndexError):
            continue
    return Ground(tuple(roads), tuple(water))


def main() -> None:
    die_with_parent()
    sys.stdout.buffer.write(msgspec.msgpack.encode(ground_of(sys.stdin.buffer.read())))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
