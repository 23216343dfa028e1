"""Cameras that another body lends."""

from desktop.standin.sharing import is_shared, why_not_lent
from tests.samples import camera


def lent(number: int):
    return camera(f"cam-{number}", source="公安视频平台", shared=True)


def test_that_a_few_are_held_back_from_most_roles():
    held = [n for n in range(5000) if why_not_lent(lent(n), "operator")]
    assert 0.01 < len(held) / 5000 < 0.03
    assert not why_not_lent(lent(held[0]), "duty_officer")
    assert "请向公安指挥中心申请" in why_not_lent(lent(held[0]), "dispatcher")
    own = camera(f"cam-{held[0]}", source="城管视频平台")
    assert not why_not_lent(own, "operator") and not is_shared(own.source)
