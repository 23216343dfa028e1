"""Sizes of the two streams of a camera, and how their top band is divided."""

from dataclasses import dataclass, replace

FPS = 25
GOP = 25  # frames from one IDR picture to the next


@dataclass(frozen=True)
class Profile:
    """Pixels unless said; the band holds a line of text, the number strip and, below it, a second
    line where the camera is carried by something that tells its state."""

    profile_id: str
    width: int
    height: int
    kbit_s: int
    text_height: int  # a multiple of 16
    cell_width: int  # of one digit
    font_size: float
    block_width: int  # of one bit of the strip; strip height is 16
    has_state: bool = False

    @property
    def band_height(self) -> int:
        return self.state_top + (self.text_height if self.has_state else 0)

    @property
    def state_top(self) -> int:
        """The first row of the second line."""
        return self.text_height + 16

    @property
    def width_mbs(self) -> int:
        return self.width // 16

    @property
    def band_mbs(self) -> int:
        return self.band_height // 16 * self.width_mbs


SUB = Profile("sub", 640, 360, 1000, 16, 8, 14.0, 16)
MAIN = Profile("main", 1920, 1080, 4000, 48, 24, 41.0, 48)
PROFILES = {profile.profile_id: profile for profile in (SUB, MAIN)}


def with_state(profile: Profile) -> Profile:
    """The same picture with a second line in its band."""
    return replace(profile, has_state=True)
