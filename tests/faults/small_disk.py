"""A disk of its own for a profile: a tmpfs whose size can be changed while it is in use."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

BLOCK_BYTES = 4096


class SmallDisk:
    """Mounted by root only; otherwise the test is skipped with the reason."""

    def __init__(self, folder: Path, size_mb: int) -> None:
        folder.mkdir()
        self.folder, self.size_mb = folder, size_mb
        words = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m,mode=700", "none", str(folder)]
        if os.geteuid() != 0:
            pytest.skip("a disk of its own is mounted by root only")
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no tmpfs can be mounted here: {done.stderr.strip()}")

    @property
    def used_bytes(self) -> int:
        facts = os.statvfs(self.folder)
        return (facts.f_blocks - facts.f_bfree) * facts.f_frsize

    def leave(self, free_bytes: int) -> None:
        """From now on so much can be written; 0 is a full disk."""
        self._remount(f"size={self.used_bytes + free_bytes}")

    def whole_again(self) -> None:
        self._remount(f"size={self.size_mb}m")

    def read_only(self) -> None:
        self._remount("ro")

    def writable(self) -> None:
        self._remount("rw")

    def _remount(self, how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True, timeout=10)

    def end(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=False, timeout=10)


@contextlib.contextmanager
def small_disk(folder: Path, size_mb: int) -> Iterator[SmallDisk]:
    disk = SmallDisk(folder, size_mb)
    try:
        yield disk
    finally:
        disk.end()
