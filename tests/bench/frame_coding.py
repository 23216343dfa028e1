"""Link to station: batches of alarms as frames, against the floor of plain json in the same run."""

import json
import time
from collections.abc import Callable

import msgspec

from desktop.domain.framing import FrameSplitter, frame
from desktop.domain.link_messages import AlarmEvents, ToStation
from tests.samples import alarm, event

BATCHES, PER_BATCH, ROUNDS = 20, 100, 5
PIECE_BYTES = 64 * 1024  # what a socket gives at a time


def measure() -> dict[str, object]:
    """Alarms a second, best of ROUNDS interleaved rounds."""
    batches = [
        AlarmEvents(events=tuple(event(alarm(f"A-{n}", seq=n)) for n in range(PER_BATCH)))
        for _ in range(BATCHES)
    ]
    plain = [msgspec.to_builtins(batch) for batch in batches]
    ours = floor = 0.0
    wire_bytes = sum(len(frame(batch)) for batch in batches)
    for _ in range(ROUNDS):
        ours = max(ours, _rate(lambda: _there_and_back(batches)))
        floor = max(floor, _rate(lambda: [json.loads(json.dumps(batch)) for batch in plain]))
    return {
        "framed_msgs_per_s": round(ours),
        "json_msgs_per_s": round(floor),
        "ratio": round(ours / floor, 2),
        "bytes_per_msg": round(wire_bytes / (BATCHES * PER_BATCH)),
    }


def _rate(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return BATCHES * PER_BATCH / (time.perf_counter() - start)


def _there_and_back(batches: list[AlarmEvents]) -> None:
    wire = b"".join(frame(batch) for batch in batches)
    splitter, decoder, received = FrameSplitter(), msgspec.msgpack.Decoder(ToStation), 0
    for start in range(0, len(wire), PIECE_BYTES):
        for body in splitter.feed(wire[start : start + PIECE_BYTES]):
            received += len(decoder.decode(body).events)
    if received != BATCHES * PER_BATCH:
        raise AssertionError(f"{received} alarms arrived")
