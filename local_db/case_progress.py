"""How far the mirror of the cases has come."""

from msgspec import Struct

FORM = "2"
"""Of the facts: a file with others is filled anew."""


class Progress(Struct, frozen=True):
    """How far the mirror has come. `since`: the next delta starts there (RFC 3339); `cursor`: of
    the page to come, empty between two rounds; `whole`: all of the platform has been here once."""

    platform_url: str = ""
    since: str = ""
    cursor: str = ""
    whole: bool = False
    as_of: float = 0.0
    form: str = FORM
