"""What directory and wall call the same way: kinds of cameras, directions."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.camera_tree import compass_eighth
from desktop.domain.cameras import CameraKind

KIND_ICONS: dict[str, str] = {
    CameraKind.FIXED: "cctv",
    CameraKind.PTZ: "webcam",
    CameraKind.DRONE: "quadcopter",
    CameraKind.VEHICLE: "truck-outline",
    CameraKind.BODYCAM: "account-badge-outline",
}
"""By `Camera.kind` and by what the register calls it: the same words."""


def direction_word(bearing_deg: float) -> str:
    """北 for 0, clockwise, in eighths."""
    translate = QCoreApplication.translate
    return (
        translate("directions", "北"),
        translate("directions", "东北"),
        translate("directions", "东"),
        translate("directions", "东南"),
        translate("directions", "南"),
        translate("directions", "西南"),
        translate("directions", "西"),
        translate("directions", "西北"),
    )[compass_eighth(bearing_deg)]
