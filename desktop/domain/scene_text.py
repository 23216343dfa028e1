"""Scenes of the video wall from the text of their files, with the line and reason of a fault."""

import re
import tomllib
from collections.abc import Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.wall import PRESETS
from desktop.domain.wall_scenes import Scene

_LAYOUTS = {layout.layout_id for layout in PRESETS}


class SceneFault(Struct, frozen=True):
    """Why a file, or a line of it, is not used. `line` counts from 1, 0 for the whole file."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"第 {self.line} 行" if self.line else "整个文件"
        return f"{self.file} {place}：{self.reason}"


def read_scene(file: str, text: str) -> Scene | SceneFault:
    """One file. A reason names the field and what was expected."""
    try:
        scene = msgspec.convert(tomllib.loads(text), Scene, strict=True)
    except tomllib.TOMLDecodeError as error:
        return SceneFault(file, _number_in(str(error)), f"不是有效的 TOML（{error}）")
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `")
        return SceneFault(file, line_of(text, path.rstrip("`"), reason), _in_words(reason, path))
    for path, layout_id in _layouts_of(scene):
        if layout_id not in _LAYOUTS:
            known = "、".join(layout.layout_id for layout in PRESETS)
            reason = f"没有 {layout_id} 画面布局，可用：{known}"
            return SceneFault(file, line_of(text, path), reason)
    return scene


def read_scenes(
    files: Iterable[tuple[str, str]],
) -> tuple[tuple[Scene, ...], tuple[SceneFault, ...]]:
    """(name, text) of files; a later one with the same scene_id replaces the earlier. A key that
    is taken already is a fault, and the scene goes without it."""
    scenes: dict[str, Scene] = {}
    faults: list[SceneFault] = []
    texts: dict[str, tuple[str, str]] = {}
    for file, text in files:
        found = read_scene(file, text)
        if isinstance(found, SceneFault):
            faults.append(found)
        else:
            scenes[found.scene_id] = found
            texts[found.scene_id] = (file, text)
    taken: dict[int, str] = {}
    for scene in tuple(scenes.values()):
        if scene.key and scene.key in taken:
            file, text = texts[scene.scene_id]
            reason = f"快捷键 {scene.key} 已用于「{taken[scene.key]}」"
            faults.append(SceneFault(file, line_of(text, "$.key"), reason))
            scenes[scene.scene_id] = replace(scene, key=0)
        elif scene.key:
            taken[scene.key] = scene.name
    ordered = sorted(scenes.values(), key=lambda one: (one.key or 10, one.scene_id))
    return tuple(ordered), tuple(faults)


def line_of(text: str, path: str, reason: str = "") -> int:
    """Line of a path of msgspec such as `$.rules[2].count`; of its table where the key is not
    there, 0 where nothing of it is."""
    parts = re.findall(r"\.([A-Za-z_0-9]+)|\[(\d+)\]|\[\.\.\.\]", path)
    names = [name for name, _ in parts if name]
    number = next((int(number) for _, number in parts if number), -1)
    unknown = re.search(r"unknown field `(\w+)`", reason)
    key = unknown[1] if unknown else names[-1] if names else ""
    lines = text.splitlines()
    begin = 0
    if names and number >= 0:
        heads = [n for n, line in enumerate(lines) if line.strip() == f"[[{names[0]}]]"]
        begin = heads[number] if number < len(heads) else 0
    elif len(names) > 1:
        begin = next((n for n, line in enumerate(lines) if line.strip() == f"[{names[0]}]"), 0)
    for index in range(begin, len(lines)):
        if index > begin and lines[index].startswith("[") and (begin or number >= 0):
            break
        if re.match(rf"\s*\[*{re.escape(key)}\]*\s*(=|$)", lines[index]) and key:
            return index + 1
    return begin + 1 if begin or number >= 0 else 0


def _layouts_of(scene: Scene) -> list[tuple[str, str]]:
    found = [("$.layout", scene.layout)]
    return found + [(f"$.layouts.{level.value}", one) for level, one in scene.layouts.items()]


def _number_in(text: str) -> int:
    found = re.search(r"line (\d+)", text)
    return int(found[1]) if found else 0


_WORDS = (
    (r"Object missing required field `(\w+)`", "缺少 {0}"),
    (r"Object contains unknown field `(\w+)`", "没有 {0} 这一项"),
    (r"Expected `(.+)`, got `(.+)`", "要 {0}，写的是 {1}"),
    (r"Expected `(.+)` (>=|<=) (.+)", "要 {1} {2}"),
    (r"Expected `(.+)` of length (>=|<=) (.+)", "长度要 {1} {2}"),
    (r"Expected `(.+)` matching regex (.+)", "要符合 {1}"),
    (r"Invalid enum value (.+)", "没有 {0} 这个值"),
)


def _in_words(reason: str, path: str) -> str:
    """Reason of msgspec in Chinese, with the field that it is about."""
    field = path.rstrip("`").removeprefix("$").lstrip(".")
    for pattern, words in _WORDS:
        found = re.fullmatch(pattern, reason)
        if found:
            said = words.format(*found.groups())
            return f"{field}：{said}" if field else said
    return f"{field}：{reason}" if field else reason
