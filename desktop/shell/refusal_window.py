"""The window that says why nothing can be started, and whom to call meanwhile.

A start from the desktop's menu has no terminal: a line on stderr would be read by nobody.
"""

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import lifeline
from desktop.errors import SettingsError
from desktop.settings import Contact, Settings, load_settings
from desktop.shell import translations
from desktop.shell.app import dress
from widgets import theme
from widgets.plain_label import PlainLabel

WIDTH_PX = 760


class RefusalWindow(QWidget):
    """Closed by the operator; nothing else runs behind it."""

    def __init__(self, reason: str, contacts: tuple[Contact, ...]) -> None:
        super().__init__()
        self.setProperty("ground", "0")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("城瞰不能启动"))
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel(self.tr("城瞰不能启动"), theme.KPI_PX, bold=True, tone="p1"))
        words = PlainLabel(reason, theme.STRONG_PX)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        if contacts:
            call = self.tr("本台现在收不到告警，请先用电话联系：")
        else:
            call = self.tr("本台现在收不到告警，请先用电话联系值班室并报告管理员。")
        column.addWidget(PlainLabel(call, theme.STRONG_PX, tone="text2"))
        for contact in contacts:
            column.addWidget(
                PlainLabel(f"{contact.name}　{contact.phone}", theme.KPI_PX, bold=True)
            )
        column.addStretch()
        row = QHBoxLayout()
        row.addStretch()
        leave = QPushButton(self.tr("退出"))
        leave.setMinimumSize(120, 36)
        leave.clicked.connect(self.close)
        row.addWidget(leave)
        column.addLayout(row)
        self.setFixedWidth(WIDTH_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    def show_in_the_middle(self) -> None:
        self.adjustSize()
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.move(screen.center() - self.rect().center())
        self.show()


def main(arguments: list[str]) -> int:
    lifeline.die_with_parent()
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    parser = argparse.ArgumentParser(prog="desktop.shell.refusal_window")
    parser.add_argument("--profile", type=Path, required=True)
    parser.add_argument("--reason", required=True)
    options = parser.parse_args(arguments)
    try:
        settings = load_settings(options.profile)
    except SettingsError:
        settings = Settings()
    app = QApplication(["chengkan"])
    translations.install(settings.language, options.profile / "i18n")
    app.setFont(theme.font(theme.BODY_PX))
    theme.use(settings.theme)
    dress()
    window = RefusalWindow(options.reason, settings.contacts)
    window.show_in_the_middle()
    window.raise_()
    QTimer.singleShot(0, window.activateWindow)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
