"""Which layers the operator wants to see; kept with the operator's preferences."""

from PySide6.QtCore import QObject, Signal

from desktop.stores.preferences import Preferences

_GROUPS = {
    "water": ("point.water_level", "point.underpass_water", "point.river_level",
              "point.pipe_level", "weather"),
}  # fmt: skip
"""Names of layers that are asked for together."""
HIDDEN_KEY = "map_hidden_layers"
PANEL_KEY = "map_panel_open"


class LayerChoice(QObject):
    """Hidden layers by id: `cameras` hides all of its kinds, `camera.ptz` one of them."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        preferences.changed.connect(self._on_preference)

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(self._preferences.get(HIDDEN_KEY))

    def show(self, layer_ids: frozenset[str], wanted: bool) -> None:
        hidden = self.hidden - layer_ids if wanted else self.hidden | layer_ids
        self._preferences.set(HIDDEN_KEY, sorted(hidden))

    def ask(self, name: str) -> None:
        """Somebody comes to the map to see a layer, a group (`units`: all of `unit.…`) or one of
        _GROUPS: it is shown, the others stay as they are."""
        wanted = _GROUPS.get(name, (name,))
        group = tuple(f"{one.removesuffix('s')}." for one in wanted)
        self.show(
            frozenset(one for one in self.hidden if one in wanted or one.startswith(group)), True
        )

    @property
    def panel_open(self) -> bool:
        return bool(self._preferences.get(PANEL_KEY))

    def open_panel(self, wanted: bool) -> None:
        self._preferences.set(PANEL_KEY, wanted)

    def _on_preference(self, key: str) -> None:
        if key in (HIDDEN_KEY, PANEL_KEY):
            self.changed.emit()
