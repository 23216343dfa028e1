"""Cars, vans and buses as extruded outlines, with lamps that light the air and the road."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import skia

from desktop.standin.video.scenes.glow import Colour, Point, glow, outline, pool, shade
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View

HEAD, TAIL, AMBER = (255, 244, 214), (255, 40, 26), (255, 170, 40)
_GLASS: Colour = (20, 24, 29)
_TYRE: Colour = (20, 20, 22)
_TRIM: Colour = (34, 35, 38)
_PLATE: Colour = (30, 70, 170)
_HUB: Colour = (112, 114, 118)
_PARTS = {"tyre": _TYRE, "trim": _TRIM, "plate": _PLATE, "hub": _HUB}
_FINE, _FINE_PX_M = ("trim", "plate", "hub"), 16.0  # seen from this many pixels per metre on
_BODY_MIRRORED_M = 45.0  # farther away only the lamps are seen in the wet road


@dataclass(frozen=True)
class Shape:
    """Outline from the rear (u = 0) to the front in metres; glass = segments by number."""

    outline: tuple[tuple[float, float], ...]
    width_m: float
    glass: tuple[int, ...]
    side_glass: tuple[tuple[float, float], ...]
    lit_glass: bool = False
    wheels: bool = True
    cargo: Colour | None = None  # of the segments behind the cab
    cargo_segments: tuple[int, ...] = ()

    @property
    def length_m(self) -> float:
        return max(u for u, _ in self.outline)


SALOON = Shape(
    ((0, 0.3), (0, 0.82), (0.12, 0.95), (0.75, 1.0), (1.35, 1.40), (2.55, 1.43), (3.3, 1.0),
     (4.25, 0.84), (4.5, 0.64), (4.5, 0.3)),
    1.8, (3, 5), ((0.95, 1.02), (1.42, 1.34), (2.5, 1.36), (3.1, 1.02)),
)  # fmt: skip
VAN = Shape(
    ((0, 0.35), (0, 1.0), (0.1, 1.85), (3.5, 1.9), (4.3, 1.15), (4.9, 0.95), (4.95, 0.35)),
    1.95, (1, 3), ((0.5, 1.15), (0.5, 1.7), (3.3, 1.72), (3.9, 1.15)),
)  # fmt: skip
TRUCK = Shape(
    ((0, 0.5), (0, 3.1), (4.6, 3.1), (4.7, 2.3), (5.3, 2.25), (6.1, 1.3), (6.2, 0.45)),
    2.3, (4,), ((4.95, 1.3), (4.95, 2.1), (5.3, 2.1), (5.75, 1.3)), False, True,
    (196, 198, 196), (0, 1),
)  # fmt: skip
BUS = Shape(
    ((0, 0.4), (0, 3.05), (11.0, 3.05), (11.3, 1.2), (11.3, 0.4)),
    2.5, (2,), ((0.5, 1.35), (0.5, 2.5), (10.7, 2.5), (10.8, 1.35)), True,
)  # fmt: skip


@dataclass(frozen=True)
class Vehicle:
    """Where its middle is; `heading_deg` 0 drives away (+y), 90 to the right (+x)."""

    shape: Shape
    colour: Colour
    x: float
    y: float
    heading_deg: float
    z: float = 0.0
    lights: bool = True
    braking: bool = False
    hazard: bool = False
    presence: float = 1.0  # fades into the distance
    water_z: float = 0.0  # what lies deeper is not seen
    beacon: Colour | None = None  # on the roof, seen while it is lit


def draw_vehicle(
    canvas: skia.Canvas, view: View, car: Vehicle, light: Light, mirror_z: float | None = None,
    brightness: float = 1.0,
) -> None:  # fmt: skip
    """Draws it, or its mirror image in the plane z = mirror_z."""
    frame = _Frame(car, mirror_z)
    if car.presence <= 0.02 or not _in_sight(view, car):
        return
    if mirror_z is None:
        _shade_road(canvas, view, car, light)
        if car.lights and light.headlights:
            _light_road(canvas, view, car)
    if mirror_z is None or car.y - view.position[1] < _BODY_MIRRORED_M:
        _draw_body(canvas, view, car, frame, light, brightness)
    _draw_lamps(canvas, view, car, frame, light)


def _shade_road(canvas: skia.Canvas, view: View, car: Vehicle, light: Light) -> None:
    """Dark below the body; by day also to the side that the sun does not reach."""
    half_w, half_l = car.shape.width_m / 2, car.shape.length_m / 2
    power = light.shadow * car.presence
    x, y = car.x, car.y
    if light.has_sun:
        reach = min(0.8 / light.sun_from[2], 1.6)
        x, y = x - light.sun_from[0] * reach, y - light.sun_from[1] * reach
    place = (x, y, max(car.z, car.water_z))
    shade(canvas, view, place, car.heading_deg, half_w * 1.45, half_l * 1.22, power, 0.55)
    below = (car.x, car.y, place[2])
    shade(canvas, view, below, car.heading_deg, half_w * 1.25, half_l * 1.12, power, 0.6)


def _draw_body(
    canvas: skia.Canvas, view: View, car: Vehicle, frame: "_Frame", light: Light, brightness: float
) -> None:
    mesh = _mesh(car.shape)
    points, normals = frame.points(mesh.points), frame.normals(mesh.normals)
    pixels, depth = view.project(points)
    outward = (normals * (np.array(view.position) - points[mesh.starts])).sum(axis=1)
    levels = 0.62 + 0.38 * np.maximum(normals[:, 2], 0) + 0.12 * normals[:, 0]
    if light.has_sun:
        levels = 0.6 + 0.55 * np.maximum(normals @ np.array(light.sun_from, np.float32), 0)
    is_far = view.focal_px / max(1.0, float(depth.mean())) < _FINE_PX_M
    for face in np.flatnonzero(outward > 0):
        if is_far and mesh.kinds[face] in _FINE:
            continue
        span = slice(mesh.starts[face], mesh.starts[face] + mesh.sizes[face])
        kind, level = mesh.kinds[face], float(levels[face]) * brightness
        colour = car.colour if kind == "body" else _PARTS.get(kind)
        if colour is None:
            colour = car.shape.cargo if kind == "cargo" else _glass(light, normals[face])
        assert colour is not None
        shade_ = light.tint(colour, level)
        if car.shape.lit_glass and kind == "glass" and light.headlights:
            shade_ = (172, 164, 138)
        near = bool((depth[span] < 0.5).any())
        path = view.polygon(points[span]) if near else outline(pixels[span])
        _fill(canvas, path, shade_, car.presence)


def _glass(light: Light, normal: Array) -> Colour:
    """Panes show the sky above, less of it the steeper they stand."""
    up = 0.10 + 0.42 * max(0.0, float(normal[2]))
    sky = [int(255 * (1 - np.exp(-1.6 * part))) for part in light.horizon]
    red, green, blue = (int(dark + up * part) for dark, part in zip(_GLASS, sky, strict=True))
    return red, green, blue


def _in_sight(view: View, car: Vehicle) -> bool:
    x, _, scale = view.locate(car.x, car.y, car.z)
    if not scale:
        near = np.hypot(car.x - view.position[0], car.y - view.position[1])
        return bool(near < 2 * car.shape.length_m)
    reach = scale * car.shape.length_m * 2.5
    return -reach < x < view.width + reach


class _Frame:
    """From the vehicle's own metres (u forward, w to its right, z) to the world."""

    def __init__(self, car: Vehicle, mirror_z: float | None) -> None:
        angle = np.radians(car.heading_deg)
        self.forward = np.array([np.sin(angle), np.cos(angle), 0.0])
        right = np.array([np.cos(angle), -np.sin(angle), 0.0])
        self._axes = np.stack([self.forward, right, np.array([0.0, 0.0, 1.0])])
        self._origin = np.array([car.x, car.y, car.z]) - self.forward * car.shape.length_m / 2
        self._mirror_z, self._water_z = mirror_z, car.water_z

    def points(self, own: Array) -> Array:
        world = own @ self._axes + self._origin
        np.maximum(world[:, 2], self._water_z, out=world[:, 2])
        if self._mirror_z is not None:
            world[:, 2] = 2 * self._mirror_z - world[:, 2]
        return world.astype(np.float32)

    def normals(self, own: Array) -> Array:
        turned = own @ self._axes
        if self._mirror_z is not None:
            turned[:, 2] = -turned[:, 2]
        return turned.astype(np.float32)


