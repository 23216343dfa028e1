"""What becomes of a message to a person: order, receipts, and when it is the operator's again."""

from datetime import timedelta

import msgspec
import pytest

from desktop.domain.order_state import OrderCondition
from desktop.domain.outreach import (
    CALL,
    MOST_PEOPLE,
    SEND,
    Channel,
    Draft,
    Person,
    Receipt,
    ReceiptState,
    body_of,
    furthest,
    is_call_over,
    is_overdue,
    is_taken,
    outreach_of,
    task_text,
    wire_body,
    with_receipts,
)
from tests.samples import at, outreach

PEOPLE = (Person("R-1", "手台 1"), Person("owner:MH-7", "赵福磊"))


def test_that_a_draft_is_read_back_from_the_order_it_became():
    draft = Draft(people=PEOPLE, channel=Channel.RADIO, text="请回复", about="A-1", drill=True)
    body = body_of(draft, "李卫东")
    again = outreach_of("O", SEND, body, at(), OrderCondition.SENT)
    assert (again.people, again.channel, again.text, again.about, again.by, again.drill) == (
        PEOPLE, Channel.RADIO, "请回复", "A-1", "李卫东", True,
    )  # fmt: skip


def test_that_the_platform_gets_what_the_contract_names_and_no_names():
    body = body_of(Draft(people=PEOPLE, text="请回复", incident_id="I-1"), "李卫东")
    assert wire_body(SEND, body) == {
        "to": ["R-1", "owner:MH-7"], "channel": "handset", "text": "请回复", "drill": False,
        "incident_id": "I-1",
    }  # fmt: skip
    assert "text" not in wire_body(CALL, body)


@pytest.mark.parametrize("count", [0, MOST_PEOPLE + 1])
def test_that_nobody_and_a_crowd_are_refused(count: int):
    people = tuple(Person(f"R-{n}", "") for n in range(count))
    with pytest.raises(ValueError):
        body_of(Draft(people=people), "")


def test_that_receipts_that_overtake_each_other_still_tell_the_furthest_step():
    late = outreach("O", "accepted", "delivered")
    assert furthest(late, "owner:MH-000001").state is ReceiptState.ACCEPTED
    assert is_taken(late)


def test_that_a_receipt_told_twice_is_one_and_one_of_a_stranger_is_none():
    sent = outreach("O", "delivered")
    again = msgspec.structs.replace(sent.receipts[0], at=at(99))
    stranger = Receipt(unit_id="R-9", state=ReceiptState.ACCEPTED, at=at(3))
    assert with_receipts(sent, [again, stranger]) == sent


@pytest.mark.parametrize(
    ("states", "after_s", "overdue"),
    [
        ((), 299, False),
        ((), 300, True),
        (("delivered", "read"), 300, True),
        (("delivered", "accepted"), 900, False),
        (("delivered", "declined"), 5, True),
        (("delivered", "read", "accepted", "on_scene"), 900, False),
    ],
)
def test_when_a_message_is_the_operators_matter_again(states, after_s, overdue):
    now = at() + timedelta(seconds=after_s)
    assert is_overdue(outreach("O", *states), now, 300.0) is overdue


def test_that_a_message_that_was_never_sent_is_not_waited_for():
    refused = outreach("O", condition=OrderCondition.REFUSED)
    assert not is_overdue(refused, at(9000), 300.0)


@pytest.mark.parametrize(
    ("states", "over"),
    [((), False), (("ringing", "connected"), False), (("ringing", "unanswered"), True),
     (("ringing", "connected", "ended"), True)],
)  # fmt: skip
def test_when_a_call_is_over(states, over):
    assert is_call_over(outreach("O", *states, verb=CALL)) is over


def test_that_a_task_says_what_where_and_what_is_asked():
    text = task_text("井盖移位", "人民路 28 号雨水井", "JG-000551")
    assert text == "【井盖移位】人民路 28 号雨水井（JG-000551）。请立即到场处置，到场后回执。"
