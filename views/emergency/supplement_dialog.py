"""补派: who else goes by the level in force, whom nobody serves, and who is told besides."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from views.emergency.hold_bar import LOW_PX, HoldBar
from views.emergency.level_facts import Offer
from views.emergency.pair_words import level_words
from views.emergency.presenting import channel_counts, minutes_word
from widgets.dialog_window import DialogWindow
from widgets.fact_table import Cell, FactColumn, FactTable
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import STRONG_PX

_SIZE_PX = (720, 520)
_MOST_REASONS = 4


class SupplementDialog(DialogWindow):
    """Filled when the proposal is there; what is held is what stands in it."""

    held = Signal(object)  # Offer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("补派"))
        self._offer: Offer | None = None
        self.title = ElidedLabel(px=STRONG_PX, bold=True)
        self.title.setText(self.tr("正在按本级预案计算…"))
        columns = (
            FactColumn(self.tr("队伍"), 180),
            FactColumn(self.tr("任务"), 120),
            FactColumn(self.tr("点位")),
            FactColumn(self.tr("到场"), 88),
        )
        self.table = FactTable(self.tr("补派"), columns)
        self.lacking = PlainLabel(bold=True)
        self.lacking.setWordWrap(True)
        self.people = PlainLabel(tone="text2")
        self.people.setWordWrap(True)
        self.trouble = PlainLabel(tone="stale")
        self.trouble.setWordWrap(True)
        self.bar = HoldBar()
        self.bar.setFixedHeight(LOW_PX)
        self.bar.tell(self.tr("下达"), self.tr("正在计算"))
        self.bar.held.connect(self._on_held)
        cancel = QPushButton(self.tr("取消"))
        cancel.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.bar, 1)
        foot.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.table, 1)
        for part in (self.lacking, self.people, self.trouble):
            part.hide()
            column.addWidget(part)
        column.addLayout(foot)
        self.resize(*_SIZE_PX)
        self.bar.setFocus()

    @property
    def offer(self) -> Offer | None:
        return self._offer

    def show_offer(self, offer: Offer | None) -> None:
        """None: the plan is not known here."""
        self._offer = offer
        if offer is None:
            self.title.setText(self.tr("本机没有这份预案，不能按预案补派"))
            self.bar.tell(self.tr("下达"), self.tr("没有预案"))
            return
        level = level_words(offer.picture.incident.level)
        self.title.setText(self.tr("{0}预案要求、还没有派出的队伍").format(level))
        self.table.show_rows(_rows(offer))
        _put(self.lacking, "\n".join(_reasons(offer)))
        orders, messages = offer.supplement.orders, offer.supplement.messages
        words = self.tr("另通知：{0}").format(channel_counts(messages)) if messages else ""
        _put(self.people, words)
        self.bar.tell(*self._act_words(offer, len(orders), sum(len(one.to) for one in messages)))

    def _act_words(self, offer: Offer, orders: int, people: int) -> tuple[str, str]:
        if not offer.supplement.is_empty:
            words = self.tr("按住 2 秒 下达 {0} 道调度令，通知 {1} 人").format(orders, people)
            if offer.picture.incident.drill:
                words = self.tr("演练 ") + words
            return words, ""
        if offer.picture.needed:
            return self.tr("下达"), self.tr("没有可派的空闲队伍；请联系邻区支援")
        return self.tr("下达"), self.tr("本级预案要求的队伍都已派出")

    def tell(self, trouble: str, busy: str) -> None:
        _put(self.trouble, trouble)
        if busy:
            self.bar.tell_done(busy)
        elif self._offer is not None:
            self.show_offer(self._offer)

    def _on_held(self) -> None:
        self.held.emit(self._offer)


def _rows(offer: Offer) -> list[tuple[Cell, ...]]:
    def name(unit_id: str) -> str:
        crew = offer.crews.get(unit_id)
        return crew.name if crew is not None else unit_id

    return [
        (Cell(name(one.unit_id)), Cell(one.task, "text2"), Cell(one.place, tip=one.place),
         Cell(minutes_word(one.eta_min)))
        for one in offer.supplement.orders
    ]  # fmt: skip


def _reasons(offer: Offer) -> Iterable[str]:
    """Sites that nobody goes to, and why."""
    names = {one.site_id: one.name for one in offer.picture.gathered.sites}
    unserved = offer.proposal.unserved if offer.proposal is not None else ()
    for one in unserved[:_MOST_REASONS]:
        yield f"{names.get(one.site_id, one.site_id)} {one.reason}"
    if len(unserved) > _MOST_REASONS:
        yield f"… +{len(unserved) - _MOST_REASONS}"


def _put(label: PlainLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
