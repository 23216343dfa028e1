"""The real supervisor over fake children, as a process of its own: fake_center.py PROFILE."""

import asyncio
import logging
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from desktop import supervisor as supervising  # noqa: E402
from desktop.errors import OperatorError  # noqa: E402
from desktop.supervision.child import ChildSpec, Timing  # noqa: E402
from desktop.supervision.commands import StartOptions  # noqa: E402
from desktop.supervision.policy import Mode  # noqa: E402
from desktop.supervision.profile import Profile  # noqa: E402
from desktop.supervisor import Supervisor  # noqa: E402

supervising.EARLY_S = 0.3
TIMING = Timing(first_beat_s=5.0, silence_s=0.6)


class FakePrograms:
    def standin_command(self, options: StartOptions, rest_port: int) -> ChildSpec:
        return self._spec(options, "standin", str(rest_port))

    def link_command(self, options: StartOptions, url: str, session_fd: int) -> ChildSpec:
        env = {"CHENGKAN_SESSION_FD": str(session_fd)}
        return self._spec(options, "link", url, env=env, pass_fds=(session_fd,))

    def station_command(self, options: StartOptions, mode: Mode) -> ChildSpec:
        return self._spec(options, "station", mode.value)

    def _spec(self, options: StartOptions, name: str, *arguments: str, **more: object) -> ChildSpec:
        script = str(Path(__file__).with_name("fake_child.py"))
        command = (sys.executable, script, name, str(options.profile), *arguments)
        return ChildSpec(name, command, TIMING, **more)  # type: ignore[arg-type]


def display_is_there(folder: Path) -> Callable[[], None]:
    def look() -> None:
        if (folder / "no display").exists():
            raise OperatorError("显示器 :9 连不上")

    return look


def main(folder: Path) -> int:
    try:
        profile = Profile(folder)
        logging.basicConfig(filename=profile.logs / "supervisor.log")
        look = display_is_there(folder)
        supervisor = Supervisor(profile, StartOptions(folder), FakePrograms(), look)
        return asyncio.run(supervisor.run())
    except OperatorError as error:
        print(error.operator_text, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
