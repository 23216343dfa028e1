"""Cameras of other bodies: lent to the city's centre, a few of them not to every role."""

from zlib import crc32

from desktop.domain.cameras import Camera
from desktop.domain.permissions import Role

SHARED_SOURCES = ("公安视频平台",)
_HELD_BACK_PER_THOUSAND = 20
_STILL_LENT_TO = (Role.DUTY_OFFICER, Role.LEADER)


def is_shared(source: str) -> bool:
    return source in SHARED_SOURCES


def why_not_lent(camera: Camera, role: str) -> str:
    """The operator's words, empty when this role may look."""
    held = crc32(camera.camera_id.encode()) % 1000 < _HELD_BACK_PER_THOUSAND
    if not camera.shared or not held or role in _STILL_LENT_TO:
        return ""
    owner = camera.source.removesuffix("视频平台")
    return f"本路由{owner}共享，未授权给{Role(role).word}；请向{owner}指挥中心申请"
