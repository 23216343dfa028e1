"""The built city on disk: one file, checked when read, replaced whole."""

import hashlib
import logging
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.standin.generated.build import build_city
from desktop.standin.generated.scale import Scale

_log = logging.getLogger(__name__)
FORM = 1  # add one when the build or the arrays change: older files are then built again
_WORDS, _KEY = "words", "key"

Arrays = dict[str, NDArray[Any]]
Words = dict[str, list[str]]


def cache_file(cache: Path, seed: int, scale: Scale) -> Path:
    return cache / f"city-{_key(seed, scale)[:16]}.npz"


def _key(seed: int, scale: Scale) -> str:
    return hashlib.sha256(f"{FORM}|{seed}|{scale}".encode()).hexdigest()


def load_or_build(cache: Path, seed: int, scale: Scale) -> tuple[Arrays, Words]:
    """From the file, else built and written. A folder that cannot be written costs only time."""
    path = cache_file(cache, seed, scale)
    found = _read(path, _key(seed, scale))
    if found is not None:
        return found
    arrays, words = build_city(seed, scale)
    try:
        _write(path, arrays, words, _key(seed, scale))
    except OSError as error:
        _log.warning("the generated city is not kept: %s", error)
    return arrays, words


def _read(path: Path, key: str) -> tuple[Arrays, Words] | None:
    """None where there is no file, or one that is broken or of another form."""
    if not path.exists():
        return None
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if arrays.pop(_KEY).tobytes().decode() != key:
            return None
        words = msgspec.msgpack.decode(arrays.pop(_WORDS).tobytes(), type=Words)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, msgspec.DecodeError) as e:
        _log.warning("the generated city is built again, its file is broken: %s", e)
        return None
    return arrays, words


def _write(path: Path, arrays: Arrays, words: Words, key: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    blob = np.frombuffer(msgspec.msgpack.encode(words), dtype=np.uint8)
    named = arrays | {_WORDS: blob, _KEY: np.frombuffer(key.encode(), dtype=np.uint8)}
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **named)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
