"""The directory of cameras: the left panel of the video wall."""

from views.video_wall.directory.panel import CameraDirectory

__all__ = ["CameraDirectory"]
