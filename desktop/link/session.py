"""Who is signed in. Tokens live in memory only, and in memory that outlives this process.

The supervisor may hand down an anonymous memory file (CHENGKAN_SESSION_FD): a restarted
link finds its session there. Nothing is ever written to a disk.
"""

import asyncio
import hashlib
import logging
import os
import re
import secrets
from collections.abc import Awaitable, Callable

import msgspec

from desktop.clock import Clock
from desktop.domain.link_messages import User
from desktop.domain.texts import clean_text
from desktop.errors import PlatformError
from desktop.feeds.wire import UNREADABLE
from desktop.lifeline import SESSION_FD
from desktop.link.mqtt import Account
from desktop.link.redaction import Redactor
from desktop.link.rest import Refused, Rest, SessionEnded

log = logging.getLogger(__name__)

_SEAT_HEADER, _SEAT = "X-Seat-Id", re.compile(r"[A-Za-z0-9_.-]{1,64}")
MAX_SAVED_BYTES = 64 * 1024
MIN_SAVED_BYTES = 16 * 1024  # more than any session is: each is written over the one before
RENEW_AT_SHARE = 0.8  # of an access token's life
SHORTEST_LIFE_S = 30.0
RENEW_PAUSE_S = 5.0  # after a renewal that failed
REFUSED_PAUSE_S = 60.0  # after one that was refused while the access token is good


class Broker(msgspec.Struct, frozen=True):
    """`mqtt` of POST /auth/token."""

    host: str
    port: int
    prefix: str
    username: str = ""
    password: str = ""
    tls: bool = False
    expires_at: str | None = None

    def __repr__(self) -> str:
        return f"Broker({self.host}:{self.port}, <secret>)"


class Granted(msgspec.Struct, frozen=True):
    """Answer of POST /auth/token and /auth/refresh; the latter may leave out what stays."""

    access_token: str
    expires_in: float
    refresh_token: str = ""
    user: User | None = None
    mqtt: Broker | None = None

    def __repr__(self) -> str:
        return "Granted(<secret>)"


class _Saved(msgspec.Struct, frozen=True):
    """What a restarted link takes up. The monotonic clock is one for all processes."""

    granted: Granted
    renew_at_s: float


