"""What must be decided before QApplication exists."""

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication

from desktop import memory
from desktop.settings import Settings
from desktop.shell import scaling

_HEAPS = 2  # of the window, and of each process of the web engine


def prepare(settings: Settings, *, standin: bool, safe: bool) -> None:
    """Sets Qt's environment of this process; the map's engine is left out in safe mode."""
    memory.keep_small(_HEAPS)
    memory.keep_children_small(_HEAPS)
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":  # offscreen: tests without a window
        os.environ["QT_QPA_PLATFORM"] = "xcb"  # the picture of a helper process needs X windows
        scaling.apply(settings.text_scale_percent)
    os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
    if draws_in_software(settings.gpu):
        os.environ["QT_QUICK_BACKEND"] = "software"
        # Nothing draws with OpenGL then: its software renderer (LLVM) would take 60 MB unused.
        os.environ["QT_XCB_GL_INTEGRATION"] = "none"
        _add_chromium_flags("--disable-gpu")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    if not safe:
        from views.city_map import engine

        engine.prepare_environment(is_root(), standin)
        engine.register_scheme()


def is_root() -> bool:
    return os.geteuid() == 0


def draws_in_software(gpu: str) -> bool:
    """`gpu` is the setting: auto looks for a graphics card's render node."""
    if gpu == "auto":
        return not any(Path("/dev/dri").glob("renderD*"))
    return gpu == "off"


def _add_chromium_flags(*flags: str) -> None:
    present = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "").split()
    merged = [*present, *(flag for flag in flags if flag not in present)]
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join(merged)
