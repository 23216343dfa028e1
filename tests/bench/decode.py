"""One alarm event from bytes to a struct, every bound checked, against plain json.loads."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from desktop.domain.alarms import AlarmEvent
from desktop.feeds.alarms import decode_event
from desktop.feeds.wire import clean_message

SAMPLE = Path(__file__).parents[1] / "wire_samples" / "alarm_event.json"
MESSAGES, ROUNDS = 5_000, 7


def measure() -> dict[str, object]:
    """Microseconds a message, best of ROUNDS interleaved rounds."""
    body = json.dumps(json.loads(SAMPLE.read_bytes()), ensure_ascii=False).encode()
    typed = msgspec.json.Decoder(AlarmEvent).decode
    works: dict[str, Callable[[bytes], object]] = {
        "checked_and_typed_us": decode_event,
        "check_alone_us": clean_message,
        "typed_alone_us": typed,
        "json_loads_us": json.loads,
    }
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            best[name] = min(best[name], _cost_us(work, body))
    ratio = best["checked_and_typed_us"] / best["json_loads_us"]
    figures: dict[str, object] = {name: round(cost, 2) for name, cost in best.items()}
    return figures | {"bytes": len(body), "ratio_to_json_loads": round(ratio, 2)}


def _cost_us(work: Callable[[bytes], object], body: bytes) -> float:
    start_s = time.perf_counter()
    for _ in range(MESSAGES):
        work(body)
    return (time.perf_counter() - start_s) / MESSAGES * 1e6
