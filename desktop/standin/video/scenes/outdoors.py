"""What stands under the open sky: street lamps, trees, railings, markings."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import skia

from desktop.standin.video.scenes.glow import WARM, Colour, glow, shade
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.stage import wrap
from desktop.standin.video.scenes.still import Still

LAMP_HEIGHT_M = 8.0
_POLE: Colour = (66, 68, 72)


@dataclass(frozen=True)
class StreetLamp:
    """Foot of the pole; the arm points to `towards_x` (+1 right, -1 left)."""

    x: float
    y: float
    towards_x: float
    foot_z: float = 0.0
    burns: bool = True
    height_m: float = LAMP_HEIGHT_M

    @property
    def head(self) -> tuple[float, float, float]:
        arm = 1.7 * self.towards_x * self.height_m / LAMP_HEIGHT_M
        return (self.x + arm, self.y, self.foot_z + self.height_m)


def put_lamps(still: Still, lamps: list[StreetLamp], light: Light) -> None:
    """Draws the lamps into the background and, where it shines, into its mirror."""
    far_first = sorted(lamps, key=lambda lamp: -lamp.y)
    for lamp in far_first:
        _draw_lamp(still.canvas, still.view, lamp, light, None)
    if still.surface.strength.max() > 0.02:
        mirror = wrap(still.surface.reflected).getCanvas()
        for lamp in far_first:
            _draw_lamp(mirror, still.view, lamp, light, still.surface.z_m)


def _draw_lamp(
    canvas: skia.Canvas, view: View, lamp: StreetLamp, light: Light, mirror_z: float | None
) -> None:
    sign = 1.0 if mirror_z is None else -1.0
    base = lamp.foot_z
    foot = (lamp.x, lamp.y, sign * base)
    knee = (lamp.x, lamp.y, sign * (base + lamp.height_m + 0.2))
    tip = (lamp.head[0], lamp.y, sign * (base + lamp.height_m + 0.1))
    pixels, depth = view.project(np.array([foot, knee, tip], np.float32))
    if (depth < 1).any():
        return
    width = max(1.0, 0.14 * view.focal_px / float(depth[0]))
    pole = skia.Paint(Color=skia.Color(*light.tint(_POLE)), AntiAlias=True, StrokeWidth=width)
    for a, b in ((0, 1), (1, 2)):
        canvas.drawLine(*map(float, pixels[a]), *map(float, pixels[b]), pole)
    x, y = (float(value) for value in pixels[2])
    head = skia.Rect.MakeXYWH(x - width * 2.4, y - width * 0.5, width * 4.8, width)
    if not light.lamps or not lamp.burns:
        canvas.drawOval(head, pole)
        return
    place = (lamp.head[0], lamp.y, sign * lamp.head[2])
    glow(canvas, view, place, WARM, 2.3, 0.85 * light.lamps)
    canvas.drawOval(head, skia.Paint(Color=skia.Color(255, 246, 222), AntiAlias=True))


def draw_tree(
    still: Still, x: float, y: float, seed: int, light: Light, size: float = 1.0,
    foot_z: float = 0.0,
) -> None:  # fmt: skip
    """A broad tree of about 7 m: boughs of leaves, lit from the sun's side; still."""
    view, canvas = still.view, still.canvas
    px, py, scale = view.locate(x, y, foot_z)
    if not 0 < scale < view.focal_px / 2:
        return
    reach = 2.2 * size
    if light.has_sun:
        away = 4.5 * size / max(light.sun_from[2], 0.5)
        ground = (x - light.sun_from[0] * away, y - light.sun_from[1] * away, foot_z)
        shade(canvas, view, ground, 40, reach * 1.1, reach * 1.1, 0.34, 0.5)
    shade(canvas, view, (x, y, foot_z), 0, reach * 0.8, reach * 0.8, light.shadow * 0.6, 0.1)
    random = np.random.default_rng(seed)
    canvas.save()
    canvas.translate(px, py)
    canvas.scale(scale * size, -scale * size)
    paint_tree(canvas, random, light, detail=min(1.0, scale * size / 24))
    canvas.restore()


def paint_tree(
    canvas: skia.Canvas, random: np.random.Generator, light: Light, detail: float
) -> None:
    """In metres, z up, its foot at the origin."""
    _draw_trunk(canvas, random, light)
    _draw_crown(canvas, random, light, detail)


