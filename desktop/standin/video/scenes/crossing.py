"""A crossing from a high mast: lights that change, cars and walkers that obey them."""

from functools import partial

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast, One
from desktop.standin.video.scenes.glow import Colour, glow
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, draw_tree, put_lamps, white
from desktop.standin.video.scenes.people import Figure, draw_person, looks
from desktop.standin.video.scenes.roads import slabs
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import still_scene
from desktop.standin.video.scenes.vehicles import BUS, SALOON, VAN, Shape, Vehicle
from desktop.standin.video.scenes.world import Box, Lamp, World, asphalt, facade, grey

HALF_M = 7.5  # half a road's width; the crossing's middle is the origin
_LAMPS = [StreetLamp(x, y, -np.sign(x)) for x in (-10.0, 10.0) for y in (-10.5, 12.0, 38.0)]
_GREEN_UNTIL, _AMBER_UNTIL = 0.44, 0.50  # share of the loop, for the road away from us


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    x, y = points[:, 0], points[:, 1]
    corner = np.minimum(np.abs(x), np.abs(y)) - HALF_M
    slab = np.where(corner < 0.25, 0.46, slabs(x, y, 1.0, 0.33, 72))
    return np.where((corner > 0)[:, None], grey(slab), albedo).astype(np.float32), own


def _markings(canvas: skia.Canvas) -> None:
    for quarter in range(4):
        canvas.save()
        canvas.rotate(90 * quarter)
        for stripe in range(11):
            x = -6.6 + stripe * 1.2
            white(canvas, x, HALF_M + 1.2, x + 0.6, HALF_M + 5.2)
        white(canvas, -7.0, HALF_M + 6.2, -0.3, HALF_M + 6.6)
        for side in (-0.15, 0.15):
            white(canvas, side - 0.06, HALF_M + 6.2, side + 0.06, 90)
        for x in (-3.6, 3.6):
            for y in range(14, 80, 9):
                white(canvas, x - 0.06, y + 7.0, x + 0.06, y + 11.0)
        canvas.restore()


_HEIGHTS_M = ((46.0, 31.0, 58.0), (19.0, 62.0, 33.0), (70.0, 24.0, 41.0), (28.0, 16.0, 84.0))


def _world(light: Light, take: int) -> World:
    seed = 13 * take
    near, left, far = _HEIGHTS_M[take]
    boxes = [
        Box((13, 15, 0), (44, 46, near), facade(3 + seed, (0.40, 0.36, 0.30), 0.42)),
        Box((-46, 16, 0), (-14, 40, left), facade(4 + seed, (0.33, 0.32, 0.30), 0.30)),
        Box((-42, 44, 0), (-13, 70, far), facade(6 + seed, (0.26, 0.27, 0.29), 0.24)),
        Box((12, 50, 0), (40, 80, 26), facade(7 + seed, (0.36, 0.33, 0.30), 0.36)),
        Box((-44, -46, 0), (-15, -14, 24), facade(8 + seed, (0.34, 0.33, 0.31), 0.3)),
        Box((-20, 150, 0), (6, 170, 90), facade(9 + seed, (0.22, 0.23, 0.25), 0.2, (3.8, 3.6))),
        Box((12, 130, 0), (34, 150, 70), facade(10 + seed, (0.22, 0.23, 0.25), 0.22, (3.8, 3.6))),
    ]
    lamps = [Lamp(lamp.head, (1.0, 0.82, 0.56), 22.0) for lamp in _LAMPS]
    lamps.append(Lamp((0.0, 0.0, 13.0), (1.0, 0.86, 0.64), 20.0))
    return World(_ground, boxes, lamps, light, fog_m=130)


# position, pitch, yaw and width of view of each take
_VIEWS = (
    ((-9.5, -27.0, 12.5), 22.0, 17.0, 70.0),
    ((10.5, -25.0, 9.5), 17.0, -21.0, 74.0),
    ((0.5, -34.0, 19.0), 27.0, 0.0, 62.0),
    ((-14.0, -19.0, 8.0), 14.0, 33.0, 78.0),
)


def build(width: int, height: int, light: Light, depth_m: float = 0.0, take: int = 0) -> Stage:
    del depth_m
    position, pitch_deg, yaw_deg, fov_deg = _VIEWS[take]
    view = View(width, height, position, pitch_deg, yaw_deg, fov_deg)
    still = still_scene(view, _world(light, take), _markings)
    for number, (x, y) in enumerate(((11.6, 33.0), (-11.6, 30.0), (11.6, 22.0), (22.0, 11.6))):
        draw_tree(still, x, y, 20 + number + 5 * take, light, 0.9)
    put_lamps(still, _LAMPS, light)
    return still.stage(light, _Actors(view, light, take).draw)


# lane (metres right of the middle), start (share), place in the queue, colour, shape
_AWAY: tuple[tuple[float, float, int, Colour, Shape], ...] = (
    (1.9, 0.00, 0, (188, 190, 192), SALOON), (5.3, 0.05, 0, (150, 30, 26), SALOON),
    (1.9, 0.14, 1, (56, 62, 76), VAN), (5.3, 0.20, 1, (200, 200, 194), SALOON),
)  # fmt: skip
_ACROSS: tuple[tuple[float, float, int, Colour, Shape], ...] = (
    (1.9, 0.52, 0, (196, 196, 190), SALOON), (5.3, 0.55, 0, (40, 96, 70), BUS),
    (1.9, 0.64, 1, (44, 58, 92), SALOON), (5.3, 0.72, 1, (150, 148, 142), VAN),
)  # fmt: skip


