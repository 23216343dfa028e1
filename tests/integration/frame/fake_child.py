"""A process that does what its order file says: stands for stand-in, link or station.

Run as: fake_child.py NAME PROFILE [arguments that are only recorded].
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from desktop import lifeline  # noqa: E402


def main(name: str, profile: Path, *arguments: str) -> None:
    lifeline.die_with_parent()
    lifeline.arm_faulthandler(profile / "log", name)
    beat = lifeline.Beat()
    grandchild = subprocess.Popen(["sleep", "60"], preexec_fn=lifeline.die_with_parent)
    record = {"pid": os.getpid(), "grandchild": grandchild.pid, "arguments": arguments}
    record["session_fd"] = os.environ.get("CHENGKAN_SESSION_FD", "")
    with (profile / f"{name}.starts").open("a") as file:
        file.write(json.dumps(record) + "\n")
    signal.signal(signal.SIGTERM, lambda *_: leave(grandchild, 0))
    order_path = profile / f"{name}.do"
    if name == "standin":
        obey(order_path, grandchild)
        print(json.dumps({"ready": True, "rest": "http://127.0.0.1:4711/api/v1"}), flush=True)
    while True:
        beat.beat()
        obey(order_path, grandchild)
        time.sleep(0.02)


def obey(path: Path, grandchild: "subprocess.Popen[bytes]") -> None:
    if not path.exists():
        return
    word, _, argument = path.read_text().partition(" ")
    if "always" not in argument:
        path.unlink()
    if word == "exit":
        leave(grandchild, int(argument.split()[0]))
    if word == "refuse":
        print("无法启动：没有找到 mosquitto", file=sys.stderr, flush=True)
        leave(grandchild, 3)
    if word == "hang":
        time.sleep(60)
    if word == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def leave(grandchild: "subprocess.Popen[bytes]", code: int) -> None:
    grandchild.kill()
    grandchild.wait()
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
