"""python -m desktop.shell.examine: what Qt finds on this machine, as JSON; the last line counts.

Without a display it looks by the offscreen platform: fonts and sound are still true, screens
and the graphics card are not asked for.
"""

import json
import os
import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QOffscreenSurface, QOpenGLContext

from desktop.display import refuse_without_display
from desktop.errors import OperatorError
from desktop.shell.environment import draws_in_software
from widgets.theme import FONT_FAMILY

_GL_RENDERER = 0x1F01


def main() -> int:
    has_display = True
    try:
        refuse_without_display()
    except OperatorError:
        has_display = False
    os.environ["QT_QPA_PLATFORM"] = "xcb" if has_display else "offscreen"
    app = QGuiApplication(["examine"])
    found = {
        "qt": qVersion(),
        "display": has_display,
        "screens": _screens(app) if has_display else [],
        "font": FONT_FAMILY in QFontDatabase.families(),
        "chinese_fonts": len(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)),
        "gl": _gl() if has_display else "",
        "software": draws_in_software("auto"),
        "sounds": None,
    }
    print(json.dumps(found), flush=True)  # a sound server that hangs costs its own line only
    print(json.dumps(found | {"sounds": _sounds()}), flush=True)
    os._exit(0)  # a sound server that hangs must not keep us


def _screens(app: QGuiApplication) -> list[dict[str, object]]:
    return [
        {
            "name": screen.name(),
            "width": screen.size().width(),
            "height": screen.size().height(),
            "dpr": screen.devicePixelRatio(),
        }
        for screen in app.screens()
    ]


def _gl() -> str:
    """The renderer's name, empty when no OpenGL context can be made."""
    context = QOpenGLContext()
    surface = QOffscreenSurface()
    surface.create()
    if not context.create() or not context.makeCurrent(surface):
        return ""
    name = context.functions().glGetString(_GL_RENDERER)
    context.doneCurrent()
    return name if isinstance(name, str) else "OpenGL"


def _sounds() -> list[str]:
    from PySide6.QtMultimedia import QMediaDevices

    return [device.description() for device in QMediaDevices.audioOutputs()]


if __name__ == "__main__":
    sys.exit(main())
