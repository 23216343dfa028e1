"""X servers for tests and measurements: without a window manager, ended by who has opened them."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from desktop.lifeline import die_with_parent


@dataclass(frozen=True)
class XServer:
    display: str
    process: subprocess.Popen[bytes]


@contextmanager
def x_server(width_px: int = 1920, height_px: int = 1080) -> Iterator[XServer]:
    """One on the first free display number."""
    read_fd, write_fd = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_fd), "-screen", "0", f"{width_px}x{height_px}x24",
               # a server that starts anew when its last client has gone refuses who comes just then
               "-noreset", "-nolisten", "tcp"]  # fmt: skip
    with subprocess.Popen(
        command, pass_fds=(write_fd,), stderr=subprocess.DEVNULL, preexec_fn=die_with_parent
    ) as process:
        os.close(write_fd)
        with os.fdopen(read_fd) as file:
            number = file.readline().strip()
        try:
            yield XServer(f":{number}", process)
        finally:
            process.terminate()
