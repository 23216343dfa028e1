"""How large the generated city is: the whole one, and a small one for tests."""

from dataclasses import dataclass

MANHOLES_OF_ITEMS = (108_549, 230_000)  # the real city's register: covers with a named owner


@dataclass(frozen=True)
class Scale:
    """Counts of everything that stands in the city, and the half sides of its frame in m."""

    name: str
    half_width_m: float
    half_height_m: float
    side_street_gap_m: float
    cameras: int
    items: int
    flood_points: int
    level_gauges: int
    bridge_sensors: int
    lamp_cabinets: int
    flow_points: int
    quality_points: int
    gas_points: int
    heat_points: int
    pressure_points: int
    units: int
    subdistricts: int
    communities: int
    grids: int

    @property
    def manholes(self) -> int:
        covers, items = MANHOLES_OF_ITEMS
        return round(self.items * covers / items)


FULL = Scale(
    "full", 20_000, 15_000, 270, cameras=50_000, items=230_000, flood_points=88,
    level_gauges=51, bridge_sensors=400, lamp_cabinets=641, flow_points=17,
    quality_points=22, gas_points=120, heat_points=48, pressure_points=64, units=2_000,
    subdistricts=60, communities=500, grids=3_000,
)  # fmt: skip
SMALL = Scale(
    "small", 6_400, 4_800, 760, cameras=500, items=2_300, flood_points=88,
    level_gauges=51, bridge_sensors=40, lamp_cabinets=64, flow_points=17,
    quality_points=22, gas_points=12, heat_points=5, pressure_points=6, units=200,
    subdistricts=18, communities=45, grids=240,
)  # fmt: skip
SCALES = {scale.name: scale for scale in (FULL, SMALL)}
