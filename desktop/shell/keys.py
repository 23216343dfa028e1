"""Every key of the window in one table: the only place where shortcuts are made.

A line here is a shortcut, a row of the key sheet (F1) and a command of the palette (Ctrl+K).
A key works as soon as somebody provides what it does; until then it is not shown either.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # PySide6 declares it as object

    def QT_TRANSLATE_NOOP(context: str, text: str) -> str: ...
else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP

NUMBERED_VIEWS = 9  # Ctrl+1 to Ctrl+9


class KeyGroup(StrEnum):
    """Headings of the sheet, in this order."""

    VIEWS = "views"
    ALARM = "alarm"
    DESK = "desk"
    LIST = "list"
    MAP = "map"
    TILE = "tile"
    WALL = "wall"
    COCKPIT = "cockpit"
    EMERGENCY = "emergency"
    PALETTE = "palette"


@dataclass(frozen=True)
class KeySpec:
    """One key, or a command without one.

    `words`: Chinese source text, context "keys"; `slot`: what `KeyRegistry.provide` is told, empty
    where a widget with the focus handles the key itself.
    """

    name: str
    sequences: tuple[str, ...]
    words: str
    group: KeyGroup
    slot: str = ""
    while_locked: bool = False
    signed_out: bool = False  # works on the sign-in page too
    at_desk: bool = False  # only while the workstation is shown: a page has these keys to itself
    repeats: bool = False
    in_palette: bool = True
    view_id: str = ""  # only where this view exists


GROUP_WORDS = {
    KeyGroup.VIEWS: QT_TRANSLATE_NOOP("keys", "页面"),
    KeyGroup.ALARM: QT_TRANSLATE_NOOP("keys", "告警"),
    KeyGroup.DESK: QT_TRANSLATE_NOOP("keys", "值班台"),
    KeyGroup.LIST: QT_TRANSLATE_NOOP("keys", "焦点在告警列表"),
    KeyGroup.MAP: QT_TRANSLATE_NOOP("keys", "焦点在地图"),
    KeyGroup.TILE: QT_TRANSLATE_NOOP("keys", "焦点在画面"),
    KeyGroup.WALL: QT_TRANSLATE_NOOP("keys", "焦点在视频墙"),
    KeyGroup.COCKPIT: QT_TRANSLATE_NOOP("keys", "在驾驶舱"),
    KeyGroup.EMERGENCY: QT_TRANSLATE_NOOP("keys", "在应急页"),
    KeyGroup.PALETTE: QT_TRANSLATE_NOOP("keys", "在命令面板中"),
}

_G = KeyGroup
KEYS: tuple[KeySpec, ...] = (
    KeySpec("enlarge_map", ("F2",), QT_TRANSLATE_NOOP("keys", "放大地图，再按还原"),
            _G.VIEWS, "enlarge_map", view_id="map"),
    KeySpec("enlarge_video", ("F3",), QT_TRANSLATE_NOOP("keys", "放大画面，再按还原"),
            _G.VIEWS, "enlarge_video", view_id="video"),
    KeySpec("wall_bare", ("F11",), QT_TRANSLATE_NOOP("keys", "视频墙或驾驶舱全屏，再按还原"),
            _G.VIEWS, "wall_bare", view_id="wall"),
    KeySpec("back", ("Esc",), QT_TRANSLATE_NOOP("keys", "关闭最上层，回到告警"),
            _G.VIEWS, "back", in_palette=False),
    KeySpec("acknowledge", ("Ctrl+Return", "Ctrl+Enter"),
            QT_TRANSLATE_NOOP("keys", "确认选中的告警"), _G.ALARM, "acknowledge", at_desk=True),
    KeySpec("locate", ("Alt+Return", "Alt+Enter"),
            QT_TRANSLATE_NOOP("keys", "定位选中的告警：地图和画面"), _G.ALARM, "locate"),
    KeySpec("dispatch", ("Ctrl+Shift+E",),
            QT_TRANSLATE_NOOP("keys", "应急调度：从选中的告警开始"), _G.ALARM, "dispatch",
            view_id="emergency"),
    KeySpec("situation_report", ("F8",),
            QT_TRANSLATE_NOOP("keys", "态势专报：进行中的响应，存为 PDF"), _G.EMERGENCY,
            "situation_report", view_id="emergency"),
    KeySpec("previous", ("Up",), QT_TRANSLATE_NOOP("keys", "上一条告警"),
            _G.ALARM, "previous", at_desk=True, repeats=True, in_palette=False),
    KeySpec("next", ("Down",), QT_TRANSLATE_NOOP("keys", "下一条告警"),
            _G.ALARM, "next", at_desk=True, repeats=True, in_palette=False),
    KeySpec("search_list", ("Ctrl+F",), QT_TRANSLATE_NOOP("keys", "在本页的列表中搜索"),
            _G.VIEWS, "search_list"),
    KeySpec("silence", ("F9",), QT_TRANSLATE_NOOP("keys", "静音 60 秒，不等于确认"),
            _G.ALARM, "silence", while_locked=True),
    KeySpec("palette", ("Ctrl+K",), QT_TRANSLATE_NOOP("keys", "查找一切，执行命令"),
            _G.DESK, "palette", in_palette=False),
    KeySpec("key_sheet", ("F1",), QT_TRANSLATE_NOOP("keys", "全部按键"),
            _G.DESK, "key_sheet", signed_out=True),
    KeySpec("lock", ("Ctrl+L",), QT_TRANSLATE_NOOP("keys", "锁定值班台"), _G.DESK, "lock"),
    KeySpec("text_larger", ("Ctrl++", "Ctrl+="), QT_TRANSLATE_NOOP("keys", "文字放大"),
            _G.DESK, "text_larger"),
    KeySpec("text_smaller", ("Ctrl+-",), QT_TRANSLATE_NOOP("keys", "文字缩小"),
            _G.DESK, "text_smaller"),
    KeySpec("text_normal", ("Ctrl+0",), QT_TRANSLATE_NOOP("keys", "文字恢复标准大小"),
            _G.DESK, "text_normal"),
    KeySpec("choose_city", ("Ctrl+Shift+P",), QT_TRANSLATE_NOOP("keys", "更换平台或演示城市"),
            _G.DESK, "choose_city", signed_out=True),
    KeySpec("notices", (), QT_TRANSLATE_NOOP("keys", "重读最近的通知"), _G.DESK, "notices"),
    KeySpec("toggle_theme", (), QT_TRANSLATE_NOOP("keys", "切换日间、夜间主题"),
            _G.DESK, "toggle_theme"),
    KeySpec("guide", (), QT_TRANSLATE_NOOP("keys", "新手引导"), _G.DESK, "guide"),
    KeySpec("sign_out", (), QT_TRANSLATE_NOOP("keys", "退出登录"), _G.DESK, "sign_out"),
)  # fmt: skip

# Keys that a widget with the focus handles itself: shown on the sheet, made there.
WIDGET_KEYS: tuple[KeySpec, ...] = (
    KeySpec("list_page", ("PgUp", "PgDown"), QT_TRANSLATE_NOOP("keys", "前一页、后一页"), _G.LIST),
    KeySpec("list_ends", ("Home", "End"), QT_TRANSLATE_NOOP("keys", "第一条、最后一条"), _G.LIST),
    KeySpec("list_unfold", ("Right", "Left", "Return"),
            QT_TRANSLATE_NOOP("keys", "展开、收起从属告警"), _G.LIST),
    KeySpec("list_empty", ("Esc",), QT_TRANSLATE_NOOP("keys", "在搜索框中：清空搜索"), _G.LIST),
    KeySpec("map_zoom", ("+", "-"), QT_TRANSLATE_NOOP("keys", "放大、缩小"),
            _G.MAP, view_id="map"),
    KeySpec("map_pan", ("Left", "Right"), QT_TRANSLATE_NOOP("keys", "左右移动，↑ ↓ 仍选告警"),
            _G.MAP, view_id="map"),
    KeySpec("tile_enlarge", ("Return",), QT_TRANSLATE_NOOP("keys", "放大这路画面，再按还原"),
            _G.TILE, view_id="video"),
    KeySpec("tile_select", ("Space",), QT_TRANSLATE_NOOP("keys", "选中这路，地图上标出"),
            _G.TILE, view_id="video"),
    KeySpec("cockpit_step", ("Left", "Right"), QT_TRANSLATE_NOOP("keys", "前一个、后一个驾驶舱"),
            _G.COCKPIT, view_id="cockpit"),
    KeySpec("wall_step", ("Left", "Right", "Up", "Down"),
            QT_TRANSLATE_NOOP("keys", "选相邻的格"), _G.WALL, view_id="wall"),
    KeySpec("wall_number", ("1", "2"),
            QT_TRANSLATE_NOOP("keys", "按编号选格，两位数连按"), _G.WALL, view_id="wall"),
    KeySpec("wall_focus", ("Return",),
            QT_TRANSLATE_NOOP("keys", "放大到全墙（主码流），再按还原"), _G.WALL, view_id="wall"),
    KeySpec("wall_tabs", ("PgUp", "PgDown"),
            QT_TRANSLATE_NOOP("keys", "前一页墙、后一页墙"), _G.WALL, view_id="wall"),
    KeySpec("wall_zoom", ("+", "-"),
            QT_TRANSLATE_NOOP("keys", "数字放大、缩小（也可用滚轮）"), _G.WALL, view_id="wall"),
    KeySpec("wall_hold", ("H",), QT_TRANSLATE_NOOP("keys", "固定此格，再按取消"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_clear", ("Del",), QT_TRANSLATE_NOOP("keys", "清空此格"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_undo", ("Ctrl+Z",), QT_TRANSLATE_NOOP("keys", "撤销上一步（换场景也可撤）"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_split", ("X",), QT_TRANSLATE_NOOP("keys", "拆分合并的格（拖格间的缝可合并）"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_fit", ("A",), QT_TRANSLATE_NOOP("keys", "保持比例、填满此格"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_stream", ("M",), QT_TRANSLATE_NOOP("keys", "码流：按大小、主、子"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_stats", ("I",), QT_TRANSLATE_NOOP("keys", "显示、隐藏每格的统计"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_sound", ("U",), QT_TRANSLATE_NOOP("keys", "听这路的声音，再按关闭"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_tour", ("P",), QT_TRANSLATE_NOOP("keys", "暂停、继续轮巡"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_tour_step", ("B", "N"), QT_TRANSLATE_NOOP("keys", "轮巡上一步、下一步"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_alarm", ("L",), QT_TRANSLATE_NOOP("keys", "看下一条没有画面的告警"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_snapshot", ("S",), QT_TRANSLATE_NOOP("keys", "截图"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_throw", ("T",), QT_TRANSLATE_NOOP("keys", "甩到别的屏，或收回"),
            _G.WALL, view_id="wall"),
    KeySpec("wall_map", ("G",), QT_TRANSLATE_NOOP("keys", "在地图上看这路"),
            _G.WALL, view_id="wall"),
    KeySpec("emergency_hold", ("Return", "Space"),
            QT_TRANSLATE_NOOP("keys", "焦点在按住条：按住 2 秒发起或复核"),
            _G.EMERGENCY, view_id="emergency"),
    KeySpec("emergency_crew", ("Left", "Right", "Return"),
            QT_TRANSLATE_NOOP("keys", "焦点在派队地图：选队伍，拿起，选点位，放下"),
            _G.EMERGENCY, view_id="emergency"),
    KeySpec("emergency_free", ("Del",),
            QT_TRANSLATE_NOOP("keys", "焦点在派队地图：取消这支队伍的手派"),
            _G.EMERGENCY, view_id="emergency"),
    KeySpec("palette_choose", ("Up", "Down"), QT_TRANSLATE_NOOP("keys", "选择结果"), _G.PALETTE),
    KeySpec("palette_group", ("Tab", "Shift+Tab"),
            QT_TRANSLATE_NOOP("keys", "下一组、上一组"), _G.PALETTE),
    KeySpec("palette_go", ("Return",), QT_TRANSLATE_NOOP("keys", "打开或执行"), _G.PALETTE),
    KeySpec("palette_leave", ("Esc",), QT_TRANSLATE_NOOP("keys", "关闭"), _G.PALETTE),
)  # fmt: skip


def key_words(sequence: str) -> str:
    """A sequence as it stands on the keyboard: "Ctrl+Return" is "Ctrl+Enter"."""
    names = {"Return": "Enter", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
    names |= {"PgDown": "PgDn", "Space": QCoreApplication.translate("keys", "空格")}
    if sequence.endswith("++"):
        return sequence
    head, plus, last = sequence.rpartition("+")
    return head + plus + names.get(last, last) if last else sequence


class KeyRegistry(QObject):
    """The shortcuts of one window. Signed out or covered only those that the table allows work."""

    changed = Signal()

    def __init__(self, window: QWidget, views: Sequence[tuple[str, str]]) -> None:
        """`views`: view_id and title as shown, in the order of the navigation."""
        super().__init__(window)
        self._window = window
        self._view_ids = {view_id for view_id, _ in views}
        numbered = [
            KeySpec(
                f"view:{view_id}", (f"Ctrl+{number}",), title, KeyGroup.VIEWS, f"view:{view_id}"
            )
            for number, (view_id, title) in enumerate(views, start=1)
        ]
        for index in range(NUMBERED_VIEWS, len(numbered)):
            numbered[index] = replace(numbered[index], sequences=())
        here = [spec for spec in KEYS if not spec.view_id or spec.view_id in self._view_ids]
        self._specs = {spec.name: spec for spec in (*numbered, *here)}
        self._actions: dict[str, Callable[[], None]] = {}
        self._shortcuts: dict[str, list[QShortcut]] = {}
        self._signed_in, self._at_desk = True, True
        self._covered = False

    # ---- who does what --------------------------------------------------------------------

    def add(self, spec: KeySpec) -> None:
        """A line that comes from data; its words are as on the screen already."""
        self._specs[spec.name] = spec

    def provide(self, slot: str, action: Callable[[], None]) -> None:
        """From now on the keys of `slot` work. Raises KeyError for a slot that is in no line."""
        specs = [spec for spec in self._specs.values() if spec.slot == slot]
        if not specs and slot not in {spec.slot for spec in KEYS}:
            raise KeyError(slot)
        for spec in specs:
            self._actions[spec.name] = action
            self._shortcuts[spec.name] = [self._make(spec, one) for one in spec.sequences]
            self._allow_one(spec)
        self.changed.emit()

    def run(self, name: str) -> None:
        """What the key would do; the palette calls it."""
        if self.may_run(name):
            self._actions[name]()

    def press(self, event: QKeyEvent) -> bool:
        """A key that came to a window beside this one; whether it was one of ours."""
        pressed = QKeySequence(event.keyCombination())
        for name, shortcuts in self._shortcuts.items():
            if any(one.isEnabled() and one.key() == pressed for one in shortcuts):
                self.run(name)
                return True
        return False

    def may_run(self, name: str) -> bool:
        """Whether it would do something where the operator is now."""
        return name in self._actions and self._is_allowed(self._specs[name])

    def words(self, spec: KeySpec) -> str:
        """In the language of the screen."""
        return QCoreApplication.translate("keys", spec.words)

    def working(self) -> tuple[KeySpec, ...]:
        """Lines that somebody carries out and that may be used now, in the order of the table."""
        return tuple(
            spec
            for spec in self._specs.values()
            if spec.name in self._actions and self._is_allowed(spec, anywhere=True)
        )

    def sheet(self) -> tuple[KeySpec, ...]:
        """What the key sheet shows: every key that works now, with those of the widgets."""
        keyed = tuple(spec for spec in self.working() if spec.sequences)
        if not self._signed_in or self._covered:
            return keyed
        known = self._view_ids
        return keyed + tuple(one for one in WIDGET_KEYS if not one.view_id or one.view_id in known)

    def unprovided(self) -> tuple[str, ...]:
        """Slots of the table that nobody carries out."""
        return tuple(spec.slot for spec in self._specs.values() if spec.name not in self._actions)

    # ---- when -----------------------------------------------------------------------------

    def set_signed_in(self, signed_in: bool) -> None:
        self._signed_in = signed_in
        self._allow()

    def set_covered(self, covered: bool) -> None:
        """A page stands instead of everything, as the lock does: only `while_locked` works."""
        self._covered = covered
        self._allow()

    def set_at_desk(self, at_desk: bool) -> None:
        """Whether the workstation is shown, and not a page of its own."""
        self._at_desk = at_desk
        self._allow()

    def _allow(self) -> None:
        for name in self._shortcuts:
            self._allow_one(self._specs[name])

    def _allow_one(self, spec: KeySpec) -> None:
        allowed = self._is_allowed(spec)
        for shortcut in self._shortcuts[spec.name]:
            shortcut.setEnabled(allowed)

    def _is_allowed(self, spec: KeySpec, anywhere: bool = False) -> bool:
        if self._covered and not spec.while_locked:
            return False
        if not self._signed_in and not spec.signed_out:
            return False
        return anywhere or self._at_desk or not spec.at_desk

    # ---- the shortcuts --------------------------------------------------------------------

    def _make(self, spec: KeySpec, sequence: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(sequence), self._window)
        shortcut.setObjectName(spec.name)
        shortcut.setAutoRepeat(spec.repeats)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self._on_activated)
        return shortcut

    def _on_activated(self) -> None:
        self.run(self.sender().objectName())
