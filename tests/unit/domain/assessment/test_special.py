"""专项 by field: summed by the scheme's weights, or the total that was told."""

from datetime import date

import msgspec
import pytest

from desktop.domain.assessment.figures import Inputs
from desktop.domain.assessment.schemes import Field, Part, Scheme
from desktop.domain.assessment.special import field_lines, gap_to_told, special_scores
from desktop.domain.assessment.told import BadInputs, read_inputs
from tests.score_figures import district_figures

FIELDS = (
    Field(id="clean", name="市容环卫", weight=60),
    Field(id="works", name="市政设施", weight=40),
)
SCHEME = Scheme(
    id="s", name="办法", edition="1", since=date(2026, 1, 1), fields=FIELDS,
    parts=(Part(id="special", name="专项考核", weight=100),),
)  # fmt: skip


def told(**units: dict[str, float]) -> Inputs:
    return Inputs(special={"u1": 90.0, "u2": 88.0}, special_fields=units)


def test_that_the_part_is_the_weighted_sum_of_its_fields():
    inputs = told(u1={"clean": 95.0, "works": 80.0})
    assert special_scores(inputs, SCHEME) == {"u1": pytest.approx(89.0), "u2": 88.0}
    assert gap_to_told("u1", inputs, SCHEME) == pytest.approx(1.0)
    assert gap_to_told("u2", inputs, SCHEME) is None


def test_that_a_field_that_is_missing_leaves_the_told_total_and_says_so():
    inputs = told(u1={"clean": 95.0})
    assert special_scores(inputs, SCHEME)["u1"] == 90.0
    clean, works = field_lines("u1", inputs, SCHEME)
    assert (clean.points, clean.place, clean.of) == (95.0, 1, 1)
    assert works.points is None


def test_that_a_scheme_without_fields_takes_the_total():
    inputs = told(u1={"clean": 95.0, "works": 80.0})
    assert special_scores(inputs, msgspec.structs.replace(SCHEME, fields=()))["u1"] == 90.0
    assert special_scores(inputs, None)["u1"] == 90.0
    assert field_lines("u2", inputs, SCHEME) == ()


def test_that_places_are_those_of_the_field_alone():
    inputs = told(u1={"clean": 80.0, "works": 99.0}, u2={"clean": 90.0, "works": 70.0})
    assert [(one.place, one.of) for one in field_lines("u1", inputs, SCHEME)] == [(2, 2), (1, 2)]


def test_that_weights_that_do_not_add_up_are_a_fault_of_the_scheme():
    wrong = msgspec.structs.replace(SCHEME, fields=FIELDS[:1])
    assert wrong.fault() == "专项各领域权重之和为 60，应为 100"
    assert not SCHEME.fault()


def test_that_points_beyond_100_refuse_the_month():
    body = msgspec.json.encode({"special_fields": {"u1": {"clean": 120}}})
    with pytest.raises(BadInputs, match="u1 的专项 clean 为 120"):
        read_inputs(body)


def test_that_a_quarter_is_the_mean_of_its_months_field_by_field():
    figures = district_figures()
    months = ("2026-04", "2026-05", "2026-06")
    for number, month in enumerate(months):
        inputs = figures.inputs.get(month, Inputs())
        fields = {"u1": {"clean": 90.0 + number}} | ({"u2": {"clean": 1.0}} if number else {})
        figures.inputs[month] = msgspec.structs.replace(inputs, special_fields=fields)
    assert figures.inputs_of("2026-Q2").special_fields == {"u1": {"clean": 91.0}}
