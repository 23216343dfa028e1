"""Cars, vans and buses as extruded outlines, with lamps that light the air and the road."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import skia

from desktop.standin.video.scenes.optics import Array, View

Colour = tuple[int, int, int]
Point = tuple[float, float, float]

HEAD, TAIL, AMBER = (255, 244, 214), (255, 40, 26), (255, 170, 40)
_GLASS: Colour = (20, 24, 29)
_TYRE: Colour = (14, 14, 15)
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


def draw_vehicle(
    canvas: skia.Canvas, view: View, car: Vehicle, mirror_z: float | None = None,
    brightness: float = 0.42,
) -> None:  # fmt: skip
    """Draws it, or its mirror image in the plane z = mirror_z."""
    frame = _Frame(car, mirror_z)
    if car.presence <= 0.02 or not _in_sight(view, car):
        return
    if mirror_z is None and car.lights:
        _light_road(canvas, view, car)
    if mirror_z is None or car.y - view.position[1] < _BODY_MIRRORED_M:
        _draw_body(canvas, view, car, frame, brightness)
    _draw_lamps(canvas, view, car, frame)


def _draw_body(
    canvas: skia.Canvas, view: View, car: Vehicle, frame: "_Frame", brightness: float
) -> None:
    mesh = _mesh(car.shape)
    points, normals = frame.points(mesh.points), frame.normals(mesh.normals)
    pixels, depth = view.project(points)
    outward = (normals * (np.array(view.position) - points[mesh.starts])).sum(axis=1)
    levels = brightness * (0.62 + 0.38 * np.maximum(normals[:, 2], 0) + 0.12 * normals[:, 0])
    for face in np.flatnonzero(outward > 0):
        span = slice(mesh.starts[face], mesh.starts[face] + mesh.sizes[face])
        kind, level = mesh.kinds[face], float(levels[face])
        colour = {"body": car.colour, "glass": _GLASS, "tyre": _TYRE}[kind]
        if car.shape.lit_glass and kind == "glass":
            colour, level = (214, 205, 172), 0.8
        near = bool((depth[span] < 0.5).any())
        path = view.polygon(points[span]) if near else outline(pixels[span])
        _fill(canvas, path, colour, level, car.presence)


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
    for side in (-1.0, 1.0):
        w = side * half
        faces.append((_flat(outline_, w), (0, side, 0), "body"))
        faces.append((_flat(shape.side_glass, w * 1.002), (0, side, 0), "glass"))
        for u in (shape.length_m * 0.19, shape.length_m * 0.81) if shape.wheels else ():
            faces.append((_wheel(u, w * 1.004), (0, side, 0), "tyre"))
    for number, ((u0, z0), (u1, z1)) in enumerate(pairwise(outline_)):
        strip = np.array([(u0, -half, z0), (u1, -half, z1), (u1, half, z1), (u0, half, z0)])
        long = float(np.hypot(u1 - u0, z1 - z0))
        normal = (-(z1 - z0) / long, 0.0, (u1 - u0) / long)
        faces.append((strip, normal, "glass" if number in shape.glass else "body"))
    return faces


def _flat(outline: tuple[tuple[float, float], ...], w: float) -> Array:
    return np.array([(u, w, z) for u, z in outline], np.float32)


def _wheel(u: float, w: float) -> Array:
    turn = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    return np.stack([u + 0.34 * np.cos(turn), np.full(14, w), 0.34 + 0.34 * np.sin(turn)], 1)


def outline(pixels: Array) -> skia.Path:
    path = skia.PathBuilder()
    path.addPolygon([skia.Point(x, y) for x, y in pixels.tolist()], True)
    return path.detach()


def _fill(
    canvas: skia.Canvas, path: skia.Path | None, colour: Colour, level: float, presence: float
) -> None:
    if path is not None:
        shade = skia.Color(*(min(255, int(part * level)) for part in colour), int(255 * presence))
        canvas.drawPath(path, skia.Paint(Color=shade, AntiAlias=True))


def _draw_lamps(canvas: skia.Canvas, view: View, car: Vehicle, frame: _Frame) -> None:
    half, long = car.shape.width_m / 2 - 0.28, car.shape.length_m
    height = 0.68 if car.shape is SALOON else 0.85
    towards = (view.position[0] - car.x, view.position[1] - car.y, 0.0)
    shows_front = float(frame.forward @ towards) > 0
    u = long + 0.01 if shows_front else -0.01
    ends = frame.points(np.array([(u, w, height) for w in (-half, half)], np.float32)).tolist()
    for place in ends:
        if car.lights:
            colour, power = (HEAD, 1.0) if shows_front else (TAIL, 0.7 if car.braking else 0.42)
            _lamp(canvas, view, tuple(place), colour, power * car.presence)
        if car.hazard:
            _lamp(canvas, view, tuple(place), AMBER, 0.9 * car.presence)


def _lamp(canvas: skia.Canvas, view: View, place: Point, colour: Colour, power: float) -> None:
    x, y, scale = view.locate(*place)
    wide, high = 0.36 * scale, 0.17 * scale
    shade = (min(255, int(part * (0.6 + 0.4 * power))) for part in colour)
    paint = skia.Paint(Color=skia.Color(*shade, int(255 * min(1.0, power + 0.3))), AntiAlias=True)
    canvas.drawRect(skia.Rect.MakeXYWH(x - wide / 2, y - high / 2, wide, high), paint)
    glow(canvas, view, place, colour, 0.9 * power + 0.2, power)


def glow(
    canvas: skia.Canvas, view: View, place: Point, colour: Colour, radius_m: float, power: float
) -> None:
    """Light scattered around a lamp by rain and lens; added to what is there."""
    x, y, scale = view.locate(*place)
    if scale <= 0 or power <= 0:
        return
    radius = min(radius_m * scale + view.width / 160, view.width / 5)
    inner = skia.Color(*colour, min(255, int(190 * power)))
    middle = skia.Color(*colour, min(255, int(48 * power)))
    shader = skia.GradientShader.MakeRadial(
        (x, y), radius, [inner, middle, skia.Color(*colour, 0)], [0.0, 0.28, 1.0]
    )
    canvas.drawCircle(x, y, radius, skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kPlus))


def _light_road(canvas: skia.Canvas, view: View, car: Vehicle) -> None:
    """The dipped beam on the road before the car."""
    angle = np.radians(car.heading_deg)
    reach = car.shape.length_m / 2 + 6.0
    x, y = car.x + np.sin(angle) * reach, car.y + np.cos(angle) * reach
    pool(canvas, view, (float(x), float(y), 0.0), car.heading_deg, 2.6, 6.5, HEAD,
         0.17 * car.presence)  # fmt: skip


def pool(
    canvas: skia.Canvas, view: View, centre: Point, heading_deg: float, across_m: float,
    along_m: float, colour: Colour, power: float,
) -> None:  # fmt: skip
    """A soft patch of light on the ground."""
    angle = np.radians(heading_deg)
    u = (float(np.cos(angle)) * across_m, -float(np.sin(angle)) * across_m, 0.0)
    v = (float(np.sin(angle)) * along_m, float(np.cos(angle)) * along_m, 0.0)
    corners = np.array([np.array(centre) + np.array(u) * s + np.array(v) * t
                        for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1))], np.float32)  # fmt: skip
    _, depth = view.project(corners)
    if (depth < 0.5).any():
        return
    shader = skia.GradientShader.MakeRadial(
        (0, 0), 1.0, [skia.Color(*colour, int(255 * power)), skia.Color(*colour, 0)]
    )
    canvas.save()
    canvas.concat(view.plane(centre, u, v))
    canvas.drawCircle(0, 0, 1.0, skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kPlus))
    canvas.restore()
