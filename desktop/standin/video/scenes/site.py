"""A construction site: a shell of floors behind nets, a tower crane, an excavator, a crew."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast, One
from desktop.standin.video.scenes.glow import Colour, glow
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import draw_line
from desktop.standin.video.scenes.people import Stander, Walker, looks
from desktop.standin.video.scenes.roads import parked, skyline
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import still_scene
from desktop.standin.video.scenes.vehicles import TRUCK, Shape, Vehicle, draw_vehicle
from desktop.standin.video.scenes.world import Box, Lamp, World, grey, noise, plain

_CRANE = (12.0, 84.0, 30.0)  # foot x, y, height of the jib
_YELLOW: Colour = (222, 168, 34)
_TRACKS = Shape(((0, 0.1), (0, 0.95), (4.0, 0.95), (4.0, 0.1)), 2.7, (), ((0.1, 0.2), (0.1, 0.3),
                (0.2, 0.3)), wheels=False)  # fmt: skip
_CABIN = Shape(
    ((0, 1.0), (0, 2.1), (1.4, 2.2), (1.5, 3.0), (2.7, 3.0), (3.1, 1.9), (3.1, 1.0)),
    2.4,
    (3, 4),
    ((1.7, 1.9), (1.7, 2.8), (2.6, 2.8), (2.95, 1.9)),
    wheels=False,
)
_MIXER = replace(TRUCK, cargo=(150, 152, 150))


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    x, y = points[:, 0], points[:, 1]
    level = 0.30 + 0.14 * noise(x * 0.25, y * 0.25, 281) + 0.08 * noise(x * 3, y * 3, 282)
    off = np.minimum(np.abs(x - 1 - 2 * np.sin(y / 15)), np.abs(x + 1 - 2 * np.sin(y / 15)))
    ruts = np.clip(1 - off * 2.2, 0, 1) * (0.6 + 0.4 * noise(x * 4, y * 1.5, 283))
    return grey(level * (1 - 0.4 * ruts), (1.0, 0.82, 0.62)), np.zeros_like(points)


def _net(points: Array, normals: Array) -> tuple[Array, Array]:
    """Green safety nets before the floors, with poles and seams."""
    along = np.where(np.abs(normals[:, 0]) > 0.5, points[:, 1], points[:, 0])
    z = points[:, 2]
    sheet = 0.75 + 0.3 * noise(np.floor(along / 6) * 3.7, np.floor(z / 3.2) * 5.3, 284)
    fold = 0.85 + 0.25 * noise(along * 2.2, z * 0.3, 285)
    pole = (np.abs(along / 2 - np.round(along / 2)) < 0.03) | (
        np.abs(z / 1.6 - np.round(z / 1.6)) < 0.025)  # fmt: skip
    level = np.where(pole, 0.5, sheet * fold)
    return grey(level, (0.10, 0.36, 0.18)), np.zeros_like(points)


def _hoarding(points: Array, normals: Array) -> tuple[Array, Array]:
    along = np.where(np.abs(normals[:, 0]) > 0.5, points[:, 1], points[:, 0])
    z = points[:, 2]
    rib = np.abs(along * 3 - np.round(along * 3)) < 0.15
    colour = np.where((z > 1.9)[:, None], (0.62, 0.63, 0.64), (0.10, 0.30, 0.55))
    text = (np.abs(z - 1.3) < 0.32) & (noise(along * 2.6, z * 3, 286) > 0.55) & (
        np.floor(along / 5) % 2 == 0)  # fmt: skip
    colour = np.where(text[:, None], 0.72, colour) * np.where(rib, 0.8, 1.0)[:, None]
    return colour.astype(np.float32), np.zeros_like(points)


def _world(light: Light) -> World:
    concrete, raw = plain((0.50, 0.49, 0.46)), plain((0.42, 0.41, 0.39))
    boxes: list[Box] = []
    for floor in range(7):  # the shell
        z = floor * 3.4
        boxes.append(Box((-24, 46, z + 3.1), (4, 66, z + 3.4), concrete))
        boxes += [Box((x, y, z), (x + 0.7, y + 0.7, z + 3.1), raw)
                  for x in (-23.8, -14.5, -5.4, 3.2) for y in (46.2, 64.8)]  # fmt: skip
    boxes.append(Box((-14, 52, 0), (-6, 60, 27.5), raw))  # core of lifts
    boxes.append(Box((-24.6, 45.2, 0.2), (4.6, 45.4, 15.6), _net))
    boxes.append(Box((4.5, 45.3, 0.2), (4.7, 66.4, 15.6), _net))
    boxes.append(Box((20, 62, 0), (52, 84, 40), _net))
    boxes.append(Box((21, 63, 0), (51, 83, 47), concrete))
    boxes.append(Box((-40, 88, 0), (60, 88.3, 2.5), _hoarding))
    boxes.append(Box((-27.4, 4, 0), (-27, 88, 2.5), _hoarding))
    for x, y, high in ((9, 34, 1.1), (11.6, 34.4, 0.8), (-13, 30, 0.9), (8.2, 25, 0.6)):
        boxes.append(Box((x, y, 0), (x + 2.2, y + 5.5, high), plain((0.36, 0.25, 0.16))))
    for k in range(3):  # site offices
        boxes.append(Box((22 + k * 6.2, 40, 0), (28 + k * 6.2, 43, 2.7), plain((0.62, 0.64, 0.66))))
        boxes.append(
            Box((22 + k * 6.2, 40, 2.8), (28 + k * 6.2, 43, 5.5), plain((0.62, 0.64, 0.66)))
        )
    boxes += skyline(287, 190, range(-110, 120, 26), (40, 110))
    lamps = [
        Lamp((-22, 40, 14.0), (1.0, 0.95, 0.86), 300.0),
        Lamp((12, 48, 16), (1.0, 0.95, 0.86), 260.0),
    ]
    return World(_ground, boxes, lamps, light, fog_m=135)


def _draw_mast(canvas: skia.Canvas, view: View, light: Light) -> None:
    """The lattice of the crane's tower."""
    x, y, high = _CRANE
    tint = light.tint(_YELLOW)
    for z in np.arange(0.0, high, 2.0):
        for dx in (-0.8, 0.8):
            draw_line(canvas, view, np.array([(x + dx, y, z), (x + dx, y, z + 2)]), 0.2, tint)
            draw_line(canvas, view, np.array([(x + dx, y, z), (x - dx, y, z + 2)]), 0.1, tint)
        draw_line(canvas, view, np.array([(x - 0.8, y, z), (x + 0.8, y, z)]), 0.1, tint)


