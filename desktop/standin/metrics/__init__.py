"""The city's metrics, counted from its own alarms, cases, points, units and sky."""