def _draw_trunk(canvas: skia.Canvas, random: np.random.Generator, light: Light) -> None:
    bark = skia.Paint(Color=skia.Color(*light.tint((74, 62, 50))), AntiAlias=True,
                      StrokeCap=skia.Paint.kRound_Cap)  # fmt: skip
    bark.setStrokeWidth(0.26)
    canvas.drawLine(0, 0, 0.05, 3.2, bark)
    bark.setStrokeWidth(0.13)
    for _ in range(5):
        canvas.drawLine(
            0.04,
            2.6 + float(random.uniform(0, 0.6)),
            float(random.uniform(-1.5, 1.5)),
            float(random.uniform(3.8, 5.6)),
            bark,
        )


def _draw_crown(
    canvas: skia.Canvas, random: np.random.Generator, light: Light, detail: float
) -> None:
    boughs = [(random.uniform(-1.55, 1.55), random.uniform(3.5, 6.3), random.uniform(0.7, 1.2))
              for _ in range(15)]  # fmt: skip
    boughs = [(bx * (1.0 if bz < 5.2 else 0.6), bz, r) for bx, bz, r in boughs]
    side = -1.0 if light.sun_from[0] < 0 else 1.0
    hue, dim = random.uniform(-10, 10), 1.0 if light.has_sun else 0.72
    leaves = int(26 + 44 * detail)
    for bx, bz, radius in sorted(boughs, key=lambda b: b[1] * 0.3 - abs(b[0])):
        for number in range(leaves):
            angle, part = random.uniform(0, 2 * np.pi), number / leaves
            away = radius * (1 - part) ** 0.5 * random.uniform(0.8, 1.0)
            lx, lz = bx + away * np.cos(angle), bz + away * 0.8 * np.sin(angle)
            lit = 0.5 + 0.24 * (lx - bx) * side / radius + 0.3 * (lz - bz) / radius
            lit = (lit + 0.10 * (lz - 4.8)) * random.uniform(0.8, 1.2)
            level = float(np.clip(0.30 + 0.70 * lit, 0.2, 1.05)) * dim
            green = light.tint((int(64 + hue + 36 * lit), int(84 + 40 * lit), int(48 + 16 * lit)),
                               level)  # fmt: skip
            leaf = float(random.uniform(0.09, 0.24) * (1.5 - 0.5 * detail))
            canvas.drawOval(
                skia.Rect.MakeXYWH(float(lx) - leaf, float(lz) - leaf * 0.7, 2 * leaf, 1.4 * leaf),
                skia.Paint(Color=skia.Color(*green), AntiAlias=True),
            )


def draw_line(
    canvas: skia.Canvas, view: View, ends: Array, wide_m: float, colour: Colour, least: float = 0.6
) -> None:
    """A straight bar between two points, as wide as the eye sees it there."""
    pixels, depth = view.project(np.asarray(ends, np.float32))
    if (depth > 0.5).all():
        width = max(least, wide_m * view.focal_px / float(depth.mean()))
        paint = skia.Paint(Color=skia.Color(*colour), AntiAlias=True, StrokeWidth=width)
        canvas.drawLine(*map(float, pixels[0]), *map(float, pixels[1]), paint)


def draw_railing(
    canvas: skia.Canvas, view: View, start: tuple[float, float, float],
    end: tuple[float, float, float], light: Light, pitch_m: float = 2.0,
    colour: Colour = (150, 154, 158),
) -> None:  # fmt: skip
    """Posts and three bars, 1.05 m high, between two feet."""
    first, last = np.array(start, np.float32), np.array(end, np.float32)
    count = max(2, int(np.linalg.norm(last - first) / pitch_m))
    feet = [first + (last - first) * k / count for k in range(count + 1)]
    shade_, up = light.tint(colour), np.array([0, 0, 1.0], np.float32)
    for foot in sorted(feet, key=lambda f: -float(f[1])):
        draw_line(canvas, view, np.stack([foot, foot + up * 1.05]), 0.08, shade_)
    for high in (0.35, 0.7, 1.05):
        for a, b in pairwise(feet):
            draw_line(canvas, view, np.stack([a + up * high, b + up * high]), 0.05, shade_, 0.5)


def white(canvas: skia.Canvas, left: float, near: float, right: float, far: float) -> None:
    """A marking on the ground, in metres."""
    paint = skia.Paint(Color=skia.ColorWHITE, AntiAlias=True)
    canvas.drawRect(skia.Rect.MakeLTRB(left, near, right, far), paint)
