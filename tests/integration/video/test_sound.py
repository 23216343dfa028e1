"""The sound of one camera, at a real sound server with an output that goes nowhere."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import numpy as np
import pytest

from desktop.domain.cameras import TileState
from desktop.video.places import SOUND_TILE
from tests.integration.video.conftest import Stage

LIMIT_S = 15.0
RATE = 48_000
HZ = 600


@pytest.fixture
def recorder(tmp_path, monkeypatch) -> Iterator[subprocess.Popen[bytes]]:
    if shutil.which("pulseaudio") is None or shutil.which("parec") is None:
        pytest.skip("no pulseaudio on this machine")
    tmp_path.chmod(0o700)
    for name in ("XDG_RUNTIME_DIR", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
         "-L", "module-native-protocol-unix", "-L", "module-null-sink sink_name=desk"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    asked = ["pactl", "--server", f"unix:{tmp_path}/pulse/native", "info"]
    for _ in range(200):
        if subprocess.run(asked, capture_output=True).returncode == 0:
            break
    recorder = subprocess.Popen(
        ["parec", "-d", "desk.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le",
         "--latency-msec=20"],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    os.set_blocking(recorder.stdout.fileno(), False)
    yield recorder
    for process in (recorder, server):
        process.terminate()
        process.wait(5)
    recorder.stdout.close()


def peak(recorder: subprocess.Popen[bytes]) -> float | None:
    """Of what was heard since the last call; None for nothing yet."""
    data = recorder.stdout.read()
    if not data or len(data) < 2:
        return None
    heard = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(float) / 32768
    return float(np.abs(heard).max())


def test_that_a_camera_is_heard_never_at_full_scale_and_is_mute_at_once(play, recorder):
    async def scene(stage: Stage) -> None:
        stage.source.sounds = True
        player = stage.pool.player(SOUND_TILE)
        player.status_changed.connect(stage.seen.append)
        player.set_volume(100)
        player.show(stage.cameras[0], 0)
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        loudest = 0.0

        def is_heard() -> bool:
            nonlocal loudest
            loudest = max(loudest, peak(recorder) or 0.0)
            return loudest > 0.15

        await stage.until(is_heard, LIMIT_S)
        assert loudest < 0.24, loudest  # of the softest call of an alarm
        player.set_volume(0)
        await stage.until(lambda: peak(recorder) == 0.0, LIMIT_S)
        player.clear()
        await stage.until(lambda: player.status.state is TileState.IDLE, LIMIT_S)

    play(scene)


def test_that_a_camera_without_sound_is_not_live(play, recorder):
    async def scene(stage: Stage) -> None:
        player = stage.pool.player(SOUND_TILE)
        player.show(stage.cameras[0], 0)
        await stage.until(
            lambda: player.status.state not in (TileState.IDLE, TileState.OPENING), LIMIT_S
        )
        assert player.status.state is TileState.RETRY

    play(scene)
