"""The first start: the city that the program brings along, or the platform of a real one.

The stand-in starts meanwhile, so that Enter, or ten seconds without a hand, lead straight to it.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import OperatorError
from desktop.offload import offload
from desktop.settings import Settings, save_settings
from desktop.shell.platform_form import PlatformForm
from desktop.tasks import TaskScope
from views.sign_in.ground import CityGround
from widgets.choice_card import ChoiceCard
from widgets.plain_label import PlainLabel
from widgets.theme import STRONG_PX

COUNTDOWN_S = 10
_PANEL_PX = (840, 536)


class FirstStart(CityGround):
    """Writes the answer into settings.toml; who owns it closes it or starts anew."""

    demo_chosen = Signal()
    left = Signal()  # nothing has changed
    start_anew = Signal()  # another platform stands in settings.toml now

    def __init__(
        self, profile: Path, settings: Settings, first: bool, parent: QWidget | None = None
    ) -> None:
        """`first`: nobody has chosen yet: a countdown runs. `settings`: those in force."""
        super().__init__(parent)
        self.setObjectName("first_start")
        self._profile, self._settings, self._first = profile, settings, first
        self._scope = TaskScope(self)
        self._left_s = COUNTDOWN_S if first else 0
        self._build()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count)
        self._tell_countdown()
        self.setFocusProxy(self.demo)
        if first:
            self._second.start()

    def _build(self) -> None:
        self.demo = ChoiceCard(
            "map-outline",
            self.tr("演示城市"),
            self.tr(
                "虚构的澄江市，画面、传感器和告警都在本机模拟。\n"
                "不需要网络，账号点一下就能用。\n\n适合培训、演练和试用。"
            ),
        )
        self.platform = ChoiceCard(
            "server-network",
            self.tr("接入平台"),
            self.tr(
                "接入本市的城市运行平台，用平台的账号登录。\n"
                "需要平台地址，自建证书还要机构文件（CA）。\n\n适合正式值班，接入前逐步测试连接。"
            ),
        )
        self.demo.clicked.connect(self._choose_demo)
        self.platform.clicked.connect(self._show_form)
        self.form = PlatformForm(self._settings)
        self.form.back_asked.connect(self._show_choice)
        self.form.save_asked.connect(self._save_platform)
        for part in (self.demo, self.platform):
            part.installEventFilter(self)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_choice())
        self._pages.addWidget(self.form)
        panel = QFrame()
        panel.setProperty("ground", "1")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        panel.setFixedSize(*_PANEL_PX)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(40, 32, 40, 32)
        inside.addWidget(self._pages)
        middle = QGridLayout(self)
        middle.addWidget(panel, 1, 1)
        for edge in (0, 2):
            middle.setRowStretch(edge, 1)
            middle.setColumnStretch(edge, 1)

    def _build_choice(self) -> QWidget:
        page = QWidget()
        self.countdown = PlainLabel(tone="text2")
        self.error = PlainLabel(tone="stale")
        self.error.setWordWrap(True)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(self.demo)
        cards.addWidget(self.platform)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("城瞰"), 44, bold=True))
        column.addWidget(PlainLabel(self.tr("这个席位看哪座城市？"), STRONG_PX, tone="text2"))
        column.addSpacing(12)
        column.addLayout(cards, 1)
        column.addWidget(self.error)
        column.addWidget(self.countdown)
        return page

    # ---- the countdown --------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()  # type: ignore[attr-defined] # a card
                return True
            self._stop_countdown()
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                (self.platform if watched is self.demo else self.demo).setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and not self._first:
                self.left.emit()
                return True
        elif event.type() is QEvent.Type.MouseButtonPress:
            self._stop_countdown()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: object) -> None:
        self._stop_countdown()

    def _count(self) -> None:
        self._left_s -= 1
        self._tell_countdown()
        if self._left_s <= 0:
            self._choose_demo()

    def _stop_countdown(self) -> None:
        self._second.stop()
        self._left_s = 0
        self._tell_countdown()

    def _tell_countdown(self) -> None:
        if self._left_s > 0:
            words = self.tr("Enter 进入演示城市；{0} s 后自动进入，按任意键停住").format(
                self._left_s
            )
        elif self._first:
            words = self.tr("← → 选择，Enter 进入")
        else:
            words = self.tr("← → 选择，Enter 进入，Esc 返回")
        self.countdown.setText(words)

    # ---- the answers ----------------------------------------------------------------------

    def _show_form(self) -> None:
        self._stop_countdown()
        self.setFocusProxy(self.form.url)
        self._pages.setCurrentWidget(self.form)
        self.form.begin()

    def _show_choice(self) -> None:
        self._pages.setCurrentIndex(0)
        self.setFocusProxy(self.demo)
        self.platform.setFocus()

    def _choose_demo(self) -> None:
        self._second.stop()
        self._scope.spawn(self._save("", self._settings.ca_file), name="keep the chosen city")

    def _save_platform(self, url: str, ca_file: str) -> None:
        self._scope.spawn(self._save(url, ca_file), name="keep the chosen platform")

    async def _save(self, url: str, ca_file: str) -> None:
        try:
            await offload(self._write, url, ca_file)
        except OperatorError as error:
            if not url and self._first and not self._settings.platform_url:
                self.demo_chosen.emit()  # the city is there; only the answer could not be kept
            else:
                self.error.setText(error.operator_text)
                self.form.tell(error.operator_text)
            return
        if url != self._settings.platform_url:
            self.start_anew.emit()
        else:
            self.demo_chosen.emit()

    def _write(self, url: str, ca_file: str) -> None:
        save_settings(self._profile, platform_url=url, ca_file=ca_file)
