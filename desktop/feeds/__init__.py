"""The feeds of the platform: a newcomer is a module and a line here. Pure, no I/O."""

from desktop.feeds import (
    alarm_head,
    alarms,
    incident_events,
    incident_head,
    instruments,
    positions,
    receipts,
    water_levels,
    weather,
)
from desktop.feeds.spec import FeedSpec

FEEDS: tuple[FeedSpec[object], ...] = (  # pyright: ignore[reportAssignmentType]
    alarms.FEED,
    alarm_head.FEED,
    receipts.FEED,
    incident_events.FEED,
    incident_head.FEED,
    water_levels.FEED,
    instruments.FEED,  # behind the feeds of single classes: the first that fits has a message
    positions.FEED,
    weather.FEED,
)
