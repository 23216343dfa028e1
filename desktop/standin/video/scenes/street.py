"""A main street: two lanes each way, shops, trees, people on both pavements."""

import dataclasses

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, draw_tree, put_lamps, white
from desktop.standin.video.scenes.people import Walker, looks
from desktop.standin.video.scenes.roads import (
    Course,
    Road,
    fronts,
    parked,
    skyline,
    slabs,
)
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import still_scene
from desktop.standin.video.scenes.vehicles import BUS, SALOON, VAN, Vehicle
from desktop.standin.video.scenes.world import Lamp, World, asphalt, grey

_LAMPS = [StreetLamp(side * 8.2, y, -side) for y in (16.0, 40.0, 64.0, 90.0, 120.0)
          for side in (-1.0, 1.0)]  # fmt: skip
_ROAD = Road(-14, 126)
_TRAFFIC = (
    Course(1.9, 0.02, (188, 190, 192), SALOON), Course(1.9, 0.46, (40, 44, 52), SALOON),
    Course(4.8, 0.26, (150, 30, 26), SALOON), Course(4.8, 0.72, (196, 196, 190), VAN),
    Course(-1.9, 0.10, (58, 70, 96), SALOON), Course(-1.9, 0.58, (190, 190, 186), SALOON),
    Course(-4.8, 0.34, (40, 96, 70), BUS), Course(-4.8, 0.84, (90, 92, 96), SALOON),
)  # fmt: skip


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    x, y = points[:, 0], points[:, 1]
    paving = slabs(x, y, 1.2, 0.34, 71)
    paving = np.where(np.abs(np.abs(x) - 7.5) < 0.12, 0.46, paving)
    return np.where((np.abs(x) > 7.4)[:, None], grey(paving), albedo).astype(np.float32), own


def _markings(canvas: skia.Canvas) -> None:
    for x in (-6.9, 6.9):
        white(canvas, x - 0.08, -5, x + 0.08, 200)
    for x in (-0.22, 0.22):
        white(canvas, x - 0.07, -5, x + 0.07, 200)
    for x in (-3.5, 3.5):
        for y in range(-6, 160, 10):
            white(canvas, x - 0.07, y, x + 0.07, y + 4)


# position, pitch, yaw and width of view of each take
_VIEWS = (
    ((1.2, -4.0, 6.4), 11.0, -3.0, 62.0),
    ((-7.8, -3.0, 7.6), 13.0, 9.0, 66.0),
    ((7.6, -2.0, 5.4), 8.0, -10.0, 58.0),
    ((0.0, -9.0, 11.0), 19.0, 0.0, 54.0),
)


def build(width: int, height: int, light: Light, depth_m: float = 0.0, take: int = 0) -> Stage:
    del depth_m
    position, pitch_deg, yaw_deg, fov_deg = _VIEWS[take]
    view = View(width, height, position, pitch_deg, yaw_deg, fov_deg)
    boxes = fronts(81 + 7 * take, 12.5, 8) + skyline(90 + take, 190, (-34, -12, 9, 30), (50, 90))
    lamps = [Lamp(lamp.head, (1.0, 0.80, 0.52), 16.0) for lamp in _LAMPS]
    still = still_scene(view, World(_ground, boxes, lamps, light, fog_m=115), _markings)
    for number, y in enumerate((104.0, 78.0, 52.0, 28.0)):
        for side in (-1, 1):
            draw_tree(still, side * 9.6, y, number * 2 + (side > 0) + 9 * take, light)
    put_lamps(still, _LAMPS, light)
    return still.stage(light, _cast(view, light, take).draw)


def _cast(view: View, light: Light, take: int) -> Cast:
    random = np.random.default_rng(82 + take)
    colours = [course.colour for course in _TRAFFIC]
    colours = colours[take:] + colours[:take]
    traffic = [
        dataclasses.replace(course, start=(course.start + 0.17 * take) % 1.0, colour=colour)
        for course, colour in zip(_TRAFFIC, colours, strict=True)
    ]
    people = [
        Walker(side * random.uniform(8.9, 11.6), random.uniform(10, 60),
               (0.0, float(random.choice((-1, 1)))), 12.6, random.uniform(0, 1),
               looks(random, light))
        for side in (-1, 1) for _ in range(8)
    ]  # fmt: skip
    waiting = [parked(SALOON, (70, 74, 80), 6.5, 22.0, 0),
               parked(SALOON, (120, 118, 112), 6.5, 33.0, 0)]  # fmt: skip

    def cars(share: float) -> list[Vehicle]:
        return [*waiting, *(_ROAD.at(course, share) for course in traffic)]

    return Cast(view, light, people, cars)
