"""The registers that cache.db mirrors, by name, and those of them that are searched."""

REGISTERS = (
    "cameras", "points", "alarm_classes", "asset_classes", "assets", "units", "depots", "orgs",
    "duty", "streets", "districts", "grids", "tickets", "plans",
)  # fmt: skip
SEARCHED = ("cameras", "points", "assets", "units", "depots", "orgs", "streets")
