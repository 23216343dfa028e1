"""Composition root of the station: builds the room, the window and what moves them."""

import argparse
import asyncio
import contextlib
import logging
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop import lifeline, offload
from desktop.commands.draft_results import DraftResults
from desktop.commands.orders import LinkOrders
from desktop.commands.questions import LinkQuestions
from desktop.errors import OperatorError
from desktop.settings import Settings, load_settings, socket_path
from desktop.shell import environment, translations, view_table
from desktop.shell.auto_sign_in import AutoSignIn
from desktop.shell.catalogues import Catalogues
from desktop.shell.control import ControlSocket
from desktop.shell.garbage import GarbageCollection
from desktop.shell.mask_file import read_masks
from desktop.shell.plan_files import read_plan_files
from desktop.shell.process_watch import ProcessWatch
from desktop.shell.reporting import BugReport, install
from desktop.shell.room import build_room, link_client
from desktop.shell.status import Readiness
from desktop.shell.words import StationWords
from desktop.supervision.commands import START_ANEW, TRY_AGAIN
from widgets import theme

if TYPE_CHECKING:
    from desktop.shell.main_window import MainWindow

log = logging.getLogger(__name__)

CANNOT_START = 1
BEAT_MS = 1_000
BUG_NOTICE_EVERY_S = 30.0
SHUTDOWN_LIMIT_S = 2.5  # the supervisor kills after 3


class Station(QObject):
    """Everything of one window, from the running loop to the orderly end."""

    def __init__(
        self, app: QApplication, options: argparse.Namespace, settings: Settings, bugs: BugReport
    ) -> None:
        super().__init__()
        self._app, self._options, self._bugs = app, options, bugs
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._client = client = link_client(socket_path(options.profile, "link.sock"), self)
        cache_db = options.profile / "cache.db"
        self._orders = LinkOrders(client, client.stores.session, self)
        questions = LinkQuestions(client, cache_db, self)
        masks = read_masks(options.profile)
        self.room = build_room(
            client, self._orders, questions, settings, options.safe, self, masks, options.profile
        )
        DraftResults(
            self.room.emergency, questions, self.room.health, self.room.session,
            self._orders.order_changed, self,
        )  # fmt: skip
        registers = {
            "cameras": self.room.cameras,
            "points": self.room.points,
            "alarm_classes": self.room.alarm_classes,
            "layers": self.room.layers,
            "units": self.room.units,
            "orgs": self.room.orgs,
            "tickets": self.room.tickets,
            "plans": self.room.plans,
        }
        read_plan_files(self.room.plans, options.profile)
        ages = self.room.register_ages
        self._catalogues = Catalogues(client, cache_db, registers, ages, self)
        self._readiness = Readiness(
            datetime.now(UTC),
            needs_sign_in=bool(options.role),
            safe=options.safe,
            supervisor_pid=options.supervisor_pid,
        )
        supervisor, processes = options.supervisor_pid, self.room.processes
        ProcessWatch(processes, options.profile, supervisor, self.room.clock, self)
        client.snapshot_completed.connect(self._on_snapshot)
        self._garbage = GarbageCollection(self)
        self._auto_sign_in = AutoSignIn(options.role, self.room.session, self._orders)

    async def run(self) -> int:
        """Shows the window; returns the exit code when it was closed."""
        self._window = self._build_window()
        from desktop.shell.seat import Seat  # widgets come after the environment

        self._seat = Seat(self._options.profile, self.room, self._window, dress)
        self._scenes = self._watch_scenes()
        self._bug_told_s = -BUG_NOTICE_EVERY_S
        self._bugs.reported.connect(self._on_bug)
        words = StationWords(self._window, self._window, self.room, self._readiness)
        words.quit_asked.connect(self.quit)
        self._app.lastWindowClosed.connect(self.quit)
        table = words.table() | {
            "open": self._window.overlays.opener.answer,
            "desk": self._tell_desk,
        }
        self._control = ControlSocket(socket_path(self._options.profile, "station.sock"), table)
        await self._control.start()
        self._client.start()
        await self._seat.prepare()
        self._show()
        self._seat.start()
        if self._options.screen:
            self._seat.show_cockpit(self._options.view.partition("/")[2], self._options.screen)
        self._tell_restart()
        if self._options.notice:
            from desktop.shell.notices import RED

            self._window.notices.post(
                "settings", self.tr("配置文件损坏"), self._options.notice, RED
            )
        try:
            return await self._ended
        finally:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._close(), SHUTDOWN_LIMIT_S)

    def quit(self, code: int = 0) -> None:
        if not self._ended.done():
            self._ended.set_result(code)

    def _build_window(self) -> "MainWindow":
        from desktop.shell.main_window import MainWindow  # widgets come after the environment

        views = view_table.views(safe=self._options.safe)
        way_out = self.tr("恢复视频和地图") if self._options.safe else ""
        window = MainWindow(self.room, views, _banner(self._options), way_out)
        window.restart_asked.connect(self._restart)
        self.room.map_state.restart_asked.connect(self._restart)
        return window

    def _show(self) -> None:
        self._window.show()
        self._window.overlays.guide_by_itself = not self._options.role
        from desktop.shell.city_choice import CityChoice  # widgets come after the environment

        self._choice = CityChoice(self._window, self._options.profile, self.room.settings, self)
        self._choice.start_anew.connect(self._start_anew)
        if self._options.first_start:
            self._choice.offer_first()
        if self._options.view:
            self._open(f"view/{self._options.view}")
        if self._options.open:
            self._open(self._options.open)

    def _start_anew(self) -> None:
        self.quit(START_ANEW)

    def _restart(self) -> None:
        """The whole window once more; everything else runs on."""
        self.quit(TRY_AGAIN)

    def _watch_scenes(self) -> QObject:
        """Scenes of the wall: those that ship with the program, and the city's own."""
        from desktop.shell.scene_watch import OWN_FOLDER, SHIPPED, SceneWatch, read_scene_files

        read_scene_files(self.room.scenes, [SHIPPED, self._options.profile / OWN_FOLDER])
        return SceneWatch(self.room, self._window, self)

    def _tell_restart(self) -> None:
        """What was before is back: what happened is told once, in safe mode the banner does."""
        if not self._options.after or self._options.safe:
            return
        hung = self._options.after == "hang"
        what = self.tr("窗口停止响应") if hung else self.tr("窗口异常退出")
        words = self.tr(
            "{0}，已自动重新打开。页面、筛选和选中的告警已还原，期间告警照常接收，"
            "不用操作；反复出现请告知管理员"
        ).format(what)
        self._window.notices.post("restart", self.tr("窗口已恢复"), words)

    def _open(self, link: str) -> None:
        try:
            self._window.overlays.opener.open_text(link)
        except OperatorError as error:
            self._window.notices.post("open", self.tr("链接打不开"), error.operator_text)

    async def _tell_desk(self, _order: dict[str, Any]) -> dict[str, Any]:
        from desktop.shell.desk_facts import desk_facts  # widgets come after the environment

        return {"desk": desk_facts(self._window, self.room, self._options.safe)}

    def _on_bug(self, text: str) -> None:
        """The light counts each; the notice comes once in a while, not to cover the desk."""
        self._window.top_bar.show_bugs(self._bugs.count, text)
        now_s = self.room.clock.monotonic_s()
        if now_s - self._bug_told_s >= BUG_NOTICE_EVERY_S:
            self._bug_told_s = now_s
            title = self.tr("程序内部错误（第 {0} 次）").format(self._bugs.count)
            words = self.tr("已记入日志，可以继续工作；反复出现请告知管理员")
            self._window.notices.post("bug", title, words)

    def _on_snapshot(self) -> None:
        self._readiness.has_snapshot = True
        self._seat.sound.begin()

    async def _close(self) -> None:
        self._control.close()
        self._choice.close()
        await self._seat.close()
        self._window.hide()
        self.room.audit.close()
        if self.room.video is not None:
            await self.room.video.close()
        self._client.close()
        self._window.deleteLater()
        await asyncio.sleep(0)  # lets the deletions and cancellations run


