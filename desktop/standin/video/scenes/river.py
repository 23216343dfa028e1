"""The river bank from a bridge: the embankment, the far bank's lights, a boat, drifting leaves."""

import numpy as np
import skia

from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, cloth, draw_person, wet_scene
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.vehicles import Shape, Vehicle, draw_vehicle, glow
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
    paving = np.where(x > WALL_X_M + 7, 0.10 + 0.08 * noise(x * 2, y * 2, 94), paving)  # lawn
    tint = np.where((wet < 0.9)[:, None] & ~top[:, None], (0.85, 1.0, 0.85), (1, 0.98, 0.94))
    return (np.where(top, paving, wall)[:, None] * tint).astype(np.float32), np.zeros_like(points)


def _bridge(points: Array, normals: Array) -> tuple[Array, Array]:
    x, z = points[:, 0], points[:, 2]
    bulb = (np.abs(x / 4 - np.round(x / 4)) < 0.06) & (np.abs(z - _BRIDGE_Z - 1.4) < 0.25)
    strip = np.abs(z - _BRIDGE_Z - 0.3) < 0.16
    own = np.where(bulb[:, None], (2.2, 1.9, 1.3), np.where(strip[:, None], (0.2, 0.45, 0.7), 0))
    return np.full_like(points, 0.25), own.astype(np.float32)


def _world() -> World:
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
        wall = (0.30, 0.31, 0.33)
        boxes.append(Box((x - 22, y, 0), (x, y + 16, high), facade(100 + number, wall, 0.34)))
    for number in range(6):
        x, y = WALL_X_M + 24 + random.uniform(0, 8), 40 + number * 34
        boxes.append(Box((x, y, 0), (x + 20, y + 24, random.uniform(20, 60)),
                         facade(120 + number, (0.33, 0.32, 0.30), 0.28)))  # fmt: skip
    for number in range(7):
        x = -80 + number * 17
        boxes.append(Box((x, 260, 0), (x + 12, 275, random.uniform(40, 120)),
                         facade(140 + number, (0.22, 0.23, 0.26), 0.26, (3.6, 3.4))))  # fmt: skip
    lamps = [Lamp(lamp.head, (1.0, 0.80, 0.52), 16.0) for lamp in _LAMPS]
    return World(_water, boxes, lamps, fog=(0.085, 0.085, 0.09), fog_m=190)


def build(width: int, height: int, depth_m: float) -> Stage:
    del depth_m
    view = View(width, height, (-3.0, -2.0, 7.6), pitch_deg=10, yaw_deg=-4, fov_deg=66)
    background, surface = wet_scene(
        view, _world(), _LAMPS, _no_markings, _calm, roughness_px=1.5, waves_px=14.0
    )
    canvas = skia.Surface(background).getCanvas()
    _draw_railing(canvas, view)
    for x in range(-40, 8, 4):
        glow(canvas, view, (float(x), _BRIDGE_Y, _BRIDGE_Z + 1.4), (255, 226, 170), 1.6, 0.5)
    return Stage(view, background, surface, _Actors(view).draw)


def _no_markings(canvas: skia.Canvas) -> None:
    """Water has none."""


def _calm(points: Array) -> Array:
    return np.full(len(points), 1.0, np.float32)


def _draw_railing(canvas: skia.Canvas, view: View) -> None:
    x, foot = WALL_X_M + 0.25, WALL_TOP_M
    for y in np.arange(96.0, 4.0, -2.0):
        _, _, scale = view.locate(x, float(y), foot)
        ends = np.array([(x, y, foot), (x, y, foot + 1.05)], np.float32)
        _line(canvas, view, ends, max(0.8, 0.09 * scale))
    for high in (0.35, 0.7, 1.05):
        for y in range(4, 96, 4):
            _, _, scale = view.locate(x, float(y), foot)
            ends = np.array([(x, y, foot + high), (x, y + 4, foot + high)], np.float32)
            _line(canvas, view, ends, max(0.6, 0.05 * scale))


def _line(canvas: skia.Canvas, view: View, ends: Array, width: float) -> None:
    pixels, depth = view.project(ends)
    if (depth > 0.5).all():
        paint = skia.Paint(Color=skia.Color(58, 60, 62), AntiAlias=True, StrokeWidth=width)
        canvas.drawLine(*map(float, pixels[0]), *map(float, pixels[1]), paint)


class _Actors:
    def __init__(self, view: View) -> None:
        self._view = view
        random = np.random.default_rng(96)
        self._leaves = [
            (random.uniform(-16, 6.4), random.uniform(0, 1), random.uniform(0.10, 0.28))
            for _ in range(60)
        ]
        self._people = [
            (WALL_X_M + random.uniform(1.0, 5.5), random.uniform(14, 70), random.choice((-1, 1)),
             random.uniform(0, 1), cloth(random, 58),
             cloth(random, 78))
            for _ in range(5)
        ]  # fmt: skip

    def draw(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        self._draw_boat(canvas, share, mirror_z)
        if mirror_z is not None:
            return
        self._draw_leaves(canvas, share)
        for x, y, way, phase, coat, umbrella in sorted(self._people, key=lambda p: -p[1]):
            walked = (share + phase) % 1.0
            seen = min(1.0, 14 * min(walked, 1 - walked))
            moved = y + way * 13 * (walked - 0.5)
            draw_person(canvas, self._view, x, moved, walked * 18, coat, umbrella, None,
                        presence=seen, foot_z=WALL_TOP_M)  # fmt: skip

    def _draw_boat(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        way = (share + 0.35) % 1.0
        presence = min(1.0, 9 * min(way, 1 - way))
        bob = 0.05 * float(np.sin(share * 2 * np.pi * 5))
        boat = Vehicle(BOAT, (150, 154, 158), -12.0, 112 - 70 * way, 180, bob, lights=False,
                       presence=presence)  # fmt: skip
        draw_vehicle(canvas, self._view, boat, mirror_z)
        sign = 1.0 if mirror_z is None else -1.0
        place = (-12.0, boat.y - 4.0, sign * 3.0)
        glow(canvas, self._view, place, (255, 250, 230), 1.3, 0.9 * presence)

    def _draw_leaves(self, canvas: skia.Canvas, share: float) -> None:
        """The stream carries them towards us; they come out of the dark."""
        for x, phase, size in self._leaves:
            way = (share + phase) % 1.0
            y = 42 - 36 * way
            px, py, scale = self._view.locate(x + 0.4 * float(np.sin(way * 9 + x)), y, 0.0)
            alpha = int(255 * min(1.0, 6 * min(way, 1 - way)))
            tint = skia.Color(92, 88, 54, alpha) if size < 0.2 else skia.Color(112, 110, 100, alpha)
            oval = skia.Rect.MakeXYWH(px, py, size * scale, size * scale * 0.32)
            canvas.drawOval(oval, skia.Paint(Color=tint, AntiAlias=True))
