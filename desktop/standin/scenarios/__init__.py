"""What happens in the stand-in city. Add a scenario: one module and one line here."""

from desktop.standin.scenarios import (
    ai_occupation,
    alarm_flood,
    appeals,
    calm,
    collapse,
    falling_object,
    gas_leak,
    lamps_out,
    link_down,
    manhole,
    storm,
)
from desktop.standin.scenarios.scenario import Scenario

SCENARIOS: tuple[type[Scenario], ...] = (
    calm.Calm,
    storm.Storm,
    gas_leak.GasLeak,
    collapse.Collapse,
    manhole.Manhole,
    falling_object.FallingObject,
    lamps_out.LampsOut,
    link_down.LinkDown,
    alarm_flood.AlarmFlood,
    appeals.Appeals,
    ai_occupation.AiOccupation,
)


def scenario_named(name: str) -> type[Scenario]:
    """Raises KeyError."""
    return {scenario.name: scenario for scenario in SCENARIOS}[name]
