"""The mouth of a road tunnel in a hill: lane signals, a message board, lit inside."""

import numpy as np
import skia

from desktop.standin.video.scenes.cast import Cast
from desktop.standin.video.scenes.glow import glow
from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import Array, View
from desktop.standin.video.scenes.outdoors import StreetLamp, draw_tree, put_lamps, white
from desktop.standin.video.scenes.roads import Course, Road, lawn
from desktop.standin.video.scenes.stage import Stage
from desktop.standin.video.scenes.still import Still, still_scene
from desktop.standin.video.scenes.vehicles import BUS, SALOON, TRUCK, VAN
from desktop.standin.video.scenes.world import Box, Lamp, World, asphalt, grey, noise

_MOUTH_Y, _END_Y, _HIGH_M = 52.0, 190.0, 6.4
_TUBES = ((-10.8, -1.4), (1.4, 10.8))  # left and right wall of each bore
_LAMPS = [StreetLamp(side * 12.2, y, -side, 0.0, True, 9.0) for y in (12.0, 34.0)
          for side in (-1.0, 1.0)]  # fmt: skip
_ROAD = Road(-12, 150, 60)
_TRAFFIC = (
    Course(3.8, 0.04, (196, 196, 192), SALOON), Course(3.8, 0.50, (44, 48, 58), SALOON),
    Course(7.8, 0.27, (70, 96, 140), TRUCK), Course(7.8, 0.76, (146, 34, 30), SALOON),
    Course(-3.8, 0.14, (150, 148, 140), SALOON), Course(-3.8, 0.60, (36, 40, 48), SALOON),
    Course(-7.8, 0.38, (200, 198, 190), VAN), Course(-7.8, 0.88, (36, 96, 74), BUS),
)  # fmt: skip


def _ground(points: Array, normals: Array) -> tuple[Array, Array]:
    albedo, own = asphalt(points, normals)
    x, y = points[:, 0], points[:, 1]
    off = np.abs(x)
    middle = (off < 1.3) & (y < _MOUTH_Y)
    side = 0.34 + 0.06 * noise(x * 2, y, 221)
    albedo = np.where(middle[:, None], grey(side), albedo)
    albedo = np.where(((off > 11.2) & (y < _MOUTH_Y))[:, None], grey(side), albedo)
    albedo = np.where(((off > 13.5) & (y < _MOUTH_Y))[:, None], lawn(points), albedo)
    return albedo.astype(np.float32), own


def _markings(canvas: skia.Canvas) -> None:
    for x in (-10.9, -1.7, 1.7, 10.9):
        white(canvas, x - 0.08, -6, x + 0.08, 190)
    for x in (-5.8, 5.8):
        for y in range(-6, int(_MOUTH_Y) - 22, 9):
            white(canvas, x - 0.08, y, x + 0.08, y + 4)
        white(canvas, x - 0.08, _MOUTH_Y - 20, x + 0.08, 190)  # no lane change at the mouth


def _portal(points: Array, normals: Array) -> tuple[Array, Array]:
    """Stone courses, a light lintel over each bore."""
    x, z = points[:, 0], points[:, 2]
    course = np.floor(z / 0.7)
    u = (x + course * 0.6) / 1.3
    joint = (np.abs(z / 0.7 - np.round(z / 0.7)) < 0.05) | (np.abs(u - np.round(u)) < 0.03)
    stone = 0.42 + 0.12 * noise(np.floor(u) * 3.1, course * 4.7, 222)
    stain = 1 - 0.35 * noise(x * 0.8, z * 0.15, 223)
    level = np.where(joint, stone * 0.6, stone) * stain
    lintel = (z > _HIGH_M) & (z < _HIGH_M + 0.9) & (np.abs(np.abs(x) - 6.1) < 5.2)
    level = np.where(lintel, 0.62, level)
    hazard = (z < 1.1) & (np.abs(np.abs(x) - 11.0) < 0.5) | ((z < 1.1) & (np.abs(x) < 1.45))
    stripe = (x + z) * 2 % 1 > 0.5
    colour = grey(level, (1.0, 0.96, 0.9))
    colour = np.where((hazard & stripe)[:, None], (0.75, 0.55, 0.06), colour)
    colour = np.where((hazard & ~stripe)[:, None], 0.05, colour)
    return colour.astype(np.float32), np.zeros_like(points)


def _bore(points: Array, normals: Array) -> tuple[Array, Array]:
    """Light panels below, soot above, two rows of lamps that burn at all hours."""
    x, y, z = points.T
    ceiling = normals[:, 2] < -0.5
    seam = np.abs(y / 4 - np.round(y / 4)) < 0.01
    level = np.where(z < 3.2, 0.56, 0.22) * np.where(seam, 0.7, 1.0)
    level = np.where(ceiling, 0.14, level) * (0.85 + 0.15 * noise(y * 0.5, z, 224))
    row = np.abs(np.abs(np.abs(x) - 6.1) - 2.4) < 0.22
    lamp = ceiling & row & (np.abs((y - 3) / 7 - np.round((y - 3) / 7)) < 0.13)
    shine = 0.75 / (1 + 0.02 * np.maximum(y - _MOUTH_Y, 0))  # its own lamps, farther on dimmer
    own = level[:, None] * shine[:, None] * np.array([1.0, 0.9, 0.7])
    own = np.where(lamp[:, None], (3.0, 2.6, 1.9), own)
    end = np.abs(normals[:, 1]) > 0.5
    own = np.where(end[:, None], 0.06, own)
    return grey(np.where(end, 0.02, level)), own.astype(np.float32)


