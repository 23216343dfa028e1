"""The river bank from a bridge: the embankment, the far bank's lights, a boat, drifting leaves."""

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.glow import glow
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, draw_railing, draw_tree, put_lamps
from desktop.standin.video.scenes.people import Walker, looks
from desktop.standin.video.scenes.roads import lawn
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import still_scene
from desktop.standin.video.scenes.vehicles import Shape, Vehicle, draw_vehicle
from desktop.standin.video.scenes.world import Box, Lamp, World, facade, grey, noise

WALL_X_M, WALL_TOP_M = 7.0, 2.6
_LAMPS = [StreetLamp(WALL_X_M + 2.6, y, -1.0, WALL_TOP_M) for y in (14.0, 36.0, 60.0, 88.0, 120.0)]
_BRIDGE_Y, _BRIDGE_Z = 150.0, 9.0
BOAT = Shape(
    ((0, 0.0), (-0.2, 1.1), (2.6, 1.1), (2.7, 2.5), (6.0, 2.5), (6.6, 1.3), (10.5, 1.5),
     (8.8, 0.0)),
    3.2, (4,), ((3.0, 1.6), (3.0, 2.3), (5.9, 2.3), (6.2, 1.6)), True, wheels=False,
)  # fmt: skip


def _water(points: Array, normals: Array) -> tuple[Array, Array]:
    level = 0.09 + 0.03 * noise(points[:, 0] * 0.1, points[:, 1] * 0.05, 91)
    return grey(level, (0.92, 1.0, 0.98)), np.zeros_like(points)


def _bank(points: Array, normals: Array) -> tuple[Array, Array]:
    x, y, z = points.T
    top = normals[:, 2] > 0.5
    course = np.floor(z / 0.45)
    joint = (np.abs(z / 0.45 - np.round(z / 0.45)) < 0.05) | (
        np.abs((y + course * 0.6) / 1.2 - np.round((y + course * 0.6) / 1.2)) < 0.02)  # fmt: skip
    stone = 0.36 + 0.10 * noise(np.floor((y + course * 0.6) / 1.2) * 3.1, course * 5.3, 92)
    wet = np.clip((z - 0.35) * 2.2, 0.35, 1.0)  # dark and green near the water
    wall = np.where(joint, stone * 0.6, stone) * wet
    paving = 0.28 + 0.07 * noise(np.floor(x * 1.4) * 3.3, np.floor(y * 1.4) * 4.1, 93)
    tint = np.where((wet < 0.9)[:, None] & ~top[:, None], (0.85, 1.0, 0.85), (1, 0.98, 0.94))
    stones = np.where(top, paving, wall)[:, None] * tint
    green = (top & ((x > WALL_X_M + 7) | (x < -50)))[:, None]
    return np.where(green, lawn(points), stones).astype(np.float32), np.zeros_like(points)


def _bridge(points: Array, normals: Array) -> tuple[Array, Array]:
    x, z = points[:, 0], points[:, 2]
    bulb = (np.abs(x / 4 - np.round(x / 4)) < 0.06) & (np.abs(z - _BRIDGE_Z - 1.4) < 0.25)
    strip = np.abs(z - _BRIDGE_Z - 0.3) < 0.16
    own = np.where(bulb[:, None], (2.2, 1.9, 1.3), np.where(strip[:, None], (0.2, 0.45, 0.7), 0))
    return np.full_like(points, 0.25), own.astype(np.float32)


