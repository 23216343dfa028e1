"""What decodes beside the processor, by what lies on the machine."""

from pathlib import Path

import pytest

from desktop.doctor.screens import _hardware
from desktop.domain.findings import Verdict
from desktop.video import wire
from desktop.video.hardware import hardware


def machine(folder: Path, nodes: tuple[str, ...], plugins: tuple[str, ...]) -> wire.Hardware:
    dev, classes, vlc = folder / "dev", folder / "classes", folder / "plugins"
    for place in (dev / "dri", classes, vlc / "vaapi"):
        place.mkdir(parents=True)
    for node in nodes:
        name, _, driver = node.partition("=")
        (dev / name).touch()
        if driver:
            (folder / driver).mkdir()
            (classes / Path(name).name / "device").mkdir(parents=True)
            (classes / Path(name).name / "device" / "driver").symlink_to(folder / driver)
    for plugin in plugins:
        (vlc / "vaapi" / f"lib{plugin}_plugin.so").touch()
    return hardware(vlc, dev, classes)


@pytest.mark.parametrize(
    ("nodes", "plugins", "devices", "modules", "usable"),
    [
        ((), ("vaapi_drm", "vdpau_avcodec"), (), ("vaapi_drm", "vdpau_avcodec"), False),
        (("dri/renderD128=i915",), ("vaapi_drm",), ("i915",), ("vaapi_drm",), True),
        (("dri/renderD128",), ("vaapi_filters", "vdpau_chroma"), ("renderD128",), (), False),
        (("nvidia0", "nvidia1", "nvidiactl"), ("nvdec",), ("nvidia",), ("nvdec",), True),
    ],
)
def test_that_a_device_and_a_module_for_it_are_both_needed(
    tmp_path, nodes, plugins, devices, modules, usable
):
    found = machine(tmp_path, nodes, plugins)
    assert (found.devices, found.modules, found.is_usable) == (devices, modules, usable)


def test_that_it_survives_the_line_between_the_processes():
    known = wire.Capabilities("3.0", hardware=wire.Hardware(("i915",), ("vaapi_drm",)))
    ready = wire.Ready(7, known)
    assert wire.decode_from_video(wire.encode(ready)) == ready


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"devices": [], "modules": ["vdpau_avcodec"]}, "没有硬件解码设备"),
        ({"devices": ["i915"], "modules": []}, "有 i915，但 libVLC 没有"),
        ({"devices": ["i915"], "modules": ["vaapi_drm"]}, "可用 vaapi_drm"),
    ],
)
def test_that_the_doctor_says_what_there_is_and_none_is_no_fault(found, words):
    told = _hardware(found)
    assert told.verdict is Verdict.OK and words in told.reason
