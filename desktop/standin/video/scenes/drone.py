"""A flight over the city, looking down ahead.

The blocks repeat after PERIOD_M, which is the way that the drone makes in one loop; from
HEIGHT_M the camera sees hardly more than one period.
"""

from dataclasses import replace

import numpy as np
import skia
from numpy.typing import NDArray

from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.roads import lawn
from desktop.standin.video.scenes.solids import bake, far_first, haze, lens, repeated, solid
from desktop.standin.video.scenes.sprites import crown_sprite
from desktop.standin.video.scenes.stage import Bytes, Rain, wrap
from desktop.standin.video.scenes.vehicles import BUS, SALOON, VAN, Shape, Vehicle, draw_vehicle
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

PERIOD_M, HEIGHT_M = 128.0, 118.0
_PITCH_DEG, _REACH_M, _HALF_M = 50.0, 420.0, 170.0
_AVENUES_X, _STREET_Y = (-78.0, 0.0, 78.0), 64.0  # middles of the roads; the street crosses
_WALLS = ((1.0, 0.96, 0.90), (0.98, 0.80, 0.66), (0.86, 0.94, 1.0), (1.0, 0.92, 0.76),
          (0.80, 0.80, 0.80))  # fmt: skip
_LANES = (-5.2, -1.9, 1.9, 5.2)


def _offsets(points: Array) -> tuple[Array, Array]:
    """Distance to the nearest avenue and to the nearest cross street."""
    x, y = points[:, 0], points[:, 1] % PERIOD_M
    return np.min([np.abs(x - road) for road in _AVENUES_X], axis=0), np.abs(y - _STREET_Y)


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    x, y = points[:, 0], points[:, 1] % PERIOD_M
    albedo, own = asphalt(np.stack([x, y, points[:, 2]], 1), normals)
    avenue, street = _offsets(points)
    block = (avenue > 8.0) & (street > 6.5)
    inner = (avenue > 13.0) & (street > 11.5)
    pavement = 0.36 + 0.05 * noise(np.floor(x * 0.8) * 3.1, np.floor(y * 0.8) * 4.7, 321)
    albedo = np.where(block[:, None], grey(pavement, (1.0, 0.97, 0.92)), albedo)
    green = noise(x / 14, np.sin(y / PERIOD_M * 2 * np.pi) * 4, 322)
    yard = np.where((green > 0.42)[:, None], lawn(points, 323), grey(pavement * 0.86))
    albedo = np.where(inner[:, None], yard, albedo)
    return np.where(_markings(x, y, avenue, street)[:, None], 0.5, albedo).astype(np.float32), own


def _markings(x: Array, y: Array, avenue: Array, street: Array) -> NDArray[np.bool_]:
    middle = (np.abs(avenue - 0.25) < 0.2) & (street > 8)
    middle |= (np.abs(street - 0.2) < 0.18) & (avenue > 9)
    lane = (np.abs(avenue - 3.6) < 0.14) & (y % 8 < 4) & (street > 12)
    zebra = (avenue < 7.4) & (street > 8.0) & (street < 11.0) & (x % 1.4 < 0.7)
    zebra |= (street < 6.0) & (avenue > 9.0) & (avenue < 12.0) & (y % 1.4 < 0.7)
    return middle | lane | zebra


def _tower(seed: int, level: float) -> Material:
    """A facade whose roof has gravel and plant."""
    red, green, blue = _WALLS[seed % len(_WALLS)]
    front = facade(seed, (level * red, level * green, level * blue), 0.3, (3.2, 3.4))

    def material(points: Array, normals: Array) -> tuple[Array, Array]:
        albedo, own = front(points, normals)
        x, y = points[:, 0], points[:, 1]
        gravel = 0.34 + 0.1 * noise(x * 2, y * 2, seed) + 0.08 * noise(x * 0.3, y * 0.3, seed + 1)
        plant = noise(x * 0.35, y * 0.35, seed + 2) > 0.68
        tank = noise(x * 0.21 + 5, y * 0.21, seed + 3) > 0.74
        roof = grey(np.where(plant, 0.22, np.where(tank, 0.55, gravel)), (1.0, 0.97, 0.93))
        roof = roof * np.where(seed % 3 == 0, (0.95, 0.72, 0.62), (1.0, 1.0, 1.0))
        top = (normals[:, 2] > 0.5)[:, None]
        return np.where(top, roof, albedo).astype(np.float32), np.where(top, 0, own).astype(
            np.float32)  # fmt: skip

    return material


