"""Waiting, ports, and the processes of the rig that have not been ended."""

import contextlib
import os
import selectors
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psutil

_running: set[psutil.Process] = set()  # of parts that live longer than a test


def wait_for(condition: Callable[[], Any], limit_s: float, what: str) -> Any:
    """The first true value; polls what no event can be had for. Its time is `seconds(...)`."""
    until_s = time.monotonic() + limit_s
    pause = threading.Event()
    while True:
        if found := condition():
            return found
        if time.monotonic() > until_s:
            raise AssertionError(f"not within {limit_s} s: {what}")
        pause.wait(0.05)


def seconds(condition: Callable[[], Any], limit_s: float, what: str) -> float:
    """How long it took until `condition` was true."""
    began_s = time.monotonic()
    wait_for(condition, limit_s, what)
    return round(time.monotonic() - began_s, 2)


def free_ports(count: int) -> list[int]:
    """Below the range that the kernel gives to clients: still free after a restart."""
    found: list[int] = []
    for port in range(20_000 + os.getpid() % 1000 * 12, 32_700):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == count:
            return found
    raise AssertionError("no free port")


def owned() -> set[psutil.Process]:
    """Processes of parts that have not been ended, and what they started: no leaks of a test."""
    found: set[psutil.Process] = set()
    for process in tuple(_running):
        with contextlib.suppress(psutil.NoSuchProcess):
            found |= {process, *process.children(recursive=True)}
    return found


def own(process: "subprocess.Popen[bytes]") -> "subprocess.Popen[bytes]":
    _running.add(psutil.Process(process.pid))
    return process


def gone(process: "subprocess.Popen[bytes]") -> None:
    """Reaped; its pipes are closed."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    process.wait(10)
    _running.difference_update({p for p in _running if p.pid == process.pid})


def read_line(pipe: Any, limit_s: float) -> bytes:
    """One line; empty at the end of the pipe. Raises AssertionError after `limit_s`."""
    found = b""
    until_s = time.monotonic() + limit_s
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while not found.endswith(b"\n"):
            if not waiting.select(max(until_s - time.monotonic(), 0)):
                raise AssertionError(f"no answer within {limit_s} s")
            part = os.read(pipe.fileno(), 1 << 20)
            if not part:
                break
            found += part
    return found


@contextlib.contextmanager
def paused(pause: Callable[[], None], resume: Callable[[], None]) -> Iterator[None]:
    """Resumes whatever happens: a stopped process would outlive the test."""
    pause()
    try:
        yield
    finally:
        resume()
