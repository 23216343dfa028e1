"""The tiles beside the map. `build_nearest` makes the four that follow the selected alarm."""

from views.video_wall.nearest import NearestTiles, build_nearest

__all__ = ["NearestTiles", "build_nearest"]
