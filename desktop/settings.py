"""The settings of one profile: settings.toml, overridden by the command line.

A key that is not known, or of the wrong kind, is refused with file, key and reason.
"""

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal, get_args, get_type_hints

import msgspec
import platformdirs

from desktop.errors import SettingsError
from desktop.reasons import system_reason, toml_reason

SETTINGS_FILE = "settings.toml"

_KINDS = {
    "int": "整数",
    "float": "数",
    "str": "文字（加引号）",
    "bool": " true 或 false",
    "array": "数组",
    "object": "表",
}


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number that is shown when the station itself cannot be shown."""

    name: str
    phone: str


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every setting with its default, unit and meaning."""

    platform_url: str = ""
    """Base of the platform's REST, as https://host/api/v1; empty starts the stand-in city."""
    ca_file: str = ""
    """PEM file of the authority that signs the platform's certificates; empty: the system's."""
    seat_id: str = "seat-1"
    """Name of this seat in the platform's records."""
    language: Literal["zh_CN", "en"] = "zh_CN"
    theme: Literal["dark", "light"] = "dark"
    """A theme of tokens.toml; the operator's own choice comes before it."""
    text_scale_percent: Annotated[int, msgspec.Meta(ge=100, le=150)] = 100
    tile_count: Annotated[int, msgspec.Meta(ge=1, le=4)] = 4
    """Tiles of the workstation that follow the selected alarm."""
    network_caching_ms: Annotated[int, msgspec.Meta(ge=100, le=5000)] = 250
    map_approval_number: str = ""
    """审图号 of the base map in force; shown on every map, 未填 when empty."""
    gpu: Literal["auto", "on", "off"] = "auto"
    """Whether the map page and the window may use the graphics card."""
    contacts: tuple[Contact, ...] = ()
    owner_answer_limit_s: Annotated[int, msgspec.Meta(ge=30, le=3600)] = 300
    """After so long without an answer of the person a message is the operator's matter again."""


def default_profile() -> Path:
    return Path(platformdirs.user_data_dir("chengkan", appauthor=False)) / "default"


def cache_folder() -> Path:
    """Rebuildable things that all profiles share (the stand-in's pictures)."""
    return Path(platformdirs.user_cache_dir("chengkan", appauthor=False))


def load_settings(profile: Path, **overrides: object) -> Settings:
    """Reads `profile`/settings.toml if there is one. Raises SettingsError."""
    path = profile / SETTINGS_FILE
    try:
        values = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"配置文件 {path} 读不出：{_unreadable(error)}。请改正或移走该文件后重新启动。"
        ) from None
    values |= {key: value for key, value in overrides.items() if value is not None}
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(_refusal(path, values, error)) from None


def save_settings(profile: Path, **changes: str) -> None:
    """Puts texts into `profile`/settings.toml; its other lines and comments stay.

    Atomic: the file of before is replaced as a whole and kept as settings.toml.bak. Raises
    SettingsError, and then nothing has changed.
    """
    path = profile / SETTINGS_FILE
    load_settings(profile)  # a file that cannot be read is not written over
    try:
        before = path.read_text("utf-8") if path.exists() else ""
        after = before
        for key, value in changes.items():
            line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
            pattern = re.compile(rf"^[ \t]*{key}[ \t]*=.*$", re.MULTILINE)
            found = pattern.search(after)
            if found is None:  # a key of the top level stands above every table
                after = f"{line}\n{after}"
            else:
                after = after[: found.start()] + line + after[found.end() :]
        msgspec.convert(tomllib.loads(after), Settings)
        if before:
            _replace(path.with_suffix(".toml.bak"), before)
        _replace(path, after)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        why = _unreadable(error) if isinstance(error, OSError) else "该文件请人工修改"
        raise SettingsError(f"配置文件 {path} 写不了：{why}。设置没有改变。") from None


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, also when the power goes."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)


def _refusal(path: Path, values: dict[str, object], error: msgspec.ValidationError) -> str:
    unknown = [key for key in values if key not in Settings.__struct_fields__]
    if unknown:
        known = "、".join(Settings.__struct_fields__)
        return (
            f"配置文件 {path} 中有不认识的键 {unknown[0]!r}。可用的键：{known}。请改正后重新启动。"
        )
    reason, _, place = str(error).partition(" - at `$.")
    key = place.rstrip("`")
    if "enum value" in reason:
        choices = "、".join(get_args(get_type_hints(Settings)[key]))
        return f"配置文件 {path} 中 {key} 的值不对：可用 {choices}。请改正后重新启动。"
    return f"配置文件 {path} 中 {key} 的值不对：{_wrong(reason)}。请改正后重新启动。"


def _unreadable(error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        return toml_reason(error)
    return system_reason(error) if isinstance(error, OSError) else "不是 UTF-8 文本"


def _wrong(reason: str) -> str:
    """A reason of msgspec in the operator's words; the names of keys stay as they are."""
    if limit := re.search(r"([<>]=) ([-\d.]+)", reason):
        return f"应{'不小于' if limit[1] == '>=' else '不大于'} {limit[2]}"
    if missing := re.search(r"missing required field `(\w+)`", reason):
        return f"缺少键 {missing[1]}"
    if unknown := re.search(r"unknown field `(\w+)`", reason):
        return f"有不认识的键 {unknown[1]}"
    kind = re.search(r"Expected `(\w+)", reason)
    return f"应为{_KINDS.get(kind[1], kind[1])}" if kind else "内容无法识别"


def socket_path(profile: Path, name: str) -> Path:
    """Where a local socket of this profile lies.

    The kernel allows 107 bytes; a profile with a longer path gets a folder of its own
    under the user's runtime folder.
    """
    path = profile.absolute() / name
    if len(os.fsencode(path)) <= 100:
        return path
    import hashlib
    import tempfile

    digest = hashlib.sha256(os.fsencode(profile.absolute())).hexdigest()[:16]
    root = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    folder = root / f"chengkan-{os.getuid()}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / name
