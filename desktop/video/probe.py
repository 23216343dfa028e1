"""What the libVLC of this machine can play, found out and not hoped for.

Debian builds libVLC without live555: rtsp:// then ends without a picture and without an
error. Such a machine plays RTSP through the bridge (desktop.video.bridge).
"""

import importlib.util
from pathlib import Path

from desktop.domain.cameras import Protocol
from desktop.video.wire import Capabilities

_NEEDED = {
    Protocol.HTTP_TS: ("http", "ts"),
    Protocol.HTTP_FLV: ("http", "avformat"),
    Protocol.HLS: ("adaptive", "ts"),
}


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
    """By the plugins that lie in `folder`; without a folder only the bridge's way is sure."""
    bridge = importlib.util.find_spec("av") is not None
    if folder is None:
        return Capabilities(version, (Protocol.HTTP_TS,), "bridge" if bridge else "none")
    names = {
        path.name.removeprefix("lib").removesuffix("_plugin.so") for path in folder.rglob("*.so")
    }
    if "avcodec" not in names:
        return Capabilities(version, reason="libVLC 缺少解码插件，请安装 vlc-plugin-base")
    protocols = [
        protocol for protocol, needed in _NEEDED.items() if all(name in names for name in needed)
    ]
    rtsp = "direct" if "live555" in names else "bridge" if bridge and "ts" in names else "none"
    if rtsp != "none":
        protocols.append(Protocol.RTSP)
    return Capabilities(version, tuple(protocols), rtsp)
