"""What can be done with the selected cameras, or with a folder."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QMenu, QWidget

from views.video_wall.directory.words import translate
from widgets.passing_menu import passing_menu


class MenuActs(NamedTuple):
    choose: Callable[[list[str]], None]
    mark: Callable[[list[str]], None]
    locate: Callable[[str], None]
    show_register: Callable[[str], None]


def folder_menu(parent: QWidget, online_ids: Sequence[str], acts: MenuActs) -> QMenu:
    menu, ids = passing_menu(parent), list(online_ids)
    text = translate("directory", "前 {0} 路在线的上墙").format(len(ids))
    _add(menu, text, lambda: acts.choose(ids), bool(ids))
    return menu


def camera_menu(parent: QWidget, ids: list[str], are_kept: bool, acts: MenuActs) -> QMenu:
    """`ids` are those selected, at least one; `are_kept`: all of them are favourites."""
    menu, first, is_one = passing_menu(parent), ids[0], len(ids) == 1
    up = translate("directory", "上墙")
    many = translate("directory", "上墙 {0} 路").format(len(ids))
    _add(menu, up if is_one else many, lambda: acts.choose(ids))
    keep, drop = translate("directory", "收藏"), translate("directory", "取消收藏")
    _add(menu, drop if are_kept else keep, lambda: acts.mark(ids))
    menu.addSeparator()
    _add(menu, translate("directory", "在地图上定位"), lambda: acts.locate(first), is_one)
    _add(menu, translate("directory", "查看登记"), lambda: acts.show_register(first), is_one)
    return menu


def _add(menu: QMenu, text: str, act: Callable[[], None], able: bool = True) -> None:
    action = menu.addAction(text)
    action.setEnabled(able)
    action.triggered.connect(lambda _checked=False: act())
