"""Light in the air and on the ground, added to what is there."""

import math

import skia

from desktop.standin.video.scenes.optics import Array, View

Colour = tuple[int, int, int]
Point = tuple[float, float, float]

WARM: Colour = (255, 214, 150)


def glow(
    canvas: skia.Canvas, view: View, place: Point, colour: Colour, radius_m: float, power: float
) -> None:
    """Light scattered around a lamp by rain and lens; added to what is there."""
    x, y, scale = view.locate(*place)
    if scale <= 0 or power <= 0:
        return
    radius = min(radius_m * scale + view.width / 160, view.width / 5)
    inner = skia.Color(*colour, min(255, int(190 * power)))
    middle = skia.Color(*colour, min(255, int(48 * power)))
    shader = skia.GradientShader.MakeRadial(
        (x, y), radius, [inner, middle, skia.Color(*colour, 0)], [0.0, 0.28, 1.0]
    )
    canvas.drawCircle(x, y, radius, skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kPlus))


def pool(
    canvas: skia.Canvas, view: View, centre: Point, heading_deg: float, across_m: float,
    along_m: float, colour: Colour, power: float,
) -> None:  # fmt: skip
    """A soft patch of light on the ground."""
    _patch(canvas, view, centre, heading_deg, across_m, along_m,
           skia.Color(*colour, int(255 * power)), skia.Color(*colour, 0),
           skia.BlendMode.kPlus, 0.0)  # fmt: skip


def shade(
    canvas: skia.Canvas, view: View, centre: Point, heading_deg: float, across_m: float,
    along_m: float, power: float, core: float = 0.35,
) -> None:  # fmt: skip
    """A soft patch of shadow; `core` is the share of its radius that is fully dark."""
    _patch(canvas, view, centre, heading_deg, across_m, along_m,
           skia.Color(6, 8, 12, int(255 * power)), skia.Color(6, 8, 12, 0),
           skia.BlendMode.kSrcOver, core)  # fmt: skip


def _patch(
    canvas: skia.Canvas, view: View, centre: Point, heading_deg: float, across_m: float,
    along_m: float, inner: int, outer: int, mode: skia.BlendMode, core: float,
) -> None:  # fmt: skip
    angle = math.radians(heading_deg)
    sine, cosine = math.sin(angle), math.cos(angle)
    u = (cosine * across_m, -sine * across_m, 0.0)
    v = (sine * along_m, cosine * along_m, 0.0)
    for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x, y = centre[0] + u[0] * s + v[0] * t, centre[1] + u[1] * s + v[1] * t
        if not view.locate(x, y, centre[2])[2]:
            return
    shader = skia.GradientShader.MakeRadial((0, 0), 1.0, [inner, inner, outer], [0.0, core, 1.0])
    canvas.save()
    canvas.concat(view.plane(centre, u, v))
    canvas.drawCircle(0, 0, 1.0, skia.Paint(Shader=shader, BlendMode=mode, AntiAlias=True))
    canvas.restore()


def outline(pixels: Array) -> skia.Path:
    path = skia.PathBuilder()
    path.addPolygon([skia.Point(x, y) for x, y in pixels.tolist()], True)
    return path.detach()
