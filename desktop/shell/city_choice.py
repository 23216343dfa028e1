"""When the operator is asked which city this desk belongs to, and what follows the answer."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.settings import SETTINGS_FILE, Settings
from desktop.shell.first_start import FirstStart
from desktop.shell.keys import KeyRegistry


class CoverWindow(Protocol):
    """A window that can show one page instead of everything else."""

    keys: KeyRegistry

    def cover(self, page: QWidget | None) -> None: ...


class CityChoice(QObject):
    """At the first start, and whenever the key for it is pressed."""

    start_anew = Signal()

    def __init__(
        self, window: CoverWindow, profile: Path, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._profile, self._settings = window, profile, settings
        self.page: FirstStart | None = None
        window.keys.provide("choose_city", self.open)

    def offer_first(self) -> None:
        """Not after a crash: whoever has answered is not asked again."""
        if not (self._profile / SETTINGS_FILE).exists():
            self._show(first=True)

    def open(self) -> None:
        if self.page is None:
            self._show(first=False)

    def close(self) -> None:
        if self.page is not None:
            self.page.form.test.stop()
            self.page.deleteLater()
            self.page = None
            self._window.cover(None)

    def _show(self, first: bool) -> None:
        self.page = FirstStart(self._profile, self._settings, first)
        self.page.demo_chosen.connect(self.close)
        self.page.left.connect(self.close)
        self.page.start_anew.connect(self.start_anew)
        self._window.cover(self.page)
