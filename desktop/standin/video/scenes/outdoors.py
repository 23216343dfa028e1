"""What the scenes under the open sky share: wet ground, street lamps, people, trees."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import skia

from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.stage import Bytes, Surface
from desktop.standin.video.scenes.vehicles import Colour, glow
from desktop.standin.video.scenes.world import World, noise, tone

WARM: Colour = (255, 214, 150)
LAMP_HEIGHT_M = 8.0


@dataclass(frozen=True)
class StreetLamp:
    """Foot of the pole; the arm points to `towards_x` (+1 right, -1 left)."""

    x: float
    y: float
    towards_x: float
    foot_z: float = 0.0

    @property
    def head(self) -> tuple[float, float, float]:
        return (self.x + 1.7 * self.towards_x, self.y, self.foot_z + LAMP_HEIGHT_M)


def wet_scene(
    view: View,
    world: World,
    lamps: list[StreetLamp],
    paint_ground: Callable[[skia.Canvas], None],
    wetness: Callable[[Array], Array],
    roughness_px: float,
    waves_px: float,
) -> tuple[Bytes, Surface]:
    """The still picture and its reflecting plane z = 0.

    `paint_ground` draws markings in metres (x, y); `wetness` gives 0 to 1 at ground points.
    """
    rays = view.rays().reshape(-1, 3)
    origin = np.broadcast_to(np.array(view.position, np.float32), rays.shape)
    light, distance = world.cast(origin, rays)
    points = origin + rays * distance[:, None]
    on_ground = (np.abs(points[:, 2]) < 0.02) & (distance < 2000)
    markings = _markings(view, paint_ground).ravel()
    light *= np.where(on_ground, 1 + 1.7 * markings, 1)[:, None]
    seen = np.flatnonzero(on_ground)
    reflected = np.zeros_like(light)
    mirrored = rays[seen] * np.array([1, 1, -1], np.float32)
    reflected[seen], _ = world.cast(points[seen], mirrored, ground=False)
    strength = np.zeros(len(rays), np.float32)
    mirror = 0.05 + 0.95 * (1 - np.clip(-rays[seen, 2], 0, 1)) ** 3.0
    strength[seen] = mirror * wetness(points[seen])
    background, still = tone(light, view), tone(reflected, view)
    for picture, mirror_z in ((background, None), (still, 0.0)):
        canvas = skia.Surface(picture).getCanvas()
        for lamp in sorted(lamps, key=lambda lamp: -lamp.y):
            _draw_lamp(canvas, view, lamp, mirror_z)
    scale = view.width / 640
    grown = strength.reshape(view.height, view.width)
    return background, Surface(0.0, grown, still, roughness_px * scale, waves_px * scale)


def puddles(points: Array) -> Array:
    """Wet road: a film everywhere, standing water in hollows."""
    hollow = noise(points[:, 0] * 0.28 + 3, points[:, 1] * 0.16, 51)
    return (0.42 + 0.58 * np.clip((hollow - 0.45) * 5, 0, 1)).astype(np.float32)


def _markings(view: View, paint_ground: Callable[[skia.Canvas], None]) -> Array:
    samples = np.zeros((view.height, view.width), np.uint8)
    info = skia.ImageInfo.Make(
        view.width, view.height, skia.kGray_8_ColorType, skia.kOpaque_AlphaType
    )
    canvas = skia.Surface.MakeRasterDirect(info, samples, view.width).getCanvas()
    canvas.concat(view.plane((0, 0, 0), (1, 0, 0), (0, 1, 0)))
    paint_ground(canvas)
    worn = noise(*np.meshgrid(np.arange(view.width) / 5.0, np.arange(view.height) / 3.0), 52)
    return (samples / 255 * (0.55 + 0.45 * worn)).astype(np.float32)


def _draw_lamp(canvas: skia.Canvas, view: View, lamp: StreetLamp, mirror_z: float | None) -> None:
    sign = 1.0 if mirror_z is None else -1.0
    base = lamp.foot_z
    foot = (lamp.x, lamp.y, sign * base)
    knee = (lamp.x, lamp.y, sign * (base + LAMP_HEIGHT_M + 0.2))
    tip = (lamp.head[0], lamp.y, sign * (base + LAMP_HEIGHT_M + 0.1))
    nodes = np.array([foot, knee, tip], np.float32)
    pixels, depth = view.project(nodes)
    if (depth < 1).any():
        return
    width = max(1.0, 0.14 * view.focal_px / float(depth[0]))
    pole = skia.Paint(Color=skia.Color(28, 29, 31), AntiAlias=True, StrokeWidth=width)
    for a, b in ((0, 1), (1, 2)):
        canvas.drawLine(*map(float, pixels[a]), *map(float, pixels[b]), pole)
    place = (lamp.head[0], lamp.y, sign * lamp.head[2])
    glow(canvas, view, place, WARM, 2.3, 0.85)
    bright = skia.Paint(Color=skia.Color(255, 246, 222), AntiAlias=True)
    x, y = (float(value) for value in pixels[2])
    canvas.drawOval(
        skia.Rect.MakeXYWH(x - width * 2.4, y - width * 0.5, width * 4.8, width), bright
    )


def draw_person(
    canvas: skia.Canvas, view: View, x: float, y: float, stride: float, coat: Colour,
    umbrella: Colour | None, mirror_z: float | None, presence: float = 1.0,
    foot_z: float = 0.0,
) -> None:  # fmt: skip
    """A walker of 1.7 m; `stride` is the phase of the step (one step = 1.0)."""
    sign = 1.0 if mirror_z is None else -1.0
    px, py, scale = view.locate(x, y, sign * foot_z)
    if not 0 < scale < view.focal_px / 2:
        return
    alpha = int(255 * presence)
    canvas.save()
    canvas.translate(px, py)
    canvas.scale(scale, -scale * sign)
    dark = skia.Paint(Color=skia.Color(20, 21, 24, alpha), AntiAlias=True, StrokeWidth=0.16,
                      StrokeCap=skia.Paint.kRound_Cap)  # fmt: skip
    swing = 0.26 * float(np.sin(stride * 2 * np.pi))
    for side in (-1, 1):
        canvas.drawLine(0.0, 0.85, side * swing, 0.06, dark)
    body = skia.Paint(Color=skia.Color(*coat, alpha), AntiAlias=True)
    canvas.drawRoundRect(skia.Rect.MakeLTRB(-0.24, 0.72, 0.24, 1.45), 0.14, 0.14, body)
    canvas.drawCircle(0, 1.6, 0.13, skia.Paint(Color=skia.Color(92, 74, 62, alpha), AntiAlias=True))
    if umbrella is not None:
        shell = skia.Paint(Color=skia.Color(*umbrella, alpha), AntiAlias=True)
        canvas.drawArc(skia.Rect.MakeLTRB(-0.62, 1.35, 0.62, 2.2), 0, 180, True, shell)
    canvas.restore()


def draw_tree(canvas: skia.Canvas, view: View, x: float, y: float, seed: int) -> None:
    """A street tree, lit a little from the lamps; still."""
    px, py, scale = view.locate(x, y, 0.0)
    if not 0 < scale < view.focal_px / 3:
        return
    random = np.random.default_rng(seed)
    canvas.save()
    canvas.translate(px, py)
    canvas.scale(scale, -scale)
    trunk = skia.Paint(Color=skia.Color(24, 22, 20), AntiAlias=True, StrokeWidth=0.24)
    canvas.drawLine(0, 0, 0, 3.4, trunk)
    for _ in range(150):
        angle, reach = random.uniform(0, 2 * np.pi), random.uniform(0, 1) ** 0.5
        px, pz = 1.9 * reach * np.cos(angle), 4.9 + 1.9 * reach * np.sin(angle)
        level = random.uniform(0.5, 1.0) * (0.75 + 0.25 * np.sin(angle))
        tint = skia.Color(int(34 * level), int(42 * level), int(30 * level), 235)
        canvas.drawCircle(float(px), float(pz), float(random.uniform(0.16, 0.42)),
                          skia.Paint(Color=tint, AntiAlias=True))  # fmt: skip
    canvas.restore()


def cloth(random: np.random.Generator, lightest: int) -> Colour:
    """A colour of a coat or an umbrella at night."""
    red, green, blue = (int(part) for part in random.integers(20, lightest, 3))
    return red, green, blue


def white(canvas: skia.Canvas, left: float, near: float, right: float, far: float) -> None:
    """A marking on the ground, in metres."""
    paint = skia.Paint(Color=skia.ColorWHITE, AntiAlias=True)
    canvas.drawRect(skia.Rect.MakeLTRB(left, near, right, far), paint)
