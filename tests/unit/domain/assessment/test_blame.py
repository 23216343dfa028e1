"""Which cases a rate loses points by."""

from desktop.domain.assessment.blame import blame_of
from desktop.domain.assessment.indicators import Indicator, Unit
from desktop.domain.assessment.mirrored import Blame
from tests.score_figures import assessment


def of(name: str) -> Blame | None:
    return blame_of(assessment().catalogue.get(name))


def test_that_a_good_rate_loses_by_what_is_in_its_whole_and_not_in_its_part():
    assert of("archive_in_time_rate") == Blame(("in_time_archive",), ("need_archive",), False)


def test_that_a_bad_rate_loses_by_its_part():
    blame = of("rework_rate")
    assert blame is not None
    assert (blame.part, blame.is_bad) == (("rework",), True)


def test_that_hours_and_indices_blame_no_single_case():
    catalogue = assessment().catalogue
    others = [one for one in catalogue.indicators if one.unit is not Unit.PERCENT or one.formula]
    assert others
    assert all(blame_of(one) is None for one in others)
    assert blame_of(None) is None


def test_that_what_is_no_sum_of_cases_blames_nobody():
    odd = Indicator(id="odd", name="", group="", unit=Unit.PERCENT, numerator="dispose - rework",
                    denominator="dispose")  # fmt: skip
    assert blame_of(odd) is None
    device = Indicator(id="d", name="", group="", unit=Unit.PERCENT, numerator="device_online",
                       denominator="device")  # fmt: skip
    assert blame_of(device) is None