def _boxes() -> list[Box]:
    """Houses of one period, in the four blocks between the roads and beyond them."""
    random = np.random.default_rng(324)
    boxes: list[Box] = []
    for left, right in ((-150, -92), (-64, -14), (14, 64), (92, 150)):
        for low, high in ((76.0, PERIOD_M - 1), (1.0, 52.0)):
            x = left
            while x < right - 10:
                wide = random.uniform(13, 24)
                deep = random.uniform(12, (high - low) * 0.5)
                y = random.choice((low, high - deep))
                up = random.uniform(9, 26) if random.random() < 0.75 else random.uniform(30, 48)
                end = min(x + wide, right)
                seed = 330 + len(boxes)
                wall = float(random.uniform(0.36, 0.56))
                boxes.append(
                    Box((x, float(y), 0.0), (end, float(y) + deep, up), _tower(seed, wall))
                )
                x = end + random.uniform(3, 9)
    return boxes


class DroneView:
    """Stage of the flight; `picture(share)` as that of every stage."""

    def __init__(self, width: int, height: int, light: Light) -> None:
        self.view = View(width, height, (6.0, 0.0, HEIGHT_M), pitch_deg=_PITCH_DEG, fov_deg=66)
        self._light = light
        boxes = _boxes()
        around = [_moved(box, k * PERIOD_M) for box in boxes for k in (-1, 0, 1)]
        lamps = [
            Lamp((road + side * 7.0, y, 9.0), (1.0, 0.8, 0.5), 55.0)
            for road in _AVENUES_X
            for y in (10.0, 42.0, 86.0, 118.0)
            for side in (-1, 1)
        ]
        world = World(_ground, around, lamps, light, fog_m=_REACH_M)  # fmt: skip
        fine = min(1.0, width / 800)  # no more texels than the picture can show
        self._solids = [solid(world, box, 6.0, 3.2 * fine, True) for box in boxes]
        ground = bake(world, _ground, (-_HALF_M, 0.0, 0.0), (2 * _HALF_M, 0.0, 0.0),
                      (0.0, PERIOD_M, 0.0), 4.5 * fine)  # fmt: skip
        self._ground = ground.image
        self._crown = crown_sprite(light, 325)
        self._lens = lens(self.view)
        self._picture: Bytes = np.zeros((height, width, 4), np.uint8)
        self._canvas = wrap(self._picture).getCanvas()
        self._rain = Rain(self.view)
        self._trees = _tree_places()
        self._cars = _cars()

    def picture(self, share: float) -> Bytes:
        """Height x width x 4 at `share` of the loop; valid until the next call."""
        canvas, turn = self._canvas, 2 * np.pi * share
        view = replace(
            self.view, yaw_deg=1.6 * float(np.sin(turn)),
            pitch_deg=_PITCH_DEG + 0.5 * float(np.sin(2 * turn)) + 0.08 * float(np.sin(turn * 23)),
            position=(6.0 + 1.2 * float(np.sin(turn)), 0.0, HEIGHT_M + 0.8 * float(np.cos(turn))),
        )  # fmt: skip
        flown = share * PERIOD_M
        self._draw_ground(canvas, view, flown)
        self._draw_cars(canvas, view, flown, share)
        self._draw_trees(canvas, view, flown)
        for period in (2, 1, 0):
            away = period * PERIOD_M - flown
            for one in far_first(self._solids, view, away):
                if _in_sight(view, one.middle, away):
                    far = float(np.hypot(one.middle[1] + away, HEIGHT_M))
                    veil = haze(self._light, far, _REACH_M)
                    for face in one.faces:
                        face.draw(canvas, view, away, veil)
        if self._light.rain:
            self._rain.draw(canvas, share, self._light.rain)
        canvas.drawImage(self._lens, 0, 0)
        return self._picture

    def _draw_ground(self, canvas: skia.Canvas, view: View, flown: float) -> None:
        wide, high = self._ground.width(), self._ground.height()
        u, v = (2 * _HALF_M / wide, 0.0, 0.0), (0.0, PERIOD_M / high, 0.0)
        canvas.save()
        canvas.concat(view.plane((-_HALF_M, -flown, 0.0), u, v))
        paint = repeated(self._ground, skia.Matrix())
        paint.setColorFilter(haze(self._light, HEIGHT_M * 1.5, _REACH_M))
        canvas.drawRect(skia.Rect.MakeLTRB(-wide, 0, wide * 2, high * 4), paint)
        canvas.restore()

    def _draw_trees(self, canvas: skia.Canvas, view: View, flown: float) -> None:
        options = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        veil = skia.Paint(ColorFilter=haze(self._light, HEIGHT_M * 1.4, _REACH_M))
        for period in (2, 1, 0):
            for x, y, size in self._trees:
                px, py, scale = view.locate(x, y + period * PERIOD_M - flown, 4.0)
                radius = size * scale
                if not (-radius < px < view.width + radius and -radius < py < view.height + radius):
                    continue
                box = skia.Rect.MakeXYWH(px - radius, py - radius, 2 * radius, 2 * radius)
                canvas.drawImageRect(self._crown, box, options, veil)

    def _draw_cars(self, canvas: skia.Canvas, view: View, flown: float, share: float) -> None:
        """Whole periods per loop, so that the end runs into the beginning."""
        for x, start, rounds, colour, shape in self._cars:
            ahead = rounds if x % 78 < 39 else -rounds
            for period in range(3):
                y = (start + ahead * share) % 1.0 * PERIOD_M + period * PERIOD_M - flown
                if 20 < y < 300:
                    car = Vehicle(shape, colour, x, y, 0 if ahead > 0 else 180)
                    draw_vehicle(canvas, view, car, self._light)


