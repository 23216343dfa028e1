"""Rules of one video tile: which address, how long to wait before the next try."""

from collections.abc import Iterable, Sequence

from desktop.domain.cameras import Protocol, Stream

OPENING_LIMIT_S = 5.0
"""A player that shows nothing by then has failed; libVLC itself would stay in Opening."""

STALLED_AFTER_S = 1.6
"""Silence of the picture counter that flags a stall. The counter itself is up to 0.6 s old
(libVLC sums it each 250 ms, the helper reads it each 100 ms and reports each 250 ms), so that
the operator reads it at most 2.5 s after the last picture."""

RESTART_AFTER_S = 3.3
"""Silence after which the stream is opened anew: within 4 s of the last picture."""

HIDDEN_LIMIT_S = 2.0
FAILED_RETRY_S = 30.0

STEADY_AFTER_S = 5.0
"""A picture that ran so long starts the back-off anew."""

MAX_OPENS = 4
"""Streams that are being opened at the same time."""

# The longest wait and the opening after it stay below the 15 s in which all is normal again.
_BACKOFF_S = (0.5, 1.0, 2.0, 4.0, 8.0, 10.0)
_REFUSED_S = (5.0, 10.0, 30.0)
_GONE_S = (5.0, 10.0)
_GONE = (403, 404, 410)
_JITTER = 0.2

# By preference. An address of any other scheme is refused: a player would open files too.
_WEB = ("http", "https")
_SCHEMES = {
    Protocol.HTTP_TS: _WEB,
    Protocol.HTTP_FLV: _WEB,
    Protocol.HLS: _WEB,
    Protocol.RTSP: ("rtsp", "rtsps"),
}


def backoff_s(attempt: int, chance: float) -> float:
    """Wait before try number `attempt` (1 is the first after a loss).

    `chance` in [0, 1) spreads the wait by ±20 % so that tiles do not return all at once.
    """
    wait_s = _BACKOFF_S[min(max(attempt, 1), len(_BACKOFF_S)) - 1]
    return wait_s * (1 - _JITTER + 2 * _JITTER * chance)


def refused_retry_s(refusals: int, status: int = 0) -> float:
    """Wait after the `refusals`-th no in a row: who says it may only just be starting.

    `status` is that of the stream's own server, 0 where the platform said no. A stream that is
    gone may be back at any time; a wrong password (401) counts, and many cameras lock the account.
    """
    waits_s = _GONE_S if status in _GONE else _REFUSED_S
    return waits_s[min(max(refusals, 1), len(waits_s)) - 1]


def choose_stream(streams: Sequence[Stream], playable: Iterable[Protocol]) -> Stream | None:
    """The first by preference that this machine was probed to play; None if there is none."""
    can_play = set(playable)
    for protocol, schemes in _SCHEMES.items():
        if protocol not in can_play:
            continue
        for stream in streams:
            scheme = stream.url.partition("://")[0].lower()
            if stream.protocol is protocol and scheme in schemes:
                return stream
    return None
