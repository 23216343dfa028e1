"""The plain window that is left when the station cannot be shown: whom to call, and why."""

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import lifeline
from desktop.errors import SettingsError
from desktop.settings import Contact, load_settings
from desktop.supervision.commands import TRY_AGAIN
from desktop.supervision.profile import last_words

BEEPS, BEEP_MS = 5, 2_000
TEXT_PX, PHONE_PX = 16, 28  # on its own: a broken theme must not hide the phone numbers


class LastResort(QWidget):
    """Beeps a few times; ends with TRY_AGAIN or 1."""

    def __init__(self, contacts: tuple[Contact, ...], reason: str) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("城瞰无法显示"))
        self.resize(720, 420)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text(self.tr("城瞰的窗口多次异常退出，安全模式也无法打开。")))
        layout.addWidget(self._text(self.tr("告警仍在后台接收。请立即用电话联系：")))
        for contact in contacts:
            layout.addWidget(self._text(f"{contact.name}　{contact.phone}", PHONE_PX))
        if not contacts:
            layout.addWidget(
                self._text(self.tr("（未设置电话：请在 settings.toml 的 contacts 中填写）"))
            )
        layout.addStretch()
        layout.addWidget(self._text(self.tr("最后的记录：") + reason))
        layout.addLayout(self._buttons())
        self._beeps_left = BEEPS
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beep)
        self._timer.start(BEEP_MS)

    def _text(self, text: str, size_px: int = TEXT_PX) -> QLabel:
        label = QLabel(text)
        font = label.font()
        font.setPixelSize(size_px)
        label.setFont(font)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        again = QPushButton(self.tr("重新启动窗口"))
        again.clicked.connect(self._try_again)
        leave = QPushButton(self.tr("退出城瞰"))
        leave.clicked.connect(self._leave)
        row.addWidget(again)
        row.addWidget(leave)
        return row

    def _beep(self) -> None:
        QApplication.beep()
        self._beeps_left -= 1
        if self._beeps_left <= 0:
            self._timer.stop()

    def _try_again(self) -> None:
        QApplication.exit(TRY_AGAIN)

    def _leave(self) -> None:
        QApplication.exit(1)


def main(arguments: list[str]) -> int:
    lifeline.die_with_parent()
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    parser = argparse.ArgumentParser(prog="desktop.shell.last_resort")
    parser.add_argument("--profile", type=Path, required=True)
    profile = parser.parse_args(arguments).profile
    try:
        contacts = load_settings(profile).contacts
    except SettingsError:
        contacts = ()
    app = QApplication(["chengkan"])
    window = LastResort(contacts, last_words(profile / "log" / "station.log"))
    beat, timer = lifeline.Beat(), QTimer()
    timer.timeout.connect(beat.beat)
    timer.start(1_000)
    window.show()
    code = app.exec()
    return code or 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
