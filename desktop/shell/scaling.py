"""How large everything is drawn: the monitor's factor before QApplication, the text scale live.

The screens are designed for 1920 x 1080 logical pixels. A larger monitor whose desktop does not
scale by itself gets the same picture larger, not smaller letters; the operator's own text scale
comes on top and changes while the window stands.
"""

import ctypes
import ctypes.util
import math
import os
import re
from collections.abc import Callable
from typing import NamedTuple

import shiboken6
from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

REFERENCE_PX = (1920, 1080)
_STEPS = 20  # per whole factor
_USUAL_DPI = 96
_LOOK_EVERY_MS, _LOOKS = 50, 60  # three seconds for a busy window
_QUIET_LOOKS = 5


class _Monitor(ctypes.Structure):
    """XRRMonitorInfo of Xrandr.h."""

    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("noutput", ctypes.c_int),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("mwidth", ctypes.c_int),
        ("mheight", ctypes.c_int),
        ("outputs", ctypes.c_void_p),
    )


class _AtStart:
    """What QT_SCALE_FACTOR of this process already contains of the text scale."""

    text_percent = 100


def apply(text_scale_percent: int) -> float:
    """Sets QT_SCALE_FACTOR unless somebody set it; returns the factor in force."""
    if given := os.environ.get("QT_SCALE_FACTOR"):
        return float(given)
    factor = scale_factor(_primary_monitor_px(), text_scale_percent)
    _AtStart.text_percent = text_scale_percent
    if factor != 1.0:
        os.environ["QT_SCALE_FACTOR"] = f"{factor:g}"
    return factor


def scale_factor(monitor_px: tuple[int, int] | None, text_scale_percent: int) -> float:
    """`monitor_px` is None where the desktop scales by itself or the size is not known."""
    larger = 1.0
    if monitor_px is not None:
        shares = (px / reference for px, reference in zip(monitor_px, REFERENCE_PX, strict=True))
        larger = max(1.0, min(shares))
    return math.floor(larger * text_scale_percent / 100 * _STEPS + 1e-6) / _STEPS


def _primary_monitor_px() -> tuple[int, int] | None:
    names = [ctypes.util.find_library(name) for name in ("X11", "Xrandr")]
    if None in names:
        return None
    x11, xrandr = (ctypes.CDLL(name) for name in names)
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        return None
    try:
        return None if _desktop_scales(x11, display) else _ask_monitor(x11, xrandr, display)
    finally:
        x11.XCloseDisplay(ctypes.c_void_p(display))


def _desktop_scales(x11: ctypes.CDLL, display: int) -> bool:
    """Qt follows the resource Xft.dpi by itself."""
    x11.XResourceManagerString.restype = ctypes.c_char_p
    resources = x11.XResourceManagerString(ctypes.c_void_p(display)) or b""
    found = re.search(rb"^Xft\.dpi:\s*(\d+)", resources, re.MULTILINE)
    return found is not None and int(found[1]) > _USUAL_DPI


def _ask_monitor(x11: ctypes.CDLL, xrandr: ctypes.CDLL, display: int) -> tuple[int, int] | None:
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    root = x11.XDefaultRootWindow(ctypes.c_void_p(display))
    xrandr.XRRGetMonitors.restype = ctypes.POINTER(_Monitor)
    count = ctypes.c_int()
    monitors = xrandr.XRRGetMonitors(
        ctypes.c_void_p(display), ctypes.c_ulong(root), 1, ctypes.byref(count)
    )
    if not monitors or count.value < 1:
        return None
    found = [monitors[index] for index in range(count.value)]
    chosen = next((one for one in found if one.primary), found[0])
    size = (chosen.width, chosen.height)
    xrandr.XRRFreeMonitors(monitors)
    return size


