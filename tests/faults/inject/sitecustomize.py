"""Strikes from inside a process of the program, on order of a test.

Python imports this by itself where PYTHONPATH names the folder. It does nothing but in the window
and the link of a test that names CHENGKAN_BLOWS, a folder: the file PID there holds one word; or
CHENGKAN_NAMES, a file: it holds the address of every name below .invalid, once there is one.
"""

import contextlib
import os
import sys
import threading
from pathlib import Path

_FOLDER = os.environ.get("CHENGKAN_BLOWS", "")
_NAMES = os.environ.get("CHENGKAN_NAMES", "")
_STRUCK = ("desktop.shell", "desktop.link")


def _wait_for_orders() -> None:
    order, pause = Path(_FOLDER) / str(os.getpid()), threading.Event()
    while True:
        with contextlib.suppress(FileNotFoundError):
            word = order.read_text("ascii")
            if word.endswith("\n"):
                order.unlink()
                _BLOWS[word.strip()]()
        pause.wait(0.1)


def _abort_in_a_worker() -> None:
    os.abort()


def _in_the_gui_thread(blow: object) -> None:
    from PySide6.QtCore import QCoreApplication, QTimer

    QTimer.singleShot(0, QCoreApplication.instance(), blow)


def _slot() -> None:
    raise ZeroDivisionError("struck in a slot")


async def _task() -> None:
    raise ZeroDivisionError("struck in a task")


def _spawn_task() -> None:
    import asyncio

    asyncio.get_event_loop().create_task(_task())


def _stand_still_on_purpose() -> None:
    threading.Event().wait(120)


_BLOWS = {
    "abort": _abort_in_a_worker,
    "slot": lambda: _in_the_gui_thread(_slot),
    "task": lambda: _in_the_gui_thread(_spawn_task),
    "hang": lambda: _in_the_gui_thread(_stand_still_on_purpose),
}


def _resolve_by_file() -> None:
    import socket

    plain = socket.getaddrinfo

    def getaddrinfo(host: object, *more: object, **words: object) -> object:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name.endswith(".invalid") and os.path.exists(_NAMES):
            host = Path(_NAMES).read_text("ascii")
        return plain(host, *more, **words)

    socket.getaddrinfo = getaddrinfo


if _NAMES:
    _resolve_by_file()
if _FOLDER and any(module in sys.orig_argv for module in _STRUCK):
    threading.Thread(target=_wait_for_orders, name="blows", daemon=True).start()