def main(arguments: list[str]) -> int:
    """The station's process. Exit code 0: the operator closed the window."""
    supervisor_pid = lifeline.die_with_parent()
    options = _parse(arguments)
    options.supervisor_pid = supervisor_pid
    lifeline.arm_faulthandler(options.profile / "log", "station")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        settings = load_settings(
            options.profile, platform_url=options.platform or None, language=options.lang or None
        )
        environment.prepare(settings, standin=options.standin, safe=options.safe)
    except OperatorError as error:
        log.error("%s", error.operator_text)
        return CANNOT_START
    app = QApplication(["chengkan"])
    app.setQuitOnLastWindowClosed(False)
    translations.install(settings.language, options.profile / "i18n")
    app.setApplicationDisplayName(app.translate("Station", "城瞰"))
    app.setFont(theme.font(theme.BODY_PX))
    theme.use(settings.theme)
    dress()
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        code = loop.run_until_complete(_live(app, options, settings))
    offload.shut_down()
    return code


def dress() -> None:
    """Puts the stylesheet of the theme in force on the whole application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyleSheet(theme.stylesheet())


async def _live(app: QApplication, options: argparse.Namespace, settings: Settings) -> int:
    loop = asyncio.get_running_loop()
    bugs = BugReport()
    install(bugs, loop)
    station = Station(app, options, settings, bugs)
    beat, beat_timer = lifeline.Beat(), QTimer(station)
    beat_timer.timeout.connect(beat.beat)
    beat_timer.start(BEAT_MS)
    lifeline.ended_with_parent(station.quit)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, station.quit)
    return await station.run()


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="desktop.shell")
    parser.add_argument("--profile", type=Path, required=True)
    for name in ("--platform", "--view", "--lang", "--open", "--after", "--notice"):
        parser.add_argument(name, default="")
    parser.add_argument("--as", dest="role", default="")
    parser.add_argument("--screen", type=int, default=0)
    parser.add_argument("--safe", action="store_true")
    parser.add_argument("--first-start", action="store_true")
    parser.add_argument("--standin", action="store_true")
    return parser.parse_args(arguments)


def _banner(options: argparse.Namespace) -> str:
    """What the operator must never overlook, in one line; empty when all is as it should be."""
    translate = QCoreApplication.translate
    texts: list[str] = []
    if options.safe:
        texts.append(
            translate("Station", "安全模式：窗口多次异常退出，视频和地图已停用，告警和确认照常")
        )
    if options.standin and environment.is_root():
        texts.append(translate("Station", "以 root 运行：网页沙箱已关闭，仅限模拟城市演示"))
    if theme.FONT_FAMILY not in QFontDatabase.families():
        text = translate("Station", "缺少中文字体：请安装 fonts-noto-cjk 后重新启动")
        # Where no font has Chinese, a line of Chinese is a row of boxes.
        texts.append(f"{text} (no Chinese font: apt-get install fonts-noto-cjk)")
        log.error("no Chinese font: install fonts-noto-cjk")
    return "  |  ".join(texts)
