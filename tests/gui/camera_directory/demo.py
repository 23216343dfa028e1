"""The directory alone, run as a module with up to four words: cache.db, theme, shelf, words.

Without a file it makes a register of its own.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import qasync
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.clock import SystemClock
from desktop.commands.registers import MirrorReads
from desktop.context import RoomContext
from local_db.cache import read_versions
from tests.gui.camera_directory.conftest import City, camera, district_rows
from tests.gui.fake_room import fake_room, open_room
from views.video_wall.directory import CameraDirectory
from views.video_wall.directory.notes import Shelf
from widgets import theme
from widgets.demo import demo_application
from widgets.plain_label import PlainLabel


def main() -> None:
    given = [*sys.argv[1:], "", "", "", ""]
    if given[1]:
        theme.use(given[1])
    app = demo_application()
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    room = fake_room(real_clock=True)
    object.__setattr__(room, "clock", SystemClock())
    open_room(room)
    path = Path(given[0]) if given[0] else _own_register(room)
    object.__setattr__(room.questions, "registers", MirrorReads(path))
    if given[0] and (known := read_versions(path).get("cameras")):
        room.register_ages.put("cameras", known.version, known.row_count, SystemClock().now())
    with loop:
        loop.run_until_complete(_show(room, Shelf(given[2] or "tree"), given[3]))


async def _show(room: RoomContext, shelf: Shelf, words: str) -> None:
    """Until the window is closed."""
    window = QWidget()
    window.setProperty("ground", "0")
    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    panel = CameraDirectory(room)
    told = PlainLabel("…")
    panel.cameras_chosen.connect(lambda ids: (told.setText("\n".join(ids)), panel.opened(ids[0])))
    panel.link_asked.connect(told.setText)
    row.addWidget(panel)
    row.addWidget(told, 1)
    window.resize(900, 900)
    window.show()
    panel.choose_shelf(shelf)
    panel.search.setText(words)
    while window.isVisible():
        await asyncio.sleep(0.2)


def _own_register(room: RoomContext) -> Path:
    path = Path(tempfile.mkdtemp()) / "cache.db"
    city = City(path, room)
    city.put("districts", district_rows())
    city.put("cameras", [camera(n) for n in range(50_000)])
    city.close()
    return path


if __name__ == "__main__":
    main()