class _Crane:
    """Its jib turns there and back once per loop; a bundle hangs from the trolley."""

    def __init__(self, view: View, light: Light) -> None:
        self._view, self._light = view, light

    def draw(self, canvas: skia.Canvas, share: float) -> None:
        view, (x, y, high) = self._view, _CRANE
        turn = np.radians(-58 + 24 * np.sin(2 * np.pi * share))
        way = np.array([np.sin(turn), -np.cos(turn) * 0.55, 0.0])
        top, tint = np.array([x, y, high]), self._light.tint(_YELLOW)
        tip, back, peak = top + way * 38, top - way * 12, top + np.array([0, 0, 6.5])
        for a, b, wide in ((top, tip, 0.3), (top, back, 0.3), (peak, tip, 0.08), (peak, back, 0.08),
                           (top, peak, 0.3)):  # fmt: skip
            draw_line(canvas, view, np.stack([a, b]), wide, tint)
        upper = np.array([0, 0, 1.3])
        draw_line(canvas, view, np.stack([top + upper, tip + upper * 0.3]), 0.14, tint)
        for k in range(19):
            a, b = top + way * 2 * k, top + way * (2 * k + 1) + upper * (1 - k / 27)
            draw_line(canvas, view, np.stack([a, b]), 0.09, tint)
            draw_line(canvas, view, np.stack([b, top + way * (2 * k + 2)]), 0.09, tint)
        weight = back - np.array([0, 0, 1.6])
        draw_line(canvas, view, np.stack([back, weight]), 1.5, self._light.tint((150, 150, 146)))
        trolley = top + way * (25 + 4 * np.sin(2 * np.pi * share + 1))
        hook = trolley - np.array([0, 0, 13 + 3 * np.cos(2 * np.pi * share)])
        draw_line(canvas, view, np.stack([trolley, hook]), 0.06, self._light.tint((60, 60, 60)))
        for k in (-0.3, 0.0, 0.3):
            load = hook + np.array([0, 0, k - 1.0])
            ends = np.stack([load - np.array([2.2, 0, 0]), load + np.array([2.2, 0, 0])])
            draw_line(canvas, view, ends, 0.25, self._light.tint((132, 96, 70)))
        for side in (-2.0, 2.0):
            ends = np.stack([hook, hook + np.array([side, 0, -0.8])])
            draw_line(canvas, view, ends, 0.05, self._light.tint((60, 60, 60)))
        if self._light.lamps:
            place = (float(tip[0]), float(tip[1]), float(tip[2]))
            glow(canvas, view, place, (255, 60, 44), 1.0, 0.5 + 0.5 * np.sin(share * 50) ** 2)


