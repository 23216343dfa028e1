"""Things that are drawn once and then shown at any size."""

import numpy as np
import skia

from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.outdoors import paint_tree
from desktop.standin.video.scenes.stage import wrap

_PX_M = 56


def tree_sprite(light: Light, seed: int) -> skia.Image:
    """A tree of 5.2 x 7.6 m, its foot at the middle of the lower edge."""
    wide, high = int(5.2 * _PX_M), int(7.6 * _PX_M)
    pixels = np.zeros((high, wide, 4), np.uint8)
    canvas = wrap(pixels).getCanvas()
    canvas.translate(wide / 2, high)
    canvas.scale(_PX_M, -_PX_M)
    paint_tree(canvas, np.random.default_rng(seed), light, 1.0)
    image = skia.Image.fromarray(
        pixels, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType, copy=True
    )
    return image.withDefaultMipmaps()


def crown_sprite(light: Light, seed: int) -> skia.Image:
    """A tree from above, with the shadow that it casts."""
    size = 128
    pixels = np.zeros((size, size, 4), np.uint8)
    canvas = wrap(pixels).getCanvas()
    random = np.random.default_rng(seed)
    if light.has_sun:
        dark = skia.Paint(Color=skia.Color(8, 12, 8, 110), AntiAlias=True)
        canvas.drawCircle(size * 0.62, size * 0.42, size * 0.33, dark)
    for number in range(420):
        part = number / 420
        angle, reach = random.uniform(0, 2 * np.pi), (1 - part) ** 0.6 * size * 0.33
        x, y = size * 0.47 + reach * np.cos(angle), size * 0.52 + reach * np.sin(angle)
        lit = 0.45 + 0.5 * part - 0.3 * reach * np.cos(angle) / (size * 0.33)
        level = float(np.clip(lit * random.uniform(0.75, 1.2), 0.2, 1.1))
        tint = light.tint((int(70 + 30 * lit), int(92 + 36 * lit), int(50 + 12 * lit)),
                          level * (1.0 if light.has_sun else 0.72))  # fmt: skip
        leaf = float(random.uniform(2.0, 5.0))
        canvas.drawCircle(float(x), float(y), leaf,
                          skia.Paint(Color=skia.Color(*tint), AntiAlias=True))  # fmt: skip
    image = skia.Image.fromarray(
        pixels, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType, copy=True
    )
    return image.withDefaultMipmaps()
