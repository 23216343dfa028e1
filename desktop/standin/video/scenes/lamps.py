"""A street of lamps along a quiet road; one stretch of them stays dark."""

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, draw_tree, put_lamps, white
from desktop.standin.video.scenes.people import Walker, looks
from desktop.standin.video.scenes.roads import Course, Road, lawn, skyline, slabs
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import still_scene
from desktop.standin.video.scenes.vehicles import SALOON, VAN
from desktop.standin.video.scenes.world import Box, Lamp, World, asphalt, facade, grey

_OUT = (50.0, 67.0)  # where nothing burns, metres along the right side
_LAMPS = [StreetLamp(side * 6.6, y, -side, 0.0, side < 0 or not _OUT[0] <= y <= _OUT[1], 9.0)
          for y in np.arange(12.0, 140.0, 18.5).tolist() for side in (-1.0, 1.0)]  # fmt: skip
_ROAD = Road(-12, 130, 30)
_TRAFFIC = (
    Course(1.8, 0.1, (204, 204, 200), SALOON), Course(1.8, 0.62, (70, 78, 92), SALOON),
    Course(-1.8, 0.35, (126, 34, 30), SALOON), Course(-1.8, 0.86, (188, 186, 178), VAN),
)  # fmt: skip


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    x, y = points[:, 0], points[:, 1]
    off = np.abs(x)
    red = grey(slabs(x, y, 0.4, 0.34, 151), (1.0, 0.62, 0.52))
    albedo = np.where((off > 5.6)[:, None], lawn(points), albedo)
    albedo = np.where(((off > 7.4) & (off < 10.4))[:, None], grey(slabs(x, y, 1.4, 0.37, 152)),
                      albedo)  # fmt: skip
    albedo = np.where(((off > 4.0) & (off < 5.5))[:, None], red, albedo)
    kerb = (np.abs(off - 5.6) < 0.11) | (np.abs(off - 7.4) < 0.08)
    return np.where(kerb[:, None], 0.5, albedo).astype(np.float32), own


def _markings(canvas: skia.Canvas) -> None:
    for x in (-3.9, 3.9):
        white(canvas, x - 0.07, -5, x + 0.07, 200)
    for y in range(-6, 180, 8):
        white(canvas, -0.07, y, 0.07, y + 4)


def _world(light: Light) -> World:
    random = np.random.default_rng(153)
    boxes = []
    for side in (-1, 1):
        for number in range(5):
            near, y = 24 + random.uniform(0, 6), 12 + 34 * number + random.uniform(0, 6)
            level = random.uniform(0.36, 0.54)
            wall = facade(154 + number + 5 * (side > 0), (level, level * 0.95, level * 0.86), 0.3)
            low, high = (near, y, 0.0), (near + 14, y + 22, random.uniform(17, 34))
            if side < 0:
                low, high = (-near - 14, y, 0.0), (-near, y + 22, high[2])
            boxes.append(Box(low, high, wall))
    boxes += skyline(165, 210, range(-60, 70, 22), (40, 80))
    lamps = [Lamp(lamp.head, (1.0, 0.78, 0.48), 36.0) for lamp in _LAMPS if lamp.burns]
    return World(_ground, boxes, lamps, light, fog_m=125)


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-3.0, -5.0, 5.4), pitch_deg=7, yaw_deg=4, fov_deg=58)
    still = still_scene(view, _world(light), _markings)
    for number, y in enumerate(np.arange(130.0, 8.0, -12.0)):
        for side in (-1, 1):
            draw_tree(still, side * 12.6, float(y), 166 + number * 2 + (side > 0), light, 0.95)
    put_lamps(still, _LAMPS, light)
    random = np.random.default_rng(190)
    people = [
        Walker(side * random.uniform(7.8, 10.0), random.uniform(10, 70),
               (0.0, float(random.choice((-1, 1)))), 11.2, random.uniform(0, 1),
               looks(random, light))
        for side in (-1, 1) for _ in range(4)
    ]  # fmt: skip
    cast = Cast(view, light, people, lambda s: [_ROAD.at(course, s) for course in _TRAFFIC])
    return still.stage(light, cast.draw)
