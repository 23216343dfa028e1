"""The process of the focus pictures: decoded by PyAV, painted by the station.

    python -m desktop.video.focus_helper

Says and hears what a video process does (desktop.video.helper). Its pictures go into memory that
the station shares with it (desktop.video.slots), so a window above them, a mask in them and a
part of them are possible, and they are 60 ms old and not 370.
"""

import importlib.util
import sys
from pathlib import Path

from desktop.domain.cameras import Protocol
from desktop.memory import keep_pictures
from desktop.video import wire
from desktop.video.av_player import AvPlayer
from desktop.video.helper import VideoProcess, run_process
from desktop.video.places import FOCUS_TILES

_PROTOCOLS = (Protocol.HTTP_TS, Protocol.RTSP)


class FocusProcess(VideoProcess):
    PLAYERS = FOCUS_TILES
    PAUSE_S = 0.0

    def _load(self) -> None:
        if importlib.util.find_spec("av") is None:
            self._capabilities = wire.Capabilities(reason="未安装 PyAV，没有低延迟画面")
        elif not Path("/proc/self/fd").is_dir():
            self._capabilities = wire.Capabilities(reason="本机没有共享画面内存，没有低延迟画面")
        else:
            import av

            self._capabilities = wire.Capabilities(f"PyAV {av.__version__}", _PROTOCOLS, "direct")
            self._instance = av

    def _new_player(self, number: int) -> AvPlayer:
        return AvPlayer(number, self._relay, self._tell_news, self._say)


def main() -> int:
    keep_pictures()
    return run_process(FocusProcess)


if __name__ == "__main__":
    sys.exit(main())
