"""A market lane: stalls under awnings on both sides, goods, sellers and a crowd."""

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.glow import Colour, glow
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.people import Stander, Walker, looks
from desktop.standin.video.scenes.roads import shops, skyline, slabs
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import Still, still_scene
from desktop.standin.video.scenes.world import Box, Lamp, Material, World, grey, noise, plain

_STALLS_Y = tuple(float(y) for y in np.arange(7.0, 50.0, 4.6))
_DEEP_M, _FRONT_X, _BACK_X = 3.4, 3.3, 5.4
_SELLERS_TO_M = 26.0  # farther away the awnings hide them
_AWNINGS = ((0.46, 0.07, 0.06), (0.05, 0.20, 0.42), (0.08, 0.32, 0.14), (0.52, 0.40, 0.08),
            (0.42, 0.18, 0.06))  # fmt: skip
_GOODS: tuple[tuple[Colour, Colour], ...] = (
    ((204, 62, 40), (222, 110, 44)),
    ((84, 142, 58), (60, 112, 50)),
    ((228, 172, 50), (210, 140, 40)),
    ((186, 190, 182), (150, 158, 160)),
    ((150, 70, 96), (96, 58, 120)),
    ((196, 150, 104), (168, 118, 74)),
)


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    x, y = points[:, 0], points[:, 1]
    wet = 1 - 0.4 * np.clip(noise(x * 0.7, y * 0.5, 261) * 2 - 0.8, 0, 1)
    level = slabs(x, y, 1.3, 0.36, 262) * wet
    level = np.where(np.abs(np.abs(x) - 2.9) < 0.12, 0.2, level)  # gutters
    return grey(level, (1.0, 0.97, 0.93)), np.zeros_like(points)


def _awning(seed: int) -> Material:
    """Striped cloth, a little faded."""
    colour = np.array(_AWNINGS[seed % len(_AWNINGS)], np.float32)

    def material(points: Array, normals: Array) -> tuple[Array, Array]:
        stripe = ((points[:, 1] * 1.6) % 1 > 0.5)[:, None]
        faded = 0.75 + 0.35 * noise(points[:, 0] * 2, points[:, 1], seed)
        albedo = np.where(stripe, colour, 0.62 if seed % 2 else colour * 0.8) * faded[:, None]
        return albedo.astype(np.float32), np.zeros_like(points)

    return material


def _world(light: Light) -> World:
    boxes: list[Box] = []
    lamps: list[Lamp] = []
    wood, steel = plain((0.40, 0.29, 0.18)), plain((0.45, 0.46, 0.47))
    for side in (-1, 1):
        for number, y in enumerate(_STALLS_Y):
            low, high = sorted((side * _FRONT_X, side * _BACK_X))
            boxes.append(Box((low, y, 0.0), (high, y + _DEEP_M, 0.78), wood))
            cover_low, cover_high = sorted((side * (_FRONT_X - 0.75), side * (_BACK_X + 1.1)))
            cloth = _awning(number * 2 + (side > 0))
            boxes.append(
                Box((cover_low, y - 0.3, 2.5), (cover_high, y + _DEEP_M + 0.3, 2.62), cloth)
            )
            edge = sorted((side * (_FRONT_X - 0.75), side * (_FRONT_X - 0.70)))
            boxes.append(Box((edge[0], y - 0.3, 2.22), (edge[1], y + _DEEP_M + 0.3, 2.5), cloth))
            for end in (y - 0.1, y + _DEEP_M):
                x = side * (_FRONT_X - 0.3)
                boxes.append(Box((x - 0.04, end, 0), (x + 0.04, end + 0.08, 2.5), steel))
            if number % 2 == 0:
                lamps.append(Lamp((side * (_FRONT_X - 0.1), y + 1.7, 2.4), (1.0, 0.88, 0.66), 5.5))
    boxes += [Box((-34, -4, 0), (-8.2, 60, 13), shops(263)), Box((8.2, -4, 0), (34, 64, 16),
              shops(264, (0.46, 0.40, 0.34)))]  # fmt: skip
    boxes += skyline(265, 110, range(-60, 70, 24), (24, 60))
    return World(_ground, boxes, lamps, light, fog_m=95)


def _draw_goods(still: Still, light: Light) -> None:
    """Crates of fruit and vegetables on the tables, the far ones first."""
    random = np.random.default_rng(266)
    for y in reversed(_STALLS_Y):
        for side in (-1, 1):
            main, second = (
                _GOODS[random.integers(len(_GOODS))],
                _GOODS[random.integers(len(_GOODS))],
            )
            for row in range(4, -1, -1):
                kind = main if row % 2 else second
                for deep in (1, 0):
                    x = side * (_FRONT_X + 0.12 + deep * 0.66)
                    _draw_crate(still, light, (x, y + 0.12 + row * 0.66, 0.78 + deep * 0.16), side,
                                kind[int(random.integers(2))], random)  # fmt: skip


