"""An underpass that can fill with water; a ruler on the wall shows how deep it is."""

from dataclasses import replace

import numpy as np
import skia
from numpy.typing import NDArray

from desktop.standin.video.scenes.glow import glow
from desktop.standin.video.scenes.light import Light, Vector
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.stage import Stage, Surface, wrap
from desktop.standin.video.scenes.still import vignette
from desktop.standin.video.scenes.vehicles import SALOON, VAN, Shape, Vehicle, draw_vehicle
from desktop.standin.video.scenes.world import (
    Box,
    Lamp,
    Material,
    World,
    asphalt,
    grey,
    noise,
    tone,
)

HALF_WIDTH_M, HEIGHT_M, END_M = 5.4, 4.8, 75.0
RULER_M = (-HALF_WIDTH_M + 0.05, 8.7)  # x, y of its foot at the left wall
_INSIDE: Vector = (0.60, 0.60, 0.58)  # light on what moves under the lamps of the roof
LAMPS_Y = tuple(float(y) for y in range(5, 70, 9))


def _walls(points: Array, normals: Array) -> tuple[Array, Array]:
    x, y, z = points.T
    side = np.abs(normals[:, 0]) > 0.5
    joint = (np.abs(y / 3 - np.round(y / 3)) < 0.008) | (
        np.abs(z / 1.2 - np.round(z / 1.2)) < 0.012
    )
    panel = 0.52 + 0.05 * noise(np.floor(y / 3) * 3.7, np.floor(z / 1.2) * 5.1, 31)
    grime = 1 - 0.45 * noise(y * 0.5, z * 0.6, 32) * np.clip(1.6 - z * 0.5, 0, 1)
    streak = 1 - 0.18 * noise(y * 5, z * 0.25, 33)
    level = panel * grime * streak * np.where(joint, 0.62, 1.0)
    level = np.where((z > 3.35) & (z < 3.6), 0.16, level)  # dark band under the ceiling
    level = np.where(z < 0.32, 0.24 * streak, level)  # kerb
    tube = (np.abs(np.abs(x) - 2.3) < 0.11) & (np.abs((y - 5) / 9 - np.round((y - 5) / 9)) < 0.15)
    ceiling = normals[:, 2] < -0.5
    level = np.where(ceiling, 0.17 + 0.06 * noise(x * 2, y * 0.6, 34), level)
    level = np.where(side | ceiling, level, 0.03)
    own = np.where((ceiling & tube)[:, None], 3.2, 0.0) * np.ones((1, 3))
    return grey(level, (0.98, 1.0, 0.97)), own.astype(np.float32)


