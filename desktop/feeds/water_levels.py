"""Water levels at flood-prone points, every 30 s, retained; level_m in metres above the road."""

from desktop.feeds.telemetry import telemetry_feed

FEED = telemetry_feed("water_levels", "water_level", stale_after_s=90.0)  # three missed readings
