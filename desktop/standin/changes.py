"""Rows of the long registers that have changed since the city came to stand."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Changes:
    """Which cover stands open now, which camera went dark; by the row's number or id."""

    item_status: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    camera_online: dict[str, tuple[bool, datetime]] = field(default_factory=dict)
    count: int = 0

    def item(self, number: int, status: str, at: datetime) -> None:
        self.item_status[number] = (status, at)
        self.count += 1

    def camera(self, camera_id: str, online: bool, at: datetime) -> None:
        self.camera_online[camera_id] = (online, at)
        self.count += 1

    def items_after(self, since: datetime) -> list[int]:
        """In the order of the register."""
        return sorted(n for n, (_, at) in list(self.item_status.items()) if at > since)

    def cameras_after(self, since: datetime) -> list[str]:
        return sorted(c for c, (_, at) in list(self.camera_online.items()) if at > since)