def _road(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    x, y = points[:, 0], points[:, 1]
    edge = np.abs(np.abs(x) - 4.4) < 0.08
    dash = (np.abs(x) < 0.08) & ((y % 6) < 3)
    kerb = np.abs(x) > 4.75
    wear = 0.45 + 0.4 * noise(x * 3, y * 3, 35)
    albedo = np.where((edge | dash)[:, None], grey(wear, (1, 0.98, 0.9)), albedo)
    return np.where(kerb[:, None], albedo * 1.6, albedo).astype(np.float32), own


def _lined(light: Light) -> Material:
    """The walls, and at the far end the light of the open road."""

    def material(points: Array, normals: Array) -> tuple[Array, Array]:
        albedo, own = _walls(points, normals)
        end = (np.abs(normals[:, 1]) > 0.5) & (points[:, 1] > END_M / 2)
        up = np.clip(points[:, 2] / HEIGHT_M, 0, 1)[:, None]
        outside = np.array(light.horizon) * (0.35 + 0.65 * up) * 1.3
        return albedo, np.where(end[:, None], outside, own).astype(np.float32)

    return material


def _world(light: Light) -> World:
    walls = _lined(light)
    tunnel = Box((-HALF_WIDTH_M, -8, -3), (HALF_WIDTH_M, END_M, HEIGHT_M), walls, hollow=True)
    lamps = [
        Lamp((x, y, HEIGHT_M - 0.1), (1.0, 0.99, 0.92), 5.0) for y in LAMPS_Y for x in (-2.3, 2.3)
    ]
    for y in (END_M - 3, END_M - 12, -4.0):  # what falls in from both ends
        lamps.append(Lamp((0.0, y, HEIGHT_M - 0.6), light.horizon, 9.0))
    return World(_road, [tunnel], lamps, light, fog_m=70, ambient=(0.06, 0.06, 0.058),
                 fog=(0.05, 0.05, 0.048), open_sky=False, own_lamps=1.0)  # fmt: skip


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    view = View(width, height, (1.3, 0.0, 3.9), pitch_deg=13.5, yaw_deg=-6, fov_deg=66)
    lit = replace(light, objects=_INSIDE, headlights=True, lamps=1.0, sun=(0.0, 0.0, 0.0))
    world, rays = _world(lit), view.rays().reshape(-1, 3)
    origin = np.broadcast_to(np.array(view.position, np.float32), rays.shape)
    colours, distance = world.cast(origin, rays)
    points = origin + rays * distance[:, None]
    level_m = max(depth_m, 0.0)
    reach = (level_m - view.position[2]) / np.minimum(rays[:, 2], -1e-4)
    on_water = (rays[:, 2] < -1e-3) & (points[:, 2] < level_m + 0.004)
    surface = origin + rays * reach[:, None]
    mirrored = rays * np.array([1, 1, -1], np.float32)
    reflected = np.zeros_like(colours)
    seen = np.flatnonzero(on_water)
    reflected[seen], _ = world.cast(surface[seen], mirrored[seen], ground=False)
    film = 1.0 if depth_m or light.wet > 0.5 else 0.35
    lens = vignette(view)
    strength = (_strength(surface, rays, on_water, depth_m) * film).reshape(height, width) * lens
    sunk = np.clip(level_m - points[:, 2], 0, 1)[:, None]
    murk = np.array([0.065, 0.06, 0.048], np.float32)
    clear = np.exp(-sunk * 7.5)
    colours = np.where(on_water[:, None], colours * clear + murk * (1 - clear), colours)
    background = (tone(colours, view, light.grain) * lens[..., None]).astype(np.uint8)
    background[..., 3] = 255
    _draw_ruler(wrap(background).getCanvas(), view, level_m)
    still = tone(reflected, view, 0.0)
    _draw_ruler(wrap(still).getCanvas(), view, level_m, mirror_z=level_m)
    waves = (0.5 + min(depth_m, 0.3) * 24) * width / 640
    rough = (5.0 if depth_m < 0.02 else 1.2) * width / 640
    return Stage(view, background, Surface(level_m, strength, still, rough, waves), lit,
                 _Actors(view, lit, depth_m).draw, roof=True)  # fmt: skip


def _strength(surface: Array, rays: Array, on_water: NDArray[np.bool_], depth_m: float) -> Array:
    """Share of mirrored light (Schlick); wet road where there is no standing water."""
    mirror = 0.04 + 0.96 * (1 - np.clip(-rays[:, 2], 0, 1)) ** 3.2
    x, y = surface[:, 0], surface[:, 1]
    hollow = 1.2 * noise(x * 0.45 + 9, y * 0.2, 36) - 0.35  # the road is not quite even
    cover = np.clip(hollow + depth_m * 9, 0.10, 1.0)
    return np.where(on_water, mirror * (0.30 + 0.70 * cover), 0).astype(np.float32)


def _draw_ruler(
    canvas: skia.Canvas, view: View, level_m: float, mirror_z: float | None = None
) -> None:
    """A metre of water ruler: a mark each 5 cm, figures in centimetres each 20 cm."""
    x, y = RULER_M
    up = 1.0 if mirror_z is None else -1.0
    foot = 0.0 if mirror_z is None else 2 * mirror_z
    canvas.save()
    canvas.concat(view.plane((x, y, foot), (1, 0, 0), (0, 0, up)))
    if mirror_z is None:
        canvas.clipRect(skia.Rect.MakeLTRB(-1, level_m, 2, 3))
    _paint_ruler(canvas)
    canvas.restore()


def _paint_ruler(canvas: skia.Canvas) -> None:
    board = skia.Paint(Color=skia.Color(206, 206, 196), AntiAlias=True)
    ink = skia.Paint(Color=skia.Color(24, 26, 30), AntiAlias=True)
    red = skia.Paint(Color=skia.Color(190, 44, 36), AntiAlias=True)
    canvas.drawRect(skia.Rect.MakeLTRB(0, 0, 0.52, 1.06), board)
    typeface = skia.FontMgr().matchFamilyStyle("Noto Sans CJK SC", skia.FontStyle.Bold())
    font = skia.Font(typeface, 190)  # drawn at a thousandth: tiny sizes round the advance
    for mark in range(5, 105, 5):
        z, half = mark / 100, 0.013 if mark % 10 == 0 else 0.008
        length = 0.17 if mark % 10 == 0 else 0.10
        paint = red if mark == 50 else ink
        canvas.drawRect(skia.Rect.MakeLTRB(0, z - half, length, z + half), paint)
    for mark in range(20, 101, 20):
        canvas.save()
        canvas.translate(0.19, mark / 100 - 0.07)
        canvas.scale(0.001, -0.001)
        canvas.drawString(str(mark), 0, 0, font, red if mark > 50 else ink)
        canvas.restore()


class _Actors:
    """Traffic while the road can be driven; then a stranded car; leaves on the water."""

    def __init__(self, view: View, light: Light, depth_m: float) -> None:
        self._view, self._light, self._depth_m = view, light, depth_m
        random = np.random.default_rng(41)
        self._leaves = [
            (random.uniform(-4.2, 4.2), random.uniform(5.5, 24), random.uniform(0, 1),
             random.uniform(0.06, 0.16))
            for _ in range(34 if depth_m >= 0.15 else 0)
        ]  # fmt: skip

    def draw(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        if mirror_z is not None:
            self._lamp_glows(canvas, mirror_z)
        else:
            self._draw_leaves(canvas, share)
        cars = sorted(self._vehicles(share), key=lambda car: -car.y)
        for car in cars:
            wading = replace(car, water_z=self._depth_m)
            draw_vehicle(canvas, self._view, wading, self._light, mirror_z)

    def _lamp_glows(self, canvas: skia.Canvas, mirror_z: float) -> None:
        for y in LAMPS_Y:
            for x in (-2.3, 2.3):
                place = (x, y, 2 * mirror_z - HEIGHT_M)
                glow(canvas, self._view, place, (255, 252, 236), 0.7, 0.5)

    def _vehicles(self, share: float) -> list[Vehicle]:
        depth = self._depth_m
        if depth < 0.1:
            away = [(0.0, (196, 198, 200), SALOON), (0.37, (120, 24, 22), SALOON),
                    (0.68, (90, 96, 104), VAN)]  # fmt: skip
            near = [(0.15, (52, 60, 76), SALOON), (0.62, (188, 186, 180), VAN)]
            return [_passing(share + p, c, s, 2.2, 0) for p, c, s in away] + [
                _passing(share + p, c, s, -2.2, 180) for p, c, s in near]  # fmt: skip
        if depth < 0.2:
            return [_passing(share, (196, 198, 200), SALOON, 2.2, 0),
                    _passing(share + 0.5, (52, 60, 76), VAN, -2.2, 180)]  # fmt: skip
        blink = int(share * 16) % 2 == 0
        bob = 0.02 * float(np.sin(share * 2 * np.pi * 4)) if depth >= 0.4 else 0.0
        lift = max(0.0, depth - 0.42) * 0.8
        stranded = Vehicle(SALOON, (196, 198, 200), -1.6, 17.0, 187, lift + bob, depth < 0.5,
                           hazard=blink)  # fmt: skip
        second = Vehicle(VAN, (120, 26, 24), 2.5, 30.0, 2, 0.0, depth < 0.5, True, blink)
        return [stranded, second] if depth < 0.5 else [stranded]

    def _draw_leaves(self, canvas: skia.Canvas, share: float) -> None:
        view = self._view
        for x, y, phase, size in self._leaves:
            turn = 2 * np.pi * (share + phase)
            px, py, scale = view.locate(
                x + 0.25 * float(np.cos(turn)), y + 0.6 * float(np.sin(turn)), self._depth_m
            )
            tint = skia.Color(96, 84, 44) if size < 0.11 else skia.Color(120, 116, 104)
            paint = skia.Paint(Color=tint, AntiAlias=True)
            oval = skia.Rect.MakeXYWH(px, py, size * scale * 1.6, size * scale * 0.5)
            canvas.drawOval(oval, paint)


def _passing(
    share: float, colour: tuple[int, int, int], shape: Shape, x: float, heading: int
) -> Vehicle:
    """Drives the length of the tunnel once per loop."""
    way = share % 1.0
    y = -6 + way * 80 if heading == 0 else 74 - way * 80
    presence = float(np.clip((66 - y) / 16, 0, 1))
    return Vehicle(shape, colour, x, y, heading, presence=presence)
