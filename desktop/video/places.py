"""Which video process plays which tile."""

from desktop.domain.cameras import FIRST_WALL_TILE

SOUND_TILE = 0
"""Not a tile: the sound of one camera. It has a process of its own, so that an audio system that
hangs takes no picture along."""
FIRST_FOCUS_TILE = 901
WALL_TILES = 195
"""Numbers of one wall: whole processes, so that each monitor's wall dies alone."""
FIRST_COCKPIT_TILE, COCKPIT_TILES = 881, 19
"""Between the walls and the focus tiles: what cockpits show; lent by the pool."""
FOCUS_TILES = 2
_ROOM, _WALL = 4, 13
"""Tiles of a process. A process costs 42 MB before its first picture, a crash costs all of its
pictures: the four beside the map stand by themselves, the wall's 25 take two processes."""

PLAYERS_PER_PROCESS = max(_ROOM, _WALL)
_FIRST_WALL_PROCESS = 100
SOUND_PROCESS = 99
_FOCUS_PROCESS = 900


def place_of(tile: int) -> tuple[int, int]:
    """Number of the process and number of the player in it."""
    if tile == SOUND_TILE:
        return SOUND_PROCESS, 0
    if tile >= FIRST_FOCUS_TILE:
        return _FOCUS_PROCESS, tile - FIRST_FOCUS_TILE
    if tile >= FIRST_WALL_TILE:
        process, player = divmod(tile - FIRST_WALL_TILE, _WALL)
        return _FIRST_WALL_PROCESS + process, player
    return divmod(tile - 1, _ROOM)


def is_wall(process: int) -> bool:
    return _FIRST_WALL_PROCESS <= process < _FOCUS_PROCESS


def is_focus(process: int) -> bool:
    return process == _FOCUS_PROCESS


def may_rest(process: int) -> bool:
    """One without a picture, until it is needed; those beside the map wait for an alarm."""
    return is_wall(process) or is_focus(process) or process == SOUND_PROCESS


def tile_at(process: int, player: int) -> int:
    if is_focus(process):
        return FIRST_FOCUS_TILE + player
    if is_wall(process):
        return FIRST_WALL_TILE + (process - _FIRST_WALL_PROCESS) * _WALL + player
    if process == SOUND_PROCESS:
        return SOUND_TILE
    return 1 + process * _ROOM + player