class Session:
    """The one session of this link. `changed` is called whenever the user or broker does."""

    def __init__(
        self,
        rest: Rest,
        redactor: Redactor,
        clock: Clock,
        on_changed: Callable[[str], None],
        seat_id: str = "",
    ) -> None:
        """`on_changed` gets the operator's text when the platform ended the session.

        `seat_id` is told to the platform, which may know it and may give another.
        """
        self._seat = {_SEAT_HEADER: seat_id} if _SEAT.fullmatch(seat_id) else {}
        self._rest = rest
        self._redactor = redactor
        self._clock = clock
        self._on_changed = on_changed
        self._granted: Granted | None = None
        self._tokens: set[str] = set()  # access tokens of this session, the former ones too
        self._renew_at_s = 0.0
        self._renewing = asyncio.Lock()
        self._memory = _Memory()
        self._proof = b""  # salt and scrypt of the password, in this process' memory only
        rest.token = self._token
        rest.renew = self.renew

    @property
    def user(self) -> User | None:
        return self._granted.user if self._granted else None

    @property
    def broker(self) -> Broker | None:
        return self._granted.mqtt if self._granted else None

    @property
    def access_token(self) -> str:
        """Empty when nobody is signed in. Secret: never logged, never stored."""
        return self._token()

    def account(self) -> Account:
        """Raises RuntimeError when nobody is signed in."""
        broker = self.broker
        if broker is None:
            raise RuntimeError("not signed in")
        return Account(broker.host, broker.port, broker.username, broker.password, broker.tls)

    async def sign_in(self, username: str, password: str) -> None:
        """Raises PlatformError with the operator's text."""
        self._redactor.know_for_good(password)
        try:
            body = {"username": username, "password": password}
            answer = await self._rest.call(
                "POST", "/auth/token", body=body, headers=self._seat, signed=False, urgent=True
            )
            granted = _granted(answer.body)
        except Refused as error:
            if error.status in (400, 401):
                raise PlatformError("用户名或密码不对，请重新输入") from None
            raise
        if granted.user is None or granted.mqtt is None:
            raise PlatformError("平台的登录应答不完整，请联系平台管理员")
        self._proof = await asyncio.to_thread(_proof, password, os.urandom(16))
        self._begin(granted)

    async def sign_in_device(self, token: str) -> None:
        """As a screen that nobody sits at: reads only. Raises PlatformError."""
        self._redactor.know_for_good(token)
        try:
            answer = await self._rest.call(
                "POST", "/auth/device", body={"device_token": token}, headers=self._seat,
                signed=False,
            )  # fmt: skip
            granted = _granted(answer.body)
        except Refused as error:
            if error.status in (400, 401, 404):
                raise PlatformError("平台不认这台大屏的设备令牌，请平台管理员核对") from None
            raise
        if granted.user is None or granted.mqtt is None:
            raise PlatformError("平台的登录应答不完整，请联系平台管理员")
        self._begin(granted)

    async def is_same_person(self, password: str) -> bool | None:
        """Against the password of this sign-in, while the platform cannot be asked.

        None when this process does not know it: the session was taken up from before.
        """
        if not self._proof or self._granted is None:
            return None
        salt = self._proof[:16]
        found = await asyncio.to_thread(_proof, password, salt)
        return secrets.compare_digest(found, self._proof)

    async def confirm(self, password: str) -> None:
        """POST /auth/confirm: that it is still the same person. Raises Refused for a wrong one.

        Not as a signed call: its 401 means the password, not the session.
        """
        for is_last in (False, True):
            used = self._token()
            headers = {"Authorization": f"Bearer {used}"}
            try:
                await self._rest.call(
                    "POST",
                    "/auth/confirm",
                    body={"password": password},
                    headers=headers,
                    signed=False,
                    urgent=True,
                )
                return
            except Refused as error:
                expired = error.status == 401 and error.problem.code != "bad_credentials"
                if is_last or not expired or not await self.renew(used):
                    raise

    async def sign_out(self, farewell: Callable[[str], Awaitable[None]] | None = None) -> None:
        """The session ends here at once; then the platform is told, if it can be reached.

        `farewell` gets the access token for a last word before it is given back.
        """
        granted = self._granted
        if granted is None:
            return
        self._end("")
        if farewell is not None:
            await farewell(granted.access_token)
        body = {"refresh_token": granted.refresh_token}
        headers = {"Authorization": f"Bearer {granted.access_token}"}
        try:
            await self._rest.call(
                "POST", "/auth/logout", body=body, headers=headers, deadline_s=3.0, signed=False
            )
        except PlatformError as error:
            log.info("sign-out was not told to the platform: %s", error.operator_text)

    def resume(self) -> bool:
        """Takes up the session of a link that died. True when there was one."""
        saved = self._memory.load()
        if saved is None:
            return False
        self._begin(saved.granted)
        self._renew_at_s = min(saved.renew_at_s, self._renew_at_s)
        self._keep()
        return True

    async def renew(self, used_token: str) -> bool:
        """A new access token, once for all callers.

        False when the session of `used_token` has ended: what was begun as one user is
        never sent with the token of the next one.
        """
        async with self._renewing:
            if self._granted is None or used_token not in self._tokens:
                return False
            if self._granted.access_token != used_token:
                return True  # somebody else has renewed it meanwhile
            return await self._refresh(self._granted)

    def renew_soon(self) -> None:
        """The broker refused its password, which a renewal may replace."""
        self._renew_at_s = self._clock.monotonic_s()

    async def keep_fresh(self) -> None:
        """Renews before the token expires. Never returns."""
        while True:
            await self._clock.sleep(1.0)
            granted = self._granted
            if granted is None or self._clock.monotonic_s() < self._renew_at_s:
                continue
            if self._rest.wait_s > 0:
                continue
            self._renew_at_s = self._clock.monotonic_s() + RENEW_PAUSE_S  # should this one fail
            try:
                await self._renew_early(granted)
            except PlatformError as error:  # the way to the platform has its own light
                log.info("renewal: %s", error.operator_text)

    async def _renew_early(self, granted: Granted) -> None:
        """A refusal ends nothing: the access token serves until the platform refuses that too.

        A link that was killed between the platform's answer and its own memory has spent its
        refresh token, and its operator works on.
        """
        async with self._renewing:
            if self._granted is granted:
                await self._refresh(granted, may_end=False)

    async def _refresh(self, granted: Granted, may_end: bool = True) -> bool:
        body = {"refresh_token": granted.refresh_token}
        try:
            answer = await self._rest.call("POST", "/auth/refresh", body=body, signed=False)
        except (Refused, SessionEnded) as error:
            log.info("renewal is refused: %s", error.operator_text)
            if not may_end:
                self._renew_at_s = self._clock.monotonic_s() + REFUSED_PAUSE_S
            elif self._granted is granted:
                self._end("登录已失效，请重新登录")
            return False
        if self._granted is not granted:
            return False  # signed out meanwhile, or somebody else signed in
        renewed = _granted(answer.body)
        broker_before = granted.mqtt
        self._take(
            msgspec.structs.replace(
                renewed,
                refresh_token=renewed.refresh_token or granted.refresh_token,
                user=renewed.user or granted.user,
                mqtt=renewed.mqtt or granted.mqtt,
            )
        )
        if self.broker != broker_before:
            self._on_changed("")
        return True

    def _begin(self, granted: Granted) -> None:
        self._tokens.clear()
        self._take(granted)
        self._on_changed("")

    def _take(self, granted: Granted) -> None:
        self._granted = granted
        self._tokens.add(granted.access_token)
        life_s = max(granted.expires_in, SHORTEST_LIFE_S)
        self._renew_at_s = self._clock.monotonic_s() + life_s * RENEW_AT_SHARE
        self._redactor.know(granted.access_token, granted.refresh_token)
        if granted.mqtt:
            self._redactor.know(granted.mqtt.password)
        self._keep()

    def _keep(self) -> None:
        if self._granted is not None:
            self._memory.save(_Saved(self._granted, self._renew_at_s))

    def _end(self, text: str) -> None:
        self._granted = None
        self._proof = b""
        self._tokens.clear()
        self._memory.clear()
        self._on_changed(text)

    def _token(self) -> str:
        return self._granted.access_token if self._granted else ""