@dataclass(frozen=True)
class _Mesh:
    """All faces of a shape; face i has sizes[i] points from starts[i] on."""

    points: Array
    normals: Array
    starts: list[int]
    sizes: list[int]
    kinds: list[str]


@cache
def _mesh(shape: Shape) -> _Mesh:
    faces = _faces(shape)
    sizes = [len(points) for points, _, _ in faces]
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    points = np.concatenate([points for points, _, _ in faces]).astype(np.float32)
    normals = np.array([normal for _, normal, _ in faces], np.float32)
    return _Mesh(points, normals, starts, sizes, [kind for _, _, kind in faces])


def _faces(shape: Shape) -> list[tuple[Array, Point, str]]:
    """Polygons with their outward normals; later ones lie on earlier ones."""
    half, outline_ = shape.width_m / 2, shape.outline
    faces: list[tuple[Array, Point, str]] = []
    for number, ((u0, z0), (u1, z1)) in enumerate(pairwise(outline_)):
        strip = np.array([(u0, -half, z0), (u1, -half, z1), (u1, half, z1), (u0, half, z0)])
        long = float(np.hypot(u1 - u0, z1 - z0))
        normal = (-(z1 - z0) / long, 0.0, (u1 - u0) / long)
        kind = "glass" if number in shape.glass else "body"
        faces.append((strip, normal, "cargo" if number in shape.cargo_segments else kind))
    for side in (-1.0, 1.0):
        w = side * half
        faces.append((_flat(outline_, w), (0, side, 0), "body"))
        if shape.cargo is not None:
            ends = [outline_[n + k] for n in shape.cargo_segments for k in (0, 1)]
            faces.append((_flat((*ends, (ends[-1][0], 0.7), (0.0, 0.7)), w * 1.001),
                          (0, side, 0), "cargo"))  # fmt: skip
        faces.append((_flat(shape.side_glass, w * 1.002), (0, side, 0), "glass"))
        if not shape.wheels:
            continue
        low, long = min(z for _, z in outline_), shape.length_m
        sill = ((0.05, low), (0.05, low + 0.14), (long - 0.05, low + 0.14), (long - 0.05, low))
        faces.append((_flat(sill, w * 1.002), (0, side, 0), "trim"))
        if not shape.cargo_segments:
            for u in (long * 0.36, long * 0.58):
                door = ((u, low + 0.2), (u, shape.side_glass[0][1]),
                        (u + 0.035, shape.side_glass[0][1]), (u + 0.035, low + 0.2))  # fmt: skip
                faces.append((_flat(door, w * 1.003), (0, side, 0), "trim"))
        for u in (long * 0.19, long * 0.81):
            faces.append((_wheel(u, w * 1.004), (0, side, 0), "tyre"))
            faces.append((_wheel(u, w * 1.006, 0.17), (0, side, 0), "hub"))
    if shape.wheels:
        faces += _ends(shape)
    return faces


