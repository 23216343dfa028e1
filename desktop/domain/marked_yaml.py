"""YAML that people write: plain values only, with the line of every field.

No tags, no anchors, no key twice, bounded in size and depth: a file can neither run anything nor
unfold into gigabytes.
"""

import re
from typing import Any, NamedTuple

import msgspec
import yaml
from msgspec import Struct

_yaml: Any = yaml  # its stubs leave the types of `scan` and `compose` open
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where it was built
LONGEST = 1 << 20
DEEPEST = 12


class FileFault(Struct, frozen=True):
    """Why a file, or a line of it, is not used. `line` counts from 1, 0 for the whole file."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"第 {self.line} 行" if self.line else "整个文件"
        return f"{self.file} {place}：{self.reason}"


class Marked(NamedTuple):
    """`lines`: path such as `levels.IV.tasks[2].title` -> line; the whole is the path ''."""

    value: Any
    lines: dict[str, int]

    def line_of(self, path: str) -> int:
        """Of the field, or of what encloses it where the field is not written."""
        while path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
            if not path:
                break
        return self.lines.get(path, 0)


def oversized(file: str) -> FileFault:
    return FileFault(file, 0, f"文件超过 {LONGEST >> 20} MB")


def fault_of(file: str, marked: Marked, error: msgspec.ValidationError) -> FileFault:
    """Where a value is not what it should be. msgspec names neither the key of a dict nor the
    element of a tuple (`[...]`): the first field that fits is shown."""
    reason, _, where = str(error).partition(" - at `")
    path = where.rstrip("`").removeprefix("$").lstrip(".")
    named = _FIELD.search(reason)
    child = f".{named[1]}" if named else ""
    pattern = re.escape(path).replace(r"\[\.\.\.\]", r"(\[\d+\]|\.[^.\[]+)")
    fits = [known for known in marked.lines if re.fullmatch(pattern, known)]
    if named and "missing" in reason:
        fits = [known for known in fits if f"{known}{child}".lstrip(".") not in marked.lines]
    elif named:
        fits = [k for one in fits if (k := f"{one}{child}".lstrip(".")) in marked.lines]
    line = marked.lines[fits[0]] if fits else marked.line_of(path.partition("[...]")[0])
    shown = path.replace("[...]", "") or "文件"
    return FileFault(file, line, f"{shown}：{_in_words(reason)}")


_FIELD = re.compile(r"field `(\w+)`")


def _in_words(reason: str) -> str:
    for pattern, words in _REASONS:
        if re.fullmatch(pattern, reason):
            return re.sub(pattern, words, reason)
    return reason


_REASONS = (
    (r"Object missing required field `(\w+)`", r"缺少字段 \1"),
    (r"Object contains unknown field `(\w+)`", r"没有字段 \1"),
    (r"Expected `(\w+)`, got `(\w+)`", r"应为 \1，写的是 \2"),
    (r"Invalid enum value (.*)", r"没有 \1 这个选项"),
)


class _Refused(Exception):
    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason


def read_yaml(file: str, text: str) -> Marked | FileFault:
    """`file` is the name for the fault."""
    if len(text) > LONGEST:
        return oversized(file)
    try:
        for token in _yaml.scan(text, Loader=_LOADER):
            if isinstance(token, _BARRED):
                line = token.start_mark.line + 1
                return FileFault(file, line, "不能用锚点、引用和标签（& * !）")
        node = _yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 0
        return FileFault(file, line, f"不是有效的 YAML（{error.problem or error.context}）")
    except (yaml.YAMLError, RecursionError) as error:
        return FileFault(file, 0, f"不是有效的 YAML（{type(error).__name__}）")
    if node is None:
        return FileFault(file, 0, "文件是空的")
    lines: dict[str, int] = {}
    try:
        return Marked(_value(yaml.SafeLoader(""), node, "", lines, 1), lines)
    except _Refused as refused:
        return FileFault(file, refused.line, refused.reason)


_BARRED = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)


def _value(loader: Any, node: yaml.Node, path: str, lines: dict[str, int], depth: int) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if depth > DEEPEST:
        raise _Refused(line, f"嵌套超过 {DEEPEST} 层")
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(loader, one, f"{path}[{number}]", lines, depth + 1)
            for number, one in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            at = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _Refused(at, "字段名须是一个词")
            key = key_node.value
            if key in found:
                raise _Refused(at, f"字段 {key} 写了两次")
            below = f"{path}.{key}" if path else key
            lines[below] = at
            found[key] = _value(loader, value_node, below, lines, depth + 1)
        return found
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError):
        raise _Refused(line, f"读不懂这个值：{str(node.value)[:40]}") from None
