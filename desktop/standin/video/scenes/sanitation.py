"""A collection point of refuse: sorted bins, one of them overflowing, a crew that clears it."""

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.glow import Colour, shade
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, draw_tree, put_lamps, white
from desktop.standin.video.scenes.people import Stander, Walker, looks
from desktop.standin.video.scenes.roads import parked, shops, slabs
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import Still, still_scene
from desktop.standin.video.scenes.vehicles import SALOON, TRUCK, Vehicle
from desktop.standin.video.scenes.world import (
    Box,
    Lamp,
    Material,
    World,
    asphalt,
    grey,
    noise,
    plain,
)

_LAMPS = [StreetLamp(-7.6, 7.0, 1.0, 0.0, True, 6.5), StreetLamp(9.5, 20.0, -1.0, 0.0, True, 6.5)]
_WALL_Y = 13.6
_BINS = (  # x of the middle, colour; kitchen, recyclable, hazardous, other
    (-3.4, (0.07, 0.30, 0.12)), (-2.2, (0.07, 0.30, 0.12)), (-0.6, (0.06, 0.16, 0.42)),
    (0.6, (0.06, 0.16, 0.42)), (2.2, (0.45, 0.06, 0.05)), (3.8, (0.16, 0.17, 0.18)),
    (5.0, (0.16, 0.17, 0.18)),
)  # fmt: skip
_BAGS: tuple[Colour, ...] = (
    (34, 36, 40), (44, 46, 50), (190, 188, 180), (70, 92, 128), (150, 60, 54), (30, 32, 34),
    (196, 170, 90),
)  # fmt: skip


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    x, y = points[:, 0], points[:, 1]
    pad = (y > 9.2) & (y < _WALL_Y + 6)
    stain = 1 - 0.45 * np.clip(noise(x * 0.9, y * 0.9, 241) * 2 - 0.7, 0, 1)
    paving = grey(slabs(x, y, 1.8, 0.40, 242) * stain, (1.0, 0.97, 0.92))
    albedo = np.where((pad & (x > -9))[:, None], paving, albedo)
    kerb = (np.abs(y - 9.2) < 0.12) & (x > -9)
    return np.where(kerb[:, None], 0.48, albedo).astype(np.float32), own


def _markings(canvas: skia.Canvas) -> None:
    paint = skia.Paint(Color=skia.ColorWHITE, AntiAlias=True, StrokeWidth=0.1)
    white(canvas, -4.4, 9.5, 6.0, 9.6)
    for k in range(14):  # keep clear
        x = -4.4 + k * 0.8
        canvas.drawLine(x, 8.9, x + 0.7, 7.4, paint)
    white(canvas, -4.4, 8.9, 6.9, 9.0)
    white(canvas, -4.4, 7.3, 6.9, 7.4)


def _wall(points: Array, normals: Array) -> tuple[Array, Array]:
    x, z = points[:, 0], points[:, 2]
    tile = (np.abs(x * 2 - np.round(x * 2)) < 0.05) | (np.abs(z * 4 - np.round(z * 4)) < 0.07)
    level = 0.58 - 0.18 * tile
    grime = 1 - 0.5 * noise(x * 1.2, z * 0.8, 243) * np.clip(1.4 - z, 0, 1)
    colour = grey(level * grime, (0.94, 1.0, 0.96))
    band = (z > 2.2) & (z < 2.55)
    return np.where(band[:, None], (0.08, 0.34, 0.18), colour).astype(np.float32), np.zeros_like(
        points)  # fmt: skip


def _bin(x0: float, colour: tuple[float, float, float]) -> Material:
    """A wheeled bin: rim, lid of a lighter tone, a white sign on its front."""

    def material(points: Array, normals: Array) -> tuple[Array, Array]:
        x, z = points[:, 0] - x0, points[:, 2]
        wear = 0.8 + 0.3 * noise(points[:, 0] * 4, z * 4, 244)
        albedo = grey(wear, colour)
        sign = (np.abs(x) < 0.2) & (np.abs(z - 0.62) < 0.17) & (normals[:, 1] < -0.5)
        mark = (np.abs(x) < 0.1) & (np.abs(z - 0.66) < 0.08)
        albedo = np.where((sign & ~mark)[:, None], 0.66, albedo)
        rim = np.abs(z - 0.98) < 0.05
        albedo = np.where(rim[:, None], albedo * 0.55, albedo)
        return albedo.astype(np.float32), np.zeros_like(points)

    return material


