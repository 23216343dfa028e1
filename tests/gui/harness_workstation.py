"""The window on a believable night, for looking: python -m tests.gui.harness_workstation.

--signed-out shows the sign-in page, --grow lets alarms come, --cut breaks the live channel,
--mode VIEW_ID enlarges, --full takes the whole screen, --real-views takes map and video.
"""

import argparse
import asyncio

import qasync
from PySide6.QtCore import QTimer

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.link_messages import ServiceCondition, ServiceState, SessionState
from desktop.shell.main_window import MainWindow
from tests.gui.fake_room import NOW, B, R, alarm, fake_room, fill, live_health, open_room
from tests.gui.windows import DESK_VIEWS
from widgets.demo import demo_application


def main() -> None:
    options = _parse()
    app = demo_application()
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    room = fake_room(real_clock=True)
    window = MainWindow(room, DESK_VIEWS, options.banner)
    open_room(room)
    fill(room)
    room.selection.select_alarm(options.alarm)
    for number in range(1, 5):
        state = TileState.STALLED if number == 4 else TileState.LIVE
        room.tiles.report(TileStatus(number, f"cam-{number}", state, age_ms=200))
    beat = QTimer(window)
    beat.timeout.connect(lambda: room.health.put(live_health()))
    beat.start(1000)
    if options.signed_out:
        room.session.put_session(SessionState(refused=options.refused))
    if options.cut:
        beat.stop()
        down = ServiceState(ServiceCondition.DOWN, NOW, "与消息服务器的连接断开，正在第 3 次重连")
        room.health.put(live_health(12.0, mqtt=down))
    if options.grow:
        grow = QTimer(window)
        grow.timeout.connect(lambda: _grow(room))
        grow.start(400)
    if options.mode:
        window.show_view(options.mode)
    if options.full:  # without a window manager nobody else resizes it
        window.resize(window.screen().size())
    window.show()
    if options.notice:
        window.notices.post(
            "refused", "操作未成", "平台拒绝确认：李卫东 03:12:19 已先确认。不用再操作。"
        )
    if options.quit_after_s:
        QTimer.singleShot(int(options.quit_after_s * 1000), app.quit)
    with loop:
        loop.run_forever()


def _grow(room) -> None:
    seq = 1000 + len(room.alarms)
    now = room.clock.now()
    level = R if seq % 9 == 0 else B
    room.alarms.put(f"n{seq}", alarm(f"n{seq}", level, 0, seq=seq, raised_at=now, detail="新路"))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("signed-out", "cut", "grow", "full", "notice"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--alarm", default="a01")
    parser.add_argument("--mode", default="")
    parser.add_argument("--banner", default="")
    parser.add_argument("--refused", default="")
    parser.add_argument("--quit-after-s", type=float, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
