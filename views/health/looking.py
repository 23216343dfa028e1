"""What to look into: silent sensors, the examination, the audit trail."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QWidget

from desktop.context import RoomContext
from desktop.domain.findings import Finding, Verdict
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.tasks import TaskScope
from views.health import rows
from views.health.panel import Panel
from views.health.rows import Row
from widgets import rights
from widgets.empty_state import EmptyState
from widgets.fact_table import FactTable
from widgets.times import hh_mm_ss

SILENT, FINDINGS, AUDIT = range(3)


class _Leaf(QStackedWidget):
    """A table, or the words why there is none."""

    def __init__(self, table: FactTable, empty: EmptyState) -> None:
        super().__init__()
        self.table, self.empty = table, empty
        self.addWidget(empty)
        self.addWidget(table)

    def show_rows(self, found: Sequence[Row]) -> None:
        self.table.show_rows(found)
        self.setCurrentWidget(self.table if found else self.empty)

    def tell(self, icon: str, title: str, note: str = "") -> None:
        self.empty.tell(icon, title, note)
        self.setCurrentWidget(self.empty)


class LookingPanel(Panel):
    """Three leaves; the examination brings its own to the front."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._room = room
        self._scope = TaskScope(self)
        self.title.hide()
        self.setAccessibleName(self.tr("排查"))
        self.leaves = self._make_leaves()
        self._stack = QStackedWidget()
        for leaf in self.leaves:
            self._stack.addWidget(leaf)
        self.buttons = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(4)
        names = (self.tr("沉默传感器"), self.tr("体检"), self.tr("审计"))
        for number, name in enumerate(names):
            button = QToolButton()
            button.setText(name)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setAccessibleName(name)
            self.buttons.addButton(button, number)
            line.addWidget(button)
        self.head.insertLayout(0, line)
        self.body.addWidget(self._stack)
        self.buttons.idClicked.connect(self.show_leaf)
        self.show_leaf(SILENT)
        room.session.changed.connect(self._forget_audit)

    def _make_leaves(self) -> tuple[_Leaf, ...]:
        quiet = EmptyState(
            "check-circle-outline.svg",
            self.tr("没有沉默的传感器"),
            self.tr("3 个周期没有上报的传感器会列在这里"),
        )
        never = EmptyState(
            "wrench-outline.svg",
            self.tr("还没有体检"),
            self.tr("按右上角「体检」：逐项检查本机与平台，约 15 s"),
        )
        trail = EmptyState("timer-sand.svg", self.tr("正在核对审计链"))
        return (
            _Leaf(FactTable(self.tr("沉默传感器"), rows.silent_columns()), quiet),
            _Leaf(FactTable(self.tr("体检"), rows.finding_columns(), wraps=True), never),
            _Leaf(FactTable(self.tr("审计"), rows.audit_columns()), trail),
        )

    def show_leaf(self, number: int) -> None:
        self.buttons.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)
        self.head_note.setText("")
        if number == AUDIT:
            self._open_audit()

    def show_silent(self, found: Sequence[Row], count: int) -> None:
        self.leaves[SILENT].show_rows(found)
        name = self.tr("沉默传感器")
        self.buttons.button(SILENT).setText(f"{name} {count}" if count else name)

    def show_findings(self, found: tuple[Finding, ...]) -> None:
        self.leaves[FINDINGS].show_rows(rows.finding_rows(found))
        self.show_leaf(FINDINGS)
        counts = [
            f"{rows.verdict_word(verdict)} {sum(one.verdict is verdict for one in found)}"
            for verdict in (Verdict.FAILED, Verdict.WARNING, Verdict.SKIPPED, Verdict.OK)
        ]
        self.head_note.setText("  ".join(counts) + "  " + hh_mm_ss(self._room.clock.now()))

    # ---- audit --------------------------------------------------------------------------

    def _open_audit(self) -> None:
        leaf, user = self.leaves[AUDIT], self._room.session.user
        reason = rights.why_not(user.roles if user else (), Action.AUDIT_VIEW)
        if reason:
            leaf.tell("lock-outline.svg", reason, self.tr("审计记录照常保存，不受查看权限影响"))
            return
        leaf.tell("timer-sand.svg", self.tr("正在核对审计链"))
        self._scope.spawn(self._load_audit(), "audit")

    async def _load_audit(self) -> None:
        leaf = self.leaves[AUDIT]
        try:
            page = await self._room.questions.audit_page()
        except PlatformError as error:
            leaf.tell("alert-outline.svg", error.operator_text)
            return
        leaf.show_rows(rows.audit_rows(page.rows))
        if page.broken_seq is not None:
            words = self.tr("第 {0} 条起不可信：{1}；请备份配置目录后报告管理员").format(
                page.broken_seq, page.reason
            )
        else:
            words = self.tr("共 {0} 条，链完整；平台已知到第 {1} 条").format(
                page.count, page.anchored_seq
            )
        if self._stack.currentIndex() == AUDIT:
            self.head_note.setText(words)
            self.head_note.set_tone("text2" if page.broken_seq is None else "stale")

    def _forget_audit(self) -> None:
        """What one person may see is gone when another sits down."""
        self.leaves[AUDIT].show_rows(())
        if self._stack.currentIndex() == AUDIT:
            self.show_leaf(SILENT)
