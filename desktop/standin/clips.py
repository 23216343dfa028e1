"""Which camera recorded the moments before an alarm, as a platform tells it with the alarm."""

from datetime import datetime, timedelta

from desktop.domain.alarms import Clip
from desktop.domain.points import Point
from desktop.standin.video.recordings import SEGMENT_S, recorded_spans

BEFORE = timedelta(seconds=10)


def clip_of(point: Point, at: datetime) -> Clip | None:
    """The ten seconds before `at`; None where no camera of the point has them."""
    start = at - BEFORE
    wanted = int(start.timestamp()), int(at.timestamp())
    for camera_id in point.camera_ids:
        if recorded_spans(camera_id, *wanted, wanted[1] + SEGMENT_S) == [wanted]:
            return Clip(camera_id, start, at)
    return None
