"""What an officer's body camera sees on a pavement: a stall that stands in the way, people near."""

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, draw_tree, put_lamps
from desktop.standin.video.scenes.people import Look, Stander, Walker, looks
from desktop.standin.video.scenes.roads import shops, slabs
from desktop.standin.video.scenes.stage import Bytes, Stage, wrap
from desktop.standin.video.scenes.still import still_scene
from desktop.standin.video.scenes.vehicles import SALOON, VAN, Vehicle
from desktop.standin.video.scenes.world import Box, Lamp, World, asphalt, grey, noise, plain

_MARGIN = 1.16  # how much more is drawn than is shown, for the sway
_LAMPS = [StreetLamp(5.2, y, 1.0) for y in (9.0, 27.0, 46.0)]
_OFFICER = Look((44, 62, 98), (30, 34, 46), (204, 164, 136), (26, 23, 22), 1.02,
                helmet=(30, 36, 52))  # fmt: skip


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    x, y = points[:, 0], points[:, 1]
    paving = slabs(x, y, 2.0, 0.40, 341) * (0.85 + 0.3 * noise(x * 0.8, y * 0.8, 342))
    blind = (np.abs(x - 1.2) < 0.3)[:, None]  # the guiding strip for the blind
    rib = 0.8 + 0.2 * (np.abs(x * 12 - np.round(x * 12)) > 0.2)
    walk = np.where(blind, grey(paving * rib, (1.15, 0.9, 0.35)), grey(paving, (1.0, 0.96, 0.92)))
    albedo = np.where((x < 5.4)[:, None], walk, albedo)
    return np.where((np.abs(x - 5.45) < 0.12)[:, None], 0.5, albedo).astype(np.float32), own


def _barrow(points: Array, normals: Array) -> tuple[Array, Array]:
    """Painted steel with a band of fruit colours along its upper edge."""
    x, z = points[:, 0], points[:, 2]
    rust = 0.8 + 0.3 * noise(x * 5, z * 5, 343)
    colour = grey(rust, (0.30, 0.36, 0.40))
    fruit = (z > 0.92)[:, None]
    kind = noise(np.floor(x * 9) * 3.1, np.floor(points[:, 1] * 9) * 4.7, 344)[:, None]
    ripe = np.where(kind > 0.6, (0.62, 0.30, 0.05), np.where(kind > 0.35, (0.55, 0.10, 0.05),
                                                             (0.30, 0.40, 0.08)))  # fmt: skip
    round_ = 0.6 + 0.5 * np.cos((x * 9 - np.floor(x * 9) - 0.5) * 3)[:, None]
    return np.where(fruit, ripe * round_, colour).astype(np.float32), np.zeros_like(points)


def _world(light: Light) -> World:
    steel = plain((0.25, 0.26, 0.28))
    boxes = [
        Box((-32, -6, 0), (-4.2, 24, 17), shops(345)),
        Box((-30, 26, 0), (-4.6, 70, 24), shops(346, (0.47, 0.42, 0.37))),
        Box((17, 4, 0), (44, 60, 26), shops(347)),
        Box((-20, 96, 0), (24, 110, 40), shops(348)),
        Box((-2.9, 5.6, 0.34), (-0.9, 6.7, 0.95), _barrow),
        Box((-2.85, 5.65, 0.95), (-0.95, 6.65, 1.06), _barrow),
        Box((-3.0, 5.5, 2.1), (-0.8, 6.8, 2.16), plain((0.52, 0.12, 0.09))),
        Box((-2.96, 6.66, 0.3), (-2.9, 6.72, 2.1), steel),
        Box((-0.9, 6.66, 0.3), (-0.84, 6.72, 2.1), steel),
    ]
    boxes += [Box((x, 5.7, 0), (x + 0.08, 6.6, 0.42), steel) for x in (-2.7, -1.2)]
    boxes += [Box((3.9, y, 0), (4.5, y + 1.7, 0.05), steel) for y in (11.0, 13.0, 15.2)]
    lamps = [Lamp(lamp.head, (1.0, 0.82, 0.56), 16.0) for lamp in _LAMPS]
    lamps.append(Lamp((-1.9, 6.1, 2.05), (1.0, 0.9, 0.7), 1.4))
    lamps.append(Lamp((0.0, 0.3, 1.6), (0.95, 0.98, 1.0), 0.9))  # the camera's own light
    return World(_ground, boxes, lamps, light, fog_m=95)


