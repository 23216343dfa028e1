"""Shows one widget alone in the house's look: `python -m widgets.level_badge`."""

import atexit
import tempfile
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from widgets import theme


def demo_application() -> QApplication:
    """An application in the house's look, for demos and harnesses; the product's is shell.app."""
    sheet = tempfile.NamedTemporaryFile("w", suffix=".qss", encoding="utf-8")  # noqa: SIM115
    sheet.write(theme.stylesheet())
    sheet.flush()
    atexit.register(sheet.close)  # Qt reads the file when the first widget is polished
    app = QApplication(["demo", "-style", "fusion", "-stylesheet", sheet.name])
    app.setFont(theme.font(theme.BODY_PX))
    return app


def run_demo(build: Callable[[], Sequence[QWidget]], width_px: int = 420) -> None:
    """Builds the widgets into one column and runs until the window is closed."""
    app = demo_application()
    window = QWidget()
    window.setProperty("ground", "1")
    column = QVBoxLayout(window)
    column.setContentsMargins(16, 16, 16, 16)
    for widget in build():
        column.addWidget(widget)
    window.resize(width_px, 0)
    window.show()
    app.exec()