def _draw_crate(
    still: Still, light: Light, place: tuple[float, float, float], side: int, colour: Colour,
    random: np.random.Generator,
) -> None:  # fmt: skip
    x, y, z = place
    view, canvas = still.view, still.canvas
    far_x = x + side * 0.6
    top = view.polygon(np.array([(x, y, z + 0.2), (far_x, y, z + 0.26), (far_x, y + 0.58, z + 0.26),
                                 (x, y + 0.58, z + 0.2)], np.float32))  # fmt: skip
    front = view.polygon(np.array([(x, y, z), (x, y + 0.58, z), (x, y + 0.58, z + 0.2),
                                   (x, y, z + 0.2)], np.float32))  # fmt: skip
    below = 0.62 if light.has_sun else 0.85  # the awnings keep the sun off
    box = light.tint(
        ((150, 116, 74), (70, 104, 150), (190, 186, 176))[int(random.integers(3))], 0.7
    )
    for path, level in ((top, 0.5), (front, 0.0)):
        if path is not None:
            tint = light.tint(colour, level * below) if level else box
            canvas.drawPath(path, skia.Paint(Color=skia.Color(*tint), AntiAlias=True))
    _, _, scale = view.locate(x, y, z)
    for _ in range(34 if scale > 30 else 16):
        u, v = random.uniform(0.06, 0.54), random.uniform(0.05, 0.53)
        px, py, size = view.locate(x + side * u, y + v, z + 0.22 + 0.05 * u)
        radius = float(random.uniform(0.045, 0.075)) * size
        level = float(random.uniform(0.75, 1.15)) * below
        ball = skia.Paint(Color=skia.Color(*light.tint(colour, level)), AntiAlias=True)
        canvas.drawCircle(px, py - radius * 0.6, radius, ball)


def _draw_bulbs(still: Still, light: Light) -> None:
    for y in reversed(_STALLS_Y):
        for side in (-1, 1):
            place = (side * (_FRONT_X - 0.1), y + 1.7, 2.3)
            px, py, scale = still.view.locate(*place)
            tint = (
                skia.Color(255, 248, 226)
                if light.lamps
                else skia.Color(*light.tint((220, 218, 210)))
            )
            still.canvas.drawCircle(px, py, 0.08 * scale, skia.Paint(Color=tint, AntiAlias=True))
            glow(still.canvas, still.view, place, (255, 222, 160), 0.8, 0.8 * light.lamps)


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-0.9, 0.0, 5.2), pitch_deg=16, yaw_deg=3, fov_deg=64)
    still = still_scene(view, _world(light), roughness_px=5.0)
    bare = still.background.copy()
    _draw_goods(still, light)
    covers = still.points[..., 2] > 1.9  # what hangs above the goods is before them
    still.background[covers] = bare[covers]
    _draw_bulbs(still, light)
    return still.stage(light, _cast(still, light).draw)


def _cast(still: Still, light: Light) -> Cast:
    view, random = still.view, np.random.default_rng(267)
    people: list[Walker | Stander] = []
    for _ in range(20):
        people.append(Walker(random.uniform(-2.1, 2.1), random.uniform(5, 46),
                             (random.uniform(-0.06, 0.06), float(random.choice((-1, 1)))),
                             float(random.choice((5.6, 8.4))), random.uniform(0, 1),
                             looks(random, light)))  # fmt: skip
    for number, y in enumerate(_STALLS_Y):
        for side in (-1, 1) if y < _SELLERS_TO_M else ():
            seller = Stander(
                side * (_BACK_X + 0.5),
                y + random.uniform(1.0, 2.4),
                random.uniform(0, 1),
                looks(random, light, False),
                works=True,
            )
            people.append(seller)
            if number % 2 == (side > 0):
                people.append(Stander(side * (_FRONT_X - 0.55), y + random.uniform(0.8, 2.6),
                                      random.uniform(0, 1), looks(random, light)))  # fmt: skip
    fronts = []
    for y in _STALLS_Y:  # each row of stalls stands before its sellers and what is behind
        near, far = y - 0.35, y + _DEEP_M + 0.35
        for side in (-1, 1) if y < _SELLERS_TO_M + 5 else ():
            front = still.front(
                lambda x, py, z, near=near, far=far, side=side: (py > near) & (py < far)
                & (x * side > _FRONT_X - 0.8) & (x * side < _BACK_X + 1.15)
            )  # fmt: skip
            fronts.append((y + 0.5, front))
    return Cast(view, light, people, fronts=fronts, others=_steam(view, light))


def _steam(view: View, light: Light):  # type: ignore[no-untyped-def]
    """Rises from a pot at one of the stalls."""

    def others(canvas: skia.Canvas, share: float, mirror_z: float | None):  # type: ignore[no-untyped-def]
        if mirror_z is not None:
            return []

        def draw() -> None:
            for number in range(7):
                way = (share * 2 + number / 7) % 1.0
                px, py, scale = view.locate(
                    3.5 + 0.2 * np.sin(way * 6 + number), 12.4, 1.1 + way * 1.6
                )
                radius = (0.12 + 0.4 * way) * scale
                white = skia.Color(*light.tint((226, 226, 222)), int(70 * (1 - way)))
                clear = skia.Color(*light.tint((226, 226, 222)), 0)
                puff = skia.GradientShader.MakeRadial((px, py), radius, [white, clear])
                canvas.drawCircle(px, py, radius, skia.Paint(Shader=puff))

        return [(11.0, draw)]

    return others
