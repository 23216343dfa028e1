"""Writes the WAV files beside it: own synthesis, nothing recorded. `python make_sounds.py`

Pulses of a fundamental with two softer harmonics, so that a small loudspeaker and an ear that
lost its high tones both still have something to hear; edges are raised cosines, no click.
"""

import wave
from pathlib import Path

import numpy as np

RATE_HZ = 48_000
PEAK = 0.7
_HARMONICS = ((1, 1.0), (2, 0.35), (3, 0.15))


def tone(hertz: float, length_s: float, edge_s: float, decay_s: float = 0.0) -> np.ndarray:
    """One pulse, -1 to 1; `decay_s` is the time constant of a bell, 0 for a level pulse."""
    t = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    wave_form = sum(share * np.sin(2 * np.pi * hertz * n * t) for n, share in _HARMONICS)
    edge = round(edge_s * RATE_HZ)
    ramp = (1 - np.cos(np.pi * np.arange(edge) / edge)) / 2
    shape = np.ones_like(t) if decay_s == 0 else np.exp(-t / decay_s)
    shape[:edge] *= ramp
    shape[-edge:] *= ramp[::-1]
    return wave_form * shape


def pulses(hertz: float, count: int, length_s: float, pause_s: float) -> np.ndarray:
    pause = np.zeros(round(pause_s * RATE_HZ))
    parts: list[np.ndarray] = []
    for _ in range(count):
        parts += [tone(hertz, length_s, 0.02), pause]
    return np.concatenate(parts)


SOUNDS = {  # file name -> samples, peak as a share of full scale
    "red": (pulses(880, 3, 0.2, 0.12), PEAK),
    "orange": (pulses(660, 2, 0.22, 0.16), PEAK * 0.9),
    "yellow": (tone(520, 0.9, 0.015, decay_s=0.25), PEAK * 0.8),
    "loss": (tone(330, 0.12, 0.03), PEAK * 0.35),
}


def write(folder: Path) -> None:
    """Raises OSError where the folder cannot be written."""
    for name, (samples, peak) in SOUNDS.items():
        scaled = samples / np.abs(samples).max() * peak * 32767
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(scaled.astype("<i2").tobytes())


if __name__ == "__main__":
    write(Path(__file__).parent)
