"""The stand-in's bridges: every kind of sensor, with values that suit its lines."""

from datetime import UTC, datetime, timedelta

from desktop.domain.bridges import SensorKind, kind_of
from desktop.domain.points import Point
from desktop.standin.bridges import instrumented
from desktop.standin.instruments import Instruments

NIGHT = datetime(2026, 7, 14, 19, tzinfo=UTC)


def raw(number: int, street: str = "澄南快速路", lon_deg: float = 116.6) -> Point:
    return Point(
        point_id=f"QL-1{number:03d}", class_id="bridge", name=f"{street} {number} 号监测点",
        lon_deg=lon_deg + number * 0.0005, lat_deg=28.9,
    )  # fmt: skip


def test_that_a_street_over_two_rivers_has_two_bridges():
    points = [*(raw(n) for n in range(10)), raw(11, lon_deg=116.7), Point(
        point_id="x", class_id="gas", name="燃气 1")]  # fmt: skip
    made = instrumented(points)
    assert [one.point_id for one in made] == [one.point_id for one in points]
    assert len({one.asset_id for one in made[:10]}) == 1
    assert made[10].asset_id not in (None, made[0].asset_id)
    assert made[11] == points[11]


def test_that_a_bridge_measures_four_things():
    made = instrumented(raw(n) for n in range(10))
    kinds = [kind_of(one) for one in made]
    assert set(kinds) == set(SensorKind) - {SensorKind.OTHER}
    assert made[0].name == "澄南快速路跨河桥 · 应变 01" and made[0].unit == "με"


def test_that_values_lie_below_the_lines_of_their_sensor():
    made = instrumented(raw(n) for n in range(40))
    instruments = Instruments(made)
    for point in made:
        value = instruments.reading(point, NIGHT)["metrics"][point.metric]  # type: ignore[index]
        assert 0 <= value < point.thresholds[0].value
        series = instruments.series(point.point_id, point.metric, NIGHT.replace(hour=12), NIGHT, 60)
        assert len(series) > 100


def test_that_a_value_set_by_a_scenario_holds_in_the_past_until_the_next_is_due():
    (point,) = [Point(point_id="RQ-1", class_id="gas", name="燃气 1", metric="gas_lel_pct")]
    instruments = Instruments((point,))
    for minutes in (0, 1):
        instruments.remember(
            "RQ-1", NIGHT + timedelta(minutes=minutes), {"gas_lel_pct": 40.0 + minutes}
        )

    def last(seconds: int) -> float:
        to = NIGHT + timedelta(minutes=1, seconds=seconds)
        return instruments.series("RQ-1", "gas_lel_pct", NIGHT - timedelta(hours=1), to, 45)[-1][1]

    assert [last(seconds) for seconds in (0, 50, 85)] == [41.0, 41.0, 41.0]
    assert last(200) < 2.0  # long after: the point's own again
