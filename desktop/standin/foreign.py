"""Rows as another body's platform words them: a source that the desk must translate.

The water company's register of hydrants: four of its fields have other names, its state is a
code, its places are millionths of a degree.
"""

from typing import Any

import msgspec

from desktop.standin.generated.rows import Item

SOURCE = "供水集团管网平台"
_CODES = {"normal": "0", "fault": "1", "damaged": "2", "missing": "3", "repair": "4"}


def as_sent(item: Item) -> Item | dict[str, Any]:
    """A hydrant in the words of its own platform; every other item as it is."""
    if item.class_id != "hydrant":
        return item
    row = msgspec.to_builtins(item)
    row["source"] = SOURCE
    row["device_name"] = row.pop("name")
    row["run_state"] = _CODES.get(row.pop("status"), "0")
    row["lon_e6"] = round(row.pop("lon") * 1e6)
    row["lat_e6"] = round(row.pop("lat") * 1e6)
    return row
