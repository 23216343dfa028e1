"""The part of a scene that stands still, as pixels, with its reflection and its depths."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.stage import Bytes, Draw, Stage, Surface, wrap
from desktop.standin.video.scenes.world import World, noise, tone

_GROUND_M = 0.02
_UP = np.array([0.0, 0.0, 1.0], np.float32)
_DRAWN = 26  # bytes of difference; a faint shadow or glow is less
_GRASS = 1.2  # green over red from which on the ground is no road


@dataclass(frozen=True)
class Still:
    """`background` is height x width x 4; `points` are what its pixels show, in metres."""

    view: View
    background: Bytes
    surface: Surface
    points: Array
    bare: Bytes  # the background before anything was drawn on it

    @property
    def canvas(self) -> skia.Canvas:
        """Draws on the background."""
        return wrap(self.background).getCanvas()

    def stage(self, light: Light, draw: Draw) -> Stage:
        """What is drawn on the background by now does not shine like the ground behind it."""
        changed = np.abs(self.background.astype(np.int16) - self.bare)[..., :3].max(axis=2)
        self.surface.strength[changed > _DRAWN] *= 0.12
        return Stage(self.view, self.background, self.surface, light, draw)

    def front(self, where: Callable[[Array, Array, Array], NDArray[np.bool_]]) -> "Front":
        """What stands above the ground where `where(x, y, z)` holds, to be laid over actors."""
        x, y, z = self.points[..., 0], self.points[..., 1], self.points[..., 2]
        chosen = where(x, y, z) & (z > _GROUND_M)
        rows, columns = np.flatnonzero(chosen.any(axis=1)), np.flatnonzero(chosen.any(axis=0))
        if not rows.size:
            return Front(None, 0, 0)
        part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        pixels = np.ascontiguousarray(self.background[part])
        pixels[~chosen[part]] = 0
        image = skia.Image.fromarray(
            pixels, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType, copy=True
        )
        return Front(image, int(columns[0]), int(rows[0]))


@dataclass(frozen=True)
class Front:
    """A piece of the background with its place in the picture."""

    image: skia.Image | None
    left: int
    top: int

    def draw(self, canvas: skia.Canvas) -> None:
        if self.image is not None:
            canvas.drawImage(self.image, self.left, self.top)


def dry(points: Array) -> Array:
    """Ground that never shines."""
    return np.zeros(len(points), np.float32)


def puddles(points: Array) -> Array:
    """Wet road: a film everywhere, standing water in hollows."""
    hollow = noise(points[:, 0] * 0.28 + 3, points[:, 1] * 0.16, 51)
    return (0.42 + 0.58 * np.clip((hollow - 0.45) * 5, 0, 1)).astype(np.float32)


def bare(canvas: skia.Canvas) -> None:
    """Ground without markings."""


def still_scene(
    view: View,
    world: World,
    paint_ground: Callable[[skia.Canvas], None] = bare,
    wetness: Callable[[Array], Array] = puddles,
    roughness_px: float = 7.0,
    waves_px: float = 2.0,
    is_water: bool = False,
) -> Still:
    """Casts the world once, with its reflection in the plane z = 0.

    `paint_ground` draws white markings in metres (x, y); `wetness` gives 0 to 1 at ground
    points, as far as the light's weather wets them; water shines in any weather. `roughness_px`
    and `waves_px` are for a picture of 640 columns.
    """
    light = world.light
    rays = view.rays().reshape(-1, 3)
    origin = np.broadcast_to(np.array(view.position, np.float32), rays.shape)
    colours, distance = world.cast(origin, rays)
    points = origin + rays * distance[:, None]
    on_ground = (np.abs(points[:, 2]) < _GROUND_M) & (distance < 2000)
    _paint(colours, on_ground, _markings(view, paint_ground).ravel(), light)
    strength, reflected = np.zeros(len(rays), np.float32), np.zeros_like(colours)
    if is_water or light.wet > 0.02:
        seen = np.flatnonzero(on_ground)
        strength[seen], reflected[seen] = _shine(world, points[seen], rays[seen], wetness, is_water)
        # a mirror takes from the ground's own light what it gives
        colours[seen] *= 1 - 0.6 * strength[seen, None] * (0.2 + 0.8 * light.has_sun)
    shade = vignette(view)
    background = (tone(colours, view, light.grain) * shade[..., None]).astype(np.uint8)
    background[..., 3] = 255
    scale = view.width / 640
    grown = strength.reshape(view.height, view.width) * shade
    surface = Surface(0.0, grown, tone(reflected, view, 0.0), roughness_px * scale,
                      waves_px * scale)  # fmt: skip
    grid = points.reshape(view.height, view.width, 3).astype(np.float32)
    return Still(view, background, surface, grid, background.copy())


def _shine(
    world: World, points: Array, rays: Array, wetness: Callable[[Array], Array], is_water: bool
) -> tuple[Array, Array]:
    """How strongly ground points mirror (Schlick), and the light that they mirror."""
    mirrored = rays * np.array([1, 1, -1], np.float32)
    reflected, _ = world.cast(points, mirrored, ground=False)
    mirror = 0.05 + 0.95 * (1 - np.clip(-rays[:, 2], 0, 1)) ** 3.0
    albedo, _ = world.ground(points, np.broadcast_to(_UP, points.shape))
    rough = (albedo[:, 1] > _GRASS * albedo[:, 0]) & (not is_water)
    wet = 1.0 if is_water else world.light.wet
    return mirror * wetness(points) * wet * np.where(rough, 0.12, 1.0), reflected


def _paint(colours: Array, on_ground: NDArray[np.bool_], amount: Array, light: Light) -> None:
    """White paint on the road: brighter than the asphalt by what it throws back."""
    gain = 1 + (2.1 if light.has_sun else 1.7) * np.where(on_ground, amount, 0)
    colours *= gain[:, None]


def _markings(view: View, paint_ground: Callable[[skia.Canvas], None]) -> Array:
    samples = np.zeros((view.height, view.width), np.uint8)
    info = skia.ImageInfo.Make(
        view.width, view.height, skia.kGray_8_ColorType, skia.kOpaque_AlphaType
    )
    canvas = skia.Surface.MakeRasterDirect(info, samples, view.width).getCanvas()
    canvas.concat(view.plane((0, 0, 0), (1, 0, 0), (0, 1, 0)))
    paint_ground(canvas)
    worn = noise(*np.meshgrid(np.arange(view.width) / 5.0, np.arange(view.height) / 3.0), 52)
    return (samples / 255 * (0.55 + 0.45 * worn)).astype(np.float32)


def vignette(view: View) -> Array:
    """What the lens lets through, height x width: 1 in the middle."""
    y, x = np.mgrid[-1 : 1 : view.height * 1j, -1 : 1 : view.width * 1j]
    return (1 - 0.34 * np.clip((x * x + y * y) / 2, 0, 1) ** 1.3).astype(np.float32)
