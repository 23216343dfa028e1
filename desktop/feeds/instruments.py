"""Every other measured point: telemetry/{class_id}/{point_id}, retained, each at its own pace."""

from desktop.feeds.telemetry import telemetry_feed

FEED = telemetry_feed("instruments", "+", stale_after_s=120.0)
