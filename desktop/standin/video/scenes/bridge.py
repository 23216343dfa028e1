"""The deck of a cable-stayed bridge over the river, from its first pylon."""

from itertools import pairwise

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.glow import glow
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import (
    StreetLamp,
    draw_line,
    draw_railing,
    put_lamps,
    white,
)
from desktop.standin.video.scenes.people import Walker, looks
from desktop.standin.video.scenes.roads import Course, Road, skyline
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import Still, still_scene
from desktop.standin.video.scenes.vehicles import BUS, SALOON, TRUCK, VAN
from desktop.standin.video.scenes.world import Box, Lamp, World, asphalt, grey, noise, plain

_WATER_Z, _HALF_M = -16.0, 13.0
_PYLON_Y, _PYLON_M = 92.0, 46.0
_LAMPS = [StreetLamp(side * 10.3, y, -side, 0.0, True, 9.0)
          for y in (22.0, 50.0, 78.0, 110.0, 145.0) for side in (-1.0, 1.0)]  # fmt: skip
_ROAD = Road(-12, 170, 40)
_TRAFFIC = (
    Course(1.9, 0.05, (40, 46, 58), SALOON), Course(1.9, 0.48, (196, 196, 192), SALOON),
    Course(5.4, 0.22, (60, 90, 130), TRUCK), Course(5.4, 0.70, (150, 34, 30), SALOON),
    Course(8.6, 0.92, (200, 200, 196), VAN), Course(-1.9, 0.12, (204, 204, 200), SALOON),
    Course(-1.9, 0.55, (120, 30, 28), SALOON), Course(-5.4, 0.36, (34, 92, 70), BUS),
    Course(-5.4, 0.82, (80, 84, 92), SALOON), Course(-8.6, 0.66, (186, 180, 166), VAN),
)  # fmt: skip


def _water(points: Array, normals: Array) -> tuple[Array, Array]:
    x, y = points[:, 0], points[:, 1]
    level = 0.10 + 0.05 * noise(x * 0.12, y * 0.05, 201) + 0.05 * noise(x * 0.5, y * 0.2, 202)
    return grey(level, (0.92, 1.0, 0.98)), np.zeros_like(points)


def _deck(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    off = np.abs(points[:, 0])
    walk = grey(0.36 + 0.05 * noise(points[:, 0] * 3, points[:, 1], 203))
    albedo = np.where((off > 10.4)[:, None], walk, albedo * 1.1)
    kerb = np.abs(off - 10.5) < 0.13
    joint = np.abs(points[:, 1] / 32 - np.round(points[:, 1] / 32)) < 0.006
    albedo = np.where(kerb[:, None], 0.5, np.where(joint[:, None], 0.07, albedo))
    return albedo.astype(np.float32), own


def _markings(canvas: skia.Canvas) -> None:
    for x in (-10.1, -0.2, 0.2, 10.1):
        white(canvas, x - 0.07, -8, x + 0.07, 260)
    for x in (-6.9, -3.6, 3.6, 6.9):
        for y in range(-8, 240, 12):
            white(canvas, x - 0.07, y, x + 0.07, y + 5)


def _world(light: Light) -> World:
    concrete = plain((0.60, 0.59, 0.56))
    boxes = [Box((-_HALF_M, -40, -2.2), (_HALF_M, 420, 0.0), _deck)]
    for side in (-1, 1):
        low, high = sorted((side * 12.2, side * 14.8))
        boxes.append(Box((low, _PYLON_Y, _WATER_Z), (high, _PYLON_Y + 4, _PYLON_M), concrete))
    boxes.append(Box((-12.2, _PYLON_Y + 0.5, 34), (12.2, _PYLON_Y + 3.5, 37.5), concrete))
    boxes.append(Box((-12.2, _PYLON_Y + 0.5, 18.5), (12.2, _PYLON_Y + 3.5, 20.5), concrete))
    for side in (-1, 1):  # the middle barrier and the parapets
        low, high = sorted((side * 12.75, side * 12.95))
        boxes.append(Box((low, -8, 0), (high, 300, 0.35), concrete))
    boxes.append(Box((-0.12, -8, 0), (0.12, 300, 0.55), concrete))
    boxes += skyline(205, 420, range(-330, 340, 30), (30, 130))
    lamps = [Lamp(lamp.head, (1.0, 0.82, 0.55), 18.0) for lamp in _LAMPS]
    return World(_water, boxes, lamps, light, fog_m=230, ground_z_m=_WATER_Z)


def _draw_cables(still: Still, light: Light) -> None:
    """A fan on each side, towards us and away."""
    for side in (-1, 1):
        x = side * 12.5
        for way in (1, -1):
            for number in range(11, -1, -1):
                foot = (x, _PYLON_Y + 2 + way * (9 + 7.4 * number), 0.4)
                top = (side * 13.4, _PYLON_Y + 2, 23 + number * 1.9)
                nodes = [np.array(foot) + (np.array(top) - np.array(foot)) * t
                         for t in np.linspace(0, 1, 9)]  # fmt: skip
                for a, b in pairwise(nodes):
                    if a[1] > 0.5 and b[1] > 0.5:
                        ends = np.stack([a, b])
                        draw_line(still.canvas, still.view, ends, 0.15, light.tint((214, 214, 208)))


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-2.6, -6.0, 8.6), pitch_deg=5.5, yaw_deg=5, fov_deg=62)
    still = still_scene(view, _world(light), _markings)
    _draw_cables(still, light)
    for x in (-12.9, 12.9):
        draw_railing(still.canvas, view, (x, 2.0, 0.3), (x, 210.0, 0.3), light, 3.0)
    put_lamps(still, _LAMPS, light)
    if light.lamps:
        for x in (-13.5, 13.5):  # warning lights for aircraft
            place = (x, _PYLON_Y + 2, _PYLON_M + 0.4)
            glow(still.canvas, view, place, (255, 50, 40), 1.2, 0.9)
    random = np.random.default_rng(206)
    people = [
        Walker(side * 11.6, random.uniform(12, 70), (0.0, float(random.choice((-1, 1)))), 11.2,
               random.uniform(0, 1), looks(random, light))
        for side in (-1, 1) for _ in range(3)
    ]  # fmt: skip
    cast = Cast(view, light, people, lambda s: [_ROAD.at(course, s) for course in _TRAFFIC])
    return still.stage(light, cast.draw)
