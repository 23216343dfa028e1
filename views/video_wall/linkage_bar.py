"""What waits for a cell of the wall, as chips: how many of a level, and the next one by name."""

from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.context import RoomContext
from desktop.domain.levels import WarningLevel
from desktop.domain.tile_linkage import Candidate, grouped
from widgets import icons
from widgets.level_badge import colour_word, paint_level
from widgets.passing_menu import passing_menu
from widgets.plain_label import plain_caption, plain_tip
from widgets.theme import BODY_PX, colour, font

_HEIGHT_PX, _BADGE_PX, _PAD_PX, _GAP_PX = 28, 20, 6, 6
_WORDS_PX, _LISTED = 150, 12


class AlarmChip(QAbstractButton):
    """The level, how many, and the first of them; pressed it is shown on the wall."""

    def __init__(self, level: WarningLevel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level = level
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def show_words(self, words: str, spoken: str) -> None:
        if words != self._words:
            self._words = words
            self.updateGeometry()
            self.update()
        self.setToolTip(plain_tip(spoken))
        self.setAccessibleName(spoken)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(BODY_PX)).horizontalAdvance(self._words) + 2
        return QSize(2 * _PAD_PX + _BADGE_PX + _GAP_PX + min(words, _WORDS_PX), _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(colour("focus" if self.hasFocus() else "border"))
        painter.setBrush(colour("selection" if self.underMouse() or self.isDown() else "bg2"))
        painter.drawRoundedRect(box, 4, 4)
        top = (self.height() - _BADGE_PX) / 2
        paint_level(painter, QRectF(_PAD_PX, top, _BADGE_PX, _BADGE_PX), self.level)
        painter.setPen(colour("text"))
        painter.setFont(font(BODY_PX))
        left = _PAD_PX + _BADGE_PX + _GAP_PX
        room = self.rect().adjusted(left, 0, -_PAD_PX, 0)
        text = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


class LinkageBar(QWidget):
    """One chip for each level that waits or is offered; the rest by its menu."""

    rules_asked = Signal()

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("linkage_bar")
        self._room, self._store = room, room.tile_linkage
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.rules = QToolButton()
        self.rules.setText(self.tr("联动"))
        self.rules.setIcon(icons.icon("bell-outline", "text2", 16))
        self.rules.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.rules.setToolTip(plain_tip(self.tr("告警联动：哪些格预留，何时自动上墙")))
        self.rules.clicked.connect(self.rules_asked)
        row.addWidget(self.rules)
        self.chips = {level: AlarmChip(level) for level in WarningLevel}
        for level, chip in self.chips.items():
            chip.clicked.connect(partial(self._show_next, level))
            chip.customContextMenuRequested.connect(partial(self._offer, level))
            row.addWidget(chip)
        self._store.changed.connect(self.refresh)
        self.refresh()

    def waiting(self, level: WarningLevel) -> list[Candidate]:
        """Who has no cell: those that want one first, then those that may be asked for."""
        plan = self._store.plan
        return [one for one in (*plan.queue, *plan.offers) if one.level is level]

    def show_next(self) -> None:
        """The gravest that has no picture."""
        level = next((level for level in WarningLevel if self.waiting(level)), None)
        if level is not None:
            self._show_next(level)

    def refresh(self) -> None:
        queued = {one.alarm_id for one in self._store.plan.queue}
        for level, chip in self.chips.items():
            some = self.waiting(level)
            chip.setVisible(bool(some))
            if not some:
                continue
            wait = sum(one.alarm_id in queued for one in some)
            title = self._title(some[0])
            chip.show_words(
                self.tr("{0} 条 · {1}").format(len(some), title),
                self._spoken(level, len(some), wait, title),
            )

    def menu(self, level: WarningLevel) -> QMenu:
        """By class, and in a class by place: a storm raises the same thing in many places."""
        menu = passing_menu(self)
        classes = grouped(self.waiting(level), self._class_name)
        for name, of_class in classes.items():
            places = grouped(of_class, self._place)
            if len(classes) == 1:
                self._add_places(menu, places)
                continue
            words = self.tr("{0} · {1} 处 {2} 条").format(name, len(places), len(of_class))
            self._add_places(menu.addMenu(plain_caption(words)), places)
        return menu

    def _add_places(
        self, menu: QMenu, places: dict[tuple[str, str], tuple[Candidate, ...]]
    ) -> None:
        """The first of a place is the next one of it that is shown."""
        for (place, _), here in list(places.items())[:_LISTED]:
            first, words = here[0], self._title(here[0])
            if place:
                words = f"{place} · {words}"
            if len(here) > 1:
                words += self.tr(" 等 {0} 条").format(len(here))
            menu.addAction(plain_caption(words), partial(self._store.ask, first.alarm_id))
        if len(places) > _LISTED:
            menu.addAction(self.tr("还有 {0} 处").format(len(places) - _LISTED)).setEnabled(False)

    def _offer(self, level: WarningLevel, at: QPoint) -> None:
        self.menu(level).popup(self.chips[level].mapToGlobal(at))

    def _show_next(self, level: WarningLevel) -> None:
        some = self.waiting(level)
        if some:
            self._store.ask(some[0].alarm_id)

    def _class_name(self, one: Candidate) -> str:
        alarm = self._room.alarms.get(one.alarm_id)
        if alarm is None:
            return ""
        known = self._room.alarm_classes.get(alarm.class_id)
        return known.name if known is not None else alarm.class_id

    def _place(self, one: Candidate) -> tuple[str, str]:
        """The point that measured it, else where the platform's words begin; an alarm without a
        place stands for itself."""
        alarm, name = self._room.alarms.get(one.alarm_id), ""
        if alarm is not None:
            point = self._room.points.get(alarm.point_id) if alarm.point_id else None
            name = point.name if point is not None else alarm.detail.split("，")[0]
        return name, "" if name else one.alarm_id

    def _title(self, one: Candidate) -> str:
        alarm = self._room.alarms.get(one.alarm_id)
        return alarm.title if alarm is not None else ""

    def _spoken(self, level: WarningLevel, count: int, wait: int, title: str) -> str:
        lines = [self.tr("{0}级 {1} 条没有画面").format(colour_word(level), count)]
        if wait:
            lines.append(self.tr("{0} 条在等预留格").format(wait))
        lines.append(self.tr("按下看：{0}（右键选其他）").format(title))
        return "，".join(lines)
