"""The parts of a scene that stand still, lit and shaded per pixel by casting rays.

Colours are linear light, 1.0 about white; tone() turns them into bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.standin.video.scenes.light import Light, Vector
from desktop.standin.video.scenes.optics import Array, View

__all__ = ["Box", "Lamp", "Material", "Vector", "World"]
_FAR_M = 1e6


@dataclass(frozen=True)
class Lamp:
    """Shines downwards from a place; `power` times cosines / distance² is light."""

    place: Vector
    colour: Vector
    power: float


# albedo and own light at points with normals; both are n x 3
Material = Callable[[Array, Array], tuple[Array, Array]]


@dataclass(frozen=True)
class Box:
    """Seen from outside, or from inside when `hollow`."""

    low: Vector
    high: Vector
    material: Material
    hollow: bool = False


@dataclass
class World:
    """What stands still under a light; `lamps` are as bright as at night."""

    ground: Material
    boxes: list[Box]
    lamps: list[Lamp]
    light: Light
    fog_m: float = 120.0
    ground_z_m: float = 0.0
    ambient: Vector | None = None  # in place of the light's own, below a roof
    fog: Vector | None = None
    open_sky: bool = True
    own_lamps: float | None = None  # lamps that burn at all hours: their power

    def cast(self, origins: Array, rays: Array, ground: bool = True) -> tuple[Array, Array]:
        """Light (n x 3) and distance (n) along each ray; beyond everything is sky."""
        distance = np.full(len(rays), _FAR_M, np.float32)
        which = np.full(len(rays), -1, np.int16)
        if ground:
            down = rays[:, 2] < -1e-4
            reach = (self.ground_z_m - origins[down, 2]) / rays[down, 2]
            distance[down], which[down] = reach, 0
        normals = np.zeros_like(rays)
        normals[:, 2] = 1.0
        starts, inverse = _for_slabs(origins, rays)
        for index, box in enumerate(self.boxes, start=1):
            _meet(box, starts, inverse, distance, which, normals, index)
        backdrop = self.sky(rays)
        light = backdrop.copy()
        points = origins + rays * distance[:, None]
        for index in range(len(self.boxes) + 1):
            hit = np.flatnonzero(which == index)
            if hit.size:
                material = self.boxes[index - 1].material if index else self.ground
                light[hit] = self.shade(material, points[hit], normals[hit])
        reach_m = self.fog_m * self.light.sight
        haze = np.exp(-np.minimum(distance, 4000) / reach_m)[:, None].astype(np.float32)
        haze[which < 0] = 1.0
        veil = np.array(self.fog or self.light.horizon, np.float32)
        return light * haze + veil * (1 - haze), distance

    def sky(self, rays: Array) -> Array:
        """Brighter at the horizon; clouds on a plane high above."""
        if not self.open_sky:
            return np.broadcast_to(np.array(self.fog, np.float32), rays.shape)
        light, up = self.light, np.clip(rays[:, 2], 0, 1)
        rise = np.clip(1 - up * 2.4, 0, 1)[:, None] ** 1.5
        clear = np.array(light.zenith) * (1 - rise) + np.array(light.horizon) * rise
        x, y = (rays[:, axis] / (up + 0.10) for axis in (0, 1))
        heaps = [noise(x * k + k, y * k, 40 + k) / k for k in (1, 2, 4, 8)]
        heap = np.sum(heaps, axis=0) / 1.875
        cover = np.clip((heap - 0.44) * 4, 0, 1)[:, None] * light.clouds * (1 - rise * 0.7)
        lit = np.array(light.horizon) * 0.75 + np.array(light.sun) * 0.32
        shade = 0.78 + 0.3 * heap[:, None]
        return (clear * (1 - cover) + lit * shade * cover).astype(np.float32)

    def shade(self, material: Material, points: Array, normals: Array) -> Array:
        """Light that comes from the points, without haze."""
        albedo, own = material(points, normals)
        light = np.empty_like(points)
        light[:] = self.ambient or self.light.ambient
        power = self.light.lamps if self.own_lamps is None else self.own_lamps
        if self.ambient is None:  # less sky is seen from a wall than from the ground
            light *= (0.72 + 0.28 * normals[:, 2])[:, None]
        if self.light.has_sun and self.open_sky:
            light += self._sunshine(points, normals)
        for lamp in self.lamps if power else ():
            towards = np.array(lamp.place, np.float32) - points
            square = np.einsum("ij,ij->i", towards, towards) + 0.3
            facing = np.maximum(np.einsum("ij,ij->i", towards, normals), 0)
            below = np.maximum(towards[:, 2], 0) * 0.85 + 0.15 * np.sqrt(square)
            amount = power * lamp.power * facing * below / (square * square)
            light += amount[:, None] * np.array(lamp.colour, np.float32)
        return albedo * light + own * (self.light.windows if self.own_lamps is None else 1.0)

    def _sunshine(self, points: Array, normals: Array) -> Array:
        """Direct light, none where a box stands in its way."""
        sun = np.array(self.light.sun_from, np.float32)
        facing = np.maximum(normals @ sun, 0)
        seen = np.flatnonzero(facing > 0.01)
        starts, inverse = _for_slabs(
            points[seen] + normals[seen] * 0.03, np.broadcast_to(sun, (len(seen), 3))
        )
        free = np.ones(len(seen), bool)
        for box in self.boxes:
            if not box.hollow:
                enter, leave = _span(box, starts, inverse)
                free &= (leave <= enter) | (leave <= 0.0)
        facing[seen] *= free
        return facing[:, None] * np.array(self.light.sun, np.float32)


def _for_slabs(origins: Array, rays: Array) -> tuple[Array, Array]:
    """3 x n: whole rows are fast."""
    inverse = 1 / np.where(np.abs(rays.T) < 1e-7, np.float32(1e-7), rays.T)
    return np.ascontiguousarray(origins.T), inverse


def _span(box: Box, origins: Array, inverse: Array) -> tuple[Array, Array]:
    """Where each ray enters and leaves the box."""
    enter = leave = None
    for axis in range(3):
        first = (box.low[axis] - origins[axis]) * inverse[axis]
        second = (box.high[axis] - origins[axis]) * inverse[axis]
        near, far = np.minimum(first, second), np.maximum(first, second)
        enter = near if enter is None else np.maximum(enter, near)
        leave = far if leave is None else np.minimum(leave, far)
    assert enter is not None and leave is not None
    return enter, leave


def _meet(
    box: Box, origins: Array, inverse: Array, distance: Array, which: NDArray[np.int16],
    normals: Array, index: int,
) -> None:  # fmt: skip
    """Slab method; writes where this box is nearer than what was met before.

    origins and inverted rays are 3 x n here: whole rows are fast.
    """
    nears, fars = [], []
    for axis in range(3):
        first = (box.low[axis] - origins[axis]) * inverse[axis]
        second = (box.high[axis] - origins[axis]) * inverse[axis]
        nears.append(np.minimum(first, second))
        fars.append(np.maximum(first, second))
    enter = np.maximum(np.maximum(nears[0], nears[1]), nears[2])
    leave = np.minimum(np.minimum(fars[0], fars[1]), fars[2])
    reach = leave if box.hollow else enter
    hit = np.flatnonzero((leave > enter) & (reach > 1e-2) & (reach < distance))
    if not hit.size:
        return
    planes = np.stack([plane[hit] for plane in (fars if box.hollow else nears)])
    axis_hit = planes.argmin(axis=0) if box.hollow else planes.argmax(axis=0)
    distance[hit], which[hit] = reach[hit], index
    normals[hit] = 0
    normals[hit, axis_hit] = -np.sign(inverse[axis_hit, hit])


def noise(x: Array, y: Array, seed: int) -> Array:
    """Smooth value noise with a grid of 1, between 0 and 1."""
    table = np.random.default_rng(seed).random((256, 256), np.float32)
    x0, y0 = np.floor(x), np.floor(y)
    fx, fy = x - x0, y - y0
    fx, fy = fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)
    i, j = x0.astype(np.int32) & 255, y0.astype(np.int32) & 255
    i1, j1 = i + 1 & 255, j + 1 & 255
    top = table[j, i] * (1 - fx) + table[j, i1] * fx
    low = table[j1, i] * (1 - fx) + table[j1, i1] * fx
    return (top * (1 - fy) + low * fy).astype(np.float32)


def grey(level: Array, tint: Vector = (1.0, 1.0, 1.0)) -> Array:
    """n levels as n x 3 colours."""
    return (level[:, None] * np.array(tint, np.float32)).astype(np.float32)


def asphalt(points: Array, normals: Array) -> tuple[Array, Array]:
    """Worn dark road."""
    x, y = points[:, 0], points[:, 1]
    level = 0.20 + 0.10 * noise(x * 0.35, y * 0.12, 1) + 0.07 * noise(x * 6, y * 6, 2)
    return grey(level, (1.0, 0.98, 0.95)), np.zeros_like(points)


def facade(
    seed: int, wall: Vector, lit: float, pitch_m: tuple[float, float] = (3.0, 3.3)
) -> Material:
    """A front with rows of windows; the share `lit` of them is alight, each its own way."""

    def material(points: Array, normals: Array) -> tuple[Array, Array]:
        along = np.where(np.abs(normals[:, 0]) > 0.5, points[:, 1], points[:, 0]) / pitch_m[0]
        up = points[:, 2] / pitch_m[1]
        column, row = np.floor(along), np.floor(up)
        inside = ((np.abs(along - column - 0.5) < 0.33) & (np.abs(up - row - 0.52) < 0.29)
                  & (np.abs(normals[:, 2]) < 0.5))  # fmt: skip
        mixed = (column * 37 + row * 101 + seed * 17).astype(np.int64)
        chance = np.random.default_rng(seed).random(4096, np.float32)
        own_chance, kind = chance[mixed & 4095], chance[(mixed * 7 + 11) & 4095]
        own = np.where((inside & (own_chance < lit))[:, None],
                       grey(0.25 + 0.75 * kind, (1.0, 0.86, 0.62)), 0)  # fmt: skip
        dirt = 0.8 + 0.2 * noise(along * 0.7, up * 0.3, seed)
        glass = grey(0.05 + 0.09 * kind, (0.85, 1.0, 1.15))
        albedo = np.where(inside[:, None], glass, grey(dirt, wall))
        return albedo.astype(np.float32), own.astype(np.float32)

    return material


def plain(colour: Vector) -> Material:
    def material(points: Array, normals: Array) -> tuple[Array, Array]:
        level = 0.85 + 0.15 * noise(points[:, 0] * 2 + points[:, 1], points[:, 2] * 2, 5)
        return grey(level, colour), np.zeros_like(points)

    return material


def tone(light: Array, view: View, grain: float) -> NDArray[np.uint8]:
    """Film-like bytes (height x width x 4, opaque) with fixed noise of `grain` bytes."""
    noise_ = np.random.default_rng(9).normal(0, grain, light.shape[:1]).astype(np.float32)
    bytes_ = 255 * (1 - np.exp(-1.6 * light)) ** 0.72 + noise_[:, None]
    out = np.full((view.height, view.width, 4), 255, np.uint8)
    out[..., :3] = np.clip(bytes_, 0, 255).reshape(view.height, view.width, 3)
    return out
