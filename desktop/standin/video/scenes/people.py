"""People on foot: how they look, and how they come and go within a loop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import skia

from desktop.standin.video.scenes.glow import Colour, shade
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import View

_SKIN: tuple[Colour, ...] = ((206, 166, 138), (190, 148, 120), (216, 178, 152))
_HAIR: tuple[Colour, ...] = ((26, 23, 22), (34, 29, 26), (60, 54, 50))
_COATS: tuple[Colour, ...] = (
    (58, 66, 84), (120, 44, 42), (176, 172, 164), (44, 48, 52), (92, 108, 90), (196, 186, 160),
    (70, 92, 130), (140, 118, 92), (98, 74, 96), (206, 206, 204), (54, 84, 86), (164, 96, 60),
)  # fmt: skip
_TROUSERS: tuple[Colour, ...] = ((38, 40, 46), (56, 60, 72), (78, 74, 68), (30, 34, 48))
_UMBRELLAS: tuple[Colour, ...] = (
    (44, 52, 78), (120, 34, 36), (34, 36, 38), (60, 96, 88), (150, 132, 92), (96, 60, 104),
)  # fmt: skip
HIGH_VIS: Colour = (226, 118, 30)


@dataclass(frozen=True)
class Look:
    """What a person wears; heights as a share of 1.70 m."""

    coat: Colour
    trousers: Colour
    skin: Colour
    hair: Colour
    size: float
    umbrella: Colour | None = None
    helmet: Colour | None = None
    vest: bool = False
    load: Colour | None = None  # a bag in one hand


@dataclass(frozen=True)
class Figure:
    """Where somebody stands; `stride` is the phase of the step (one step = 1.0)."""

    x: float
    y: float
    stride: float
    look: Look
    presence: float = 1.0
    foot_z: float = 0.0
    turned: float = 1.0  # 1 seen from the front, about 0.6 from the side
    reach: float = 0.0  # an arm stretched out, -1 to 1


def looks(random: np.random.Generator, light: Light, worker: bool = False) -> Look:
    """A person for this weather."""
    pick = random.integers
    umbrella = _UMBRELLAS[pick(len(_UMBRELLAS))] if light.rain and random.random() < 0.8 else None
    coat = HIGH_VIS if worker else _COATS[pick(len(_COATS))]
    return Look(
        coat, _TROUSERS[pick(len(_TROUSERS))], _SKIN[pick(len(_SKIN))], _HAIR[pick(len(_HAIR))],
        float(random.uniform(0.94, 1.05)), None if worker else umbrella,
        ((228, 190, 40), (196, 60, 40), (220, 220, 216))[pick(3)] if worker else None, worker,
        _COATS[pick(len(_COATS))] if random.random() < 0.3 and not worker else None,
    )  # fmt: skip


@dataclass(frozen=True)
class Walker:
    """Walks `length_m` from a place in a direction once per loop, out of nothing and back."""

    x: float
    y: float
    way: tuple[float, float]
    length_m: float
    phase: float
    look: Look
    foot_z: float = 0.0

    def at(self, share: float) -> Figure:
        walked = (share + self.phase) % 1.0
        along = (walked - 0.5) * self.length_m
        seen = min(1.0, 22 * min(walked, 1 - walked))
        steps = round(self.length_m / 1.4)
        turned = 0.66 + 0.34 * abs(self.way[1])
        return Figure(self.x + self.way[0] * along, self.y + self.way[1] * along,
                      walked * steps, self.look, seen, self.foot_z, turned)  # fmt: skip


@dataclass(frozen=True)
class Stander:
    """Stands and moves a little: `works` stretches an arm out now and then."""

    x: float
    y: float
    phase: float
    look: Look
    works: bool = False
    foot_z: float = 0.0

    def at(self, share: float) -> Figure:
        turn = 2 * np.pi * (share * 2 + self.phase)
        reach = max(0.0, float(np.sin(turn * 2))) if self.works else 0.0
        return Figure(
            self.x + 0.06 * float(np.sin(turn)),
            self.y,
            0.05 * float(np.sin(turn)),
            self.look,
            1.0,
            self.foot_z,
            0.8 + 0.2 * float(np.cos(turn)),
            reach,
        )


def far_first(ones: Sequence[tuple[float, Callable[[], None]]]) -> None:
    """Draws everything, the nearest last."""
    for _, draw in sorted(ones, key=lambda one: -one[0]):
        draw()


def draw_person(
    canvas: skia.Canvas, view: View, who: Figure, light: Light, mirror_z: float | None
) -> None:
    sign = 1.0 if mirror_z is None else -1.0
    px, py, scale = view.locate(who.x, who.y, sign * who.foot_z)
    if not 0 < scale < view.focal_px / 1.2 or not -200 < px < view.width + 200:
        return
    if mirror_z is None:
        _shade_ground(canvas, view, who, light)
    canvas.save()
    canvas.translate(px, py)
    size = scale * who.look.size
    canvas.scale(size, -size * sign)
    _draw_body(canvas, who, light, int(255 * who.presence), fine=size > 24)
    canvas.restore()


def _shade_ground(canvas: skia.Canvas, view: View, who: Figure, light: Light) -> None:
    power = light.shadow * who.presence
    shade(canvas, view, (who.x, who.y, who.foot_z), 0, 0.42, 0.34, power * 0.9)
    if light.has_sun:
        sx, sy, sz = light.sun_from
        high = min(1.6 / sz * float(np.hypot(sx, sy)), 3.2)
        heading = float(np.degrees(np.arctan2(-sx, -sy)))
        reach = high / 2 / float(np.hypot(sx, sy))
        centre = (who.x - sx * reach, who.y - sy * reach, who.foot_z)
        shade(canvas, view, centre, heading, 0.27, high / 2 + 0.12, power, 0.6)


def _draw_body(canvas: skia.Canvas, who: Figure, light: Light, alpha: int, fine: bool) -> None:
    """In metres, z up, the feet at the origin."""
    look, half = who.look, 0.235 * who.turned
    swing = float(np.sin(who.stride * 2 * np.pi))
    limb = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style,
                      StrokeCap=skia.Paint.kRound_Cap)  # fmt: skip
    for side in (-1, 1):
        _draw_leg(canvas, limb, side * 0.09 * who.turned, side * swing, look, light, alpha)
    limb.setColor(skia.Color(*light.tint(look.coat, 0.74), alpha))
    limb.setStrokeWidth(0.115)
    _draw_arm(canvas, limb, -half, 0.34 * swing, 0.0)
    body = skia.Paint(AntiAlias=True, Color=skia.Color(*light.tint(look.coat), alpha))
    if fine:
        tints = [light.tint(look.coat, level) for level in (1.08, 0.98, 0.62)]
        colours = [skia.Color(*tint, alpha) for tint in tints]
        body.setShader(skia.GradientShader.MakeLinear([(-half, 0), (half, 0)], colours))
    torso = skia.PathBuilder()
    torso.moveTo(-half * 0.86, 0.78)
    torso.lineTo(-half, 1.30)
    torso.quadTo(-half * 0.9, 1.43, -0.08, 1.46)
    torso.lineTo(0.08, 1.46)
    torso.quadTo(half * 0.9, 1.43, half, 1.30)
    torso.lineTo(half * 0.86, 0.78)
    torso.close()
    canvas.drawPath(torso.detach(), body)
    if look.vest:
        strip = skia.Paint(Color=skia.Color(*light.tint((222, 226, 214)), alpha), AntiAlias=True)
        for z in (0.96, 1.14):
            canvas.drawRect(skia.Rect.MakeLTRB(-half * 0.95, z, half * 0.95, z + 0.05), strip)
    _draw_arm(canvas, limb, half, -0.34 * swing, who.reach)
    if look.load is not None:
        bag = skia.Paint(Color=skia.Color(*light.tint(look.load, 0.9), alpha), AntiAlias=True)
        canvas.drawRoundRect(skia.Rect.MakeXYWH(half - 0.02, 0.42, 0.2, 0.34), 0.04, 0.04, bag)
    _draw_head(canvas, look, light, alpha, fine)


def _draw_leg(
    canvas: skia.Canvas, limb: skia.Paint, hip: float, swing: float, look: Look, light: Light,
    alpha: int,
) -> None:  # fmt: skip
    knee = hip + 0.15 * swing
    ankle = hip + 0.30 * swing
    lift = 0.09 * max(0.0, -swing)
    limb.setColor(skia.Color(*light.tint(look.trousers, 1.0 if swing > 0 else 0.8), alpha))
    limb.setStrokeWidth(0.165)
    canvas.drawLine(hip, 0.82, knee, 0.46, limb)
    limb.setStrokeWidth(0.13)
    canvas.drawLine(knee, 0.46, ankle, 0.10 + lift, limb)
    limb.setColor(skia.Color(*light.tint((28, 26, 26)), alpha))
    limb.setStrokeWidth(0.09)
    canvas.drawLine(ankle - 0.03, 0.05 + lift, ankle + 0.09, 0.04 + lift, limb)


def _draw_arm(
    canvas: skia.Canvas, limb: skia.Paint, shoulder: float, swing: float, reach: float
) -> None:
    elbow = shoulder * 1.12 + 0.5 * swing * 0.4 + 0.22 * reach
    hand = shoulder * 1.12 + swing * 0.55 + 0.46 * reach
    canvas.drawLine(shoulder * 0.95, 1.36, elbow, 1.08 + 0.06 * reach, limb)
    canvas.drawLine(elbow, 1.08 + 0.06 * reach, hand, 0.84 + 0.26 * reach, limb)


def _draw_head(canvas: skia.Canvas, look: Look, light: Light, alpha: int, fine: bool) -> None:
    skin = skia.Paint(Color=skia.Color(*light.tint(look.skin, 0.92), alpha), AntiAlias=True)
    hair = skia.Paint(Color=skia.Color(*light.tint(look.hair), alpha), AntiAlias=True)
    canvas.drawRect(skia.Rect.MakeLTRB(-0.05, 1.42, 0.05, 1.52), skin)
    canvas.drawOval(skia.Rect.MakeLTRB(-0.095, 1.46, 0.095, 1.71), skin)
    canvas.drawArc(skia.Rect.MakeLTRB(-0.11, 1.50, 0.11, 1.74), 0, 180, True, hair)
    if fine:
        canvas.drawRect(skia.Rect.MakeLTRB(-0.11, 1.58, -0.075, 1.64), hair)
        canvas.drawRect(skia.Rect.MakeLTRB(0.075, 1.58, 0.11, 1.64), hair)
        _draw_face(canvas, look, light, alpha)
    if look.helmet is not None:
        shell = skia.Paint(Color=skia.Color(*light.tint(look.helmet), alpha), AntiAlias=True)
        canvas.drawArc(skia.Rect.MakeLTRB(-0.14, 1.50, 0.14, 1.80), 0, 180, True, shell)
        canvas.drawRect(skia.Rect.MakeLTRB(-0.17, 1.63, 0.17, 1.66), shell)
    if look.umbrella is not None:
        for wide, level in ((0.62, 0.8), (0.30, 1.0)):
            tint = light.tint(look.umbrella, level)
            shell = skia.Paint(Color=skia.Color(*tint, alpha), AntiAlias=True)
            canvas.drawArc(skia.Rect.MakeLTRB(-wide, 1.42, wide, 2.2), 0, 180, True, shell)


def _draw_face(canvas: skia.Canvas, look: Look, light: Light, alpha: int) -> None:
    """Brows, eyes, the shadows of nose and chin."""
    dark = skia.Paint(Color=skia.Color(*light.tint((58, 42, 36)), alpha), AntiAlias=True)
    soft = skia.Paint(Color=skia.Color(*light.tint(look.skin, 0.66), alpha), AntiAlias=True)
    canvas.drawOval(skia.Rect.MakeLTRB(-0.06, 1.455, 0.06, 1.485), soft)
    canvas.drawRect(skia.Rect.MakeLTRB(-0.012, 1.555, 0.016, 1.60), soft)
    canvas.drawOval(skia.Rect.MakeLTRB(-0.03, 1.512, 0.03, 1.526), dark)
    for side in (-0.04, 0.04):
        canvas.drawOval(skia.Rect.MakeLTRB(side - 0.016, 1.598, side + 0.016, 1.613), dark)
        canvas.drawRect(skia.Rect.MakeLTRB(side - 0.022, 1.625, side + 0.022, 1.632), dark)
