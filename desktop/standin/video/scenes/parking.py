"""A car park from a mast: rows of bays, a gate, cars that come and go."""

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.glow import Colour
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import (
    StreetLamp,
    draw_line,
    draw_tree,
    put_lamps,
    white,
)
from desktop.standin.video.scenes.people import Walker, looks
from desktop.standin.video.scenes.roads import lawn, parked, shops, skyline, slabs
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import still_scene
from desktop.standin.video.scenes.vehicles import SALOON, VAN, Vehicle, draw_vehicle
from desktop.standin.video.scenes.world import Box, Lamp, World, asphalt, grey, plain

_ROWS = (6.0, 20.5, 26.0, 40.5)  # y of the middles of the bays
_LEFT, _RIGHT, _BAY_M = -22.0, 20.0, 2.8
_LAMPS = [StreetLamp(x, 23.2, way) for x, way in ((-14.0, 1.0), (12.0, -1.0))] + [
    StreetLamp(x, 45.0, 1.0) for x in (-20.0, 4.0)]  # fmt: skip
_PAINT: tuple[Colour, ...] = (
    (196, 198, 200), (40, 44, 52), (140, 30, 28), (66, 84, 116), (216, 214, 208), (92, 96, 100),
    (30, 32, 36), (168, 164, 154), (52, 78, 70), (120, 100, 78),
)  # fmt: skip


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    x, y = points[:, 0], points[:, 1]
    albedo = albedo * 1.15
    island = (np.abs(y - 23.2) < 0.7) & (x > _LEFT) & (x < _RIGHT)
    beyond = (y > 44) | (x < _LEFT - 2.5) | (x > _RIGHT + 8)
    walk = grey(slabs(x, y, 1.2, 0.36, 111))
    green = lawn(points)
    albedo = np.where(island[:, None], green, albedo)
    albedo = np.where(beyond[:, None], np.where(((y > 44) & (y < 48))[:, None], walk, green),
                      albedo)  # fmt: skip
    edge = (np.abs(np.abs(y - 23.2) - 0.75) < 0.08) | (np.abs(y - 44) < 0.1)
    return np.where((edge & (x > _LEFT) & (x < _RIGHT))[:, None], 0.5, albedo).astype(
        np.float32), own  # fmt: skip


def _markings(canvas: skia.Canvas) -> None:
    for row in _ROWS:
        for bay in range(int((_RIGHT - _LEFT) / _BAY_M) + 1):
            x = _LEFT + bay * _BAY_M
            white(canvas, x - 0.06, row - 2.6, x + 0.06, row + 2.6)
    for y in (13.2, 33.2):  # arrows on the lanes
        for x in (-14.0, 0.0, 12.0):
            way = 1 if y < 20 else -1
            white(canvas, x - 1.2, y - 0.08, x + 0.8, y + 0.08)
            head = skia.PathBuilder()
            tip = x + 1.6 * way if way > 0 else x - 2.0
            head.addPolygon([skia.Point(tip, y), skia.Point(tip - 0.9 * way, y + 0.4),
                             skia.Point(tip - 0.9 * way, y - 0.4)], True)  # fmt: skip
            canvas.drawPath(head.detach(), skia.Paint(Color=skia.ColorWHITE, AntiAlias=True))


def _world(light: Light) -> World:
    booth, roof = plain((0.62, 0.62, 0.60)), plain((0.16, 0.26, 0.40))
    boxes = [
        Box((22.5, 14.5, 0), (24.5, 17.5, 2.5), booth),
        Box((22.1, 14.1, 2.5), (24.9, 17.9, 2.75), roof),
        Box((_LEFT - 20, 50, 0), (-2, 70, 19), shops(112)),
        Box((2, 52, 0), (34, 74, 27), shops(113, (0.46, 0.40, 0.35))),
    ]
    boxes += [Box((_RIGHT + 0.4, 19.2 + k * 2.2, 0), (_RIGHT + 0.8, 19.6 + k * 2.2, 0.8), booth)
              for k in range(9)]  # fmt: skip
    boxes += skyline(114, 130, range(-70, 80, 26), (40, 90))
    lamps = [Lamp(lamp.head, (1.0, 0.90, 0.72), 34.0) for lamp in _LAMPS]
    return World(_ground, boxes, lamps, light, fog_m=130)


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-5.0, -12.0, 11.5), pitch_deg=21, yaw_deg=6, fov_deg=66)
    still = still_scene(view, _world(light), _markings)
    for number, x in enumerate((-26, -17, -8, 2, 13, 25)):
        draw_tree(still, float(x), 46.5, 115 + number, light, 0.9)
    random = np.random.default_rng(116)
    far_first = [(x, row) for row in sorted(_ROWS, reverse=True) for x in _bays(random)]
    for x, row in far_first:
        shape = VAN if random.random() < 0.15 else SALOON
        colour = _PAINT[random.integers(len(_PAINT))]
        car = parked(shape, colour, x, row, 180.0 * bool(random.random() < 0.5))
        draw_vehicle(still.canvas, view, car, light)
    for number, x in enumerate((-18.0, -9.0, 4.0, 15.0)):
        draw_tree(still, x, 23.2, 125 + number, light, 0.72)
    put_lamps(still, _LAMPS, light)
    return still.stage(light, _cast(view, light).draw)


def _bays(random: np.random.Generator) -> list[float]:
    """The middles of the bays that are taken in one row."""
    count = int((_RIGHT - _LEFT) / _BAY_M)
    return [_LEFT + (bay + 0.5) * _BAY_M for bay in range(count) if random.random() < 0.72]


def _cast(view: View, light: Light) -> Cast:
    random = np.random.default_rng(117)
    people = [
        Walker(random.uniform(-18, 16), lane + random.uniform(-2.2, 2.2),
               (float(random.choice((-1, 1))), 0.0), 11.2, random.uniform(0, 1),
               looks(random, light))
        for lane in (13.2, 33.2, 46.0) for _ in range(3)
    ]  # fmt: skip

    def cars(share: float) -> list[Vehicle]:
        one, two = share, (share + 0.45) % 1.0
        seen = [min(1.0, 10 * min(way, 1 - way)) for way in (one, two)]
        return [
            Vehicle(SALOON, (206, 206, 204), -30 + 60 * one, 12.0, 90, presence=seen[0]),
            Vehicle(VAN, (120, 40, 36), 28 - 56 * two, 34.4, 270, presence=seen[1]),
        ]

    def gate(canvas: skia.Canvas, share: float, mirror_z: float | None):  # type: ignore[no-untyped-def]
        if mirror_z is not None:
            return []
        lift = float(np.clip(np.sin((share - 0.55) * 2 * np.pi) * 2.5, 0, 1)) * 1.35
        ends = np.array([(22.3, 13.6, 1.0), (22.3, 13.6 - 4.0 * np.cos(lift),
                         1.0 + 4.0 * np.sin(lift))], np.float32)  # fmt: skip
        return [(13.0, lambda: draw_line(canvas, view, ends, 0.12, light.tint((214, 70, 50))))]

    return Cast(view, light, people, cars, others=gate)
