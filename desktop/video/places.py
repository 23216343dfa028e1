"""Which video process plays which tile."""

FIRST_WALL_TILE = 101
_ROOM, _WALL = 4, 13
"""Tiles of a process. A process costs 42 MB before its first picture, a crash costs all of its
pictures: the four beside the map stand by themselves, the wall's 25 take two processes."""

PLAYERS_PER_PROCESS = max(_ROOM, _WALL)
_FIRST_WALL_PROCESS = 100


def place_of(tile: int) -> tuple[int, int]:
    """Number of the process and number of the player in it."""
    if tile >= FIRST_WALL_TILE:
        process, player = divmod(tile - FIRST_WALL_TILE, _WALL)
        return _FIRST_WALL_PROCESS + process, player
    return divmod(tile - 1, _ROOM)


def is_wall(process: int) -> bool:
    return process >= _FIRST_WALL_PROCESS


def tile_at(process: int, player: int) -> int:
    if is_wall(process):
        return FIRST_WALL_TILE + (process - _FIRST_WALL_PROCESS) * _WALL + player
    return 1 + process * _ROOM + player
