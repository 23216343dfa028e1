"""What this machine has to decode pictures beside its processor, found out and not hoped for.

A graphics device without a module of libVLC that uses it decodes nothing, nor does a module
without a device. Which of them libVLC takes for a stream it does not tell.
"""

import re
from pathlib import Path

from desktop.video.wire import Hardware

_MODULES = re.compile(r"lib(vaapi(?!_filters)\w*|vdpau_avcodec|nvdec\w*)_plugin\.so")
_NODES = ("dri/renderD*", "nvidia[0-9]*")


def hardware(
    plugins: Path | None, dev: Path = Path("/dev"), classes: Path = Path("/sys/class/drm")
) -> Hardware:
    """`plugins`: the folder of libVLC's plugins, None where it is not known. Blocks."""
    nodes = [node for pattern in _NODES for node in sorted(dev.glob(pattern))]
    devices = tuple(dict.fromkeys(_driver(node, classes) for node in nodes))
    files = sorted(plugins.rglob("*.so")) if plugins is not None else []
    modules = (found[1] for file in files if (found := _MODULES.fullmatch(file.name)))
    return Hardware(devices, tuple(modules))


def _driver(node: Path, classes: Path) -> str:
    """`i915`, `amdgpu`, `nvidia`; the node's own name where no driver is told."""
    if node.name.startswith("nvidia"):
        return "nvidia"
    try:
        return (classes / node.name / "device" / "driver").resolve(strict=True).name
    except OSError:
        return node.name
