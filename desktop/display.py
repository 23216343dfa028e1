"""Whether there is a screen to draw on, asked without Qt, which would abort the process."""

import os
import socket

from desktop.errors import OperatorError


def refuse_without_display() -> None:
    """Raises OperatorError when no X display answers (Wayland desktops offer one as XWayland)."""
    name = os.environ.get("DISPLAY", "")
    how = "请在图形桌面中启动，或用 xvfb-run -a python main.py，或用 ssh -X 登录"
    if not name:
        raise OperatorError(f"没有可用的显示器（未设置 DISPLAY）：{how}")
    if not _answers(name):
        raise OperatorError(f"显示器 {name} 连不上：{how}")


def _answers(name: str) -> bool:
    host, _, rest = name.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdecimal():
        return False
    if host not in ("", "unix"):
        return _connects(socket.AF_INET, (host, 6000 + int(number)))
    path = f"/tmp/.X11-unix/X{number}"
    return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, "\0" + path)


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(3.0)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True
