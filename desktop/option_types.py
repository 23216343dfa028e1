"""What options of the command line may hold; each raises argparse.ArgumentTypeError."""

import argparse
import re

from desktop.shell.places import VIEW_IDS


def view(text: str) -> str:
    """A view, or a part of it: `cockpit/gas`."""
    name, slash, part = text.partition("/")
    if name not in VIEW_IDS:
        raise argparse.ArgumentTypeError(f"没有名为 {name} 的页面，可用：{' '.join(VIEW_IDS)}")
    if slash and not re.fullmatch(r"[\w.:\-]{1,120}", part):
        raise argparse.ArgumentTypeError(f"{text!r} 应写成 页面/名称")
    return text


def screen(text: str) -> int:
    """Monitors count from 1, from left to right, as the wall counts them."""
    if not text.isdecimal() or not 1 <= int(text) <= 16:
        raise argparse.ArgumentTypeError(f"屏号应为 1 到 16，而不是 {text!r}")
    return int(text)


def size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"尺寸应写成 1920x1080，而不是 {text!r}")
    return int(width), int(height)


def speed(text: str) -> float:
    speed = float(text)  # ValueError: argparse says that it is no number
    if not 0 < speed <= 100:
        raise argparse.ArgumentTypeError(f"倍速应大于 0、不超过 100，而不是 {text}")
    return speed
