"""The camera of a scene: world metres to pixels and back.

World: x to the right, y away from the camera, z up, metres. The camera looks along +y,
turned by `yaw_deg` to the right and `pitch_deg` downwards.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
_NEAR_M = 0.4


@dataclass(frozen=True)
class View:
    width: int
    height: int
    position: tuple[float, float, float]
    pitch_deg: float
    yaw_deg: float = 0.0
    fov_deg: float = 70.0  # horizontal

    @cached_property
    def focal_px(self) -> float:
        return self.width / 2 / float(np.tan(np.radians(self.fov_deg) / 2))

    @property
    def horizon_px(self) -> int:
        """The first row below the horizon."""
        tilt = float(np.tan(np.radians(self.pitch_deg)))
        return max(0, min(self.height - 2, int(self.height / 2 - self.focal_px * tilt) + 1))

    @cached_property
    def axes(self) -> Array:
        """Rows: right, down and forward of the camera in world coordinates."""
        yaw, pitch = np.radians([self.yaw_deg, self.pitch_deg])
        forward = np.array(
            [np.sin(yaw) * np.cos(pitch), np.cos(yaw) * np.cos(pitch), -np.sin(pitch)]
        )
        right = np.array([np.cos(yaw), -np.sin(yaw), 0.0])
        return np.stack([right, np.cross(forward, right), forward]).astype(np.float32)

    def rays(self) -> Array:
        """Unit direction of each pixel, height x width x 3."""
        columns = (np.arange(self.width) + 0.5 - self.width / 2) / self.focal_px
        rows = (np.arange(self.height) + 0.5 - self.height / 2) / self.focal_px
        x, y = np.meshgrid(columns, rows)
        local = np.stack([x, y, np.ones_like(x)], axis=-1).astype(np.float32)
        local /= np.linalg.norm(local, axis=-1, keepdims=True)
        return local @ self.axes

    def project(self, points: Array) -> tuple[Array, Array]:
        """Pixels (n x 2) and depths (n) of world points (n x 3); depth may be negative."""
        local = (points - np.array(self.position, np.float32)) @ self.axes.T
        depth = local[:, 2]
        safe = np.where(np.abs(depth) < 1e-6, 1e-6, depth)
        pixels = local[:, :2] / safe[:, None] * self.focal_px
        return pixels + np.array([self.width / 2, self.height / 2], np.float32), depth

    def locate(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """Pixel of one point and pixels per metre there, which is 0 behind the camera."""
        dx, dy, dz = x - self.position[0], y - self.position[1], z - self.position[2]
        across, down, away = (row[0] * dx + row[1] * dy + row[2] * dz for row in self._rows)
        if away <= _NEAR_M:
            return 0.0, 0.0, 0.0
        scale = self.focal_px / away
        return across * scale + self.width / 2, down * scale + self.height / 2, scale

    @cached_property
    def _rows(self) -> list[list[float]]:
        return self.axes.tolist()

    def polygon(self, points: Array) -> skia.Path | None:
        """The outline of a flat polygon, cut at the near plane; None when out of sight."""
        _, depth = self.project(points)
        if (depth < _NEAR_M).any():
            points = _cut(points, depth)
            if len(points) < 3:
                return None
        pixels, _ = self.project(points)
        path = skia.PathBuilder()
        path.addPolygon([skia.Point(float(x), float(y)) for x, y in pixels], True)
        return path.detach()

    def plane(
        self,
        origin: tuple[float, float, float],
        u: tuple[float, float, float],
        v: tuple[float, float, float],
    ) -> skia.Matrix:
        """The matrix from (s, t) on the plane origin + s u + t v to pixels."""
        (rx, ry, rz), (dx, dy, dz), (fx, fy, fz) = self._rows
        focal, half_w, half_h = self.focal_px, self.width / 2, self.height / 2
        away = tuple(a - b for a, b in zip(origin, self.position, strict=True))
        rows: list[list[float]] = [[], [], []]
        for x, y, z in (u, v, away):
            right, down, far = (rx * x + ry * y + rz * z, dx * x + dy * y + dz * z,
                                fx * x + fy * y + fz * z)  # fmt: skip
            for row, value in zip(
                rows, (focal * right + half_w * far, focal * down + half_h * far, far), strict=True
            ):
                row.append(float(value))
        return skia.Matrix([*rows[0], *rows[1], *rows[2]])


def _cut(points: Array, depth: Array) -> Array:
    """Keeps the part of a polygon that lies before the near plane."""
    kept: list[Array] = []
    for i in range(len(points)):
        j = (i + 1) % len(points)
        if depth[i] >= _NEAR_M:
            kept.append(points[i])
        if (depth[i] >= _NEAR_M) != (depth[j] >= _NEAR_M):
            share = (_NEAR_M - depth[i]) / (depth[j] - depth[i])
            kept.append(points[i] + share * (points[j] - points[i]))
    return np.array(kept, np.float32).reshape(-1, 3)
