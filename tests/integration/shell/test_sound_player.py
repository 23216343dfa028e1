"""The process that plays, on a real sound server without a loudspeaker, and without any server."""

import json
import os
import shutil
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop.domain.annunciation import Cue

ROOT = Path(__file__).parents[3]
SOUNDS = ROOT / "resources" / "sounds"
FUNDAMENTAL_HZ = {Cue.RED: 880, Cue.ORANGE: 660, Cue.YELLOW: 520, Cue.LOSS: 330}
PULSES = {Cue.RED: 3, Cue.ORANGE: 2, Cue.YELLOW: 1, Cue.LOSS: 1}
LIMIT_S = 15


def samples(cue: Cue) -> tuple[int, np.ndarray]:
    with wave.open(str(SOUNDS / f"{cue}.wav"), "rb") as file:
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return file.getframerate(), data.astype(float) / 32768


def loud_parts(data: np.ndarray, rate_hz: int) -> list[np.ndarray]:
    """The stretches between silences of 50 ms and more."""
    width = rate_hz // 100
    loud = [np.abs(data[i : i + width]).max() > 0.01 for i in range(0, len(data), width)]
    parts, start, quiet = [], None, 0
    for index, one in enumerate([*loud, *[False] * 5]):
        quiet = 0 if one else quiet + 1
        if one and start is None:
            start = index
        elif start is not None and quiet == 5:
            parts.append(data[start * width : (index - 4) * width])
            start = None
    return parts


def strongest_hz(data: np.ndarray, rate_hz: int) -> float:
    return float(np.fft.rfftfreq(len(data), 1 / rate_hz)[np.abs(np.fft.rfft(data)).argmax()])


@pytest.mark.parametrize("cue", list(Cue))
def test_that_each_sound_has_its_pulses_its_pitch_and_soft_edges(cue):
    rate_hz, data = samples(cue)
    parts = loud_parts(data, rate_hz)
    assert len(parts) == PULSES[cue]
    for part in parts:
        assert abs(strongest_hz(part, rate_hz) - FUNDAMENTAL_HZ[cue]) < 15
    edge = np.abs(data[: rate_hz // 1000]).max(), np.abs(data[-rate_hz // 1000 :]).max()
    assert max(edge) < 0.06, "no click at either end"
    assert np.abs(data).max() < 0.95


def test_that_the_files_are_what_the_script_writes(tmp_path):
    sys.path.insert(0, str(SOUNDS))
    try:
        import make_sounds
    finally:
        sys.path.pop(0)
    make_sounds.write(tmp_path)
    for cue in Cue:
        fresh, kept = (folder / f"{cue}.wav" for folder in (tmp_path, SOUNDS))
        assert fresh.read_bytes() == kept.read_bytes(), cue


class Player:
    def __init__(self, runtime: Path) -> None:
        environment = os.environ | {"XDG_RUNTIME_DIR": str(runtime), "HOME": str(runtime)}
        environment.pop("PULSE_SERVER", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "desktop.shell.sound_player"],
            cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def order(self, cue: str, percent: int = 90) -> None:
        self.process.stdin.write(json.dumps({"play": cue, "volume_percent": percent}) + "\n")
        self.process.stdin.flush()

    def fact(self, key: str) -> dict:
        """The next one with this key; the process tells every five seconds at least."""
        for line in self.process.stdout:
            fact = json.loads(line)
            if key in fact:
                return fact
        raise AssertionError("it ended")

    def end(self) -> int:
        self.process.stdin.close()
        code = self.process.wait(5)
        self.process.stdout.close()
        return code


@pytest.mark.timeout(LIMIT_S)
def test_that_a_machine_without_a_device_is_told_and_the_process_lives_on(tmp_path):
    player = Player(tmp_path)
    assert player.fact("outputs") == {"outputs": 0, "device": "", "proved": False}
    player.order("red")
    assert player.fact("failed") == {"failed": "red"}
    player.order("red")
    assert player.fact("failed") == {"failed": "red"}
    assert player.end() == 0


@pytest.fixture
def server(tmp_path) -> Iterator[Path]:
    """A sound server of its own with one output that goes nowhere."""
    if shutil.which("pulseaudio") is None or shutil.which("parec") is None:
        pytest.skip("no pulseaudio on this machine")
    tmp_path.chmod(0o700)
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    process = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
         "-L", "module-native-protocol-unix", "-L", "module-null-sink sink_name=desk"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    asked = ["pactl", "--server", f"unix:{tmp_path}/pulse/native", "info"]
    for _ in range(200):
        if subprocess.run(asked, env=environment, capture_output=True).returncode == 0:
            break
    yield tmp_path
    process.terminate()
    process.wait(5)


@pytest.mark.timeout(LIMIT_S)
def test_that_a_red_is_heard_at_the_output(server):
    environment = os.environ | {"XDG_RUNTIME_DIR": str(server), "HOME": str(server)}
    recorder = subprocess.Popen(
        ["parec", "-d", "desk.monitor", "--rate=48000", "--channels=1", "--format=s16le",
         "--latency-msec=20"],
        env=environment, stdout=subprocess.PIPE,
    )  # fmt: skip
    recorder.stdout.read(9_600)  # it runs
    player = Player(server)
    assert player.fact("outputs")["outputs"] == 1
    player.order("red")
    assert player.fact("played") == {"played": "red"}
    # It has recorded since before the player was started, which takes its time on a busy machine.
    heard = np.frombuffer(recorder.stdout.read(2 * 48_000 * 6), "<i2").astype(float) / 32768
    recorder.terminate()
    recorder.wait(5)
    recorder.stdout.close()
    assert player.end() == 0
    parts = loud_parts(heard, 48_000)
    assert len(parts) == 3
    assert all(abs(strongest_hz(part, 48_000) - 880) < 15 for part in parts)


@pytest.mark.timeout(2 * LIMIT_S)
def test_that_an_output_that_goes_is_noticed_without_an_alarm_and_so_is_its_return(server):
    environment = os.environ | {"XDG_RUNTIME_DIR": str(server), "HOME": str(server)}

    def order(*words: str) -> None:
        subprocess.run(["pactl", *words], env=environment, check=True, capture_output=True)

    player = Player(server)
    while not player.fact("outputs")["proved"]:
        pass
    order("unload-module", "module-null-sink")
    while player.fact("outputs")["outputs"]:
        pass
    order("load-module", "module-null-sink", "sink_name=desk")
    while not player.fact("outputs")["proved"]:
        pass
    assert player.end() == 0
