"""The seconds before an alarm, as a camera of their own."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.domain.alarms import Alarm
from desktop.domain.cameras import Camera, RecordedCamera, recorded

BEFORE = timedelta(seconds=10)


def span_of(alarm: Alarm) -> tuple[datetime, datetime]:
    """As the platform cut it, else the ten seconds before the alarm was raised."""
    if alarm.clip is not None and alarm.clip.start < alarm.clip.end:
        return alarm.clip.start, alarm.clip.end
    return alarm.raised_at - BEFORE, alarm.raised_at


def before_alarm(camera: Camera, alarm: Alarm | None) -> RecordedCamera | None:
    """None for an alarm that is forgotten by now."""
    if alarm is None:
        return None
    start, end = span_of(alarm)
    seconds = round((end - start).total_seconds())
    words = QCoreApplication.translate("LinkageRunner", "告警前 {0} s · {1}")
    return recorded(camera, start, end, words.format(seconds, camera.name))
