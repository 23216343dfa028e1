"""The examination of this machine, asked for from the window: a program of its own."""

import subprocess
import sys
from pathlib import Path

import msgspec

from desktop.domain.findings import Report
from desktop.errors import OperatorError

LIMIT_S = 30.0
_ROOT = Path(__file__).resolve().parent.parent.parent


def run_doctor(profile: Path) -> Report:
    """Blocks up to LIMIT_S: through offload. Raises OperatorError."""
    command = [sys.executable, "-m", "desktop.doctor", "--profile", str(profile)]
    try:
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, timeout=LIMIT_S, check=True)
        return msgspec.json.decode(done.stdout, type=Report)
    except subprocess.TimeoutExpired:
        raise OperatorError(f"本机体检 {LIMIT_S:.0f} 秒没有结果；请稍后再试") from None
    except (OSError, subprocess.CalledProcessError, msgspec.MsgspecError):
        text = "本机体检没有做成；请在终端执行 python main.py doctor 看原因"
        raise OperatorError(text) from None
