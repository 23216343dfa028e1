"""Puts one picture together: still background, moving things, their wet reflection, rain."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View

Bytes = NDArray[np.uint8]
_TEXTURE = 256  # texels on a side of the ripple texture; it repeats


@dataclass(frozen=True)
class Surface:
    """The reflecting plane: where it is seen, how strongly, how restless it is."""

    z_m: float
    strength: Array  # height x width, 0 to 1
    reflected: Bytes  # what stands still, as mirrored: height x width x 4
    roughness_px: float  # fixed scatter of wet asphalt
    waves_px: float  # moving ripples
    texture_m: float = 5.0
    drift: tuple[int, int] = (1, 2)  # textures per loop


# Draws what moves at `share` of the loop (0 to 1); `mirror_z` is None for the things
# themselves and the plane's height for their reflection.
Draw = Callable[[skia.Canvas, float, float | None], None]


class Stage:
    """Draws pictures of one scene one after the other, into the same memory.

    `background` is what stands still; without a surface nothing is mirrored. `roof` keeps the
    rain out.
    """

    def __init__(
        self, view: View, background: Bytes, surface: Surface | None, light: Light, draw: Draw,
        roof: bool = False,
    ) -> None:  # fmt: skip
        self.view = view
        self._background, self._draw = background, draw
        self._picture = np.empty_like(background)
        self._canvas = wrap(self._picture).getCanvas()
        shiny = surface is not None and bool((surface.strength > 0.02).any())
        self._mirror = _Mirror(view, surface) if surface is not None and shiny else None
        self._density = 0.0 if roof else light.rain
        self._rain = Rain(view)

    def picture(self, share: float) -> Bytes:
        """Height x width x 4 at `share` of the loop (0 to 1); valid until the next call."""
        self._picture[:] = self._background
        if self._mirror is not None:
            self._mirror.add(self._picture, self._draw, share)
        self._draw(self._canvas, share, None)
        if self._density:
            self._rain.draw(self._canvas, share, self._density)
        return self._picture


class _Mirror:
    """What the wet ground or the water adds to a picture."""

    def __init__(self, view: View, surface: Surface) -> None:
        self._surface, self._top = surface, view.horizon_px
        self._mirror = np.empty_like(surface.reflected)
        self._canvas = wrap(self._mirror).getCanvas()
        self._scattered = np.empty_like(surface.reflected[self._top :])
        strength = np.clip(surface.strength, 0, 1)[self._top :]
        self._strength = np.repeat((strength * 255).astype(np.uint16)[..., None], 4, axis=2)
        self._strength[..., 3] = 0
        self._product = np.empty_like(self._strength)
        self._scatter = _Scatter(view, surface, self._top)

    def add(self, picture: Bytes, draw: Draw, share: float) -> None:
        """Adds what is mirrored, weakened by the strength; light saturates at white."""
        self._mirror[:] = self._surface.reflected
        draw(self._canvas, share, self._surface.z_m)
        self._scatter.apply(self._mirror, share, self._scattered)
        below = picture[self._top :]
        np.multiply(self._scattered, self._strength, out=self._product)
        self._product >>= 8
        np.minimum(self._product, 255 - below, out=self._product)
        np.add(below, self._product, out=below, casting="unsafe")


class _Scatter:
    """Moves reflected pixels about: fixed roughness and waves that come back each loop."""

    def __init__(self, view: View, surface: Surface, top: int) -> None:
        self._surface, self._width = surface, view.width
        rows, columns = view.height - top, view.width
        rays = view.rays()[top:].reshape(-1, 3)
        reach = (surface.z_m - view.position[2]) / np.minimum(rays[:, 2], -1e-3)
        x = view.position[0] + rays[:, 0] * reach
        y = view.position[1] + rays[:, 1] * reach
        texel = _TEXTURE / surface.texture_m
        u = (x * texel).astype(np.int32) % _TEXTURE
        v = (y * texel * 0.6).astype(np.int32) % _TEXTURE
        self._texels = v * _TEXTURE + u
        nearness = np.repeat(np.linspace(0.25, 1.0, rows), columns)
        self._amount = (surface.waves_px * nearness * 16).astype(np.int32)
        rough = np.random.default_rng(3).normal(0, 1, (rows, columns // 2)).repeat(2, axis=1)
        shift = (rough.ravel() * surface.roughness_px * nearness).astype(np.int32)
        self._base = np.arange(top * columns, view.height * columns) + shift * columns
        self._one, self._two = _waves(11), _waves(12)

    def apply(self, mirror: Bytes, share: float, out: Bytes) -> None:
        across, along = (round(_TEXTURE * share * k) for k in self._surface.drift)
        one = np.roll(self._one, (along, across), (0, 1))
        texture = one + np.roll(self._two, (-along, across), (0, 1))
        lift = texture.ravel().take(self._texels)
        shift = (lift * self._amount) >> 10
        index = self._base + shift * self._width + (shift >> 2)
        source = mirror.view(np.uint32).ravel()
        np.take(source, index, mode="clip", out=out.view(np.uint32).reshape(-1))


def _waves(seed: int) -> NDArray[np.int32]:
    """A heap of waves that fits to itself at the borders; values about -64 to 64."""
    random = np.random.default_rng(seed)
    grid = np.arange(_TEXTURE) * (2 * np.pi / _TEXTURE)
    heap = np.zeros((_TEXTURE, _TEXTURE))
    for _ in range(24):
        across, along = random.integers(-9, 10), random.integers(2, 16)
        phase = random.uniform(0, 2 * np.pi)
        heap += np.sin(grid[None] * across + grid[:, None] * along + phase) / np.sqrt(along)
    return (heap / np.abs(heap).max() * 64).astype(np.int32)


class Rain:
    """Streaks that fall a whole number of times per loop."""

    def __init__(self, view: View) -> None:
        random = np.random.default_rng(21)
        self._view = view
        count = 260
        self._x = random.uniform(-0.1, 1.1, count) * view.width
        self._start = random.uniform(0, 1, count)
        self._near = random.uniform(0.25, 1.0, count) ** 2
        self._falls = np.round(8 + 14 * self._near)

    def draw(self, canvas: skia.Canvas, share: float, density: float) -> None:
        view = self._view
        length = (0.025 + 0.06 * self._near) * view.height
        y = ((self._start + share * self._falls) % 1) * (view.height * 1.2) - view.height * 0.1
        x = self._x - y * 0.13
        for low, high, alpha in ((0.0, 0.3, 26), (0.3, 0.7, 38), (0.7, 1.01, 52)):
            chosen = np.flatnonzero((self._near >= low) & (self._near < high))
            chosen = chosen[: int(len(chosen) * density)]
            points = [
                skia.Point(float(px), float(py))
                for i in chosen
                for px, py in ((x[i], y[i]), (x[i] - length[i] * 0.13, y[i] + length[i]))
            ]
            paint = skia.Paint(
                Color=skia.Color(205, 212, 222, alpha), AntiAlias=True,
                StrokeWidth=max(0.7, view.width / 960 * (0.5 + high * 0.7)),
            )  # fmt: skip
            canvas.drawPoints(skia.Canvas.PointMode.kLines_PointMode, points, paint)


def wrap(pixels: Bytes) -> skia.Surface:
    """A surface that draws into the samples themselves."""
    height, width, _ = pixels.shape
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Surface.MakeRasterDirect(info, pixels, width * 4)
