"""python -m desktop.video.examine: which pictures this machine can play, as one line of JSON."""

import json
import sys

from desktop.video.hardware import hardware
from desktop.video.probe import capabilities, plugin_folder

CODECS = ("h264", "hevc", "mjpeg")


def main() -> int:
    vlc = _vlc()  # first: the folder of its plugins is known once it is loaded
    found = hardware(plugin_folder())
    devices = {"devices": found.devices, "modules": found.modules}
    print(json.dumps({"vlc": vlc, "codecs": _codecs(), "hardware": devices}), flush=True)
    return 0


def _vlc() -> dict[str, object]:
    """`version` is empty where libVLC cannot be loaded."""
    try:
        import vlc

        version = vlc.libvlc_get_version().decode("ascii", "replace")
    except (ImportError, OSError, AttributeError, NameError):
        return {"version": "", "protocols": [], "rtsp": "none", "reason": ""}
    found = capabilities(version, plugin_folder())
    return {
        "version": version,
        "protocols": [protocol.value for protocol in found.protocols],
        "rtsp": found.rtsp,
        "reason": found.reason,
    }


def _codecs() -> list[str]:
    """Decoders of PyAV, for the tiles that it plays."""
    try:
        from av.codec import Codec
    except ImportError:
        return []
    found = []
    for name in CODECS:
        try:
            Codec(name, "r")
        except ValueError:
            continue
        found.append(name)
    return found


if __name__ == "__main__":
    sys.exit(main())
