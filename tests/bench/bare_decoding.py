"""The floor of everything that shows pictures: `ffmpeg -threads 1 -f null` on the same streams."""

import contextlib
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

import psutil

from desktop.lifeline import die_with_parent
from tests.bench.moving_clip import FPS

ROOT = Path(__file__).resolve().parents[2]
SETTLES_S = 3.0
_START_LIMIT_S = 20.0
_NICE = 10  # as the video processes are
_ROUNDS = 3
_FLOOR_S = 6.0
_T = TypeVar("_T")
_LEAST = 0.5  # of the pictures: with less the machine is too busy for a floor
# Without them ffmpeg looks at the first seconds of a stream before it decodes.
_AT_ONCE = ("-fflags", "nobuffer", "-analyzeduration", "500000", "-probesize", "200000")


@dataclass(frozen=True)
class Decoders:
    """One process for each stream."""

    processes: list["subprocess.Popen[bytes]"]
    notes: list[Path]

    def decoded(self) -> int:
        """Pictures so far, by ffmpeg's own account."""
        return sum(map(_decoded, self.notes))


def bare_decoding(urls: list[str], span_s: float) -> float:
    """Cores that decoding every picture takes, a process for each stream, once all of them run."""
    with _decoders(urls) as decoders:
        return round(beside(decoders, {}, lambda: time.sleep(span_s))[1]["floor"], 3)


def times_bare_decoding(
    urls: list[str], pids: list[int], tiles: int, watch: Callable[[], Callable[[], float]]
) -> dict[str, float]:
    """What `pids` take for `tiles` pictures against bare decoding of `urls`, by turns.

    They show their pictures all the while, so that both share whatever else the machine does.
    `watch` takes its time, and gives what tells the share of the pictures that was shown in it:
    work that was left undone is reckoned in on both sides.
    """
    own: list[float] = []
    shown: list[float] = []
    floors: list[float] = []
    for turn in range(_ROUNDS):
        if turn:
            floors += _floor_of_one(urls)
        share, taken = cores_while({"own": pids}, watch)
        shown.append(share())
        own.append(taken["own"] / max(shown[-1], 0.01))
    if not floors:
        return {}
    floors = [floor * tiles for floor in floors]
    floor = median(floors)
    return {
        "floor_cores": round(floor, 3),
        "of_floor": round(median(own) / floor, 2),
        "of_floor_least": round(min(own) / max(floors), 2),
        "of_floor_most": round(max(own) / min(floors), 2),
        "of_floor_shown": round(min(shown), 3),
    }


def _floor_of_one(urls: list[str]) -> list[float]:
    """Cores a stream; nothing where the machine leaves bare decoding no time."""
    with contextlib.suppress(RuntimeError, psutil.NoSuchProcess), _decoders(urls) as decoders:
        found = beside(decoders, {}, lambda: time.sleep(_FLOOR_S))[1]
        return [found["floor"] / len(urls)]
    return []


def beside(
    decoders: Decoders, parts: dict[str, list[int]], meanwhile: Callable[[], _T]
) -> tuple[_T, dict[str, float]]:
    """Cores of `parts` and, as "floor", of the decoders.

    What a busy machine left undone is reckoned in by the pictures that were decoded.
    """
    before, began_s = decoders.decoded(), time.monotonic()
    floor = {"floor": [decoder.pid for decoder in decoders.processes]}
    result, cores = cores_while(parts | floor, meanwhile)
    due = len(decoders.processes) * FPS * (time.monotonic() - began_s)
    share = (decoders.decoded() - before) / due
    if share < _LEAST or any(decoder.poll() is not None for decoder in decoders.processes):
        raise RuntimeError(f"the floor decoded {share:.0%} of the pictures")
    return result, cores | {"floor": round(cores["floor"] / share, 4)}


@contextlib.contextmanager
def _decoders(urls: list[str]) -> Iterator[Decoders]:
    """Once all of them decode."""
    over = ("-rtsp_transport", "tcp") if urls[0].startswith("rtsp:") else ()
    command = [
        "nice",
        "-n",
        str(_NICE),
        "ffmpeg",
        "-nostdin",
        "-v",
        "quiet",
        "-stats_period",
        "0.25",
        *_AT_ONCE,
    ]
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        notes = [folder / str(number) for number in range(len(urls))]
        commands = [
            [*command, "-progress", str(note), "-threads", "1", *over, "-i", url, "-f", "null", "-"]
            for note, url in zip(notes, urls, strict=True)
        ]
        processes = [stack.enter_context(running(words)) for words in commands]
        _wait_for_all(notes)
        time.sleep(SETTLES_S)
        yield Decoders(processes, notes)


def _wait_for_all(notes: list[Path]) -> None:
    end_s = time.monotonic() + _START_LIMIT_S
    while not all(map(_decoded, notes)):
        if time.monotonic() > end_s:
            raise RuntimeError("the floor does not decode")
        time.sleep(0.1)


def _decoded(note: Path) -> int:
    """Pictures, by ffmpeg's own account."""
    if not note.exists():
        return 0
    counts = re.findall(r"^frame=(\d+)$", note.read_text("ascii"), re.MULTILINE)
    return int(counts[-1]) if counts else 0


def cores_of(parts: dict[str, list[int]], span_s: float) -> dict[str, float]:
    """Cores that each part takes over `span_s` seconds."""
    return cores_while(parts, lambda: time.sleep(span_s))[1]


def cores_while(
    parts: dict[str, list[int]], meanwhile: Callable[[], _T]
) -> tuple[_T, dict[str, float]]:
    """What `meanwhile` gives, and the cores that each part takes for as long as it takes."""
    processes = {name: [psutil.Process(pid) for pid in pids] for name, pids in parts.items()}

    def spent() -> dict[str, float]:
        return {n: sum(sum(p.cpu_times()[:2]) for p in some) for n, some in processes.items()}

    before, began_s = spent(), time.monotonic()
    result = meanwhile()
    after, taken_s = spent(), time.monotonic() - began_s
    return result, {name: round((after[name] - before[name]) / taken_s, 4) for name in parts}


@contextlib.contextmanager
def running(command: list[str], display: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """A process that is killed in the end."""
    environment = os.environ | ({"DISPLAY": display} if display else {})
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, preexec_fn=die_with_parent
    ) as process:
        try:
            yield process
        finally:
            process.kill()
