"""What happens in the stand-in city. Add a scenario: one module and one line here."""

from desktop.standin.scenarios import calm, storm
from desktop.standin.scenarios.scenario import Scenario

SCENARIOS: tuple[type[Scenario], ...] = (calm.Calm, storm.Storm)


def scenario_named(name: str) -> type[Scenario]:
    """Raises KeyError."""
    return {scenario.name: scenario for scenario in SCENARIOS}[name]
