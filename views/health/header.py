"""The head of the health view: one sentence, and the examination."""

import asyncio
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.findings import Finding, failed
from desktop.domain.permissions import Action
from desktop.errors import OperatorError
from views.health.subsystems import Line
from widgets import rights
from widgets.command_button import CommandButton
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.status_light import LightCondition
from widgets.theme import TITLE_PX

_HEIGHT_PX = 56
_BAD = (LightCondition.DOWN, LightCondition.STALE)


class Header(QFrame):
    """`examined` carries what was found on this machine and on the platform."""

    examined = Signal(object)  # tuple[Finding, ...]

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.setProperty("ground", "1")
        self.setFixedHeight(_HEIGHT_PX)
        self.summary = ElidedLabel(tone="text2")
        self._reason = PlainLabel(tone="text2")
        self.button = CommandButton(self.tr("体检"), self._examine, parent=self)
        self.button.setToolTip(self.tr("逐项检查本机与平台，各给出处理办法；约 15 s，不影响值班"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(PlainLabel(self.tr("系统健康"), TITLE_PX, bold=True))
        row.addWidget(self.summary, 1)
        row.addWidget(self._reason)
        row.addWidget(self.button)
        room.session.changed.connect(self._tell_rights)
        self._tell_rights()

    def tell(self, lines: Sequence[Line]) -> None:
        bad = [line for line in lines if line.condition in _BAD]
        unknown = [line.name for line in lines if line.condition is LightCondition.WAITING]
        if bad:
            words = self.tr("，").join(f"{line.name} {line.word}" for line in bad)
            self.summary.setText(self.tr("{0} 项要处理：{1}").format(len(bad), words))
        elif unknown:
            names = self.tr("、").join(unknown)
            self.summary.setText(self.tr("没有故障；{0} 未就绪").format(names))
        else:
            self.summary.setText(self.tr("各子系统正常"))
        self.summary.set_tone("stale" if bad else "text2")

    def _tell_rights(self) -> None:
        user = self._room.session.user
        reason = rights.why_not(user.roles, Action.DOCTOR_RUN) if user else ""
        self._reason.setText(reason)
        self.button.offer(not reason)

    async def _examine(self) -> None:
        self.button.setText(self.tr("体检中…"))
        try:
            questions = self._room.questions
            parts = await asyncio.gather(
                _findings(questions.examine_machine(), self.tr("本机")),
                _findings(questions.examine_platform(), self.tr("平台")),
            )
        finally:
            self.button.setText(self.tr("体检"))
        found = tuple(finding for part in parts for finding in part)
        broken = sum(finding.verdict.value == "failed" for finding in found)
        reason = self.tr("故障 {0} / {1} 项").format(broken, len(found))
        self._room.audit.note(Action.DOCTOR_RUN, self.tr("本机与平台"), reason=reason)
        self.examined.emit(found)


async def _findings(report: Any, part: str) -> tuple[Finding, ...]:
    try:
        return (await report).findings
    except OperatorError as error:
        what, _, fix = error.operator_text.partition("；")
        return (failed(part, what, fix),)