def _hill(points: Array, normals: Array) -> tuple[Array, Array]:
    return lawn(points, 225), np.zeros_like(points)


def _world(light: Light) -> World:
    top, back = 11.0, _MOUTH_Y + 3
    (left, inner_l), (inner_r, right) = _TUBES
    boxes = [
        Box((-26, _MOUTH_Y, 0), (left, back, top - 1.5), _portal),
        Box((inner_l, _MOUTH_Y, 0), (inner_r, back, top), _portal),
        Box((right, _MOUTH_Y, 0), (26, back, top - 1.5), _portal),
        Box((left, _MOUTH_Y, _HIGH_M), (right, back, top), _portal),
        Box((-0.9, -20, 0), (0.9, _MOUTH_Y, 0.9), _portal),
        Box((-11.6, 30, 7.4), (11.6, 30.5, 7.9), _frame), Box((-11.9, 30, 0), (-11.5, 30.5, 7.9),
            _frame), Box((11.5, 30, 0), (11.9, 30.5, 7.9), _frame),
    ]  # fmt: skip
    for step in range(5):  # the hill above, in terraces that trees hide
        y = back + step * 9
        boxes.append(Box((-90, y, 0), (left, y + 60, 9 + step * 4.7), _hill))
        boxes.append(Box((right, y, 0), (90, y + 60, 9 + step * 4.7), _hill))
        boxes.append(Box((left, y, _HIGH_M + 1), (right, y + 60, 9 + step * 4.7), _hill))
    boxes += [Box((a, _MOUTH_Y, -0.5), (b, _END_Y, _HIGH_M), _bore, hollow=True)
              for a, b in _TUBES]  # fmt: skip
    lamps = [Lamp(lamp.head, (1.0, 0.82, 0.55), 22.0) for lamp in _LAMPS]
    return World(_ground, boxes, lamps, light, fog_m=150)


def _frame(points: Array, normals: Array) -> tuple[Array, Array]:
    return np.full_like(points, 0.4), np.zeros_like(points)


def _draw_signals(still: Still, light: Light) -> None:
    """Green arrows over open lanes, a red cross, and the board with its text."""
    view, canvas = still.view, still.canvas
    for x, is_open in ((3.8, True), (7.8, True), (-3.8, True), (-7.8, False)):
        px, py, scale = view.locate(x, 29.9, 6.7)
        box = skia.Rect.MakeXYWH(px - 0.5 * scale, py - 0.5 * scale, scale, scale)
        canvas.drawRect(box, skia.Paint(Color=skia.Color(10, 11, 12), AntiAlias=True))
        colour = (70, 255, 140) if is_open else (255, 60, 44)
        ink = skia.Paint(Color=skia.Color(*colour), AntiAlias=True, StrokeWidth=0.13 * scale)
        r = 0.3 * scale
        if is_open:
            canvas.drawLine(px, py - r, px, py + r, ink)
            canvas.drawLine(px, py + r, px - r * 0.7, py + r * 0.2, ink)
            canvas.drawLine(px, py + r, px + r * 0.7, py + r * 0.2, ink)
        else:
            canvas.drawLine(px - r, py - r, px + r, py + r, ink)
            canvas.drawLine(px - r, py + r, px + r, py - r, ink)
        glow(canvas, view, (x, 29.9, 6.7), colour, 0.9, 0.25 + 0.4 * light.lamps)
    px, py, scale = view.locate(0.0, 29.9, 9.0)
    board = skia.Rect.MakeXYWH(px - 5.6 * scale, py - 0.95 * scale, 11.2 * scale, 1.7 * scale)
    canvas.drawRect(board, skia.Paint(Color=skia.Color(8, 9, 10), AntiAlias=True))
    typeface = skia.FontMgr().matchFamilyStyle("Noto Sans CJK SC", skia.FontStyle.Bold())
    font = skia.Font(typeface, 1.0 * scale)
    text = "雨天路滑 减速慢行" if light.rain else "隧道限速60 开启近光灯"
    ink = skia.Paint(Color=skia.Color(255, 168, 40), AntiAlias=True)
    canvas.drawString(text, px - font.measureText(text) / 2, py + 0.28 * scale, font, ink)


def build(width: int, height: int, light: Light, depth_m: float = 0.0) -> Stage:
    del depth_m
    view = View(width, height, (-1.0, -4.0, 7.2), pitch_deg=5.0, yaw_deg=1.5, fov_deg=58)
    still = still_scene(view, _world(light), _markings)
    random = np.random.default_rng(226)
    trees = [(random.uniform(-48, 48), step) for step in range(4, -1, -1) for _ in range(15)]
    for number, (x, step) in enumerate(trees):
        y, foot = _MOUTH_Y + 4 + step * 9 + random.uniform(0, 6), 9 + step * 4.7
        draw_tree(still, x, y, 227 + number, light, float(random.uniform(0.9, 1.5)), foot - 0.4)
    for number, (x, y) in enumerate(((-19, 46), (19, 44), (-17, 30), (18, 26))):
        draw_tree(still, float(x), float(y), 320 + number, light, 1.2)
    _draw_signals(still, light)
    put_lamps(still, _LAMPS, light)
    lintel = still.front(lambda x, y, z: (y < _MOUTH_Y + 2.9) & (y > _MOUTH_Y - 1) & (z > 0.95))
    cast = Cast(view, light, cars=lambda s: [_ROAD.at(course, s) for course in _TRAFFIC],
                fronts=[(_MOUTH_Y, lintel)])  # fmt: skip
    return still.stage(light, cast.draw)
