"""Monitors by name and serial number, numbered as they stand. Pure."""

from collections.abc import Iterable, Sequence

from msgspec import Struct


class ScreenId(Struct, frozen=True):
    """Serial numbers are often empty or equal; then the name of the output decides."""

    name: str
    serial: str = ""


class Monitor(Struct, frozen=True):
    """`number`: from 1 as they stand, left to right and then downwards: what operators call it.
    Place and size in logical pixels of the desktop; `is_desk`: the workstation stands there."""

    screen: ScreenId
    x: int
    y: int
    width: int
    height: int
    number: int = 0
    is_desk: bool = False


def known_as(wanted: ScreenId, screens: Sequence[ScreenId]) -> int | None:
    """Its place among `screens`: by both, by a serial number that only one has, by name."""
    by_serial = [
        n for n, one in enumerate(screens) if wanted.serial and one.serial == wanted.serial
    ]
    by_name = [n for n, one in enumerate(screens) if one.name == wanted.name]
    both = [n for n in by_serial if n in by_name]
    for found in (both, by_serial if len(by_serial) == 1 else [], by_name):
        if found:
            return found[0]
    return None


def numbered(monitors: Iterable[Monitor]) -> tuple[Monitor, ...]:
    """In the order of their numbers."""
    ordered = sorted(monitors, key=lambda one: (one.x, one.y))
    return tuple(
        Monitor(one.screen, one.x, one.y, one.width, one.height, number, one.is_desk)
        for number, one in enumerate(ordered, start=1)
    )
