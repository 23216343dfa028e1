"""The peers of the `wall` bench, on the same cameras and tiles, with no watch over them.

`python -m tests.bench.wall_peer libvlc|mpv COLUMNS URL...` fills the screen of DISPLAY until it is
killed: plain libVLC with all players in this process, or a process of mpv for each tile.
"""

import subprocess
import sys
import threading
from collections.abc import Callable

from Xlib.display import Display

from desktop.lifeline import die_with_parent
from desktop.settings import Settings

WIDTH_PX, HEIGHT_PX = 1920, 1080
# As it comes, but one thread for decoding, as everybody here; drawn by the processor, as there is
# no other way on these machines.
MPV = ("mpv", "--no-config", "--really-quiet", "--no-audio", "--no-osc", "--vo=x11",
       "--vd-lavc-threads=1", "--no-input-default-bindings", "--no-input-cursor")  # fmt: skip

_players: list[object] = []


def libvlc() -> Callable[[int, str], None]:
    import vlc

    from desktop.video.vlc_player import INSTANCE_ARGS

    instance = vlc.Instance(*INSTANCE_ARGS)
    caching_ms = Settings().network_caching_ms

    def play(window_id: int, url: str) -> None:
        player = instance.media_player_new(url)
        player.get_media().add_option(f":network-caching={caching_ms}")
        player.set_xwindow(window_id)
        player.play()
        _players.append(player)

    return play


def mpv() -> Callable[[int, str], None]:
    def play(window_id: int, url: str) -> None:
        command = [*MPV, f"--wid={window_id}", url]
        _players.append(subprocess.Popen(command, preexec_fn=die_with_parent))

    return play


def main(play: Callable[[int, str], None], columns: int, urls: list[str]) -> None:
    display = Display()
    root, depth = display.screen().root, display.screen().root_depth
    wide, high = WIDTH_PX // columns, HEIGHT_PX // columns
    for number, url in enumerate(urls):
        row, column = divmod(number, columns)
        left, top = column * wide, row * high
        window = root.create_window(left, top, wide, high, 0, depth, background_pixel=0)
        window.map()
        display.sync()
        play(window.id, url)
    threading.Event().wait()


if __name__ == "__main__":
    die_with_parent()
    main({"libvlc": libvlc, "mpv": mpv}[sys.argv[1]](), int(sys.argv[2]), sys.argv[3:])
