"""Looks for canaries in files and in what the kernel shows of a process."""

import base64
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil

_CHUNK = 1 << 22


def forms(canary: str) -> tuple[bytes, ...]:
    """How a text can lie in a file: plain, wide, hexadecimal, in base64 at any offset."""
    raw = canary.encode()
    shifted = []
    for before in range(3):
        coded = base64.b64encode(b"x" * before + raw)
        shifted.append(coded[4 if before else 0 : len(coded) - 4])  # without what stands beside
    quoted = urllib.parse.quote(canary, safe="").encode()
    return (raw, canary.encode("utf-16-le"), canary.encode("utf-16-be"), raw.hex().encode(),
            quoted, raw[::-1], *shifted)  # fmt: skip


def in_bytes(content: bytes, canaries: Iterable[str]) -> list[str]:
    return [c for c in canaries if any(form in content for form in forms(c))]


def in_files(folders: Iterable[Path], canaries: Iterable[str]) -> tuple[list[str], int]:
    """("canary in file", ...) and how many files were read."""
    found, read = [], 0
    wanted = tuple(canaries)
    for path in (p for folder in folders for p in sorted(folder.rglob("*"))):
        if path.is_file() and not path.is_symlink():
            read += 1
            hits = {hit for part in _parts(path) for hit in in_bytes(part, wanted)}
            found += [f"{hit!r} in {path}" for hit in sorted(hits)]
            found += [f"{hit!r} names {path}" for hit in in_bytes(path.name.encode(), wanted)]
    return found, read


def _parts(path: Path) -> Iterator[bytes]:
    """Overlapping, so that nothing lies across a border."""
    with path.open("rb") as file:
        tail = b""
        while part := file.read(_CHUNK):
            yield tail + part
            tail = part[-1024:]


def in_processes(pids: Iterable[int], canaries: Iterable[str]) -> tuple[list[str], int]:
    """What anybody on the machine, or a child, can read of them: command line, environment."""
    found, looked = [], 0
    wanted = tuple(canaries)
    for pid in pids:
        for what in ("cmdline", "environ"):
            try:
                content = Path(f"/proc/{pid}/{what}").read_bytes()
            except (OSError, psutil.Error):
                continue
            looked += 1
            found += [f"{hit!r} in {what} of {pid}" for hit in in_bytes(content, wanted)]
    return found, looked
