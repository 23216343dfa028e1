"""Textured faces for scenes whose camera moves: lit once, drawn in perspective each time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia

from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import View
from desktop.standin.video.scenes.still import vignette
from desktop.standin.video.scenes.world import Box, Material, World, tone

Place = tuple[float, float, float]
_SOFT = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)


@dataclass(frozen=True)
class Face:
    """A rectangle origin + s u + t v (s, t in 0 to 1) with its lit picture, row 0 at t = 0."""

    origin: Place
    u: Place
    v: Place
    image: skia.Image

    def draw(self, canvas: skia.Canvas, view: View, away_y: float, haze: skia.ColorFilter) -> None:
        """`away_y` is added to its place."""
        x, y, z = self.origin
        wide, high = self.image.width(), self.image.height()
        u = tuple(part / wide for part in self.u)
        v = tuple(part / high for part in self.v)
        canvas.save()
        canvas.concat(view.plane((x, y + away_y, z), u, v))  # type: ignore[arg-type]
        canvas.drawImage(self.image, 0, 0, _SOFT, skia.Paint(ColorFilter=haze))
        canvas.restore()


@dataclass(frozen=True)
class Solid:
    """A box with the faces that can be seen; `inset` is where its middle lies."""

    faces: tuple[Face, ...]
    middle: Place


def bake(world: World, material: Material, origin: Place, u: Place, v: Place, per_m: float) -> Face:
    """Lights a rectangle as the world does; `per_m` texels a metre."""
    wide = max(2, int(np.linalg.norm(u) * per_m))
    high = max(2, int(np.linalg.norm(v) * per_m))
    s, t = np.meshgrid((np.arange(wide) + 0.5) / wide, (np.arange(high) + 0.5) / high)
    start, along, up = (np.array(part, np.float32) for part in (origin, u, v))
    points = start + s.reshape(-1, 1) * along + t.reshape(-1, 1) * up
    normal = np.cross(along, up)
    normal = normal / np.linalg.norm(normal)
    normals = np.broadcast_to(normal.astype(np.float32), points.shape)
    lit = world.shade(material, points.astype(np.float32), normals)
    flat = View(wide, high, (0.0, 0.0, 0.0), 0.0)
    pixels = tone(lit, flat, 0.0)
    image = skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType, copy=True)
    return Face(origin, u, v, image.withDefaultMipmaps())


def solid(world: World, box: Box, eye_x: float, per_m: float, with_roof: bool) -> Solid:
    """The front, the side towards `eye_x`, and the roof."""
    (x0, y0, z0), (x1, y1, z1) = box.low, box.high
    z0 = max(z0, 0.0)
    up: Place = (0.0, 0.0, z1 - z0)
    faces = [bake(world, box.material, (x0, y0, z0), (x1 - x0, 0.0, 0.0), up, per_m)]
    if x0 > eye_x:
        faces.append(bake(world, box.material, (x0, y1, z0), (0.0, y0 - y1, 0.0), up, per_m))
    elif x1 < eye_x:
        faces.append(bake(world, box.material, (x1, y0, z0), (0.0, y1 - y0, 0.0), up, per_m))
    if with_roof:
        faces.append(bake(world, box.material, (x0, y0, z1), (x1 - x0, 0.0, 0.0),
                          (0.0, y1 - y0, 0.0), per_m))  # fmt: skip
    return Solid(tuple(faces), ((x0 + x1) / 2, (y0 + y1) / 2, z1))


def haze(light: Light, away_m: float, reach_m: float) -> skia.ColorFilter:
    """What the air takes and adds over `away_m` metres."""
    kept = float(np.exp(-away_m / (reach_m * light.sight)))
    veil = [float(1 - np.exp(-1.6 * part)) ** 0.72 for part in light.horizon]
    rows: list[float] = []
    for channel in range(3):
        row = [0.0] * 5
        row[channel], row[4] = kept, veil[channel] * (1 - kept)
        rows += row
    return skia.ColorFilters.Matrix([*rows, 0.0, 0.0, 0.0, 1.0, 0.0])


def backdrop(world: World, view: View, light: Light) -> skia.Image:
    """The sky of a view as a picture, the haze at the horizon and below it."""
    rays = view.rays().reshape(-1, 3)
    colours = world.sky(rays)
    below = rays[:, 2] <= 0
    colours[below] = light.horizon
    pixels = tone(colours, view, 0.0)
    return skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType, copy=True)


def lens(view: View) -> skia.Image:
    """The vignette as a dark veil to be drawn over everything."""
    pixels = np.zeros((view.height, view.width, 4), np.uint8)
    pixels[..., 3] = (255 * (1 - vignette(view))).astype(np.uint8)
    return skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType, copy=True)


def far_first(solids: Sequence[Solid], view: View, away_y: float) -> list[Solid]:
    """Farthest from the camera first; good enough for boxes that do not touch."""
    x, y, _ = view.position

    def distance(one: Solid) -> float:
        return -float(np.hypot(one.middle[0] - x, one.middle[1] + away_y - y))

    return sorted(solids, key=distance)


def ground_haze(view: View, light: Light, reach_m: float) -> skia.Paint:
    """The air above a ground that reaches to the horizon, as a gradient down the picture."""
    stops, colours = [], []
    veil = [int(255 * (1 - np.exp(-1.6 * part)) ** 0.72) for part in light.horizon]
    top = view.horizon_px
    for part in np.linspace(0, 1, 12):
        row = top + part**2 * (view.height - top) + 1
        away = max(view.position[2] * view.focal_px / max(row - top, 0.5), 1.0)
        alpha = 1 - float(np.exp(-away / (reach_m * light.sight)))
        stops.append(float(part**2))
        colours.append(skia.Color(*veil, int(255 * alpha)))
    ends = [skia.Point(0, top), skia.Point(0, view.height)]
    return skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, colours, stops))


def repeated(image: skia.Image, matrix: skia.Matrix) -> skia.Paint:
    """Fills with a picture that repeats both ways; `matrix` is from its texels."""
    tile = skia.TileMode.kRepeat
    return skia.Paint(Shader=image.makeShader(tile, tile, _SOFT, matrix))
