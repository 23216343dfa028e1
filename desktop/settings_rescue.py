"""A settings.toml that cannot be read does not keep the desk from starting.

What is still readable of it counts, the rest has its default; the bad file is kept. A file that
can be read but says something wrong is not rescued: whoever wrote it is told at once.
"""

import contextlib
import json
import logging
import os
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from desktop.reasons import toml_reason
from desktop.settings import SETTINGS_FILE, Settings, load_settings

log = logging.getLogger(__name__)

KEPT = 3
_HEAD = "# 原 settings.toml 已损坏，备份为 {0}；以下是还能读出的设置。\n"


def rescue(profile: Path) -> str:
    """What the operator is told; empty when the file is well or says something wrong.

    Raises SettingsError where neither the file nor a new one can be had.
    """
    path = profile / SETTINGS_FILE
    try:
        data = path.read_bytes()
    except OSError:
        return ""  # absent, or not ours to read: load_settings has the words
    why = _why_unreadable(data)
    if not why:
        return ""
    found = _readable_lines(data)
    backup = path.with_name(f"{SETTINGS_FILE}.bad-{datetime.now():%Y%m%d-%H%M%S}")
    log.error("settings.toml cannot be read (%s): kept as %s", why, backup.name)
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in found.items()]
    new = path.with_name(path.name + ".new")
    with contextlib.suppress(OSError):  # a read-only profile goes on with what is readable
        new.write_text(_HEAD.format(backup.name) + "".join(lines), "utf-8")
        os.replace(path, backup)
        os.replace(new, path)
        for old in sorted(profile.glob(f"{SETTINGS_FILE}.bad-*"))[:-KEPT]:
            old.unlink()
    load_settings(profile)
    return _words(why, found, backup.name)


def _why_unreadable(data: bytes) -> str:
    try:
        tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        return "不是 UTF-8 文本"
    except tomllib.TOMLDecodeError as error:
        return toml_reason(error)
    return ""


def _readable_lines(data: bytes) -> dict[str, Any]:
    """Plain settings of the top level, each line by itself."""
    found: dict[str, Any] = {}
    for line in data.decode("utf-8", "replace").splitlines():
        if line.lstrip().startswith("["):
            break
        with contextlib.suppress(tomllib.TOMLDecodeError, msgspec.ValidationError):
            value = tomllib.loads(line)
            msgspec.convert(value, Settings)
            if not any(isinstance(one, dict | list) for one in value.values()):
                found |= value
    return found


def _words(why: str, found: dict[str, Any], backup: str) -> str:
    kept = f"仍有效：{'、'.join(found)}；其余" if found else "全部"
    text = f"settings.toml {why}，已备份为 {backup}。{kept}按默认值。"
    if not found.get("platform_url"):
        text += "没有读出平台地址：现在是模拟城市，不是真实平台！"
    return text + "请管理员对照备份改正后重新启动。"
