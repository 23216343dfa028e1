"""What four sub streams on four tiles cost their video process.

The floor is a process that decodes the same four streams with libavcodec, a thread each, and
shows nothing.
"""

import asyncio
import json
import subprocess
import sys

import psutil

from desktop.domain.cameras import TileState
from tests.bench.streams import CAMERAS, Tiles, on_screen, serving

SECONDS_S = 8.0
FPS = 25

DECODE_FLOOR = """
import json, sys, threading, time
import av

def decode(url, until_s, counts):
    with av.open(url, timeout=(5.0, 5.0)) as source:
        stream = source.streams.video[0]
        stream.thread_type, stream.codec_context.thread_count = "NONE", 1
        for _ in source.decode(stream):
            counts.append(1)
            if time.monotonic() > until_s:
                return

urls, seconds_s = sys.argv[2:], float(sys.argv[1])
counts, until_s, cpu_s = [], time.monotonic() + seconds_s, time.process_time()
threads = [threading.Thread(target=decode, args=(url, until_s, counts)) for url in urls]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps({"cpu_s": time.process_time() - cpu_s, "frames": len(counts)}))
"""


def measure() -> dict[str, object]:
    """CPU in percent of one core; microseconds for each picture that was due."""
    with serving() as streams:
        helper_s, shown = on_screen(streams, _helper_cpu)
        urls = [streams.address(camera.camera_id) for camera in CAMERAS]
        command = [sys.executable, "-c", DECODE_FLOOR, str(SECONDS_S), *urls]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=30)
    floor = json.loads(done.stdout)
    due = len(CAMERAS) * FPS * SECONDS_S
    return {
        "helper_cpu_percent": round(helper_s / SECONDS_S * 100, 1),
        "decode_floor_cpu_percent": round(floor["cpu_s"] / SECONDS_S * 100, 1),
        "ratio": round(helper_s / floor["cpu_s"], 2),
        "pictures_shown_share": round(shown / due, 3),
        "floor_pictures_share": round(floor["frames"] / due, 3),
    }


async def _helper_cpu(tiles: Tiles) -> tuple[float, int]:
    """CPU seconds of the video process in SECONDS_S of four live tiles, pictures shown."""
    players = [tiles.show(tile) for tile in range(1, 5)]
    await tiles.until(lambda: all(p.status.state is TileState.LIVE for p in players))
    await asyncio.sleep(1.0)
    (pid,) = tiles.pool.pids()
    process = psutil.Process(pid)
    before, shown = process.cpu_times(), sum(p.status.frames_shown for p in players)
    await asyncio.sleep(SECONDS_S)
    after = process.cpu_times()
    shown = sum(p.status.frames_shown for p in players) - shown
    return after.user + after.system - before.user - before.system, shown
