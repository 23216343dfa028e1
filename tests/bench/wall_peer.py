"""The peer of the `wall` bench: plain libVLC, all players in one process, no watch over them.

`python -m tests.bench.wall_peer COLUMNS URL...` fills the screen of DISPLAY until it is killed.
"""

import sys
import threading

import vlc
from Xlib.display import Display

from desktop.lifeline import die_with_parent
from desktop.settings import Settings
from desktop.video.vlc_player import INSTANCE_ARGS

WIDTH_PX, HEIGHT_PX = 1920, 1080


def main(columns: int, urls: list[str]) -> None:
    display = Display()
    root, depth = display.screen().root, display.screen().root_depth
    instance = vlc.Instance(*INSTANCE_ARGS)
    wide, high = WIDTH_PX // columns, HEIGHT_PX // columns
    caching_ms = Settings().network_caching_ms
    players = []
    for number, url in enumerate(urls):
        row, column = divmod(number, columns)
        left, top = column * wide, row * high
        window = root.create_window(left, top, wide, high, 0, depth, background_pixel=0)
        window.map()
        display.sync()
        player = instance.media_player_new(url)
        player.get_media().add_option(f":network-caching={caching_ms}")
        player.set_xwindow(window.id)
        player.play()
        players.append(player)
    threading.Event().wait()


if __name__ == "__main__":
    die_with_parent()
    main(int(sys.argv[1]), sys.argv[2:])
