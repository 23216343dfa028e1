"""How far a message or call has come, in the words of the screen."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.domain.order_state import OrderCondition
from desktop.domain.outreach import (
    Outreach,
    Person,
    ReceiptState,
    furthest,
    has_failed,
    is_overdue,
)
from widgets.times import age_text, hh_mm_ss

translate = QCoreApplication.translate


class StageWords(NamedTuple):
    """Of one person: the state, since when, and whether it asks for the operator."""

    word: str
    since: datetime
    trouble: bool
    good: bool


def channel_word(outreach: Outreach) -> str:
    if not outreach.is_call:
        return translate("reach", "通知")
    return translate("reach", "组呼") if len(outreach.people) > 1 else translate("reach", "呼叫")


def receipt_word(state: ReceiptState) -> str:
    return {
        ReceiptState.DELIVERED: translate("reach", "已送达"),
        ReceiptState.READ: translate("reach", "已读"),
        ReceiptState.ACCEPTED: translate("reach", "已接单"),
        ReceiptState.DECLINED: translate("reach", "已拒绝"),
        ReceiptState.ON_SCENE: translate("reach", "已到场"),
        ReceiptState.DONE: translate("reach", "已办结"),
        ReceiptState.RINGING: translate("reach", "振铃中"),
        ReceiptState.CONNECTED: translate("reach", "通话中"),
        ReceiptState.UNANSWERED: translate("reach", "无人接听"),
        ReceiptState.ENDED: translate("reach", "已挂断"),
    }[state]


def stage_of(outreach: Outreach, person: Person) -> StageWords:
    """What is known of one person now."""
    receipt = furthest(outreach, person.person_id)
    if receipt is not None:
        bad = receipt.state in (ReceiptState.DECLINED, ReceiptState.UNANSWERED)
        good = receipt.state in (
            ReceiptState.ACCEPTED, ReceiptState.ON_SCENE, ReceiptState.DONE, ReceiptState.CONNECTED,
        )  # fmt: skip
        word = receipt_word(receipt.state)
        if bad and receipt.note:
            word = f"{word}：{receipt.note}"
        return StageWords(word, receipt.at, bad, good)
    if has_failed(outreach):
        word = translate("reach", "未发出")
        if outreach.refusal:
            word = translate("reach", "未发出：{0}").format(outreach.refusal)
        return StageWords(word, outreach.made_at, True, False)
    words = {
        OrderCondition.QUEUED: translate("reach", "待发送"),
        OrderCondition.SENT: translate("reach", "发送中"),
        OrderCondition.ACCEPTED: translate("reach", "呼叫中")
        if outreach.is_call
        else translate("reach", "已发送"),
    }
    return StageWords(words[outreach.condition], outreach.made_at, False, False)


def state_line(outreach: Outreach, person: Person, now: datetime) -> str:
    """`已接单 · 42 s 前`."""
    stage = stage_of(outreach, person)
    age = age_text((now - stage.since).total_seconds())
    if stage.trouble and has_failed(outreach):
        return stage.word
    return translate("reach", "{0} · {1} 前").format(stage.word, age)


def step_line(outreach: Outreach, person: Person) -> str:
    """`已发送 14:03:01 → 已送达 14:03:03 → 已接单 14:03:22`."""
    first = translate("reach", "拨出") if outreach.is_call else translate("reach", "已发送")
    steps = [(first, outreach.made_at)]
    steps += [
        (receipt_word(one.state), one.at)
        for one in outreach.receipts
        if one.unit_id == person.person_id
    ]
    return " → ".join(f"{word} {hh_mm_ss(at)}" for word, at in steps)


def overdue_line(outreach: Outreach, now: datetime) -> str:
    """Who has not answered, since when."""
    names = name_list(person.name for person in outreach.people)
    age = age_text((now - outreach.made_at).total_seconds())
    return translate("reach", "{0} 未接单，已过 {1}").format(names, age)


def name_list(names: Iterable[str], at_most: int = 3) -> str:
    known = list(names)
    shown = translate("reach", "、").join(known[:at_most])
    if len(known) > at_most:
        return translate("reach", "{0} 等 {1} 人").format(shown, len(known))
    return shown


def needs_next_step(outreach: Outreach, now: datetime, limit_s: float) -> bool:
    return is_overdue(outreach, now, limit_s) or has_failed(outreach)