def _ends(shape: Shape) -> list[tuple[Array, Point, str]]:
    """Bumpers and the number plates on them."""
    half, low = shape.width_m / 2, shape.outline[0][1]
    found: list[tuple[Array, Point, str]] = []
    for u, way in ((-0.005, -1.0), (shape.length_m + 0.005, 1.0)):
        for kind, wide, z0, z1 in (("trim", half, low, low + 0.2),
                                   ("plate", 0.23, low + 0.06, low + 0.2)):  # fmt: skip
            out = u + way * (0.004 if kind == "plate" else 0.0)
            square = [(out, -wide, z0), (out, wide, z0), (out, wide, z1), (out, -wide, z1)]
            found.append((np.array(square, np.float32), (way, 0.0, 0.0), kind))
    return found


def _flat(outline: tuple[tuple[float, float], ...], w: float) -> Array:
    return np.array([(u, w, z) for u, z in outline], np.float32)


def _wheel(u: float, w: float, radius: float = 0.34) -> Array:
    turn = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    return np.stack([u + radius * np.cos(turn), np.full(14, w), 0.34 + radius * np.sin(turn)], 1)


def _fill(canvas: skia.Canvas, path: skia.Path | None, colour: Colour, presence: float) -> None:
    if path is not None:
        paint = skia.Paint(Color=skia.Color(*colour, int(255 * presence)), AntiAlias=True)
        canvas.drawPath(path, paint)


