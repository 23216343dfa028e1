"""A main street in the rain: two lanes each way, shops, people under umbrellas."""

import numpy as np
import skia

from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import (
    StreetLamp,
    cloth,
    draw_person,
    draw_tree,
    puddles,
    wet_scene,
    white,
)
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.vehicles import (
    BUS,
    SALOON,
    VAN,
    Colour,
    Shape,
    Vehicle,
    draw_vehicle,
)
from desktop.standin.video.scenes.world import (
    Box,
    Lamp,
    Material,
    World,
    asphalt,
    facade,
    grey,
    noise,
)

_SIGNS = ((1.0, 0.32, 0.22), (0.3, 0.75, 1.0), (1.0, 0.78, 0.3), (0.45, 1.0, 0.6), (1, 1, 0.95))
_LAMPS = [StreetLamp(side * 8.2, y, -side) for y in (16.0, 40.0, 64.0, 90.0, 120.0)
          for side in (-1.0, 1.0)]  # fmt: skip


def _shops(seed: int) -> Material:
    """Windows of shops below, signs above them, flats on top."""
    flats = facade(seed, (0.34, 0.33, 0.31), 0.26)

    def material(points: Array, normals: Array) -> tuple[Array, Array]:
        albedo, own = flats(points, normals)
        along = np.where(np.abs(normals[:, 0]) > 0.5, points[:, 1], points[:, 0])
        z, unit = points[:, 2], np.floor(along / 6.0)
        within = np.abs(along / 6.0 - unit - 0.5)
        chance = noise(unit * 7.3, unit * 3.1 + seed, seed + 60)
        glass = (z < 2.9) & (z > 0.4) & (within < 0.42)
        sign = (z > 3.15) & (z < 3.95) & (within < 0.40)
        tint = np.array(_SIGNS, np.float32)[(unit * 3 + seed).astype(int) % len(_SIGNS)]
        shelf = 0.45 + 0.4 * noise(along * 3, z * 3, seed + 61)
        open_ = chance > 0.35
        own = np.where((glass & open_)[:, None], grey(shelf * 0.85, (1, 0.9, 0.72)), own)
        letters = 0.25 + 0.75 * (noise(along * 5, z * 5, seed + 62) > 0.52)
        own = np.where((sign & open_)[:, None], tint * letters[:, None] * 0.8, own)
        dark = (z < 4.2) & ~sign
        return np.where(dark[:, None], 0.12, albedo).astype(np.float32), own.astype(np.float32)

    return material


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    x, y = points[:, 0], points[:, 1]
    walk = np.abs(x) > 7.4
    seam = (np.abs(x * 1.2 - np.round(x * 1.2)) < 0.04) | (
        np.abs(y * 1.2 - np.round(y * 1.2)) < 0.04
    )
    slab = 0.30 + 0.06 * noise(np.floor(x * 1.2) * 3.3, np.floor(y * 1.2) * 4.7, 71)
    slab = np.where(seam, slab * 0.8, slab)
    slab = np.where(np.abs(np.abs(x) - 7.5) < 0.12, 0.42, slab)
    return np.where(walk[:, None], grey(slab), albedo).astype(np.float32), own


def _markings(canvas: skia.Canvas) -> None:
    for x in (-6.9, 6.9):
        white(canvas, x - 0.08, -5, x + 0.08, 200)
    for x in (-0.22, 0.22):
        white(canvas, x - 0.07, -5, x + 0.07, 200)
    for x in (-3.5, 3.5):
        for y in range(-6, 160, 10):
            white(canvas, x - 0.07, y, x + 0.07, y + 4)


