"""All that moves in a scene, drawn the farthest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import skia

from desktop.standin.video.scenes.light import Light
from desktop.standin.video.scenes.optics import View
from desktop.standin.video.scenes.people import Stander, Walker, draw_person, far_first
from desktop.standin.video.scenes.still import Front
from desktop.standin.video.scenes.vehicles import Vehicle, draw_vehicle

One = tuple[float, Callable[[], None]]  # how far away, and what draws it


def _no_cars(share: float) -> Sequence[Vehicle]:
    return ()


def _nothing(canvas: skia.Canvas, share: float, mirror_z: float | None) -> Sequence[One]:
    return ()


@dataclass(frozen=True)
class Cast:
    """`fronts` are still things that stand before whatever is farther away than their y.

    `others` gives further things to be drawn in their turn.
    """

    view: View
    light: Light
    people: Sequence[Walker | Stander] = ()
    cars: Callable[[float], Sequence[Vehicle]] = _no_cars
    fronts: Sequence[tuple[float, Front]] = field(default=())
    others: Callable[[skia.Canvas, float, float | None], Sequence[One]] = _nothing

    def draw(self, canvas: skia.Canvas, share: float, mirror_z: float | None) -> None:
        view, light = self.view, self.light
        ones: list[One] = [
            (car.y, partial(draw_vehicle, canvas, view, car, light, mirror_z))
            for car in self.cars(share)
        ]
        figures = [person.at(share) for person in self.people]
        ones += [(f.y, partial(draw_person, canvas, view, f, light, mirror_z)) for f in figures]
        ones += self.others(canvas, share, mirror_z)
        if mirror_z is None:
            ones += [(y, partial(front.draw, canvas)) for y, front in self.fronts]
        far_first(ones)
