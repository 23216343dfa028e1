"""Whose values somebody sees."""

import pytest

from desktop.cockpit_rules import read_metrics
from desktop.domain.cockpit.cockpit_file import Panel, PanelKind
from desktop.domain.link_messages import User
from desktop.domain.orgs import Org
from views.cockpit.access import scope_of, scope_of_panel

ORGS = (
    Org(org_id="city", name="市"),
    Org(org_id="bj", name="滨江区中心", parent_id="city", district_id="990102"),
    Org(org_id="crew", name="抢险队", parent_id="bj"),
)


@pytest.mark.parametrize(
    ("roles", "org_id", "scope"),
    [(("leader",), "bj", "990102"), (("leader",), "crew", "990102"), (("leader",), "city", "city"),
     (("duty_officer",), "bj", "city"), (("leader",), None, "city"), (("wall",), "bj", "city")],
)  # fmt: skip
def test_that_a_leader_of_a_district_sees_the_district_and_a_centre_the_city(roles, org_id, scope):
    assert scope_of(User("u", "某", roles, org_id), ORGS) == scope


def test_that_a_panel_whose_metric_is_not_told_by_district_stays_with_the_city():
    registry = read_metrics()
    cases = Panel(kind=PanelKind.NUMBER, metrics=("case.open",))
    rain = Panel(kind=PanelKind.NUMBER, metrics=("weather.rain_1h_mm",))
    assert scope_of_panel(cases, registry, "990102") == "990102"
    assert scope_of_panel(rain, registry, "990102") == "city"
