"""The view over the bonnet of a patrol car that drives along a street.

The street repeats after PERIOD_M, which is the way that the car makes in one loop.
"""

from dataclasses import replace

import numpy as np
import skia

from desktop.standin.video.scenes.glow import WARM, Colour, glow, pool, shade
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import draw_line
from desktop.standin.video.scenes.people import Walker, draw_person, looks
from desktop.standin.video.scenes.roads import fronts, parked, slabs
from desktop.standin.video.scenes.solids import (
    Solid,
    backdrop,
    bake,
    far_first,
    ground_haze,
    haze,
    lens,
    repeated,
    solid,
)
from desktop.standin.video.scenes.sprites import tree_sprite
from desktop.standin.video.scenes.stage import Bytes, Rain, wrap
from desktop.standin.video.scenes.vehicles import (
    BUS,
    HEAD,
    SALOON,
    TAIL,
    VAN,
    Vehicle,
    draw_vehicle,
)
from desktop.standin.video.scenes.world import Box, Lamp, World, asphalt, grey, noise

PERIOD_M = 96.0
_REACH_M, _AHEAD = 110.0, 3  # fog; how many periods are seen
_LANE_X = 1.9  # where the car drives
_LAMPS_Y = (12.0, 44.0, 76.0)
_TREES_Y = tuple(float(y) for y in range(4, 96, 16))


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    x, y = points[:, 0], points[:, 1] % PERIOD_M
    albedo, own = asphalt(np.stack([x, y, points[:, 2]], 1), normals)
    wear = 0.55 + 0.3 * noise(x * 4, y * 1.5, 302)
    line = (np.abs(np.abs(x) - 0.18) < 0.06) | (np.abs(np.abs(x) - 7.0) < 0.08)
    dash = (np.abs(np.abs(x) - 3.6) < 0.07) & (y % 9.6 < 4.2)
    cross = (y > 58) & (y < 62.5) & (np.floor(x / 0.6) % 2 == 0)
    paint = (line | dash | cross) & (np.abs(x) < 7.2)
    albedo = np.where(paint[:, None], grey(wear), albedo)
    walk = slabs(x, y, 1.25, 0.36, 303)
    walk = np.where(np.abs(np.abs(x) - 7.6) < 0.14, 0.5, walk)
    return np.where((np.abs(x) > 7.5)[:, None], grey(walk), albedo).astype(np.float32), own


def _boxes() -> list[Box]:
    """The houses of one period."""
    return [box for box in fronts(304, 13.0, 4, (12, 34), 0.0) if box.high[1] < PERIOD_M + 3]