def _draw_lamps(canvas: skia.Canvas, view: View, car: Vehicle, frame: _Frame, light: Light) -> None:
    if not car.shape.wheels and not light.headlights:
        return
    half, long = car.shape.width_m / 2 - 0.28, car.shape.length_m
    height = 0.68 if car.shape is SALOON else 0.85
    towards = (view.position[0] - car.x, view.position[1] - car.y, 0.0)
    shows_front = float(frame.forward @ towards) > 0
    u = long + 0.01 if shows_front else -0.01
    ends = frame.points(np.array([(u, w, height) for w in (-half, half)], np.float32)).tolist()
    burn = car.lights and light.headlights
    for place in ends:
        colour, power = (HEAD, 1.0) if shows_front else (TAIL, 0.7 if car.braking else 0.42)
        if burn or (car.braking and car.lights and not shows_front):
            _lamp(canvas, view, tuple(place), colour, power * car.presence)
        else:
            dull = light.tint((206, 210, 212) if shows_front else (132, 20, 18))
            _lamp_glass(canvas, view, tuple(place), dull, int(255 * car.presence))
        if car.hazard:
            _lamp(canvas, view, tuple(place), AMBER, 0.9 * car.presence)
    if car.beacon is not None:
        top = max(z for _, z in car.shape.outline) + 0.1
        place = frame.points(np.array([(long * 0.55, 0.0, top)], np.float32))[0].tolist()
        _lamp(canvas, view, tuple(place), car.beacon, car.presence)


def _lamp_glass(canvas: skia.Canvas, view: View, place: Point, colour: Colour, alpha: int) -> None:
    x, y, scale = view.locate(*place)
    wide, high = 0.36 * scale, 0.17 * scale
    paint = skia.Paint(Color=skia.Color(*colour, alpha), AntiAlias=True)
    canvas.drawRect(skia.Rect.MakeXYWH(x - wide / 2, y - high / 2, wide, high), paint)


def _lamp(canvas: skia.Canvas, view: View, place: Point, colour: Colour, power: float) -> None:
    red, green, blue = (min(255, int(part * (0.6 + 0.4 * power))) for part in colour)
    alpha = int(255 * min(1.0, power + 0.3))
    _lamp_glass(canvas, view, place, (red, green, blue), alpha)
    glow(canvas, view, place, colour, 0.9 * power + 0.2, power)


def _light_road(canvas: skia.Canvas, view: View, car: Vehicle) -> None:
    """The dipped beam on the road before the car."""
    angle = np.radians(car.heading_deg)
    reach = car.shape.length_m / 2 + 6.0
    x, y = car.x + np.sin(angle) * reach, car.y + np.cos(angle) * reach
    pool(canvas, view, (float(x), float(y), 0.0), car.heading_deg, 2.6, 6.5, HEAD,
         0.17 * car.presence)  # fmt: skip