class TextScale:
    """Makes everything larger or smaller while the window stands.

    Qt offers a factor per screen before QApplication only; at run time it is in its private
    interface, which the pinned version exports. Text, icons, rows and the map page grow
    together, so that nothing can be clipped that is not clipped on a smaller screen.
    """

    def __init__(self) -> None:
        self._at_start_percent = _AtStart.text_percent
        self._wanted_percent = self._applied_percent = self._at_start_percent
        self._set_factor, self._tell_windows = _private_calls()
        self._before: list[_Standing] = []
        self._looks_left = self._quiet = 0
        self._settling = QTimer()
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._look)

    @property
    def works_now(self) -> bool:
        """False: a change is seen at the next start only."""
        return self._set_factor is not None

    def apply(self, percent: int) -> None:
        """To every screen. The sizes of the windows in pixels of the screen are kept."""
        self._wanted_percent = percent
        if not self._settling.isActive():  # else: one step after the other
            self._apply()

    def _apply(self, chained: bool = False) -> None:
        if self._set_factor is None or self._tell_windows is None:
            return
        change = self._wanted_percent / self._applied_percent
        if chained:  # what X still has to tell of the step before would be measured wrongly
            self._before = [one._replace(ratio=one.ratio * change) for one in self._before]
        else:
            windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
            self._before = [_Standing.of(one, one.devicePixelRatioF() * change) for one in windows]
        self._applied_percent = self._wanted_percent
        self._looks_left, self._quiet = _LOOKS, 0
        factor = self._wanted_percent / self._at_start_percent
        for screen in QGuiApplication.screens():
            pointer = ctypes.c_void_p(shiboken6.getCppPointer(screen)[0])
            self._set_factor(pointer, ctypes.c_double(factor))
            dpi = ctypes.c_double(_USUAL_DPI)
            self._tell_windows(pointer, dpi, dpi)
        self._settling.start(_LOOK_EVERY_MS)

    def _look(self) -> None:
        """Qt tells the windows when it has time, and keeps their size in logical pixels."""
        self._looks_left -= 1
        standing = [one.stand() for one in self._before]  # a list: each is asked
        self._quiet = self._quiet + 1 if all(standing) else 0
        if self._quiet < _QUIET_LOOKS and self._looks_left > 0:
            self._settling.start(_LOOK_EVERY_MS)
        elif self._wanted_percent != self._applied_percent:
            self._apply(chained=True)


class _Standing(NamedTuple):
    """How a window stood before the change: in pixels of the screen."""

    window: QWidget
    native: QRectF
    ratio: float  # what it will have

    @classmethod
    def of(cls, window: QWidget, ratio: float) -> "_Standing":
        now, at = window.devicePixelRatioF(), window.geometry()
        native = QRectF(at.x() * now, at.y() * now, at.width() * now, at.height() * now)
        return cls(window, native, ratio)

    def stand(self) -> bool:
        """Puts the window back; True once it stands there.

        By the widget: its native window already says the wanted size when it knows nothing yet.
        """
        if not shiboken6.isValid(self.window):
            return True
        if abs(self.window.devicePixelRatioF() - self.ratio) > 0.01:
            return False
        at, ratio = self.native, self.ratio
        wanted = QRect(
            round(at.x() / ratio),
            round(at.y() / ratio),
            round(at.width() / ratio),
            round(at.height() / ratio),
        )
        if self.window.geometry() == wanted:
            return True
        states = self.window.windowState()
        self.window.setGeometry(wanted)
        self.window.setWindowState(states)
        return False


def _private_calls() -> tuple[Callable[..., None] | None, Callable[..., None] | None]:
    try:
        library = ctypes.CDLL("libQt6Gui.so.6")  # the one that this process has loaded
        set_factor = library["_ZN15QHighDpiScaling15setScreenFactorEP7QScreend"]
        tell = library[
            "_ZN22QWindowSystemInterface36handleScreenLogicalDotsPerInchChangeEP7QScreendd"
        ]
    except (OSError, AttributeError):
        return None, None
    for call in (set_factor, tell):
        call.restype = None
    return set_factor, tell