class _Excavator:
    """Digs and swings to a heap once per loop."""

    def __init__(self, view: View, light: Light) -> None:
        self._view, self._light = view, light

    def draw(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        x, y = -7.5, 24.0
        base = Vehicle(_TRACKS, (46, 46, 48), x, y, 75, lights=False)
        swing = 75 + 42 * float(np.sin(2 * np.pi * share))
        cabin = Vehicle(_CABIN, _YELLOW, x, y, swing, lights=False)
        draw_vehicle(canvas, self._view, base, self._light, mirror_z)
        draw_vehicle(canvas, self._view, cabin, self._light, mirror_z)
        if mirror_z is not None:
            return
        angle = np.radians(swing)
        way = np.array([np.sin(angle), np.cos(angle), 0.0])
        dip = float(np.cos(2 * np.pi * share * 2)) * 0.5 + 0.5
        root = np.array([x, y, 1.7]) + way * 1.2
        elbow = root + way * (2.9 - 0.4 * dip) + np.array([0, 0, 2.2 + 0.5 * dip])
        wrist = elbow + way * (1.6 + 0.9 * (1 - dip)) - np.array([0, 0, 2.4 - 0.8 * dip])
        bucket = wrist + way * 0.2 - np.array([0, 0, 0.9])
        tint = self._light.tint(_YELLOW, 0.92)
        for a, b, wide, colour in (
            (root, elbow, 0.5, tint),
            (elbow, wrist, 0.36, tint),
            (wrist, bucket, 0.95, self._light.tint((66, 66, 68))),
        ):
            draw_line(canvas, self._view, np.stack([a, b]), wide, colour)


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-2.0, -6.0, 10.5), pitch_deg=4, yaw_deg=2, fov_deg=66)
    still = still_scene(view, _world(light), roughness_px=4.0)
    _draw_mast(still.canvas, view, light)
    for x, y in ((10.0, 30.0), (-16.5, 37.0)):
        draw_vehicle(still.canvas, view, parked(_MIXER, (60, 96, 150), x, y, 186), light)
    if light.lamps:
        for place in ((-22.0, 40.0, 14.0), (12.0, 48.0, 16.0)):
            glow(still.canvas, view, place, (255, 248, 226), 3.4, light.lamps)
    return still.stage(light, _cast(view, light).draw)


def _cast(view: View, light: Light) -> Cast:
    random = np.random.default_rng(288)
    crew = [looks(random, light, worker=True) for _ in range(14)]
    people: list[Walker | Stander] = [
        Walker(random.uniform(-6, 7), random.uniform(12, 40),
               (float(np.sin(k)), float(np.cos(k))), 8.4, random.uniform(0, 1), crew[k])
        for k in range(8)
    ]  # fmt: skip
    people += [
        Stander(7.0 + k * 0.8, 28 + (k % 2), k / 5, crew[8 + k], works=True) for k in range(3)
    ]
    people += [
        Stander(-20 + 7 * k, 46.4, k / 3, crew[11 + k], works=True, foot_z=17.0 + 3.4 * (k == 1))
        for k in range(3)
    ]
    crane, digger = _Crane(view, light), _Excavator(view, light)

    def others(canvas: skia.Canvas, share: float, mirror_z: float | None) -> Sequence[One]:
        ones: list[One] = [(24.0, lambda: digger.draw(canvas, share, mirror_z))]
        if mirror_z is None:
            ones.append((200.0, lambda: crane.draw(canvas, share)))
        return ones

    def cars(share: float) -> list[Vehicle]:
        way = (share + 0.2) % 1.0
        seen = min(1.0, 8 * min(way, 1 - way))
        return [Vehicle(TRUCK, (150, 60, 40), 2.6, 4 + 40 * way, 0, presence=seen)]

    return Cast(view, light, people, cars, others=others)
