"""`make bench`: measurements as JSON on stdout. `--only NAME` runs one, `--list` names all.

What was measured goes into docs/performance.md too; figures of other runs stay there with their
date.

A ratio within one run says more than an absolute figure of one machine: each bench measures
its floor in the same run and gives both.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable

from tests.bench import (
    activation,
    coalescing,
    cockpit,
    decode,
    desk,
    dispatch,
    first_picture,
    flood,
    frame_coding,
    ingest,
    map_drag,
    metrics,
    pixel,
    positions,
    receipts,
    report,
    scoreboard,
    start,
    suggestion,
    video_cpu,
    wall,
)

Bench = Callable[[], dict[str, object]]

# One line each; a bench is a function without arguments that gives figures with their units.
BENCHES: dict[str, Bench] = {
    "frame_coding": frame_coding.measure,
    "coalescing": coalescing.measure,
    "decode": decode.measure,
    "ingest": ingest.measure,
    "video_cpu": video_cpu.measure,
    "first_picture": first_picture.measure,
    "flood": flood.measure,
    "positions": positions.measure,
    "map_drag": map_drag.measure,
    "start": start.measure,
    "pixel": pixel.measure,
    "lateness": desk.measure_lateness,
    "memory": desk.measure_memory,
    "four_tiles": desk.measure_four_tiles,
    "idle": desk.measure_idle,
    "wall": wall.measure,
    "suggestion": suggestion.measure,
    "dispatch_preview": dispatch.measure_preview,
    "dispatch_floodnet": dispatch.measure_floodnet,
    "receipts": receipts.measure,
    "scoreboard": scoreboard.measure,
    "case_mirror": scoreboard.measure_mirror,
    "activation": activation.measure,
    "metrics": metrics.measure,
    "cockpit": cockpit.measure,
}


def main(arguments: list[str]) -> int:
    """Exit code 1 if a bench failed; its error stands in the JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", choices=sorted(BENCHES), action="append", metavar="NAME")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(arguments)
    if options.list:
        print("\n".join(BENCHES))
        return 0
    results = {name: _run(name) for name in options.only or BENCHES}
    report.write(results)
    machine = {"python": platform.python_version(), "cpus": os.cpu_count()}
    print(json.dumps({"machine": machine, "benches": results}, ensure_ascii=False, indent=1))
    return int(any("error" in result for result in results.values()))


def _run(name: str) -> dict[str, object]:
    print(f"[bench] {name}", file=sys.stderr)
    start = time.perf_counter()
    try:
        result = BENCHES[name]()
    except Exception as error:  # the other benches still run; the exit code tells
        result = {"error": f"{type(error).__name__}: {error}"}
    return result | {"took_s": round(time.perf_counter() - start, 2)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