def _world(light: Light) -> World:
    boxes = [
        Box((-5.6, _WALL_Y, 0), (7.2, _WALL_Y + 0.3, 2.7), _wall),
        Box((-5.8, _WALL_Y - 3.2, 2.75), (7.4, _WALL_Y + 0.4, 2.9), plain((0.30, 0.33, 0.35))),
        Box((-5.7, _WALL_Y - 3.0, 0), (-5.58, _WALL_Y - 2.88, 2.75), plain((0.4, 0.4, 0.4))),
        Box((7.18, _WALL_Y - 3.0, 0), (7.3, _WALL_Y - 2.88, 2.75), plain((0.4, 0.4, 0.4))),
        Box((-30, 24, 0), (-8, 44, 20), shops(245)),
        Box((-4, 26, 0), (22, 46, 24), shops(246)),
        Box((26, 20, 0), (50, 44, 17), shops(247)),
    ]
    for x, colour in _BINS:
        skin = _bin(x, colour)
        boxes.append(Box((x - 0.36, 12.0, 0.12), (x + 0.36, 12.8, 1.02), skin))
        if x not in (2.2, 3.8):  # these lids stand open
            boxes.append(Box((x - 0.4, 11.95, 1.02), (x + 0.4, 12.85, 1.1), skin))
        else:
            boxes.append(Box((x - 0.4, 12.8, 1.0), (x + 0.4, 12.9, 1.75), skin))
        boxes += [
            Box((x + d - 0.05, 12.55, 0), (x + d + 0.05, 12.75, 0.16), plain((0.03, 0.03, 0.03)))
            for d in (-0.27, 0.27)
        ]
    boxes += [Box((6.1, 11.9, 0), (7.0, 12.6, 0.5), plain((0.46, 0.33, 0.2))),
              Box((6.2, 12.0, 0.5), (6.8, 12.5, 0.85), plain((0.5, 0.37, 0.23))),
              Box((-5.2, 11.4, 0), (-4.5, 12.1, 0.42), plain((0.48, 0.35, 0.22)))]  # fmt: skip
    lamps = [Lamp(lamp.head, (1.0, 0.84, 0.58), 15.0) for lamp in _LAMPS]
    lamps += [Lamp((x, 11.6, 2.7), (1.0, 0.95, 0.82), 1.6) for x in (-2.5, 3.5)]
    return World(_ground, boxes, lamps, light, fog_m=110)


def _draw_bags(still: Still, light: Light) -> None:
    """Bags that lie before and on the full bins, each lit from above; a few loose scraps."""
    random = np.random.default_rng(248)
    heap = [(random.normal(4.3, 0.7), random.uniform(10.6, 11.8), 0.0, random.uniform(0.2, 0.38))
            for _ in range(16)]  # fmt: skip
    heap += [(random.normal(4.2, 0.45), random.uniform(11.4, 11.9), 0.3, 0.3) for _ in range(5)]
    heap += [(x + random.uniform(-0.2, 0.2), 12.3, 1.0, random.uniform(0.16, 0.28))
             for x in (2.2, 2.3, 3.7, 3.9) for _ in range(2)]  # fmt: skip
    for x, y, z, size in sorted(heap, key=lambda bag: (-bag[1], bag[2])):
        _draw_bag(still, light, (x, y, z), size, _BAGS[random.integers(len(_BAGS))], random)
    for _ in range(46):
        x, y = random.normal(3.6, 1.7), random.uniform(8.2, 11.4)
        px, py, scale = still.view.locate(x, y, 0.01)
        tint = light.tint(((196, 194, 186), (150, 146, 130), (90, 120, 170))[random.integers(3)])
        wide = float(random.uniform(0.05, 0.14) * scale)
        scrap = skia.Rect.MakeXYWH(px, py, wide, wide * 0.4)
        still.canvas.drawOval(scrap, skia.Paint(Color=skia.Color(*tint), AntiAlias=True))


