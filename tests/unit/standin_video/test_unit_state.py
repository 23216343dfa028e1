"""What a drone, a car or an officer writes below the clock."""

from desktop.standin.video.osd import LiveBand
from desktop.standin.video.profiles import SUB, with_state
from desktop.standin.video.unit_state import UnitState, own_course


def test_that_only_what_is_known_is_told() -> None:
    assert UnitState().line() == ""
    assert UnitState(speed_m_s=10.0).line() == "速度 36km/h"
    flying = UnitState(116.6, 28.9, 16.04, 118.26, 81.6).line()
    assert flying == "高度118.3m  速度16.0m/s  电量 82%  E116.60000 N28.90000"


def test_that_what_a_unit_does_not_tell_is_completed() -> None:
    known = UnitState(lon_deg=116.7, speed_m_s=0.0).completed(UnitState(1.0, 2.0, 3.0, 4.0))
    assert known == UnitState(116.7, 2.0, 0.0, 4.0)


def test_that_the_own_course_moves_and_uses_up_the_battery() -> None:
    one, later = (own_course("drone", "cam-9", at_s) for at_s in (1000.0, 1060.0))
    assert one.height_m is not None and one.battery_pct is not None
    assert one.battery_pct > (later.battery_pct or 0.0) > 0
    assert one.lat_deg != later.lat_deg
    assert own_course("drone", "cam-9", 1000.0) == one != own_course("drone", "cam-8", 1000.0)


def test_that_the_second_line_changes_where_its_signs_change() -> None:
    profile, text = with_state(SUB), ["高度118.3m"]
    band = LiveBand(profile, "无人机", lambda _: text[0])
    band.show(0, 10.0)
    before = band.luma.copy()
    assert not band.show(0, 10.5)
    text[0] = "高度118.4m"
    changed = {address for address in band.show(0, 11.0) if address >= 2 * profile.width_mbs}
    assert 1 <= len(changed) <= 2
    different = (before != band.luma)[profile.state_top :].any(axis=0).nonzero()[0]
    assert {2 * profile.width_mbs + int(x) // 16 for x in different} <= changed


def test_that_a_long_line_stays_in_the_picture() -> None:
    band = LiveBand(with_state(SUB), "车", lambda _: "位" * 200)
    assert band.show(0, 1.0)
