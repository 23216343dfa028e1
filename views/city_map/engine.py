"""What the web engine must be told before QApplication exists. No Qt in this module."""

import os

from desktop.errors import OperatorError

_FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
_NO_SANDBOX = "--no-sandbox"
_LEAN = (
    # Of the spaces for what is young V8 keeps what a burst needed, and a thread that rests never
    # gives it back: reading the layers left the painter 90 MB for 16 MB of shapes.
    "--js-flags=--max-semi-space-size=2",
    # A process waits there to start what runs without a sandbox; Qt starts nothing of the kind.
    "--no-unsandboxed-zygote",
)


def prepare_environment(root: bool, standin: bool) -> None:
    """Sets the engine's flags in the environment of this process.

    Chromium ends a process of root that keeps its sandbox. On the stand-in the sandbox is
    then left out; on a real platform it never is: raises OperatorError.
    """
    if root and not standin:
        raise OperatorError(
            "不能以 root 身份连接真实平台：地图页的沙箱在 root 下不可用。请改用普通账户启动。"
        )
    flags = os.environ.get(_FLAGS, "").split()
    if not root:
        flags = [flag for flag in flags if flag != _NO_SANDBOX]
        os.environ.pop("QTWEBENGINE_DISABLE_SANDBOX", None)
    elif _NO_SANDBOX not in flags:
        flags.append(_NO_SANDBOX)
    os.environ.pop("QTWEBENGINE_REMOTE_DEBUGGING", None)  # never a port into the page
    # Both or neither: one alone ends the process as soon as a page wants WebGL.
    if "--disable-gpu" in flags or os.environ.get("QT_QUICK_BACKEND") == "software":
        os.environ["QT_QUICK_BACKEND"] = "software"
        if "--disable-gpu" not in flags:
            flags.append("--disable-gpu")
    flags += [flag for flag in _LEAN if flag not in flags]
    os.environ[_FLAGS] = " ".join(flags)


def register_scheme() -> None:
    """The page's own scheme, see views.city_map.scheme; before QApplication."""
    from views.city_map.scheme import register_scheme as register

    register()
