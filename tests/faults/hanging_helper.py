"""A video process in which libVLC's stop() hangs: it opens rtsp addresses of `http-ts` itself.

`python -m tests.faults.hanging_helper`. The real one gives libVLC a pipe only, and there stop()
was not seen to hang; that a driver or a display makes it hang one day is not ruled out.
"""

import sys
from collections.abc import Callable

from desktop.domain.cameras import Protocol
from desktop.video import vlc_player
from desktop.video.feed import Feed
from desktop.video.helper import main

_feed_of = vlc_player.feed_of


class _Direct(Feed):
    def __init__(self, url: str, news: Callable[[], None]) -> None:
        super().__init__(news)
        self._url = url

    @property
    def address(self) -> str:
        return self._url


def _feed(order, relay, news):
    misnamed = order.protocol is Protocol.HTTP_TS and order.url.startswith("rtsp:")
    return _Direct(order.url, news) if misnamed else _feed_of(order, relay, news)


if __name__ == "__main__":
    vlc_player.feed_of = _feed
    sys.exit(main())
