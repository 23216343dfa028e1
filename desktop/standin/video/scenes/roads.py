"""Fronts along a street, paving and moving traffic, shared by the scenes on roads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from desktop.standin.video.scenes.glow import Colour
from desktop.standin.video.scenes.optics import Array
from desktop.standin.video.scenes.vehicles import Shape, Vehicle
from desktop.standin.video.scenes.world import Box, Material, facade, grey, noise

_SIGNS = ((1.0, 0.32, 0.22), (0.3, 0.75, 1.0), (1.0, 0.78, 0.3), (0.45, 1.0, 0.6), (1, 1, 0.95))


def shops(seed: int, wall: tuple[float, float, float] = (0.42, 0.40, 0.37)) -> Material:
    """Windows of shops below, signs above them, flats on top."""
    flats = facade(seed, wall, 0.26)

    def material(points: Array, normals: Array) -> tuple[Array, Array]:
        albedo, own = flats(points, normals)
        along = np.where(np.abs(normals[:, 0]) > 0.5, points[:, 1], points[:, 0])
        z, unit = points[:, 2], np.floor(along / 6.0)
        within = np.abs(along / 6.0 - unit - 0.5)
        chance = noise(unit * 7.3, unit * 3.1 + seed, seed + 60)
        glass = (z < 2.9) & (z > 0.4) & (within < 0.42)
        sign = (z > 3.15) & (z < 3.95) & (within < 0.40)
        tint = np.array(_SIGNS, np.float32)[(unit * 3 + seed).astype(int) % len(_SIGNS)]
        shelf = 0.45 + 0.4 * noise(along * 3, z * 3, seed + 61)
        open_ = chance > 0.35
        own = np.where((glass & open_)[:, None], grey(shelf * 0.85, (1, 0.9, 0.72)), own)
        letters = 0.25 + 0.75 * (noise(along * 5, z * 5, seed + 62) > 0.52)
        own = np.where((sign & open_)[:, None], tint * letters[:, None] * 0.8, own)
        low = (z < 4.2) & ~sign
        pane = np.where(glass, 0.09 + 0.10 * shelf, 0.20)
        albedo = np.where(low[:, None], grey(pane, (0.95, 1.0, 1.05)), albedo)
        albedo = np.where(sign[:, None], tint * (0.15 + 0.4 * letters[:, None]), albedo)
        return albedo.astype(np.float32), own.astype(np.float32)

    return material


def fronts(
    seed: int, edge_m: float, count: int, high: tuple[float, float] = (12, 46), start_m: float = -6
) -> list[Box]:
    """Rows of houses on both sides of a street along y; `edge_m` from its middle."""
    random = np.random.default_rng(seed)
    boxes: list[Box] = []
    for side in (-1, 1):
        y = start_m
        for number in range(count):
            deep, up = random.uniform(16, 28), random.uniform(*high)
            near = edge_m + random.uniform(0, 1.5)
            level = random.uniform(0.30, 0.52)
            wall = (level, level * random.uniform(0.9, 1.0), level * random.uniform(0.8, 0.98))
            low, top = (near, y, 0.0), (near + 22, y + deep, up)
            if side < 0:
                low, top = (-near - 22, y, 0.0), (-near, y + deep, up)
            boxes.append(Box(low, top, shops(number * 2 + (side > 0) + seed, wall)))
            y += deep + random.uniform(1, 5)
    return boxes


def skyline(seed: int, y: float, xs: Sequence[float], high: tuple[float, float]) -> list[Box]:
    """Towers in the distance."""
    random = np.random.default_rng(seed)
    boxes = []
    for number, x in enumerate(xs):
        level = random.uniform(0.26, 0.4)
        tower = facade(seed + number, (level, level, level * 1.06), 0.22, (3.6, 3.6))
        wide = random.uniform(11, 18)
        boxes.append(Box((x, y + random.uniform(0, 20), 0), (x + wide, y + 40,
                         random.uniform(*high)), tower))  # fmt: skip
    return boxes


def slabs(x: Array, y: Array, per_m: float, level: float, seed: int) -> Array:
    """Levels of square paving with joints."""
    u, v = x * per_m, y * per_m
    seam = (np.abs(u - np.round(u)) < 0.035) | (np.abs(v - np.round(v)) < 0.035)
    shade = level + 0.07 * noise(np.floor(u) * 3.3, np.floor(v) * 4.7, seed)
    shade = shade * (0.9 + 0.2 * noise(x * 0.4, y * 0.4, seed + 1))
    return np.where(seam, shade * 0.75, shade).astype(np.float32)


def lawn(points: Array, seed: int = 94) -> Array:
    """Grass as n x 3 colours."""
    x, y = points[:, 0], points[:, 1]
    level = 0.45 + 0.55 * noise(x * 0.5, y * 0.5, seed) * (
        0.6 + 0.4 * noise(x * 7, y * 7, seed + 1)
    )
    return grey(level, (0.17, 0.26, 0.10))


@dataclass(frozen=True)
class Course:
    """One vehicle that runs the whole road once per loop: x of its lane, start in the loop."""

    x: float
    start: float
    colour: Colour
    shape: Shape


@dataclass(frozen=True)
class Road:
    """From `near` to `far` (metres); lanes with positive x lead away from us."""

    near: float
    far: float
    fade_m: float = 25.0

    def at(self, course: Course, share: float) -> Vehicle:
        way, long = (share + course.start) % 1.0, self.far - self.near
        y = self.near + way * long if course.x > 0 else self.far - way * long
        presence = float(np.clip((self.far - 8 - y) / self.fade_m, 0, 1))
        return Vehicle(course.shape, course.colour, course.x, y, 0 if course.x > 0 else 180,
                       presence=presence)  # fmt: skip


def parked(shape: Shape, colour: Colour, x: float, y: float, heading_deg: float) -> Vehicle:
    """A vehicle without a driver."""
    return replace(Vehicle(shape, colour, x, y, heading_deg), lights=False)
