"""The words of the command line. Exit code: 0 done, 1 failed, 2 wrong use; one line on stderr."""

import argparse
import asyncio
import contextlib
import dataclasses
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from desktop import __version__, option_types
from desktop.control_client import NoAnswer, ask
from desktop.display import refuse_without_display
from desktop.domain.links import LinkError, ViewLink, link_text, parse_link
from desktop.errors import OperatorError, ProfileError, SettingsError
from desktop.lifeline import PARENT_PID
from desktop.reasons import system_reason
from desktop.settings import SETTINGS_FILE, cache_folder, default_profile, load_settings
from desktop.settings_rescue import rescue
from desktop.shell.places import VIEW_IDS
from desktop.supervision.child import ROOT
from desktop.supervision.commands import START_ANEW, StartOptions
from desktop.supervision.profile import Profile, read_runtime
from desktop.supervisor import Supervisor

FAILED, WRONG_USE = 1, 2
ROLES = ("operator", "dispatcher", "duty_officer", "leader", "admin")
START_LIMIT_S = 300.0  # the very first start draws and encodes the stand-in's pictures
SCREENSHOT_LIMIT_S = 120.0
HAND_OVER_LIMIT_S, POLL_S = 30.0, 0.5


class WrongUse(Exception):
    """The command line cannot be understood; the text says what and what to do."""


_ARGPARSE_WORDS = (
    (r"argument (\S+): invalid choice: (.*) \(choose from (.*)\)", r"\1 不认识 \2，可用：\3"),
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数 \1"),
    (r"argument (\S+): expected one argument", r"\1 后面缺少值"),
    (r"argument (\S+): invalid \w+ value: (.*)", r"\1 的值 \2 无效"),
    (r"argument (\S+): (.*)", r"\1：\2"),
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        for pattern, words in _ARGPARSE_WORDS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, words, message)
                break
        raise WrongUse(f"命令用法有误：{message}。用法见 python main.py --help")


def main(arguments: list[str]) -> int:
    """Carries out one command line."""
    try:
        options = _parser().parse_args(arguments, _defaults())
        return _WORDS[options.word](options)
    except WrongUse as error:
        return _refuse(str(error), WRONG_USE)
    except SettingsError as error:
        return _refuse(error.operator_text, WRONG_USE)
    except OperatorError as error:
        return _refuse(error.operator_text, FAILED)
    except KeyboardInterrupt:
        return FAILED


def _refuse(text: str, code: int) -> int:
    print(" ".join(text.split()), file=sys.stderr)
    return code


def _defaults() -> argparse.Namespace:
    """Not as argparse defaults: those of a word would undo what stood before it."""
    return argparse.Namespace(
        platform=None, profile=None, role="", view="", screen=0, lang=None, scale="full"
    )


