"""Monitors are numbered as they stand and known again by what stays with them."""

from desktop.domain.monitors import Monitor, ScreenId, known_as, numbered


def monitor(name: str, x: int, y: int = 0, serial: str = "") -> Monitor:
    return Monitor(ScreenId(name, serial), x, y, 1920, 1080)


def test_that_numbers_go_from_left_to_right_and_then_down():
    found = numbered([monitor("b", 1920), monitor("under", 0, 1080), monitor("a", 0)])
    assert [(one.number, one.screen.name) for one in found] == [(1, "a"), (2, "under"), (3, "b")]


def test_that_a_serial_number_that_two_have_decides_nothing():
    twins = [ScreenId("a", "000"), ScreenId("b", "000")]
    assert known_as(ScreenId("b", "000"), twins) == 1
    assert known_as(ScreenId("c", "000"), twins) is None
    assert known_as(ScreenId("elsewhere", "7"), [*twins, ScreenId("d", "7")]) == 2
