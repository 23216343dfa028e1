"""A screen without people signs in by itself, with the token that its platform gave it.

`PROFILE/device.token` is one line, readable by its owner only. Without the file nothing happens.
"""

import logging
import stat
from pathlib import Path

from desktop.clock import Clock
from desktop.errors import PlatformError
from desktop.link.audit import Audit
from desktop.link.session import Session

log = logging.getLogger(__name__)

FILE, LONGEST = "device.token", 512
LOOK_S, REFUSED_S = 5.0, 60.0
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_token(path: Path) -> str:
    """Empty without one, and for a file that others can read: that is no secret. Blocks."""
    try:
        if path.stat().st_mode & _OTHERS:
            log.error("%s can be read by others: chmod 600", path)
            return ""
        text = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return text if 0 < len(text) <= LONGEST and text.isprintable() else ""


class DeviceSignIn:
    """Who signs in by hand at such a screen is left in peace."""

    def __init__(self, profile: Path, session: Session, audit: Audit, clock: Clock) -> None:
        self._path, self._session = profile / FILE, session
        self._audit, self._clock = audit, clock

    async def run(self) -> None:
        """For ever."""
        while True:
            await self._clock.sleep(await self.look())

    async def look(self) -> float:
        """Signs in where nobody is; says how many seconds to wait before the next look."""
        if self._session.user is not None or not (token := read_token(self._path)):
            return LOOK_S
        try:
            await self._session.sign_in_device(token)
        except PlatformError as error:
            self._audit.sign_in_refused("device", error.operator_text)
            return REFUSED_S
        return LOOK_S