def _common() -> _Parser:
    """Options that may stand before or behind the word."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--platform", metavar="URL", help="平台地址，如 https://主机/api/v1")
    common.add_argument("--profile", metavar="DIR", type=Path, help="配置目录")
    common.add_argument("--as", dest="role", choices=ROLES, help="以演示角色登录（仅模拟城市）")
    common.add_argument(
        "--view", type=option_types.view, metavar="页面", help="启动页面，如 cockpit/gas"
    )
    common.add_argument(
        "--screen", type=option_types.screen, metavar="N", help="驾驶舱全屏于第 N 块屏"
    )
    common.add_argument("--lang", choices=("zh_CN", "en"), help="界面语言")
    common.add_argument("--scale", choices=("full", "small"), help="模拟城市的规模，默认 full")
    return common


def _parser() -> _Parser:
    common = [_common()]
    parser = _Parser(prog="main.py", description="城瞰：城市管理指挥中心桌面端", parents=common)
    words = parser.add_subparsers(metavar="命令", dest="word", parser_class=_Parser)
    status = words.add_parser("status", help="运行中的城瞰的状态", parents=common)
    status.add_argument("--json", action="store_true", help="以 JSON 输出")
    shot = words.add_parser("screenshot", help="把每个页面存成 PNG", parents=common)
    shot.add_argument("folder", metavar="DIR", type=Path)
    shot.add_argument("--size", metavar="宽x高", default=(1920, 1080), type=option_types.size)
    scenario = words.add_parser("scenario", help="在模拟城市中播放一个场景", parents=common)
    scenario.add_argument("name", metavar="NAME")
    scenario.add_argument("--speed", type=option_types.speed, default=1.0, help="倍速，至多 100")
    link = words.add_parser("open", help="打开告警、摄像机、地图位置或页面的链接", parents=common)
    link.add_argument("link", metavar="LINK", help="chengkan://alarm/编号 等，可省去 chengkan://")
    standin = words.add_parser("standin", help="只运行模拟城市", parents=common)
    standin.add_argument("--rest-port", type=int, default=0)
    words.add_parser("version", help="版本", parents=common)
    doctor = words.add_parser("doctor", help="体检：本机与配置，或一个平台", parents=common)
    doctor.add_argument("--json", action="store_true", help="以 JSON 输出")
    doctor.add_argument("--user", metavar="账号", default="", help="检查平台时用的账号")
    audit = words.add_parser("audit", help="审计记录", parents=common)
    audit.add_argument("what", choices=("verify",), help="verify：逐条核对哈希链")
    audit.add_argument("--json", action="store_true", help="以 JSON 输出")
    assessment = words.add_parser("assessment", help="综合考评", parents=common)
    assessment.add_argument("what", choices=("verify",), help="verify：按计数复算一份通报")
    assessment.add_argument("file", metavar="文件", type=Path, help="通报，YAML 或 CSV")
    assessment.add_argument("--json", action="store_true", help="以 JSON 输出")
    return parser


def _profile(options: argparse.Namespace) -> Path:
    return (options.profile or default_profile()).absolute()


def _start_options(options: argparse.Namespace, profile: Path) -> StartOptions:
    """Raises SettingsError, WrongUse, OperatorError before anything is started."""
    settings = load_settings(profile, platform_url=options.platform, language=options.lang)
    url = settings.platform_url
    if url and not url.startswith(("http://", "https://")):
        raise WrongUse(f"平台地址 {url!r} 应以 http:// 或 https:// 开头")
    if url and options.role:
        raise WrongUse("--as 只能用于模拟城市：连接真实平台时请在登录页输入账号")
    if url and os.geteuid() == 0:
        raise OperatorError("不能以 root 身份连接真实平台：请换用普通用户启动城瞰")
    new = not (url or options.role or (profile / SETTINGS_FILE).exists())
    if options.screen and not options.view.startswith("cockpit/"):
        raise WrongUse("--screen 只用于驾驶舱，如 --view cockpit/overview --screen 2")
    start = StartOptions(profile, url, options.role, options.view, settings.language)
    more = {"first_start": new, "scale": options.scale, "screen": options.screen}
    return dataclasses.replace(start, **more)


def _station(options: argparse.Namespace) -> int:
    return _run(options, "")


def _open(options: argparse.Namespace) -> int:
    """In the window that runs, or in one that is started for it."""
    try:
        link = parse_link(options.link)
    except LinkError as error:
        raise WrongUse(error.operator_text) from None
    if isinstance(link, ViewLink) and link.view_id not in VIEW_IDS:
        raise WrongUse(f"没有名为 {link.view_id} 的页面，可用：{' '.join(VIEW_IDS)}")
    return _run(options, link_text(link))


def _run(options: argparse.Namespace, link: str) -> int:
    """Until the window is closed; anew each time when the operator has chosen a platform."""
    while True:
        told = rescue(_profile(options))
        start = _start_options(options, _profile(options))
        start = dataclasses.replace(start, link=link, notice=told)
        if (link or options.view) and read_runtime(start.profile) is not None:
            return _hand_over(start)
        refuse_without_display()
        profile = _lock(start)
        _log_to(profile.logs / "supervisor.log")
        try:
            code = asyncio.run(Supervisor(profile, start).run())
        except OperatorError as error:
            _refuse(error.operator_text, FAILED)
            return _refusal_window(start.profile, error.operator_text)
        if code != START_ANEW:
            return code
        options.platform, options.role, link = None, "", ""


def _refusal_window(profile: Path, reason: str) -> int:
    """A start from a menu has no terminal. Until the operator has closed it."""
    try:
        refuse_without_display()
    except OperatorError:  # the display may be what has gone
        return FAILED
    command = [sys.executable, "-m", "desktop.shell.refusal_window"]
    env = os.environ | {PARENT_PID: str(os.getpid())}
    with contextlib.suppress(OSError):
        subprocess.run([*command, "--profile", str(profile), "--reason", reason], cwd=ROOT, env=env)
    return FAILED


def _hand_over(start: StartOptions) -> int:
    """A second start: its words go to the window of the first, which comes to the front."""
    order: dict[str, object] = {"word": "view", "view_id": start.view}
    if start.screen:
        order["screen"] = start.screen
    if start.link:
        order = {"word": "open", "link": start.link}
    waited_s = 0.0
    while True:
        try:
            ask(start.profile, order)
            ask(start.profile, {"word": "raise"})
            return 0
        except NoAnswer:  # it is starting: its window comes in some seconds
            if waited_s >= HAND_OVER_LIMIT_S or read_runtime(start.profile) is None:
                raise
        time.sleep(POLL_S)  # noqa: TID251 - a command line waits, no loop is blocked
        waited_s += POLL_S


def _lock(start: StartOptions) -> Profile:
    """Raises ProfileError; the window of who has the profile comes to the front."""
    try:
        return Profile(start.profile)
    except ProfileError:
        with contextlib.suppress(OperatorError):
            ask(start.profile, {"word": "raise"}, limit_s=2.0)
        raise


def _log_to(path: Path) -> None:
    logging.basicConfig(
        filename=path,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        force=True,  # a start anew has rotated the file
    )


def _status(options: argparse.Namespace) -> int:
    status = ask(_profile(options), {"word": "status"})["status"]
    if options.json:
        print(json.dumps(status, ensure_ascii=False, indent=1))
    else:
        print(_in_words(status))
    return 0


def _in_words(status: dict[str, Any]) -> str:
    alarms, lateness = status["alarms"], status["gui_lateness_ms"]
    shown = [tile for tile in status["tiles"] if tile["state"] != "idle"]  # hidden ones rest
    live = sum(tile["state"] == "live" for tile in shown)
    lines = [
        f"城瞰 {status['version']}，{'就绪' if status['ready'] else '启动中'}",
        f"未关闭告警 {alarms['open']} 条，待发命令 {status['outbox']['pending']} 条",
        f"视频 {live}/{len(shown)} 路正常，界面延迟 p99 {lateness['p99']} ms",
    ]
    rows = status["processes"]
    lines += [f"{p['name']}：进程 {p['pid']}，内存 {p['pss_mb']} MB" for p in rows]
    return "\n".join(lines)


def _screenshot(options: argparse.Namespace) -> int:
    profile = _profile(options)
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(
            f"截图目录 {options.folder} 建不了：{system_reason(error)}。请换一个目录"
        ) from None
    order = {"word": "screenshot", "folder": str(options.folder.absolute()), "size": options.size}
    if read_runtime(profile) is not None:
        files = ask(profile, order, limit_s=SCREENSHOT_LIMIT_S)["files"]
    else:
        files = _screenshot_of_a_fresh_start(options, order)
    print("\n".join(files))
    return 0


def _screenshot_of_a_fresh_start(options: argparse.Namespace, order: dict[str, Any]) -> list[str]:
    from desktop.supervision.fresh_start import fresh_station

    refuse_without_display()
    with tempfile.TemporaryDirectory(prefix="chengkan-") as folder:
        start = _start_options(options, Path(folder))
        if not start.standin:
            raise WrongUse("没有运行中的城瞰；连接真实平台的截图请先启动城瞰再执行 screenshot")
        with fresh_station(start, limit_s=START_LIMIT_S):
            return ask(start.profile, order, limit_s=SCREENSHOT_LIMIT_S)["files"]


def _scenario(options: argparse.Namespace) -> int:
    runtime = read_runtime(_profile(options))
    if runtime is None or not runtime.get("control"):
        raise OperatorError("没有运行中的模拟城市：请先执行 python main.py 启动城瞰")
    body = json.dumps({"name": options.name, "speed": options.speed}).encode()
    request = urllib.request.Request(
        runtime["control"] + "/scenario", body, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        raise OperatorError(_problem(error, options.name)) from None
    except OSError as error:
        raise OperatorError(f"模拟城市没有应答：{system_reason(error)}。请稍后再试") from None
    return 0


def _problem(error: urllib.error.HTTPError, name: str) -> str:
    with contextlib.suppress(ValueError):
        problem = json.loads(error.read())
        if isinstance(problem, dict) and problem.get("detail"):
            return f"模拟城市拒绝了场景 {name!r}：{problem['detail']}"
    return f"模拟城市拒绝了场景 {name!r}（HTTP {error.code}）"


def _standin(options: argparse.Namespace) -> int:
    """Becomes the stand-in; its line with the addresses goes to stdout."""
    state, cache = _profile(options) / "standin", cache_folder()
    os.chdir(ROOT)
    command = [sys.executable, "-m", "desktop.standin", "--state", str(state)]
    command += ["--cache", str(cache), "--rest-port", str(options.rest_port)]
    command += ["--scale", options.scale]
    os.execv(sys.executable, command)


def _version(_options: argparse.Namespace) -> int:
    print(__version__)
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from desktop.doctor import words

    if options.platform:
        profile = _profile(options)
        return words.doctor_platform(profile, options.platform, options.user, options.json)
    return words.doctor(_profile(options), options.json)


def _audit(options: argparse.Namespace) -> int:
    from desktop.doctor import words

    return words.audit_verify(_profile(options), options.json)


def _assessment(options: argparse.Namespace) -> int:
    from desktop.bulletin_check import verify_file

    return verify_file(options.file, options.json)


_WORDS: dict[str | None, Callable[[argparse.Namespace], int]] = {
    None: _station,
    "status": _status,
    "screenshot": _screenshot,
    "scenario": _scenario,
    "open": _open,
    "standin": _standin,
    "version": _version,
    "doctor": _doctor,
    "audit": _audit,
    "assessment": _assessment,
}
