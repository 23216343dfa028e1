"""The profile folder as the supervisor owns it: its lock, its logs, what runs in it."""

import contextlib
import fcntl
import json
import logging
import os
from pathlib import Path
from typing import Any

from desktop.errors import ProfileError
from desktop.reasons import system_reason

log = logging.getLogger(__name__)

KEPT_LOGS = 3


class Profile:
    """One profile folder, locked for this process until it ends."""

    def __init__(self, folder: Path) -> None:
        """Raises ProfileError when the folder cannot be used or another instance has it."""
        self.folder = folder.absolute()
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.logs.mkdir(exist_ok=True, mode=0o700)
            self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise ProfileError(
                f"配置目录 {self.folder} 无法使用：{system_reason(error)}。"
                "请改正该目录的权限，或用 --profile 指定另一个目录。"
            ) from None
        self._take()
        self.rotate_logs()

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    def write_runtime(self, facts: dict[str, Any]) -> None:
        """runtime.json tells the words of the command line what runs here; replaced as a whole.

        A full disk costs these words, never the processes: nothing is raised for it.
        """
        new = self.folder / f"runtime.{os.getpid()}.new"
        try:
            new.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
            os.replace(new, self.folder / "runtime.json")
        except OSError as error:
            log.error("runtime.json is not written: %s", error)
            with contextlib.suppress(OSError):
                new.unlink()

    def rotate_logs(self) -> None:
        """The logs of the last KEPT_LOGS starts stay: name.log.1 is the one before."""
        for path in sorted(self.logs.glob("*.log")):
            for index in range(KEPT_LOGS, 0, -1):
                older = path.with_name(f"{path.name}.{index}")
                newer = path.with_name(f"{path.name}.{index - 1}") if index > 1 else path
                with contextlib.suppress(OSError):
                    os.replace(newer, older)

    def release(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "runtime.json").unlink()
        os.close(self._lock)

    def _take(self) -> None:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            pid = os.pread(self._lock, 20, 0).decode("ascii", "replace").strip()
            os.close(self._lock)
            raise ProfileError(
                f"配置目录 {self.folder} 正被另一个城瞰使用（进程 {pid or '未知'}）。"
                "请切换到已打开的窗口，或用 --profile 指定另一个目录。"
            ) from None
        with contextlib.suppress(OSError):  # a full disk: the lock holds without its pid
            os.ftruncate(self._lock, 0)
            os.pwrite(self._lock, str(os.getpid()).encode(), 0)


def read_runtime(folder: Path) -> dict[str, Any] | None:
    """What runs in a profile, None when nothing does (a killed supervisor leaves its file)."""
    try:
        facts = json.loads((folder / "runtime.json").read_text("utf-8"))
        os.kill(int(facts["pid"]), 0)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return facts


def last_words(log_path: Path) -> str:
    """The last line of a process' log, empty when it wrote none."""
    try:
        lines = log_path.read_text("utf-8", "replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1] if lines else ""
