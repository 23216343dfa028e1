"""How large everything is drawn: one factor, fixed before QApplication exists.

The screens are designed for 1920 x 1080 logical pixels. A larger monitor whose desktop does not
scale by itself gets the same picture larger, not smaller letters; the operator's own text scale
comes on top.
"""

import ctypes
import ctypes.util
import math
import os
import re

REFERENCE_PX = (1920, 1080)
_STEPS = 20  # per whole factor
_USUAL_DPI = 96


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


def apply(text_scale_percent: int) -> float:
    """Sets QT_SCALE_FACTOR unless somebody set it; returns the factor in force."""
    if given := os.environ.get("QT_SCALE_FACTOR"):
        return float(given)
    factor = scale_factor(_primary_monitor_px(), text_scale_percent)
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
