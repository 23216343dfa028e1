"""A park: a winding path, a pond, a pavilion, people who stroll and a group that exercises."""

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, draw_tree, put_lamps
from desktop.standin.video.scenes.people import Stander, Walker, looks
from desktop.standin.video.scenes.roads import lawn, skyline, slabs
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import Still, puddles, still_scene
from desktop.standin.video.scenes.world import Box, Lamp, World, grey, noise, plain

_POND = (15.0, 36.0, 10.5, 15.0)  # middle and half axes
_SQUARE = (-7.5, 24.0, 5.5)  # middle and radius of the paved place
_HUT = (17.0, 57.0)
_LAMPS = [
    StreetLamp(x, y, way, 0.0, True, 4.2)
    for x, y, way in (
        (-3.4, 14, 1.0),
        (4.6, 26, -1.0),
        (-2.6, 40, 1.0),
        (4.4, 58, -1.0),
        (-10, 33, 1.0),
    )
]


def _path_x(y: Array) -> Array:
    return 1.2 + 2.6 * np.sin(y / 13.0)


def _pond_depth(x: Array, y: Array) -> Array:
    """Positive inside the pond."""
    edge = 0.12 * (noise(x * 0.3, y * 0.3, 61) - 0.5)
    return 1 + edge - ((x - _POND[0]) / _POND[2]) ** 2 - ((y - _POND[1]) / _POND[3]) ** 2


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    x, y = points[:, 0], points[:, 1]
    colour = lawn(points)
    off = np.abs(x - _path_x(y))
    square = np.hypot(x - _SQUARE[0], y - _SQUARE[1])
    paving = grey(slabs(x, y, 1.6, 0.42, 62), (1.0, 0.95, 0.88))
    colour = np.where(((off < 1.7) | (square < _SQUARE[2]))[:, None], paving, colour)
    kerb = (np.abs(off - 1.75) < 0.09) | (np.abs(square - _SQUARE[2]) < 0.1)
    colour = np.where((kerb & (off > 1.6) & (square > _SQUARE[2] - 0.2))[:, None], 0.46, colour)
    depth = _pond_depth(x, y)
    stone = 0.26 + 0.22 * noise(np.floor(x * 1.1) * 3.1, np.floor(y * 1.1) * 4.3, 63)
    colour = np.where(((depth > -0.12) & (depth <= 0))[:, None], grey(stone), colour)
    colour = np.where((depth > 0)[:, None], (0.035, 0.055, 0.045), colour)
    return colour.astype(np.float32), np.zeros_like(points)


def _world(light: Light) -> World:
    stone, wood = plain((0.50, 0.48, 0.44)), plain((0.34, 0.15, 0.11))
    boxes = [Box((_HUT[0] - 4, _HUT[1] - 4, 0), (_HUT[0] + 4, _HUT[1] + 4, 0.45), stone)]
    for dx in (-3.0, 3.0):
        for dy in (-3.0, 3.0):
            x, y = _HUT[0] + dx, _HUT[1] + dy
            boxes.append(Box((x - 0.18, y - 0.18, 0.4), (x + 0.18, y + 0.18, 3.4), wood))
    boxes.append(Box((_HUT[0] - 4.2, _HUT[1] - 4.2, 3.4), (_HUT[0] + 4.2, _HUT[1] + 4.2, 3.7),
                     plain((0.22, 0.23, 0.25))))  # fmt: skip
    for x, y in ((-2.6, 19.0), (-2.9, 33.0), (4.9, 17.0)):  # benches
        boxes.append(Box((x - 0.25, y - 0.9, 0.36), (x + 0.25, y + 0.9, 0.44), wood))
        boxes += [Box((x - 0.2, y + d - 0.06, 0), (x + 0.2, y + d + 0.06, 0.38), stone)
                  for d in (-0.7, 0.7)]  # fmt: skip
    boxes += skyline(64, 175, range(-90, 110, 24), (38, 85))
    lamps = [Lamp(lamp.head, (1.0, 0.86, 0.62), 7.0) for lamp in _LAMPS]
    return World(_ground, boxes, lamps, light, fog_m=120)


def _draw_roof(still: Still, light: Light) -> None:
    """The pavilion's tiled roof, swept up at its corners."""
    x, y = _HUT
    corners = [(x - 4.8, y - 4.8), (x + 4.8, y - 4.8), (x + 4.8, y + 4.8), (x - 4.8, y + 4.8)]
    for (ax, ay), (bx, by), level in ((corners[3], corners[0], 0.75),
                                      (corners[1], corners[2], 0.55),
                                      (corners[0], corners[1], 0.95)):  # fmt: skip
        eave = [(ax + (bx - ax) * t, ay + (by - ay) * t, 3.7 + 0.7 * abs(2 * t - 1) ** 3)
                for t in np.linspace(0, 1, 9)]  # fmt: skip
        path = still.view.polygon(np.array([*eave, (x, y, 6.2)], np.float32))
        if path is not None:
            tile = skia.Color(*light.tint((92, 98, 104), level))
            still.canvas.drawPath(path, skia.Paint(Color=tile, AntiAlias=True))


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-1.0, -3.0, 5.6), pitch_deg=11, yaw_deg=4, fov_deg=64)

    def wetness(points: Array) -> Array:
        pond = _pond_depth(points[:, 0], points[:, 1]) > 0
        return np.where(pond, 1.0, 0.5 * light.wet * puddles(points)).astype(np.float32)

    still = still_scene(view, _world(light), wetness=wetness, roughness_px=2.0, waves_px=6.0,
                        is_water=True)  # fmt: skip
    _draw_roof(still, light)
    random = np.random.default_rng(65)
    trees = [(random.uniform(-60, 60), random.uniform(70, 110)) for _ in range(34)]
    trees += [(-9.5, 38.0), (-15, 30), (-17, 46), (-6.5, 52), (6.6, 66), (-12, 62), (-13.5, 15.0),
              (29, 44), (30, 30), (28, 62)]  # fmt: skip
    for number, (x, y) in enumerate(sorted(trees, key=lambda t: -t[1])):
        draw_tree(still, x, y, 66 + number, light, float(random.uniform(0.9, 1.3)))
    put_lamps(still, _LAMPS, light)
    return still.stage(light, _cast(view, light).draw)


def _cast(view: View, light: Light) -> Cast:
    random = np.random.default_rng(67)
    people: list[Walker | Stander] = []
    for number in range(11):
        y = 10.0 + 4.6 * number
        way = float(random.choice((-1, 1)))
        slope = float(2.6 / 13 * np.cos(y / 13))
        x = float(_path_x(np.array(y))) + random.uniform(-1.0, 1.0)
        people.append(Walker(x, y, (slope * way, way), 9.8 if number % 4 else 21.0,
                             random.uniform(0, 1), looks(random, light)))  # fmt: skip
    if not light.rain:
        for number in range(9):
            x = _SQUARE[0] - 3 + 3 * (number % 3) + random.uniform(-0.3, 0.3)
            y = _SQUARE[1] - 3 + 2.6 * (number // 3)
            people.append(Stander(x, y, 0.0, looks(random, light), works=True))
    return Cast(view, light, people)
