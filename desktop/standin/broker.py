"""mosquitto as a child of the stand-in: loopback only, with accounts and rights."""

import asyncio
import contextlib
import logging
import os
import secrets
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from desktop.lifeline import die_with_parent

log = logging.getLogger(__name__)

PREFIX = "city/990100"
PLATFORM_ACCOUNT = "platform"
DESK_ACCOUNT = "desk"
_START_LIMIT_S = 10.0
_RESTART_PAUSE_S = 0.5
_TRIES = 3  # a free port may be taken by another program before mosquitto has it
MOST_BYTES = 262_144  # of one packet
_CONFIG = """\
per_listener_settings false
listener {port} 127.0.0.1
allow_anonymous false
password_file {folder}/passwords
acl_file {folder}/rights
persistence true
persistence_location {folder}/
autosave_interval 30
max_queued_messages 0
max_inflight_messages 500
max_packet_size {limit}
sys_interval 0
persistent_client_expiration 1d
set_tcp_nodelay true
log_dest file {folder}/mosquitto.log
log_type error
log_type warning
{user}
"""
_RIGHTS = f"""\
user {PLATFORM_ACCOUNT}
topic readwrite #

user {DESK_ACCOUNT}
topic read {PREFIX}/#
topic write {PREFIX}/desk/+/status
"""


class BrokerFailed(RuntimeError):
    """mosquitto does not run; the text says why and what to do, for an operator."""


class BrokerMissing(BrokerFailed):
    """mosquitto is not installed."""


@dataclass(frozen=True)
class Account:
    username: str
    password: str

    def __repr__(self) -> str:
        return f"Account({self.username!r}, <secret>)"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Broker:
    """Restarts mosquitto on the same port when it ends without having been told to.

    `advertised_port` is what desks are told instead of the broker's own port: something may
    stand between. `program` stands in mosquitto's place and takes its `-c FILE`; MQTT 3.1.1 is
    enough of it.
    """

    def __init__(
        self, folder: Path, port: int = 0, advertised_port: int = 0, program: str = ""
    ) -> None:
        self._folder = folder
        self._advertised_port = advertised_port
        self._program = program
        self._any_port = not port
        self.port = port or free_port()
        self.platform = Account(PLATFORM_ACCOUNT, secrets.token_urlsafe(16))
        self.desk = Account(DESK_ACCOUNT, secrets.token_urlsafe(16))
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._wanted = False

    @property
    def port_for_desks(self) -> int:
        return self._advertised_port or self.port

    @property
    def speaks_v5(self) -> bool:
        return not self._program

    @property
    def pid(self) -> int | None:
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if self._process and running else None

    async def start(self) -> None:
        """Returns when it listens. Raises BrokerFailed, BrokerMissing."""
        if self._wanted:
            return
        program = self._program or _program()
        self._wanted = True
        try:
            await self._launch_somewhere(program)
        except BaseException:
            self._wanted = False
            raise
        self._any_port = False  # clients know it now
        self._keeper = asyncio.get_running_loop().create_task(self._keep(program))

    def forget(self) -> None:
        """Before the first start: what an earlier city retained and queued is of no use."""
        (self._folder / "mosquitto.db").unlink(missing_ok=True)

    async def stop(self) -> None:
        self._wanted = False
        if self._keeper is not None:
            self._keeper.cancel()
            self._keeper = None
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                async with asyncio.timeout(2):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    def kill(self) -> None:
        """kill -9; it comes back by itself."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def _launch_somewhere(self, program: str) -> None:
        for attempt in range(_TRIES):
            await asyncio.to_thread(self._write_files)
            try:
                return await self._launch(program)
            except BrokerFailed:
                if not self._any_port or attempt == _TRIES - 1:
                    raise
                self.port = free_port()

    async def _launch(self, program: str) -> None:
        self._process = await asyncio.create_subprocess_exec(
            program,
            "-c",
            str(self._folder / "mosquitto.conf"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,
        )
        try:
            async with asyncio.timeout(_START_LIMIT_S):
                await self._listening()
        except TimeoutError:
            self._process.kill()
            raise BrokerFailed(self._why("没有在 10 s 内开始服务")) from None

    async def _listening(self) -> None:
        while True:
            if self._process is not None and self._process.returncode is not None:
                raise BrokerFailed(self._why("一启动就退出"))
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return
            await asyncio.sleep(0.05)

    def _why(self, what: str) -> str:
        log_file = self._folder / "mosquitto.log"
        return f"消息服务 mosquitto {what}（端口 {self.port}）。原因见 {log_file}，排除后重新启动。"

    async def _keep(self, program: str) -> None:
        while self._wanted and self._process is not None:
            code = await self._process.wait()
            log.warning("mosquitto ended with %s; starting it again", code)
            await asyncio.sleep(_RESTART_PAUSE_S)
            with contextlib.suppress(BrokerFailed):
                await self._launch(program)

    def _write_files(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        user = "user root" if os.geteuid() == 0 else ""
        config = _CONFIG.format(port=self.port, folder=self._folder.absolute(), user=user,
                                limit=MOST_BYTES)  # fmt: skip
        (self._folder / "mosquitto.conf").write_text(config, "utf-8")
        (self._folder / "rights").write_text(_RIGHTS, "utf-8")
        passwords = self._folder / "passwords"
        passwords.unlink(missing_ok=True)
        passwords.touch(0o600)
        for account in (self.platform, self.desk):
            line = ("mosquitto_passwd", "-b", str(passwords), account.username, account.password)
            subprocess.run(line, check=True, capture_output=True, timeout=_START_LIMIT_S)


def _program() -> str:
    """Debian puts it into /usr/sbin, which is not on everybody's path."""
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    program = shutil.which("mosquitto", path=path)
    if program is None or shutil.which("mosquitto_passwd") is None:
        raise BrokerMissing(
            "演示城市需要消息服务 mosquitto，本机没有安装。"
            "请执行 apt-get install mosquitto 后重新启动。"
        )
    return program