def _world() -> World:
    boxes: list[Box] = []
    random = np.random.default_rng(81)
    for side in (-1, 1):
        y = -6.0
        for number in range(8):
            deep, high = random.uniform(16, 28), random.uniform(12, 46)
            near = 12.5 + random.uniform(0, 1.5)
            low, top = (near, y, 0.0), (near + 22, y + deep, high)
            if side < 0:
                low, top = (-near - 22, y, 0.0), (-near, y + deep, high)
            boxes.append(Box(low, top, _shops(number * 2 + (side > 0))))
            y += deep + random.uniform(1, 5)
    for number, x in enumerate((-34, -12, 9, 30)):
        tower = facade(90 + number, (0.22, 0.23, 0.25), 0.20, (3.6, 3.6))
        boxes.append(Box((x, 190, 0), (x + 17, 210, 50 + 18 * (number % 3)), tower))
    lamps = [Lamp(lamp.head, (1.0, 0.80, 0.52), 16.0) for lamp in _LAMPS]
    return World(_ground, boxes, lamps, fog=(0.075, 0.078, 0.085), fog_m=115)


def build(width: int, height: int, depth_m: float) -> Stage:
    del depth_m
    view = View(width, height, (1.2, -4.0, 6.4), pitch_deg=11, yaw_deg=-3, fov_deg=62)
    background, surface = wet_scene(view, _world(), _LAMPS, _markings, puddles, 7.0, 2.0)
    canvas = skia.Surface(background).getCanvas()
    for number, y in enumerate((104.0, 78.0, 52.0, 28.0)):
        for side in (-1, 1):
            draw_tree(canvas, view, side * 9.6, y, number * 2 + (side > 0))
    return Stage(view, background, surface, _Actors(view).draw)


# x of the lane, start in the loop, colour, shape; positive x drives away
_TRAFFIC: tuple[tuple[float, float, Colour, Shape], ...] = (
    (1.9, 0.02, (188, 190, 192), SALOON), (1.9, 0.46, (40, 44, 52), SALOON),
    (5.2, 0.26, (150, 30, 26), SALOON), (5.2, 0.72, (196, 196, 190), VAN),
    (-1.9, 0.10, (58, 70, 96), SALOON), (-1.9, 0.58, (190, 190, 186), SALOON),
    (-5.2, 0.34, (40, 96, 70), BUS), (-5.2, 0.84, (90, 92, 96), SALOON),
)  # fmt: skip


class _Actors:
    def __init__(self, view: View) -> None:
        self._view = view
        random = np.random.default_rng(82)
        self._people = [
            (side * random.uniform(8.6, 11.6), random.uniform(10, 60), random.choice((-1, 1)),
             random.uniform(0, 1), cloth(random, 58),
             cloth(random, 78) if random.random() < 0.75 else None)
            for side in (-1, 1) for _ in range(7)
        ]  # fmt: skip

    def draw(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        for car in sorted(self._vehicles(share), key=lambda car: -car.y):
            draw_vehicle(canvas, self._view, car, mirror_z)
        for x, y, way, phase, coat, umbrella in sorted(self._people, key=lambda p: -p[1]):
            # 14 m in a loop, out of the dark and into it again
            walked = (share + phase) % 1.0
            seen = min(1.0, 14 * min(walked, 1 - walked))
            moved = y + way * 14 * (walked - 0.5)
            draw_person(canvas, self._view, x, moved, walked * 18, coat, umbrella, mirror_z,
                        presence=seen)  # fmt: skip

    def _vehicles(self, share: float) -> list[Vehicle]:
        parked = [Vehicle(SALOON, (70, 74, 80), 6.6 + 0.3, 22.0, 0, lights=False),
                  Vehicle(SALOON, (120, 118, 112), 6.9, 33.0, 0, lights=False)]  # fmt: skip
        moving = []
        for x, start, colour, shape in _TRAFFIC:
            way = (share + start) % 1.0
            y = -14 + way * 140 if x > 0 else 126 - way * 140
            presence = float(np.clip((118 - y) / 25, 0, 1))
            moving.append(Vehicle(shape, colour, x - 0.4 * (abs(x) > 5), y, 0 if x > 0 else 180,
                                  presence=presence))  # fmt: skip
        return parked + moving
