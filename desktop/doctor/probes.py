"""Small programs that look at what could crash, hang or draw: each ends by itself, or is ended."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from desktop.domain.findings import Finding, failed

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = {
    "screen": "desktop.shell.examine",
    "web": "desktop.shell.examine_web",
    "video": "desktop.video.examine",
}


def run_probe(name: str, part: str, limit_s: float) -> dict[str, Any] | Finding:
    """The JSON object that the probe printed, or the finding why there is none."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", MODULES[name]]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        if (found := _last_object(error.stdout or b"")) is not None:
            return found  # what it said before it hung
        return failed(part, f"{limit_s:.0f} 秒没有结果", "关闭其他占用处理器的程序后再试一次")
    except OSError as error:
        return failed(part, f"检查程序启动不了（{error.strerror}）", "重新安装城瞰")
    if (found := _last_object(done.stdout)) is not None:
        return found
    words = done.stderr.decode("utf-8", "replace").strip().splitlines()
    last = words[-1][:160] if words else f"退出码 {done.returncode}"
    return failed(part, f"检查程序中途结束：{last}", "重新安装城瞰及其依赖，见 README")


def _last_object(said: bytes) -> dict[str, Any] | None:
    for line in reversed(said.decode("utf-8", "replace").splitlines()):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            return found
    return None