def _in_sight(view: View, middle: tuple[float, float, float], away: float) -> bool:
    px, py, scale = view.locate(middle[0], middle[1] + away, 0.0)
    reach = 60 * scale
    return (
        scale > 0 and -reach < px < view.width + reach and -reach < py < view.height + reach * 1.6
    )


def _moved(box: Box, along: float) -> Box:
    (x0, y0, z0), (x1, y1, z1) = box.low, box.high
    return replace(box, low=(x0, y0 + along, z0), high=(x1, y1 + along, z1))


def _tree_places() -> list[tuple[float, float, float]]:
    """x, y, radius: rows along the avenues, some in the yards."""
    random = np.random.default_rng(326)
    rows = [(road + side * 10.4, float(y), random.uniform(2.0, 3.0)) for road in _AVENUES_X
            for side in (-1, 1) for y in np.arange(2.0, PERIOD_M, 9.0)
            if abs(y - _STREET_Y) > 12]  # fmt: skip
    rows += [(random.uniform(-140, 140), random.choice((52.0, 55.0, 73.0, 76.0)), 2.6)
             for _ in range(14)]  # fmt: skip
    return sorted(rows, key=lambda tree: -tree[1])


def _cars() -> list[tuple[float, float, int, tuple[int, int, int], Shape]]:
    random = np.random.default_rng(327)
    paints = ((196, 196, 192), (44, 48, 56), (150, 34, 30), (70, 88, 122), (214, 212, 206))
    cars = []
    for road in _AVENUES_X:
        for lane in _LANES:
            for start in (0.08, 0.42, 0.75) if road == 0 else (0.2, 0.66):
                shape = (SALOON, SALOON, SALOON, VAN, BUS)[random.integers(5)]
                colour = (36, 96, 74) if shape is BUS else paints[random.integers(len(paints))]
                way = (start + random.uniform(-0.1, 0.1)) % 1.0
                cars.append((road + lane, way, 1 if abs(lane) < 3 else 2, colour, shape))
    return cars


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> DroneView:
    del depth_m
    return DroneView(width, height, light)
