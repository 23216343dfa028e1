"""The ground of libVLC's windows: none, so that nothing dark is seen before a picture.

libVLC draws into a child of our window, whose ground is black, and not at all while it is covered.
One that comes to the front would be black until its next picture (measured: 67 ms). Without a
ground the X server leaves there what was seen before. Source: X11 protocol, background-pixmap None.
"""

import ctypes
from typing import Any

_BACK_PIXMAP, _NONE = 1, 0  # XCB_CW_BACK_PIXMAP, XCB_BACK_PIXMAP_NONE


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


def take_away(window_id: int) -> None:
    """Of all children of this window. Waits for the X server; does nothing where there is none."""
    try:
        xcb = _library()
    except (OSError, AttributeError):
        return
    server = xcb.xcb_connect(None, None)
    try:
        if not xcb.xcb_connection_has_error(server):
            _take_away(xcb, server, window_id)
    finally:
        xcb.xcb_disconnect(server)


def _take_away(xcb: Any, server: int, window_id: int) -> None:
    """Each change is waited for: what is only sent is lost with the connection. A window that is
    gone by now is an error, and no harm."""
    tree = xcb.xcb_query_tree_reply(server, xcb.xcb_query_tree(server, window_id), None)
    if not tree:
        return
    children = xcb.xcb_query_tree_children(tree)
    for index in range(xcb.xcb_query_tree_children_length(tree)):
        value = ctypes.c_uint32(_NONE)
        sent = xcb.xcb_change_window_attributes_checked(
            server, children[index], _BACK_PIXMAP, ctypes.byref(value)
        )
        xcb.free(xcb.xcb_request_check(server, sent))
    xcb.free(tree)


def _library() -> Any:
    """Raises OSError without it; libVLC's own output loads the same one."""
    xcb = ctypes.CDLL("libxcb.so.1")
    pointer = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, pointer)
    xcb.xcb_connect.restype = pointer
    xcb.xcb_connection_has_error.argtypes = (pointer,)
    xcb.xcb_query_tree.argtypes = (pointer, ctypes.c_uint32)
    xcb.xcb_query_tree.restype = _Cookie
    xcb.xcb_query_tree_reply.argtypes = (pointer, _Cookie, pointer)
    xcb.xcb_query_tree_reply.restype = pointer
    xcb.xcb_query_tree_children.argtypes = (pointer,)
    xcb.xcb_query_tree_children.restype = ctypes.POINTER(ctypes.c_uint32)
    xcb.xcb_query_tree_children_length.argtypes = (pointer,)
    xcb.xcb_change_window_attributes_checked.argtypes = (
        pointer, ctypes.c_uint32, ctypes.c_uint32, pointer,
    )  # fmt: skip
    xcb.xcb_change_window_attributes_checked.restype = _Cookie
    xcb.xcb_request_check.argtypes = (pointer, _Cookie)
    xcb.xcb_request_check.restype = pointer
    xcb.xcb_disconnect.argtypes = (pointer,)
    xcb.free.argtypes = (pointer,)  # of the C library, which it is linked with
    return xcb
