"""Address and CA file of a platform, tried step by step before they are kept."""

import os

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.settings import Settings
from desktop.shell.connection_test import NAMES, ConnectionTest
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import TITLE_PX

_LONGEST = 500
_WAITING, _GOES, _FAILED = "·", "✓", "✕"


class PlatformForm(QWidget):
    """Only an address whose test went through can be kept."""

    back_asked = Signal()
    save_asked = Signal(str, str)  # url, ca_file

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tested: tuple[str, str] | None = None
        self._at_fault = ""
        self.test = ConnectionTest(self)
        self.test.stepped.connect(self._on_step)
        self.test.finished.connect(self._on_finished)
        self._build(settings)
        self.destroyed.connect(self.test.stop)

    def _build(self, settings: Settings) -> None:
        self.url = QLineEdit(settings.platform_url)
        self.url.setPlaceholderText(self.tr("平台地址，如 https://主机/api/v1"))
        self.ca_file = QLineEdit(settings.ca_file)
        self.ca_file.setPlaceholderText(self.tr("CA 证书文件（PEM），空着用系统自带的"))
        for field in (self.url, self.ca_file):
            field.setProperty("large", True)
            field.setMaxLength(_LONGEST)
            field.setAccessibleName(field.placeholderText())
            field.textChanged.connect(self._on_changed)
            field.returnPressed.connect(self._press)
        browse = QPushButton(self.tr("浏览"))
        browse.clicked.connect(self._browse)
        self.back = QPushButton(self.tr("返回"))
        self.back.clicked.connect(self._leave)
        self.try_it = QPushButton(self.tr("测试连接"))
        self.try_it.clicked.connect(self._try)
        self.save = QPushButton(self.tr("保存并重新启动"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        file_row = QHBoxLayout()
        file_row.addWidget(self.ca_file, 1)
        file_row.addWidget(browse)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.try_it)
        buttons.addWidget(self.save)
        self.error = ElidedLabel(tone="stale")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("接入平台"), TITLE_PX, bold=True))
        column.addWidget(self.url)
        column.addLayout(file_row)
        column.addLayout(self._build_steps())
        column.addStretch(1)
        column.addWidget(self.error)
        column.addLayout(buttons)

    def _build_steps(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        self._steps: dict[str, tuple[PlainLabel, ElidedLabel]] = {}
        for row, (name, words) in enumerate(zip(NAMES, self._names(), strict=True)):
            mark, said = PlainLabel(_WAITING, bold=True), ElidedLabel(tone="text2")
            mark.setFixedWidth(16)
            mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(mark, row, 0)
            grid.addWidget(PlainLabel(words), row, 1)
            grid.addWidget(said, row, 2)
            self._steps[name] = (mark, said)
        return grid

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("地址"), self.tr("域名解析"), self.tr("网络连接（TCP）"),
            self.tr("加密证书（TLS）"), self.tr("接口应答（HTTP）"), self.tr("平台健康"),
            self.tr("时钟"),
        )  # fmt: skip

    # ---- what the operator does -----------------------------------------------------------

    def begin(self) -> None:
        self._clear_steps()
        self.url.setFocus()
        if os.geteuid() == 0:  # the supervisor refuses it: better said before than after
            self.tell(self.tr("以 root 身份不能接入真实平台：请换用普通用户启动城瞰"))

    def tell(self, text: str) -> None:
        self.error.setText(text)

    def _press(self) -> None:
        (self._save if self.save.isEnabled() else self._try)()

    def _try(self) -> None:
        self._clear_steps()
        self._tested = (self.url.text().strip(), self.ca_file.text().strip())
        self.try_it.setEnabled(False)
        self.test.start(*self._tested)

    def _save(self) -> None:
        if self._tested is not None:
            self.save_asked.emit(*self._tested)

    def _leave(self) -> None:
        self.test.stop()
        self.back_asked.emit()

    def keyPressEvent(self, event: object) -> None:
        if event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self._leave()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("CA 证书文件"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.ca_file.setText)
        dialog.open()

    # ---- what comes back ------------------------------------------------------------------

    def _on_changed(self) -> None:
        """What was tested is not what stands there now."""
        self.test.stop()
        self._tested = None
        self._clear_steps()

    def _clear_steps(self) -> None:
        self.error.setText("")
        self.save.setEnabled(False)
        self.try_it.setEnabled(bool(self.url.text().strip()))
        for mark, said in self._steps.values():
            mark.setText(_WAITING)
            said.setText("")

    def _on_step(self, name: str, went: bool, text: str) -> None:
        if name in self._steps:
            mark, said = self._steps[name]
            mark.setText(_GOES if went else _FAILED)
            said.setText(text)
            said.set_tone("text2" if went else "stale")

    def _on_finished(self, went_well: bool) -> None:
        self.try_it.setEnabled(True)
        may = os.geteuid() != 0
        self.save.setEnabled(went_well and may)
        if went_well and may:
            self.save.setFocus()
        elif went_well:
            self.tell(self.tr("以 root 身份不能接入真实平台：请换用普通用户启动城瞰"))
        else:
            self.tell(self.tr("没有接通，上面标 ✕ 的一步说明原因；改正后再测试"))