class _Memory:
    """The inherited memory file; without one the session ends with the process."""

    def __init__(self) -> None:
        fd = os.environ.get(SESSION_FD, "")
        self._fd = int(fd) if fd.isdigit() else -1
        if self._fd >= 0:
            try:
                os.set_inheritable(self._fd, False)
            except OSError:
                self._fd = -1

    def save(self, saved: _Saved) -> None:
        """In one write: a link that is killed meanwhile leaves the one or the other."""
        data = msgspec.json.encode(saved)
        if self._fd >= 0 and len(data) <= MAX_SAVED_BYTES:
            room = max(MIN_SAVED_BYTES, len(data))
            os.pwrite(self._fd, data.ljust(room), 0)  # over a longer one: blanks end nothing

    def clear(self) -> None:
        if self._fd >= 0:
            os.ftruncate(self._fd, 0)

    def load(self) -> _Saved | None:
        data = os.pread(self._fd, MAX_SAVED_BYTES, 0) if self._fd >= 0 else b""
        if not data:
            return None
        try:
            return msgspec.json.decode(data, type=_Saved)
        except msgspec.MsgspecError:
            return None  # the former link died while it wrote


def _proof(password: str, salt: bytes) -> bytes:
    return salt + hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def _granted(body: bytes) -> Granted:
    try:
        granted = msgspec.json.decode(body, type=Granted)
    except UNREADABLE as error:
        log.error("token answer: %s", error)
        raise PlatformError("平台的登录应答读不懂，请联系平台管理员") from None
    if granted.user is None:
        return granted
    shown = msgspec.structs.replace(granted.user, name=clean_text(granted.user.name))
    return msgspec.structs.replace(granted, user=shown)