class VehicleView:
    """Stage of the moving car; `picture(share)` as that of every stage."""

    def __init__(self, width: int, height: int, light: Light) -> None:
        self.view = View(width, height, (_LANE_X, 0.0, 1.55), pitch_deg=3.0, fov_deg=74)
        self._light = light
        boxes = _boxes()
        around = [_moved(box, k * PERIOD_M) for box in boxes for k in (-1, 0, 1)]
        lamps = [Lamp((side * 5.6, y + k * PERIOD_M, 8.2), (1.0, 0.8, 0.52), 18.0)
                 for y in _LAMPS_Y for side in (-1, 1) for k in (-1, 0, 1)]  # fmt: skip
        world = World(_ground, around, lamps, light, fog_m=_REACH_M)
        fine = min(1.0, width / 800)  # no more texels than the picture can show
        self._solids = [solid(world, box, _LANE_X, 9.0 * fine, False) for box in boxes]
        road = bake(
            world, _ground, (-24.0, 0.0, 0.0), (48.0, 0.0, 0.0), (0.0, PERIOD_M, 0.0), 14 * fine
        )
        self._road = road.image
        self._sky = backdrop(world, self.view, light)
        self._veil = ground_haze(self.view, light, _REACH_M)
        self._lens = lens(self.view)
        self._tree = tree_sprite(light, 305)
        self._picture: Bytes = np.zeros((height, width, 4), np.uint8)
        self._canvas = wrap(self._picture).getCanvas()
        self._rain = Rain(self.view)
        random = np.random.default_rng(306)
        self._people = [
            Walker(side * random.uniform(8.6, 11.4), random.uniform(0, PERIOD_M),
                   (0.0, float(random.choice((-1, 1)))), 9.8, random.uniform(0, 1),
                   looks(random, light))
            for side in (-1, 1) for _ in range(6)
        ]  # fmt: skip

    def picture(self, share: float) -> Bytes:
        """Height x width x 4 at `share` of the loop; valid until the next call."""
        canvas, light = self._canvas, self._light
        shake = 0.22 * np.sin(share * 2 * np.pi * 7) + 0.12 * np.sin(share * 2 * np.pi * 19)
        view = replace(self.view, pitch_deg=3.0 + float(shake) * 0.4)
        canvas.drawImage(self._sky, 0, 0)
        driven = share * PERIOD_M
        self._draw_road(canvas, view, driven)
        self._draw_sides(canvas, view, driven, share)
        if light.headlights:
            pool(canvas, view, (_LANE_X, 11.0, 0.0), 0, 3.4, 10.0, (255, 244, 214), 0.22)
        self._draw_traffic(canvas, view, driven, share)
        if light.rain:
            self._rain.draw(canvas, share, light.rain)
        self._draw_car(canvas, share)
        canvas.drawImage(self._lens, 0, 0)
        return self._picture

    def _draw_road(self, canvas: skia.Canvas, view: View, driven: float) -> None:
        wide, high = self._road.width(), self._road.height()
        u, v = (48.0 / wide, 0.0, 0.0), (0.0, PERIOD_M / high, 0.0)
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(0, view.horizon_px, view.width, view.height))
        canvas.concat(view.plane((-24.0, -driven, 0.0), u, v))
        field = skia.Rect.MakeLTRB(0, 0, wide, high * 5)
        canvas.drawRect(field, repeated(self._road, skia.Matrix()))
        canvas.restore()
        canvas.drawRect(skia.Rect.MakeLTRB(0, view.horizon_px, view.width, view.height), self._veil)

    def _draw_sides(self, canvas: skia.Canvas, view: View, driven: float, share: float) -> None:
        """Houses, trees, lamps and walkers, period by period, the farthest first."""
        light = self._light
        for period in range(_AHEAD, -1, -1):
            away = period * PERIOD_M - driven
            for one in far_first(self._solids, view, away):
                self._draw_solid(canvas, view, one, away)
        for period in range(_AHEAD, -1, -1):
            away = period * PERIOD_M - driven
            ones = [(y + away, 0, side) for y in _TREES_Y for side in (-1, 1)]
            ones += [(y + away, 1, side) for y in _LAMPS_Y for side in (-1, 1)]
            figures = [person.at(share) for person in self._people] if period < 2 else []
            ones += [(f.y + away, 2, n) for n, f in enumerate(figures)]
            for y, kind, which in sorted(ones, reverse=True):
                if not 1.5 < y < 260:
                    continue
                if kind == 0:
                    self._draw_tree(canvas, view, which * 9.0, y)
                elif kind == 1:
                    self._draw_lamp(canvas, view, which, y)
                else:
                    draw_person(canvas, view, replace(figures[which], y=y), light, None)

    def _draw_solid(self, canvas: skia.Canvas, view: View, one: Solid, away: float) -> None:
        if not -20 < one.middle[1] + away < 280:
            return
        veil = haze(self._light, max(1.0, one.middle[1] + away), _REACH_M)
        for face in one.faces:
            face.draw(canvas, view, away, veil)

    def _draw_tree(self, canvas: skia.Canvas, view: View, x: float, y: float) -> None:
        px, py, scale = view.locate(x, y, 0.0)
        shade(canvas, view, (x, y, 0.0), 0, 1.6, 1.6, self._light.shadow * 0.7, 0.1)
        box = skia.Rect.MakeXYWH(px - 2.6 * scale, py - 7.6 * scale, 5.2 * scale, 7.6 * scale)
        paint = skia.Paint(ColorFilter=haze(self._light, y, _REACH_M * 2))
        options = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        canvas.drawImageRect(self._tree, box, options, paint)

    def _draw_lamp(self, canvas: skia.Canvas, view: View, side: int, y: float) -> None:
        tint = self._light.tint((70, 72, 76))
        foot, head = (side * 8.0, y, 0.0), (side * 5.8, y, 8.3)
        for a, b in ((foot, (side * 8.0, y, 8.4)), ((side * 8.0, y, 8.4), head)):
            draw_line(canvas, view, np.array([a, b]), 0.14, tint)
        glow(canvas, view, head, WARM, 2.0, 0.85 * self._light.lamps)
        if y < 90:
            mirrored = (head[0], head[1], -head[2])
            glow(canvas, view, mirrored, WARM, 3.2, 0.5 * self._light.lamps * self._light.wet)

    def _draw_traffic(self, canvas: skia.Canvas, view: View, driven: float, share: float) -> None:
        turn = 2 * np.pi * share
        cars = [
            Vehicle(SALOON, (196, 196, 192), _LANE_X, 24 + 4 * float(np.sin(turn)), 0,
                    braking=bool(np.cos(turn) < -0.5)),
            Vehicle(VAN, (66, 84, 120), 5.3, 46 + 7 * float(np.sin(turn + 2)), 0),
        ]  # fmt: skip
        coming: tuple[tuple[float, float, Colour, object], ...] = (
            (0.1, -1.9, (140, 34, 30), SALOON), (0.45, -5.3, (36, 96, 74), BUS),
            (0.72, -1.9, (204, 204, 198), SALOON),
        )  # fmt: skip
        for start, x, colour, shape in coming:
            way = (share + start) % 1.0
            seen = float(np.clip(way * 6, 0, 1))
            cars.append(Vehicle(shape, colour, x, 170 - 185 * way, 180, presence=seen))  # type: ignore[arg-type]
        for k, y in enumerate((20.0, 27.0, 70.0)):
            for period in range(3):
                where = y + period * PERIOD_M - driven
                if 2 < where < 180:
                    colour = ((92, 96, 100), (170, 164, 150), (52, 66, 92))[k]
                    cars.append(parked(SALOON, colour, 6.55, where, 0))
        for car in sorted(cars, key=lambda c: -c.y):
            if car.y > 1.0:
                self._mirror_lamps(canvas, view, car)
                draw_vehicle(canvas, view, car, self._light)

    def _mirror_lamps(self, canvas: skia.Canvas, view: View, car: Vehicle) -> None:
        """Lamps of the others, drawn long by the wet road."""
        power = self._light.wet * car.presence
        if not car.lights or power < 0.3 or not 6 < car.y < 120:
            return
        end, colour = (car.y - car.shape.length_m / 2), (HEAD if car.heading_deg else TAIL)
        for x in (car.x - 0.6, car.x + 0.6):
            for depth in (0.4, 0.9, 1.5):
                glow(canvas, view, (x, end, -depth), colour, 0.7, 0.42 * power)

    def _draw_car(self, canvas: skia.Canvas, share: float) -> None:
        """The bonnet below, the edge of the windscreen above, the wiper in rain."""
        w, h = float(self.view.width), float(self.view.height)
        bob = 2.0 * float(np.sin(share * 2 * np.pi * 7)) * h / 540
        bonnet = skia.PathBuilder()
        bonnet.moveTo(-10, h)
        bonnet.lineTo(-10, h * 0.93 + bob)
        bonnet.quadTo(w * 0.18, h * 0.865 + bob, w * 0.5, h * 0.855 + bob)
        bonnet.quadTo(w * 0.82, h * 0.865 + bob, w + 10, h * 0.93 + bob)
        bonnet.lineTo(w + 10, h)
        bonnet.close()
        tints = [skia.Color(*self._light.tint((226, 228, 230), level)) for level in (0.95, 0.5)]
        ends = [skia.Point(0, h * 0.85), skia.Point(0, h)]
        paint = skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, tints), AntiAlias=True)
        canvas.drawPath(bonnet.detach(), paint)
        dash = skia.Paint(Color=skia.Color(*self._light.tint((30, 31, 33))), AntiAlias=True)
        canvas.drawOval(skia.Rect.MakeLTRB(-w * 0.2, h * 0.965, w * 1.2, h * 1.3), dash)
        if self._light.rain:
            self._draw_wiper(canvas, share, w, h)

    def _draw_wiper(self, canvas: skia.Canvas, share: float, w: float, h: float) -> None:
        random = np.random.default_rng(307 + int(share * 8))
        for _ in range(70):
            x, y, r = random.uniform(0, w), random.uniform(0, h * 0.86), random.uniform(0.8, 2.6)
            drop = skia.Paint(Color=skia.Color(190, 198, 206, 70), AntiAlias=True)
            canvas.drawCircle(float(x), float(y), float(r * w / 960), drop)
        swing = np.radians(18 + 70 * (0.5 - 0.5 * np.cos(share * 2 * np.pi * 8)))
        paint = skia.Paint(Color=skia.Color(14, 15, 16), AntiAlias=True, StrokeWidth=w / 110)
        for foot in (0.26, 0.66):
            x, y, long = w * foot, h * 0.985, h * 0.62
            canvas.drawLine(x, y, x + long * float(np.cos(swing)), y - long * float(np.sin(swing)),
                            paint)  # fmt: skip


def _moved(box: Box, along: float) -> Box:
    (x0, y0, z0), (x1, y1, z1) = box.low, box.high
    return replace(box, low=(x0, y0 + along, z0), high=(x1, y1 + along, z1))


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> VehicleView:
    del depth_m
    return VehicleView(width, height, light)
