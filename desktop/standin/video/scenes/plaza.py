"""A plaza before a large screen: patterned paving, planters, a loose crowd."""

import numpy as np

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, draw_tree, put_lamps
from desktop.standin.video.scenes.people import Stander, Walker, looks
from desktop.standin.video.scenes.roads import lawn, shops, skyline, slabs
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import still_scene
from desktop.standin.video.scenes.world import Box, Lamp, World, grey, noise, plain

_LAMPS = [StreetLamp(x, y, -np.sign(x), 0.0, True, 6.0) for y in (12.0, 32.0, 54.0)
          for x in (-14.0, 14.0)]  # fmt: skip
_SCREEN = (-9.0, 9.0, 6.5, 15.5)  # left, right, low, high on the front at y = 74
_PLANTERS = [(x, y) for y in (20.0, 44.0) for x in (-10.5, 10.5)]


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    x, y = points[:, 0], points[:, 1]
    level = slabs(x, y, 0.8, 0.46, 131)
    ring = np.hypot(x, (y - 32))
    band = (np.abs(ring % 6.0 - 3.0) < 0.5) & (ring < 24)
    level = np.where(band, level * 0.62, level)
    level = np.where((np.abs(np.abs(x) - 16) < 0.5), level * 0.7, level)
    warm = grey(level, (1.0, 0.94, 0.86))
    star = (ring < 2.4)[:, None]
    return np.where(star, grey(level * 0.75, (1.0, 0.72, 0.6)), warm).astype(
        np.float32), np.zeros_like(points)  # fmt: skip


def _mall(points: Array, normals: Array) -> tuple[Array, Array]:
    """The front with the screen: a landscape that is shown in large dots of light."""
    albedo, own = _FRONT(points, normals)
    x, z = points[:, 0], points[:, 2]
    left, right, low, high = _SCREEN
    on = (x > left) & (x < right) & (z > low) & (z < high) & (normals[:, 1] < -0.5)
    u, v = (x - left) / (right - left), (z - low) / (high - low)
    hill = 0.42 + 0.16 * np.sin(u * 7) + 0.1 * noise(u * 6, u * 0 + 2, 132)
    sky = np.stack([0.25 + 0.5 * v, 0.45 + 0.3 * v, 0.9 - 0.1 * v], 1)
    land = np.stack([0.12 + 0.2 * v, 0.42 - 0.2 * v, 0.2 + 0 * v], 1)
    shown = np.where((v > hill)[:, None], sky, land)
    text = (np.abs(v - 0.82) < 0.06) & (noise(u * 40, v * 14, 133) > 0.45) & (np.abs(u - 0.5) < 0.3)
    shown = np.where(text[:, None], 1.0, shown)
    own = np.where(on[:, None], shown * 1.1, own)
    albedo = np.where(on[:, None], shown * 0.42, albedo)
    return albedo.astype(np.float32), own.astype(np.float32)


_FRONT = shops(134, (0.50, 0.47, 0.44))


def _planted(points: Array, normals: Array) -> tuple[Array, Array]:
    top = (normals[:, 2] > 0.5)[:, None]
    stone = np.full_like(points, 0.52)
    return np.where(top, lawn(points), stone).astype(np.float32), np.zeros_like(points)


def _world(light: Light) -> World:
    boxes = [
        Box((-34, 74, 0), (34, 96, 26), _mall),
        Box((-60, 20, 0), (-24, 66, 22), shops(135)),
        Box((24, 16, 0), (60, 62, 30), shops(136, (0.40, 0.38, 0.38))),
        Box((-12, 68, 0), (12, 74, 0.3), plain((0.5, 0.48, 0.46))),
        Box((-11, 69, 0.3), (11, 74, 0.6), plain((0.52, 0.5, 0.48))),
    ]
    boxes += [Box((x - 2.2, y - 2.2, 0), (x + 2.2, y + 2.2, 0.6), _planted) for x, y in _PLANTERS]
    boxes += [Box((x - 0.15, 7.0, 0), (x + 0.15, 7.3, 0.75), plain((0.5, 0.5, 0.5)))
              for x in np.arange(-12.0, 13.0, 2.0)]  # fmt: skip
    boxes += skyline(137, 190, range(-80, 90, 28), (60, 120))
    lamps = [Lamp(lamp.head, (1.0, 0.88, 0.68), 22.0) for lamp in _LAMPS]
    lamps.append(Lamp((0.0, 71.0, 11.0), (0.6, 0.75, 1.0), 26.0))
    return World(_ground, boxes, lamps, light, fog_m=150)


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-4.0, -9.0, 9.0), pitch_deg=16, yaw_deg=5, fov_deg=66)
    still = still_scene(view, _world(light), roughness_px=4.0)
    for number, (x, y) in enumerate(sorted(_PLANTERS, key=lambda p: -p[1])):
        draw_tree(still, x, y, 138 + number, light, 0.85, 0.6)
    put_lamps(still, _LAMPS, light)
    random = np.random.default_rng(142)
    count = 16 if light.rain else 28
    people: list[Walker | Stander] = []
    for _ in range(count):
        turn = random.uniform(0, 2 * np.pi)
        people.append(Walker(random.uniform(-9, 9), random.uniform(8, 62),
                             (float(np.cos(turn)), float(np.sin(turn))),
                             float(random.choice((8.4, 9.8, 11.2))), random.uniform(0, 1),
                             looks(random, light)))  # fmt: skip
    for x, y in ((2.0, 26.0), (2.9, 26.6), (-5.0, 38.0), (-4.2, 37.6), (-4.6, 39.0), (6.4, 15.5)):
        people.append(Stander(x, y, random.uniform(0, 1), looks(random, light)))
    return still.stage(light, Cast(view, light, people).draw)