def _world(light: Light) -> World:
    boxes = [
        Box((WALL_X_M, -20, -2), (60, 400, WALL_TOP_M), _bank),
        Box((-400, 30, -2), (-46, 400, 2.2), _bank),
        Box((-400, _BRIDGE_Y, _BRIDGE_Z - 1.2), (60, _BRIDGE_Y + 9, _BRIDGE_Z + 1.8), _bridge),
    ]
    for x in (-30, -8):
        boxes.append(Box((x, _BRIDGE_Y + 1, -2), (x + 3, _BRIDGE_Y + 8, _BRIDGE_Z), _bridge))
    random = np.random.default_rng(95)
    for number in range(11):
        x, y = -52 - random.uniform(0, 50), 34 + number * 20 + random.uniform(0, 8)
        high = random.uniform(18, 70)
        red, green, blue = (random.uniform(0.3, 0.5) * part for part in (1.0, 0.97, 0.92))
        front = facade(100 + number, (red, green, blue), 0.34)
        boxes.append(Box((x - 22, y, 0), (x, y + 16, high), front))
    for number in range(6):
        x, y = WALL_X_M + 24 + random.uniform(0, 8), 40 + number * 34
        boxes.append(Box((x, y, 0), (x + 20, y + 24, random.uniform(20, 60)),
                         facade(120 + number, (0.33, 0.32, 0.30), 0.28)))  # fmt: skip
    for number in range(7):
        x = -80 + number * 17
        boxes.append(Box((x, 260, 0), (x + 12, 275, random.uniform(40, 120)),
                         facade(140 + number, (0.22, 0.23, 0.26), 0.26, (3.6, 3.4))))  # fmt: skip
    lamps = [Lamp(lamp.head, (1.0, 0.80, 0.52), 16.0) for lamp in _LAMPS]
    return World(_water, boxes, lamps, light, fog_m=190)


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-3.0, -2.0, 7.6), pitch_deg=10, yaw_deg=-4, fov_deg=66)
    still = still_scene(
        view, _world(light), wetness=_calm, roughness_px=1.5, waves_px=14.0, is_water=True
    )
    for number, y in enumerate((112.0, 88.0, 66.0, 46.0, 30.0)):
        draw_tree(still, WALL_X_M + 9.5, y, 30 + number, light, 1.0, WALL_TOP_M)
    put_lamps(still, _LAMPS, light)
    x = WALL_X_M + 0.25
    draw_railing(still.canvas, view, (x, 4.0, WALL_TOP_M), (x, 96.0, WALL_TOP_M), light)
    for x in range(-40, 8, 4) if light.lamps else ():
        place = (float(x), _BRIDGE_Y, _BRIDGE_Z + 1.4)
        glow(still.canvas, view, place, (255, 226, 170), 1.6, 0.5 * light.lamps)
    return still.stage(light, _Actors(view, light).draw)


def _calm(points: Array) -> Array:
    return np.full(len(points), 1.0, np.float32)


class _Actors:
    def __init__(self, view: View, light: Light) -> None:
        self._view, self._light = view, light
        random = np.random.default_rng(96)
        self._leaves = [
            (random.uniform(-16, 6.4), random.uniform(0, 1), random.uniform(0.10, 0.28))
            for _ in range(60)
        ]
        people = [
            Walker(WALL_X_M + random.uniform(1.0, 5.5), random.uniform(14, 70),
                   (0.0, float(random.choice((-1, 1)))), 12.6, random.uniform(0, 1),
                   looks(random, light), WALL_TOP_M)
            for _ in range(8)
        ]  # fmt: skip
        self._cast = Cast(view, light, people)

    def draw(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        self._draw_boat(canvas, share, mirror_z)
        if mirror_z is None:
            self._draw_leaves(canvas, share)
            self._cast.draw(canvas, share, None)

    def _draw_boat(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        way = (share + 0.35) % 1.0
        presence = min(1.0, 9 * min(way, 1 - way))
        bob = 0.05 * float(np.sin(share * 2 * np.pi * 5))
        boat = Vehicle(BOAT, (150, 154, 158), -12.0, 112 - 70 * way, 180, bob, lights=False,
                       presence=presence)  # fmt: skip
        draw_vehicle(canvas, self._view, boat, self._light, mirror_z)
        sign = 1.0 if mirror_z is None else -1.0
        place = (-12.0, boat.y - 4.0, sign * 3.0)
        power = 0.9 * presence * self._light.lamps
        glow(canvas, self._view, place, (255, 250, 230), 1.3, power)

    def _draw_leaves(self, canvas: skia.Canvas, share: float) -> None:
        """The stream carries them towards us; they come out of the dark."""
        for x, phase, size in self._leaves:
            way = (share + phase) % 1.0
            y = 42 - 36 * way
            px, py, scale = self._view.locate(x + 0.4 * float(np.sin(way * 9 + x)), y, 0.0)
            alpha = int(255 * min(1.0, 6 * min(way, 1 - way)))
            green = (150, 140, 84) if size < 0.2 else (176, 172, 158)
            tint = skia.Color(*self._light.tint(green), alpha)
            oval = skia.Rect.MakeXYWH(px, py, size * scale, size * scale * 0.32)
            canvas.drawOval(oval, skia.Paint(Color=tint, AntiAlias=True))
