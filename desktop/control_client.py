"""Asks the running station of a profile: one line of JSON out, one line back."""

import json
import socket
from pathlib import Path
from typing import Any

from desktop.errors import OperatorError
from desktop.settings import socket_path
from desktop.supervision.profile import read_runtime

SOCKET_NAME = "station.sock"


class NoAnswer(OperatorError):
    """The window of the profile does not answer (yet)."""


def ask(profile: Path, order: dict[str, Any], limit_s: float = 15.0) -> dict[str, Any]:
    """The answer to one order. Raises NoAnswer, or OperatorError when it is refused."""
    if read_runtime(profile) is None:
        raise OperatorError(f"配置目录 {profile} 没有运行中的城瞰：请先执行 python main.py")
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(limit_s)
            line.connect(str(socket_path(profile, SOCKET_NAME)))
            line.sendall(json.dumps(order).encode() + b"\n")
            with line.makefile("rb") as file:
                answer = json.loads(file.readline())
    except (OSError, ValueError):
        raise NoAnswer("城瞰正在运行但窗口没有应答：请稍后再试，或重新启动城瞰") from None
    if not answer.get("ok"):
        raise OperatorError(str(answer.get("error") or "窗口拒绝了这个请求"))
    return answer
