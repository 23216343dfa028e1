"""An X server with several monitors that can be plugged and unplugged (RandR 1.5 monitors)."""

import ctypes
import ctypes.util
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.shell.scaling import _Monitor
from tests.x_server import x_server

WIDTH_PX, HEIGHT_PX = 1920, 1080


class Monitors:
    """`display` is its DISPLAY, `server` its process; each monitor is WIDTH_PX wide."""

    def __init__(self, display: str, server: "subprocess.Popen[bytes]") -> None:
        self.display, self.server = display, server
        self._x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._xrandr = ctypes.CDLL(ctypes.util.find_library("Xrandr"))
        for call, result in (
            (self._x11.XOpenDisplay, ctypes.c_void_p),
            (self._x11.XDefaultRootWindow, ctypes.c_ulong),
            (self._x11.XInternAtom, ctypes.c_ulong),
            (self._xrandr.XRRAllocateMonitor, ctypes.POINTER(_Monitor)),
            (self._xrandr.XRRGetScreenResourcesCurrent, ctypes.c_void_p),
        ):
            call.restype = result
        self._open = ctypes.c_void_p(self._x11.XOpenDisplay(display.encode()))
        assert self._open, f"no X server at {display}"
        self._root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._open))

    def plug(self, name: str, x_px: int) -> None:
        """A monitor without an output of its own; the first one takes the server's output."""
        self._set(name, x_px, self._output() if x_px == 0 else None)

    def unplug(self, name: str) -> None:
        self._xrandr.XRRDeleteMonitor(self._open, self._root, self._atom(name))
        self._x11.XSync(self._open, 0)

    def close(self) -> None:
        self._x11.XCloseDisplay(self._open)

    def _atom(self, name: str) -> ctypes.c_ulong:
        return ctypes.c_ulong(self._x11.XInternAtom(self._open, name.encode(), 0))

    def _output(self) -> int:
        """The first of XRRScreenResources.outputs."""
        resources = self._xrandr.XRRGetScreenResourcesCurrent(self._open, self._root)
        # two Time, int ncrtc, RRCrtc*, int noutput, RROutput*
        outputs = ctypes.cast(resources + 40, ctypes.POINTER(ctypes.POINTER(ctypes.c_ulong)))
        return outputs[0][0]

    def _set(self, name: str, x_px: int, output: int | None) -> None:
        monitor = self._xrandr.XRRAllocateMonitor(self._open, 1 if output else 0)
        told = monitor.contents
        told.name = self._atom(name).value
        told.primary = told.automatic = 0
        told.x, told.y, told.width, told.height = x_px, 0, WIDTH_PX, HEIGHT_PX
        told.mwidth, told.mheight = 508, 286
        if output:
            ctypes.cast(told.outputs, ctypes.POINTER(ctypes.c_ulong))[0] = output
        self._xrandr.XRRSetMonitor(self._open, self._root, monitor)
        self._x11.XSync(self._open, 0)
        self._x11.XFree(monitor)


@contextmanager
def side_by_side(*names: str) -> Iterator[Monitors]:
    """From left to right; no window manager."""
    with x_server(len(names) * WIDTH_PX, HEIGHT_PX) as server:
        monitors = Monitors(server.display, server.process)
        try:
            for number, name in enumerate(names):
                monitors.plug(name, number * WIDTH_PX)
            yield monitors
        finally:
            if server.process.poll() is None:  # else Xlib would end this process
                monitors.close()
