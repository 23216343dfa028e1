"""The processes of this command center and what they use. Runs in offload."""

import time
from pathlib import Path

import psutil

_last_cpu: dict[tuple[int, float], tuple[float, float]] = {}  # (pid, start) -> (cpu s, at s)

_MODULES = {
    "desktop.standin": "standin",
    "desktop.standin.video.encode": "encoder",
    "desktop.link": "link",
    "desktop.shell": "station",
    "desktop.shell.sound_player": "sound",
}


def process_rows(station_pid: int, supervisor_pid: int | None) -> list[dict[str, object]]:
    """One row per process of the tree: name, pid, pss_mb, cpu_percent.

    Without a supervisor the tree begins at the station.
    CPU is the share of one core since the last call, since the start on the first one.
    """
    root = psutil.Process(supervisor_pid or station_pid)
    rows, counts = [], {"video": 0, "web": 0}
    for process in (root, *root.children(recursive=True)):
        try:
            name = _name(process, root, counts)
            row = {"name": name, "pid": process.pid, "pss_mb": _pss_mb(process.pid)}
            rows.append(row | {"cpu_percent": _cpu_percent(process)})
        except (psutil.Error, OSError):
            continue  # ended while we looked
    return rows


def _name(process: psutil.Process, root: psutil.Process, counts: dict[str, int]) -> str:
    command = process.cmdline()
    for module, name in _MODULES.items():
        if module in command:
            return name
    if process == root:
        return "supervisor"
    if any(word.startswith("desktop.video") for word in command):
        return _numbered("video", counts)
    program = process.name()
    if program.startswith("QtWebEngine"):
        return _numbered("web", counts)
    return "broker" if program == "mosquitto" else program


def _numbered(kind: str, counts: dict[str, int]) -> str:
    counts[kind] += 1
    return f"{kind}-{counts[kind]}"


def _pss_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def _cpu_percent(process: psutil.Process) -> float:
    times, now_s, started_s = process.cpu_times(), time.time(), process.create_time()
    used_s = times.user + times.system
    key = (process.pid, started_s)
    used_before_s, before_s = _last_cpu.get(key, (0.0, started_s))
    _last_cpu[key] = (used_s, now_s)
    return round(100.0 * (used_s - used_before_s) / max(now_s - before_s, 0.01), 1)