def _draw_bag(
    still: Still, light: Light, place: tuple[float, float, float], size: float, colour: Colour,
    random: np.random.Generator,
) -> None:  # fmt: skip
    view, canvas = still.view, still.canvas
    px, py, scale = view.locate(*place)
    if place[2] == 0.0:
        shade(canvas, view, place, 0, size * 1.5, size * 1.2, 0.3 + light.shadow * 0.5)
    turn = np.linspace(0, 2 * np.pi, 15)[:-1]
    reach = size * random.uniform(0.8, 1.1, 14)
    x = px + reach * np.cos(turn) * scale * 1.1
    y = py - (reach * np.sin(turn) * 0.85 + size * 0.8) * scale
    knot = (float(px), float(py - size * 1.85 * scale))
    path = skia.PathBuilder()
    path.addPolygon([skia.Point(float(a), float(b)) for a, b in zip(x, y, strict=True)], True)
    tints = [skia.Color(*light.tint(colour, level)) for level in (1.25, 0.9, 0.4)]
    shader = skia.GradientShader.MakeLinear(
        [(px - size * scale, py - 1.8 * size * scale), (px + size * scale * 0.6, py)], tints
    )
    canvas.drawPath(path.detach(), skia.Paint(Shader=shader, AntiAlias=True))
    ink = skia.Paint(Color=tints[1], AntiAlias=True, StrokeWidth=0.1 * size * scale)
    for _ in range(4):
        canvas.drawLine(px, py - size * 1.5 * scale, knot[0] + float(random.uniform(-0.12, 0.12))
                        * scale, knot[1], ink)  # fmt: skip
    crease = skia.Paint(Color=skia.Color(*light.tint(colour, 0.55), 150), AntiAlias=True,
                        StrokeWidth=max(1.0, 0.03 * scale))  # fmt: skip
    for _ in range(3):
        a = float(random.uniform(-0.6, 0.6)) * size * scale
        canvas.drawLine(
            px + a * 0.3, py - size * 1.4 * scale, px + a, py - size * 0.5 * scale, crease
        )


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-2.2, 0.6, 4.9), pitch_deg=17, yaw_deg=8, fov_deg=60)
    still = still_scene(view, _world(light), _markings)
    draw_tree(still, -9.5, 17.0, 249, light, 1.1)
    draw_tree(still, 12.0, 19.0, 250, light, 1.0)
    _draw_bags(still, light)
    put_lamps(still, _LAMPS, light)
    return still.stage(light, _cast(view, light).draw)


def _cast(view: View, light: Light) -> Cast:
    random = np.random.default_rng(251)
    people: list[Walker | Stander] = [
        Stander(2.7, 10.6, 0.0, looks(random, light, worker=True), works=True),
        Stander(5.9, 10.2, 0.4, looks(random, light, worker=True), works=True),
        # their ways begin and end outside the picture
        Walker(-0.6, 10.2, (-1.0, 0.0), 15.4, 0.2, looks(random, light)),
        Walker(-0.8, 8.4, (1.0, 0.0), 14.0, 0.7, looks(random, light)),
        Walker(-0.8, 7.4, (1.0, 0.05), 12.6, 0.35, looks(random, light)),
    ]
    truck = parked(TRUCK, (56, 120, 84), -7.2, 13.2, 186)

    def cars(share: float) -> list[Vehicle]:
        way = (share + 0.3) % 1.0
        seen = min(1.0, 8 * min(way, 1 - way))
        return [truck, Vehicle(SALOON, (180, 180, 176), -16 + 40 * way, 5.6, 90, presence=seen)]

    return Cast(view, light, people, cars)
