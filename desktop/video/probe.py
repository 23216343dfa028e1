"""What the libVLC of this machine can play, found out and not hoped for.

Debian builds libVLC without live555: rtsp:// then ends without a picture and without an
error. What is no transport stream by HTTP comes through the bridge (desktop.video.bridge).
"""

import importlib.util
from pathlib import Path

from desktop.domain.cameras import Protocol
from desktop.video.wire import Capabilities

BRIDGED = (Protocol.HTTP_FLV, Protocol.HLS, Protocol.RTSP)

_NEEDED = {"filesystem", "ts"}  # a transport stream from a pipe: all that libVLC ever gets


def plugin_folder(maps: Path = Path("/proc/self/maps")) -> Path | None:
    """Folder of the plugins of the libvlccore that is loaded here; None where unknown."""
    try:
        text = maps.read_text("utf-8", "replace")
    except OSError:
        return None
    for line in text.splitlines():
        if "libvlccore.so" in line:
            folder = Path(line.split(maxsplit=5)[-1]).parent / "vlc" / "plugins"
            return folder if folder.is_dir() else None
    return None


def capabilities(version: str, folder: Path | None) -> Capabilities:
    """By the plugins that lie in `folder`; without a folder they are believed to be there."""
    bridge = importlib.util.find_spec("av") is not None
    names = _names(folder) if folder is not None else _NEEDED | {"avcodec"}
    if "avcodec" not in names:
        return Capabilities(version, reason="libVLC 缺少解码插件，请安装 vlc-plugin-base")
    if not names >= _NEEDED:
        return Capabilities(version)
    protocols = (Protocol.HTTP_TS, *(BRIDGED if bridge else ()))
    return Capabilities(version, protocols, "bridge" if bridge else "none")


def _names(folder: Path) -> set[str]:
    files = (path.name for path in folder.rglob("*.so"))
    return {name.removeprefix("lib").removesuffix("_plugin.so") for name in files}
