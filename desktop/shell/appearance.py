"""Theme and text size of this process, as the operator wishes them, changed while it runs."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.shell.scaling import TextScale
from desktop.stores.preferences import (
    LARGEST_TEXT_PERCENT,
    SMALLEST_TEXT_PERCENT,
    TEXT_STEP_PERCENT,
    Preferences,
)
from widgets import icons, theme


class Appearance(QObject):
    """Carries out `theme` and `text_scale_percent` of the preferences.

    `dress` puts the stylesheet of the theme in force on the application.
    """

    told = Signal(str, str)  # title and text of what the operator should know

    def __init__(
        self,
        window: QWidget,
        preferences: Preferences,
        scale: TextScale,
        dress: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self._scale, self._dress = scale, dress
        self._percent = preferences.get("text_scale_percent")
        self._in_force_percent = self._percent  # what the sizes of the screen are told in
        preferences.changed.connect(self._on_changed)

    def start(self) -> None:
        """Once the window has its screen."""
        self._percent = 0
        self._apply_theme()
        self._apply_text()

    # ---- what keys and the settings page order ----------------------------------------------

    def toggle_theme(self) -> None:
        dark = self._preferences.get("theme") == theme.DARK
        self._preferences.set("theme", theme.LIGHT if dark else theme.DARK)

    def text_larger(self) -> None:
        self._step(TEXT_STEP_PERCENT)

    def text_smaller(self) -> None:
        self._step(-TEXT_STEP_PERCENT)

    def text_normal(self) -> None:
        self._preferences.set("text_scale_percent", SMALLEST_TEXT_PERCENT)

    def largest_percent(self) -> int:
        """What this screen has room for: below it the window would be larger than the screen."""
        now = self._in_force_percent
        screen, least = self._window.screen().availableSize(), self._window.minimumSize()
        room = min(screen.width() / least.width(), screen.height() / least.height())
        fits = int(now * room / TEXT_STEP_PERCENT + 1e-6) * TEXT_STEP_PERCENT
        return min(max(fits, SMALLEST_TEXT_PERCENT), LARGEST_TEXT_PERCENT)

    # ---- carrying out -----------------------------------------------------------------------

    def _step(self, percent: int) -> None:
        self._preferences.set(
            "text_scale_percent", self._preferences.get("text_scale_percent") + percent
        )

    def _on_changed(self, key: str) -> None:
        if key == "theme":
            self._apply_theme()
        elif key == "text_scale_percent":
            self._apply_text()

    def _apply_theme(self) -> None:
        if self._preferences.get("theme") == theme.in_force():
            return
        theme.use(self._preferences.get("theme"))
        retint(self._window)
        self._dress()
        for widget in QApplication.allWidgets():
            widget.update()

    def _apply_text(self) -> None:
        wished = self._preferences.get("text_scale_percent")
        percent = min(wished, self.largest_percent())
        if percent != wished:
            text = self.tr("本屏幕最多放得下 {0} %，已按 {0} % 显示")
            self.told.emit(self.tr("文字大小"), text.format(percent))
        if percent == self._percent:
            return
        self._percent = percent
        if self._scale.works_now:
            self._scale.apply(percent)
            self._in_force_percent = percent
        else:
            self.told.emit(self.tr("文字大小"), self.tr("下次启动时生效"))


def retint(window: QWidget) -> None:
    """Icons that somebody holds, in the theme in force; what is painted asks by itself."""
    for button in window.findChildren(QAbstractButton):
        if (fresh := icons.icon_anew(button.icon())) is not None:
            button.setIcon(fresh)
    for action in window.findChildren(QAction):
        if (fresh := icons.icon_anew(action.icon())) is not None:
            action.setIcon(fresh)
    for label in window.findChildren(QLabel):
        if (picture := icons.pixmap_anew(label.pixmap())) is not None:
            label.setPixmap(picture)
