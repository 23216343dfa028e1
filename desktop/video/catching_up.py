"""When a live picture is to run a little faster, to be young again.

libVLC keeps the age that a picture had when it began: what a busy machine took up late stays
late, and a camera whose clock is fast gets later all day. What was not read in time waits in the
pipe then, at every look. Times are seconds of one monotonic clock.
"""

_PATIENCE_S = 2.0
"""For so long something must have waited at every look: a stream that comes in parts is not late
between two of them."""

_FASTER, _MUCH_FASTER = 1.1, 1.25
_MUCH_BYTES = 64 << 10
HIDDEN_BYTES = 16 << 10
"""As many wait inside of libVLC (--prefetch-buffer-size) before any does in the pipe."""

_OF_HIDDEN = 0.8
_PAUSE_S = 60.0
"""Until the next time, twice as long after each: who sends in parts after all is left alone."""


class CatchingUp:
    """Of one session. `rate` at each look."""

    def __init__(self) -> None:
        self._since_s: float | None = None  # something has waited at every look
        self._since_bytes = 0
        self._end_s: float | None = None  # of the present hurry, once the pipe is empty
        self._next_s = 0.0
        self._pause_s = _PAUSE_S
        self._lost = 0
        self._rate = 1.0

    def rate(self, now_s: float, waiting_bytes: int, received_bytes: int, lost: int) -> float:
        """1 is as it comes. `lost`: pictures so far that came too late to be shown: a machine
        that cannot keep up does not get more to do."""
        loses, self._lost = lost > self._lost, lost
        if self._rate > 1.0:
            self._go_on(now_s, waiting_bytes, received_bytes, loses)
        elif loses or not waiting_bytes:
            self._since_s = None
        elif self._since_s is None:
            self._since_s, self._since_bytes = now_s, received_bytes
        elif now_s >= max(self._next_s, self._since_s + _PATIENCE_S):
            self._rate = _speed(waiting_bytes)
        return self._rate

    def _go_on(self, now_s: float, waiting_bytes: int, received_bytes: int, loses: bool) -> None:
        if waiting_bytes and self._end_s is None:
            self._rate = _speed(waiting_bytes)
        elif self._end_s is None and self._since_s is not None:
            byte_s = (received_bytes - self._since_bytes) / (now_s - self._since_s)
            hidden_s = _OF_HIDDEN * HIDDEN_BYTES / max(byte_s, HIDDEN_BYTES)
            self._rate, self._end_s = _FASTER, now_s + hidden_s / (_FASTER - 1.0)
        if loses or (self._end_s is not None and now_s >= self._end_s):
            self._rate, self._since_s, self._end_s = 1.0, None, None
            self._next_s = now_s + self._pause_s
            self._pause_s *= 2


def _speed(waiting_bytes: int) -> float:
    return _MUCH_FASTER if waiting_bytes > _MUCH_BYTES else _FASTER
