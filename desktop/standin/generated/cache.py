"""The built city on disk: one file, checked when read, replaced whole."""

import hashlib
import logging
import os
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop import __version__
from desktop.standin.generated.build import build_city
from desktop.standin.generated.scale import Scale

_log = logging.getLogger(__name__)
_KEPT = 4  # files of other seeds, scales and versions beside the present one
_READERS = ("__init__", "__main__", "cache", "city", "city_map", "crews", "houses", "layers",
            "picture", "roads", "rows", "scenes")  # fmt: skip
_WORDS, _KEY = "words", "key"

Arrays = dict[str, NDArray[Any]]
Words = dict[str, list[str]]


def cache_file(cache: Path, seed: int, scale: Scale) -> Path:
    return cache / f"city-{_key(seed, scale)[:16]}.npz"


def _key(seed: int, scale: Scale) -> str:
    return hashlib.sha256(f"{_builders()}|{seed}|{scale}".encode()).hexdigest()


@cache
def _builders() -> str:
    """Changes with the code that builds: a file of other code is built again."""
    here = Path(__file__).parent
    digest = hashlib.sha256(__version__.encode())
    for source in sorted([*here.glob("*.py"), *(here.parent / "basemap").glob("*.py")]):
        if source.stem not in _READERS:
            digest.update(source.read_bytes())
    return digest.hexdigest()


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
        _forget_old(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _forget_old(present: Path) -> None:
    """Keeps the newest few: a file of the whole city takes 26 MB."""
    others = [p for p in present.parent.glob("city-*.npz") if p != present]
    for path in sorted(others, key=lambda p: p.stat().st_mtime)[:-_KEPT]:
        path.unlink(missing_ok=True)
