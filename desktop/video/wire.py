"""What the station and a video process say to each other: one JSON object a line."""

from enum import StrEnum

import msgspec

from desktop.domain.cameras import Protocol

SOUND_WORD = "sound"
"""On the command line of a video process: it plays sound and no picture."""


class Open(msgspec.Struct, frozen=True, tag="open"):
    """Play `url` in the X window `window_id`. `session` comes back in every report."""

    player: int
    session: int
    window_id: int
    url: str
    protocol: Protocol
    caching_ms: int
    loops: bool = False  # a short recording, again and again

    def __repr__(self) -> str:
        return f"Open(player={self.player}, session={self.session}, url=<secret>)"


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    player: int
    session: int


class Look(msgspec.Struct, frozen=True, tag="look"):
    """Which part of the picture is shown, as fractions of it; holds until the next order.

    `aspect`: width by height of the window that it is to fill, its edges cut; 0: the whole part.
    """

    player: int
    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0
    aspect: float = 0.0


class Volume(msgspec.Struct, frozen=True, tag="volume"):
    """Of a player of sound: 0 is mute, 100 its loudest; holds until the next order."""

    player: int
    percent: int


class Frame(msgspec.Struct, frozen=True, tag="frame"):
    """The window of a focus picture is this large, in device pixels."""

    player: int
    width: int
    height: int


class Taken(msgspec.Struct, frozen=True, tag="taken"):
    """The station paints from `slot` now (-1: none); it has heard of picture `number`."""

    player: int
    number: int
    slot: int


class Still(msgspec.Struct, frozen=True, tag="still"):
    """Asks for the newest whole picture of a focus player, as large as it is."""

    player: int


class Probe(msgspec.Struct, frozen=True, tag="probe"):
    """Asks for `Ready` again."""


class PlayerState(StrEnum):
    IDLE = "idle"
    OPENING = "opening"
    PLAYING = "playing"
    ENDED = "ended"  # on a live source: lost


class PlayerReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """One player. Counters are those of the session.

    displayed: of a player of sound the pieces of sound that were played.
    changed_ago_s: since `displayed` last grew; None before the first picture.
    waiting_bytes: came and are not yet read by libVLC.
    codec and size: known from the first picture on.
    busy_s: how long the running open or stop has taken so far.
    refused: the HTTP or RTSP status with which the server of the stream said no, else 0.
    unreachable: nobody answered at its address; untrusted: not with a certificate that we trust.
    late_s: whole seconds, up to now, in which this machine did not keep up. Focus pictures only.
    """

    player: int
    session: int
    state: PlayerState
    displayed: int = 0
    lost: int = 0
    decoded: int = 0
    received_bytes: int = 0
    waiting_bytes: int = 0
    codec: str = ""
    width: int = 0
    height: int = 0
    changed_ago_s: float | None = None
    busy_s: float = 0.0
    refused: int = 0
    unreachable: bool = False
    untrusted: bool = False
    late_s: int = 0


def has_news(report: PlayerReport) -> bool:
    """Nothing plays and nothing is being done where there is none."""
    return report.state is not PlayerState.IDLE or report.busy_s > 0


class Hardware(msgspec.Struct, frozen=True):
    """Drivers of graphics devices, and what of libVLC could decode with them."""

    devices: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        return bool(self.devices and self.modules)


class Capabilities(msgspec.Struct, frozen=True):
    """What the backend was found to play. `rtsp` is direct, bridge or none.

    `reason` says in Chinese why there is no backend; empty otherwise.
    """

    version: str = ""
    protocols: tuple[Protocol, ...] = ()
    rtsp: str = "none"
    reason: str = ""
    hardware: Hardware = Hardware()


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    pid: int
    capabilities: Capabilities


class Report(msgspec.Struct, frozen=True, tag="report"):
    """Each 250 ms, and at once when a player's state changes: also the sign of life.

    A player that does nothing is left out.
    """

    players: tuple[PlayerReport, ...]


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A picture stands in the shared memory (desktop.video.slots): BGRA, `stride` bytes a row.

    `part` of a source of this size is what it shows. came_s: when its last byte had come, by the
    machine's monotonic clock.
    """

    player: int
    session: int
    number: int
    slot: int
    width: int
    height: int
    stride: int
    source_width: int
    source_height: int
    part: tuple[float, float, float, float]
    came_s: float


ToPlayer = Open | Stop | Look | Volume | Frame | Taken | Still
ToVideo = ToPlayer | Probe
FromVideo = Ready | Report | Picture

encode = msgspec.json.Encoder().encode
decode_to_video = msgspec.json.Decoder(ToVideo).decode
decode_from_video = msgspec.json.Decoder(FromVideo).decode
