"""绩效通报 as a paper: title, sections and tables in words. Pure; painted elsewhere."""

from msgspec import Struct

PROGRAM = "城瞰"


def page_words(page: int, count: int) -> str:
    return f"第 {page} 页 / 共 {count} 页"


def mark_words(mark: str) -> str:
    return f"【{mark}】"


def foot_words(foot: str, marks: tuple[str, ...]) -> str:
    """On each page; of a mark what stands before its reason."""
    return "　".join((PROGRAM, foot, *(mark.partition("：")[0] for mark in marks)))


class Table(Struct, frozen=True, kw_only=True):
    """`name`: what stands above it; `left`: how many columns hold words, the rest hold figures."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1


class Picture(Struct, frozen=True, kw_only=True):
    """`data`: JPEG or PNG; empty where it could not be had, which is said in its place."""

    words: str
    data: bytes = b""


class Chapter(Struct, frozen=True, kw_only=True):
    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Bulletin(Struct, frozen=True, kw_only=True):
    """`marks`: what a reader must know before anything else, such as 暂行 and 演示数据."""

    title: str
    subtitle: str
    marks: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    foot: str
