"""What is kept of a wall: its tabs, and the walls that were saved under a name."""

from msgspec import Struct

from desktop.domain.wall import Wall, empty_wall, preset

FIRST_LAYOUT = "9"
MOST_TABS = 12
MOST_SAVED = 60
NAME_CHARS = 20


class Tab(Struct, frozen=True):
    """One wall with a name of its own; an empty name is shown as its number."""

    wall: Wall
    name: str = ""


class SavedWall(Struct, frozen=True):
    """A named wall to come back to; `shared`: of everybody here, not of this user."""

    name: str
    wall: Wall
    shared: bool = False


class Kept(Struct, frozen=True):
    """The tabs of one user, and which of them was shown."""

    tabs: tuple[Tab, ...]
    chosen: int = 0


def new_tab(name: str = "", wall: Wall | None = None) -> Tab:
    return Tab(wall or empty_wall(preset(FIRST_LAYOUT)), clean_name(name))


def clean_name(name: str) -> str:
    return " ".join(name.split())[:NAME_CHARS]
