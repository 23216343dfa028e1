"""One coded picture of one camera, ready to be carried."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.standin.video.band import band_slice
from desktop.standin.video.bitstream import START_CODE
from desktop.standin.video.loops import Loop
from desktop.standin.video.osd import LiveBand
from desktop.standin.video.profiles import GOP

_DELIMITER = START_CODE + b"\x09\xf0"  # access_unit_delimiter_rbsp (clause 7.3.2.4)


@dataclass(frozen=True)
class AccessUnit:
    """`number` counts pictures at 25 per second; `data` is a byte stream (annex B)."""

    number: int
    is_idr: bool
    data: bytes


class LiveSource:
    """Turns a loop that all cameras share into one camera's own live pictures.

    Units must be taken in order and start at `first_number(n)`. `choose` is asked at each
    IDR picture for the loop to go on with; all its answers have the same profile. `state` gives
    the text of the second line at a time (seconds since 1970), where the loop has one.
    """

    def __init__(
        self,
        name: str,
        phase_s: float,
        choose: Callable[[], Loop],
        state: Callable[[float], str] | None = None,
    ) -> None:
        self._phase = round(phase_s * 25)
        self._choose = choose
        self._loop = choose()
        self._band = LiveBand(self._loop.profile, name, state)

    @property
    def parameter_sets(self) -> tuple[bytes, bytes]:
        return self._loop.sps, self._loop.pps

    def first_number(self, number: int) -> int:
        """The IDR picture that the picture `number` depends on."""
        return number - (number + self._phase) % GOP

    def unit(self, number: int, wall_s: float) -> AccessUnit:
        """The picture `number`, taken at `wall_s` (seconds since 1970)."""
        if (number + self._phase) % GOP == 0:
            self._loop = self._choose()
        loop = self._loop
        index = (number + self._phase) % len(loop)
        picture = loop.numbers[index]
        changed = self._band.show(number, wall_s)
        own = START_CODE + band_slice(loop.parameters, picture, self._band.luma, changed)
        sets = START_CODE + loop.sps + START_CODE + loop.pps if picture.is_idr else b""
        return AccessUnit(number, picture.is_idr, _DELIMITER + sets + own + loop.slices(index))
