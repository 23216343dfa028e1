"""Encryption: verified, always, except to this very machine."""

import ipaddress
import ssl
from urllib.parse import urlsplit

from desktop.errors import SettingsError
from desktop.reasons import system_reason


def context_for(url: str, ca_file: str) -> ssl.SSLContext:
    """For REST and MQTT alike. Raises SettingsError: a plain address that is not loopback,
    an unreadable CA file. There is no switch to look away."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"平台地址 {url!r} 不对：应为 https://主机/api/v1。")
    if parts.username or parts.password:
        raise SettingsError("平台地址中不许写用户名或密码。请从地址中去掉。")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise SettingsError(f"平台地址 {url} 未加密：本机以外只许 https。请改正平台地址。")
    try:
        context = ssl.create_default_context(cafile=ca_file or None)
    except OSError as error:
        why = "不是 PEM 证书" if isinstance(error, ssl.SSLError) else system_reason(error)
        raise SettingsError(f"证书文件 {ca_file} 读不出：{why}。请检查 ca_file。") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def is_loopback(host: str) -> bool:
    """By address; of names only localhost, which no DNS answers for."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
