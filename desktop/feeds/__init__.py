"""The feeds of the platform: a newcomer is a module and a line here. Pure, no I/O."""

from desktop.feeds import alarm_head, alarms, water_levels
from desktop.feeds.spec import FeedSpec

FEEDS: tuple[FeedSpec[object], ...] = (alarms.FEED, alarm_head.FEED, water_levels.FEED)  # pyright: ignore[reportAssignmentType]
