"""Day, dusk, night and rain: the light that a scene is seen in.

Vectors are linear red, green, blue, 1.0 about white, unless said.
"""

from dataclasses import dataclass
from enum import StrEnum

Vector = tuple[float, float, float]


class Variant(StrEnum):
    """In the order in which one stands in for another that is not drawn yet."""

    DAY = "day"
    DUSK = "dusk"
    RAIN = "rain"
    NIGHT = "night"


@dataclass(frozen=True)
class Light:
    """All that differs between two variants of one scene."""

    variant: Variant
    ambient: Vector  # from the whole sky, without shadows
    sun: Vector
    sun_from: Vector  # towards the sun, length 1
    zenith: Vector
    horizon: Vector  # also what haze adds
    clouds: float  # 0 to 1
    sight: float  # times the scene's own reach of sight
    lamps: float  # power of lamps and signs, 0 to 1
    windows: float  # power of lit windows, 0 to 1
    objects: Vector  # times the colour (bytes) of what moves
    headlights: bool
    wet: float  # of the road, 0 to 1
    rain: float  # density of the streaks, 0 to 1
    grain: float  # noise of the sensor, in bytes
    shadow: float  # under what moves, 0 to 1

    @property
    def has_sun(self) -> bool:
        return max(self.sun) > 0

    def tint(self, colour: tuple[int, int, int], level: float = 1.0) -> tuple[int, int, int]:
        """A colour in bytes as it looks in this light."""
        red, green, blue = (
            min(255, int(part * share * level))
            for part, share in zip(colour, self.objects, strict=True)
        )
        return red, green, blue


LIGHTS: dict[Variant, Light] = {
    Variant.DAY: Light(
        Variant.DAY, (0.42, 0.47, 0.55), (0.98, 0.90, 0.76), (-0.48, -0.52, 0.7065),
        (0.30, 0.46, 0.74), (0.70, 0.76, 0.80), 0.55, 3.6, 0.0, 0.04, (1.0, 0.98, 0.95), False,
        0.0, 0.0, 1.4, 0.5,
    ),
    Variant.DUSK: Light(
        Variant.DUSK, (0.155, 0.165, 0.235), (0.42, 0.24, 0.12), (-0.86, 0.36, 0.3614),
        (0.11, 0.15, 0.29), (0.44, 0.345, 0.315), 0.8, 2.4, 0.6, 0.8, (0.60, 0.56, 0.58), True,
        0.05, 0.0, 2.0, 0.4,
    ),
    Variant.RAIN: Light(
        Variant.RAIN, (0.105, 0.115, 0.130), (0.0, 0.0, 0.0), (0.0, 0.0, 1.0),
        (0.095, 0.105, 0.120), (0.165, 0.175, 0.190), 0.9, 1.0, 0.9, 0.85, (0.50, 0.51, 0.53),
        True, 1.0, 0.8, 1.9, 0.3,
    ),
    Variant.NIGHT: Light(
        Variant.NIGHT, (0.045, 0.050, 0.062), (0.0, 0.0, 0.0), (0.0, 0.0, 1.0),
        (0.020, 0.024, 0.036), (0.070, 0.070, 0.078), 0.3, 1.3, 1.0, 1.0, (0.44, 0.42, 0.40), True,
        0.20, 0.0, 3.2, 0.35,
    ),
}  # fmt: skip
