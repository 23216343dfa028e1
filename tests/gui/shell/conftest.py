import pytest

from desktop.shell import preferences
from tests.gui.driving import room, run

__all__ = ["room", "run"]


@pytest.fixture(autouse=True)
def a_busy_disk_is_waited_for(monkeypatch) -> None:
    """A window that closes waits for a second; a test looks at what was written."""
    monkeypatch.setattr(preferences, "CLOSE_LIMIT_S", 15.0)
