from tests.gui.driving import room, run

__all__ = ["room", "run"]