class BodyView:
    """A stage that sways with the steps of its bearer."""

    def __init__(self, stage: Stage, width: int, height: int) -> None:
        self._stage = stage
        self._picture: Bytes = np.zeros((height, width, 4), np.uint8)
        self._canvas = wrap(self._picture).getCanvas()

    def picture(self, share: float) -> Bytes:
        """Height x width x 4 at `share` of the loop; valid until the next call."""
        wide = self._stage.picture(share)
        height, width = self._picture.shape[:2]
        turn = 2 * np.pi * share
        dx = width * (
            0.026 * np.sin(turn) + 0.012 * np.sin(turn * 3 + 1) + 0.004 * np.sin(turn * 9)
        )
        dy = height * (
            0.016 * np.sin(turn * 4) + 0.010 * np.cos(turn * 3) + 0.003 * np.sin(turn * 11)
        )
        roll = 1.4 * np.sin(turn + 0.6) + 0.6 * np.sin(turn * 4 + 1)
        canvas = self._canvas
        canvas.save()
        canvas.translate(width / 2 + float(dx), height / 2 + float(dy))
        canvas.rotate(float(roll))
        canvas.translate(-wide.shape[1] / 2, -wide.shape[0] / 2)
        image = skia.Image.fromarray(wide, colorType=skia.kRGBA_8888_ColorType, copy=False)
        canvas.drawImage(image, 0, 0, skia.SamplingOptions(skia.FilterMode.kLinear))
        canvas.restore()
        return self._picture


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> BodyView:
    del depth_m
    wide, high = round(width * _MARGIN) // 2 * 2, round(height * _MARGIN) // 2 * 2
    view = View(wide, high, (0.4, 0.0, 1.42), pitch_deg=2.5, yaw_deg=-4, fov_deg=88)
    still = still_scene(view, _world(light), roughness_px=5.0)
    for number, y in enumerate((52.0, 36.0, 20.0)):
        draw_tree(still, 6.6, y, 349 + number, light, 0.9)
    put_lamps(still, _LAMPS, light)
    random = np.random.default_rng(352)
    people: list[Walker | Stander] = [
        Stander(-1.9, 7.6, 0.1, looks(random, light), works=True),
        Stander(0.7, 5.0, 0.6, looks(random, light), works=True),
        Stander(2.1, 5.6, 0.3, _OFFICER, works=True),
        Stander(-0.2, 8.2, 0.8, looks(random, light)),
    ]
    for _ in range(9):
        people.append(Walker(random.uniform(-3.4, 4.6), random.uniform(13, 34),
                             (0.0, float(random.choice((-1, 1)))), 7.0, random.uniform(0, 1),
                             looks(random, light)))  # fmt: skip
    barrow = still.front(lambda x, y, z: (y < 6.9) & (y > 5.3) & (x < -0.7) & (x > -3.2))

    def cars(share: float) -> list[Vehicle]:
        return [_passing(share, SALOON, (170, 172, 176), 7.6, 0.1, 0),
                _passing(share, VAN, (140, 40, 34), 11.2, 0.55, 180)]  # fmt: skip

    cast = Cast(view, light, people, cars, fronts=[(7.0, barrow)])
    return BodyView(still.stage(light, cast.draw), width, height)


def _passing(share: float, shape: object, colour: tuple[int, int, int], x: float, start: float,
             heading: int) -> Vehicle:  # fmt: skip
    way = (share + start) % 1.0
    y = 4 + 90 * way if heading == 0 else 94 - 90 * way
    seen = min(1.0, 8 * min(way, 1 - way))
    return Vehicle(shape, colour, x, y, heading, presence=seen)  # type: ignore[arg-type]
