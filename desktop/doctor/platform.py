"""`doctor --platform URL`: signs in, runs every call of the contract, signs out."""

from datetime import UTC, datetime
from pathlib import Path

from desktop.clock import SystemClock
from desktop.domain.findings import Finding, Report, failed, ok, skipped
from desktop.errors import PlatformError
from desktop.link.broker_check import check_broker
from desktop.link.platform_check import PlatformCheck
from desktop.link.redaction import Redactor
from desktop.link.rest import Refused, Rest
from desktop.link.session import Session
from desktop.link.tls import context_for
from desktop.settings import load_settings

_SIGN_IN, _CONFIRM = "POST /auth/token", "POST /auth/confirm"
_REFRESH, _LOGOUT = "POST /auth/refresh", "POST /auth/logout"


async def examine_platform(url: str, profile: Path, username: str, password: str) -> Report:
    """Without a username only what needs no sign-in. Raises SettingsError for a bad address."""
    settings = load_settings(profile)
    clock = SystemClock()
    tls = context_for(url, settings.ca_file)
    rest = Rest(url, tls, clock, _ignore)
    session = Session(rest, Redactor(), clock, _ignore)
    check = PlatformCheck(rest, clock)
    findings: list[Finding] = []
    try:
        if await _sign_in(session, username, password, findings):
            findings += await _sessions(session, password)
            findings += await check.run()
            findings += await _broker(session, settings.seat_id, tls)
            findings.append(await _sign_out(session))
        else:
            findings += await check.run_unsigned()
    finally:
        await rest.close()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Report(url, at, tuple(findings))


def _ignore(_text: str) -> None: ...


async def _sign_in(session: Session, username: str, password: str, findings: list[Finding]) -> bool:
    if not username:
        fix = "加上 --user 账号，密码从终端或环境变量 CHENGKAN_PASSWORD 读"
        findings.append(skipped(_SIGN_IN, "没有给账号，只查不需登录的部分", fix))
        return False
    try:
        await session.sign_in(username, password)
    except PlatformError as error:
        fix = "核对地址、账号和密码；仍不行请平台管理员核对 /auth/token"
        findings.append(failed(_SIGN_IN, error.operator_text, fix))
        return False
    user = session.user
    assert user is not None
    findings.append(ok(_SIGN_IN, f"{user.name}，角色 {'、'.join(user.roles) or '无'}"))
    return True


async def _sessions(session: Session, password: str) -> list[Finding]:
    """Renewal and the second asking of the password, with the right one only."""
    found: list[Finding] = []
    before = session.access_token
    try:
        renewed = await session.renew(before) and session.access_token != before
        reason = "换到新的令牌" if renewed else "没有换到新的令牌"
        found.append(ok(_REFRESH, reason) if renewed else failed(_REFRESH, reason, _FIX))
    except PlatformError as error:
        found.append(failed(_REFRESH, error.operator_text, _FIX))
    try:
        await session.confirm(password)
        found.append(ok(_CONFIRM, "密码复核可用"))
    except Refused as error:
        found.append(failed(_CONFIRM, f"HTTP {error.status}：{error.operator_text}", _FIX))
    except PlatformError as error:
        found.append(failed(_CONFIRM, error.operator_text, _FIX))
    return found


_FIX = "请平台管理员按接口约定补齐"


async def _broker(session: Session, seat_id: str, tls: object) -> list[Finding]:
    broker = session.broker
    if broker is None:
        return [failed("MQTT", "登录应答没有 mqtt", _FIX)]
    seat = (session.user.seat_id if session.user else None) or seat_id
    return await check_broker(session.account(), broker.prefix, seat, tls)  # type: ignore[arg-type]


async def _sign_out(session: Session) -> Finding:
    try:
        await session.sign_out()
    except PlatformError as error:
        return failed(_LOGOUT, error.operator_text, _FIX)
    return ok(_LOGOUT, "已退出")