class _Actors:
    def __init__(self, view: View, light: Light, take: int) -> None:
        self._view, self._light = view, light
        colours = [row[3] for row in (*_AWAY, *_ACROSS)]
        self._colours = colours[3 * take :] + colours[: 3 * take]
        random = np.random.default_rng(83 + take)
        self._walkers = [
            (random.uniform(-2, 2), random.uniform(0, 0.1), int(random.choice((-1, 1))),
             int(random.choice((-1, 1))), looks(random, light))
            for _ in range(14)
        ]  # fmt: skip
        self._cast = Cast(view, light, cars=self._vehicles, others=self._people)

    def draw(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        self._draw_signals(canvas, share, mirror_z)
        self._cast.draw(canvas, share, mirror_z)

    def _people(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> list[One]:
        return [
            (f.y, partial(draw_person, canvas, self._view, f, self._light, mirror_z))
            for f in self._walkers_at(share)
        ]

    def _vehicles(self, share: float) -> list[Vehicle]:
        cars: list[Vehicle] = []
        colours = iter(self._colours)
        for rows, turn in ((_AWAY, 0.0), (_ACROSS, 90.0)):
            for offset, start, place, _, shape in rows:
                colour = next(colours)
                for back in (0.0, 180.0):
                    begun = start + (0.03 if back else 0.0)
                    cars.append(_drive(share, begun, offset, place, colour, shape, turn + back))
        return [car for car in cars if car.presence > 0]

    def _walkers_at(self, share: float) -> list[Figure]:
        """They cross the road that leads away from us while its cars wait."""
        found: list[Figure] = []
        for offset, delay, way, end, look in self._walkers:
            walked = (share - 0.52 - delay) % 1.0 / 0.40
            if walked >= 1:
                continue
            x, y = way * (-10 + 20 * walked), end * (HALF_M + 3.2) + offset * 0.8
            seen = min(1.0, 12 * min(walked, 1 - walked))
            found.append(Figure(x, y, walked * 14 + delay, look, seen, turned=0.68))
        return found

    def _draw_signals(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        away = ((60, 255, 150) if share < _GREEN_UNTIL
                else (255, 190, 60) if share < _AMBER_UNTIL else (255, 48, 36))  # fmt: skip
        across = ((255, 48, 36) if share < _AMBER_UNTIL
                  else (60, 255, 150) if share < 0.94 else (255, 190, 60))  # fmt: skip
        for x, y, colour, pole_x in ((3.6, 9.0, away, 8.6), (-9.0, 8.4, across, None),
                                     (9.0, -8.6, across, None)):  # fmt: skip
            z = 6.0 if mirror_z is None else -6.0
            _draw_signal(canvas, self._view, (x, y, z), colour, pole_x)


def _drive(
    share: float, start: float, offset: float, place: int, colour: Colour, shape: Shape,
    heading: float,
) -> Vehicle:  # fmt: skip
    """Waits at its line until `start`, then goes; behind it the next one comes up and waits."""
    since = (share - start) % 1.0
    line = -(HALF_M + 9.5 + 8.0 * place + (shape.length_m - 4.5) / 2)
    if since < 0.40:  # away with steady acceleration
        along = line + 520 * since * since
        presence = float(np.clip((0.40 - since) / 0.06, 0, 1))
        waits = False
    else:  # comes up from behind and stops at the line
        left = max(0.0, 1 - (since - 0.40) / 0.34)
        along = line - 62 * left**2
        presence = float(np.clip((since - 0.40) / 0.05, 0, 1))
        waits = left < 0.5
    angle = np.radians(heading)
    x = along * np.sin(angle) + offset * np.cos(angle)
    y = along * np.cos(angle) - offset * np.sin(angle)
    return Vehicle(shape, colour, float(x), float(y), heading, braking=waits, presence=presence)


def _draw_signal(
    canvas: skia.Canvas, view: View, place: tuple[float, float, float], colour: Colour,
    pole_x: float | None,
) -> None:  # fmt: skip
    """`pole_x` is where the mast stands when the lamp hangs on an arm."""
    x, y, z = place
    nodes = np.array([(x, y, z), (x, y, z + (0.9 if z > 0 else -0.9))], np.float32)
    pixels, depth = view.project(nodes)
    size = view.focal_px / float(depth[0])
    foot, top = (x, y, 0.0), (x, y, z)
    if pole_x is not None:
        foot, top = (pole_x, y, 0.0), (pole_x, y, z)
    ends, far = view.project(np.array([foot, top, place], np.float32))
    pole = skia.Paint(Color=skia.Color(30, 31, 33), AntiAlias=True,
                      StrokeWidth=max(1.0, 0.13 * view.focal_px / float(far[1])))  # fmt: skip
    for a, b in ((0, 1), (1, 2)):
        canvas.drawLine(*map(float, ends[a]), *map(float, ends[b]), pole)
    box = skia.Paint(Color=skia.Color(14, 15, 16), AntiAlias=True)
    px, py = float(pixels[0, 0]), float(pixels[0, 1])
    canvas.drawRect(
        skia.Rect.MakeXYWH(px - 0.3 * size, py - 0.6 * size, 0.6 * size, 1.2 * size), box
    )
    canvas.drawCircle(px, py, 0.2 * size, skia.Paint(Color=skia.Color(*colour), AntiAlias=True))
    glow(canvas, view, place, colour, 0.9, 0.8)
