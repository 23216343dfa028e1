"""Each step of a ladder goes once, by one seat, and can be held."""

from datetime import timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.alarms import Note
from desktop.domain.emergency import ladder
from desktop.domain.emergency.incidents import IncidentState, OrderState
from desktop.domain.emergency.ladder import StepState, marks_in
from desktop.domain.emergency.receipt_matrix import ReceiptMatrix
from desktop.domain.outreach import ReceiptState
from tests.incident_parts import LADDER, SEAT, SENT, incident, order, receipt

ONE = incident(orders=1, messages=0)
ORDER = ONE.orders[0]


def row_of(*receipts, of=ONE):
    matrix = ReceiptMatrix()
    matrix.show(of)
    matrix.take(ORDER.order_id, {ORDER.unit_id: receipts})
    return matrix.get(ORDER.order_id, ORDER.unit_id)


def steps(after_s, *receipts, texts=(), of=ONE, rungs=LADDER, failed=()):
    now = SENT + timedelta(seconds=after_s)
    return ladder.steps(
        of.orders[0], row_of(*receipts, of=of), of, rungs, marks_in(texts), now, marks_in(failed)
    )


def test_that_steps_fall_due_at_their_times():
    assert [s.state for s in steps(59)] == [StepState.COMING] * 3
    assert ladder.due(steps(59)) is None
    found = ladder.due(steps(61))
    assert found is not None and found.number == 1
    coming = ladder.coming(steps(59))
    assert coming is not None and coming.at == SENT + timedelta(seconds=60)


def test_that_a_step_whose_text_was_sent_goes_no_second_time():
    text = ladder.step_text(ORDER, 1, drill=False)
    assert ladder.due(steps(61, texts=(text,))) is None
    assert ladder.due(steps(61, texts=(ladder.step_text(order(5), 1, False),))) is not None


def test_that_of_several_overdue_steps_only_the_last_goes_and_none_before_it_later():
    found = ladder.due(steps(130))
    assert found is not None and found.number == 2
    after = steps(131, texts=(ladder.step_text(ORDER, 2, False),))
    assert [s.state for s in after] == [StepState.SKIPPED, StepState.DONE, StepState.COMING]
    assert ladder.due(after) is None


def test_that_a_step_that_nobody_carried_out_in_time_waits_for_a_hand():
    found = steps(60 + ladder.LATE_S + 1, rungs=LADDER[:1])
    assert ladder.due(found) is None
    shown = ladder.coming(found)
    assert shown is not None and shown.state is StepState.LATE


def test_that_what_the_platform_refused_is_sent_again_by_hand_only():
    text = ladder.step_text(ORDER, 1, drill=False)
    found = steps(61, failed=(text,))
    assert ladder.due(found) is None and found[0].state is StepState.LATE
    assert steps(62, failed=(text,), texts=(text,))[0].state is StepState.DONE


def test_that_an_acceptance_a_replacement_a_recall_and_the_end_stop_it():
    assert steps(500, receipt(ORDER.order_id, ORDER.unit_id, ReceiptState.ACCEPTED, 20)) == ()
    replaced = msgspec.structs.replace(ONE, orders=(*ONE.orders, order(9, replaces=ORDER.order_id)))
    assert steps(500, of=replaced) == ()
    recalled = msgspec.structs.replace(ONE, orders=(order(0, state=OrderState.RECALLED),))
    assert steps(500, of=recalled) == ()
    for state in set(IncidentState) - {IncidentState.ACTIVE}:
        assert steps(500, of=msgspec.structs.replace(ONE, state=state)) == ()


def test_that_who_declined_is_not_asked_again_but_the_others_are():
    found = steps(70, receipt(ORDER.order_id, ORDER.unit_id, ReceiptState.DECLINED, 20))
    assert [s.number for s in found] == [2, 3]


def test_that_a_hold_stands_in_the_notes_for_every_desk_until_it_is_taken_back():
    stop = Note("张敏", SENT + timedelta(seconds=10), ladder.hold_note(ORDER.order_id, True))
    on = Note("张敏", SENT + timedelta(seconds=20), ladder.hold_note(ORDER.order_id, False))
    held = msgspec.structs.replace(ONE, notes=(stop,))
    assert ladder.due(steps(61, of=held)) is None
    shown = ladder.coming(steps(61, of=held))
    assert shown is not None and shown.state is StepState.HELD
    again = msgspec.structs.replace(ONE, notes=(stop, on))
    assert ladder.due(steps(61, of=again)) is not None


def test_that_one_seat_alone_climbs():
    assert ladder.carries_out(ONE, SEAT)
    assert not ladder.carries_out(ONE, "seat-2")
    ended = msgspec.structs.replace(ONE, state=IncidentState.STANDING_DOWN)
    assert not ladder.carries_out(ended, SEAT)


def test_that_a_drill_says_so_in_every_text():
    assert ladder.step_text(ORDER, 1, drill=True).startswith("【演练】")


@given(st.lists(st.integers(0, 600), max_size=40).map(sorted))
def test_that_no_step_goes_twice_however_often_a_desk_starts_anew(times):
    """Each look may be that of a new process: all it knows are the texts that were sent."""
    sent: list[str] = []
    for after in times:
        found = ladder.due(steps(after, texts=sent))
        if found is not None:
            assert after >= LADDER[found.number - 1].after_s
            sent.append(ladder.step_text(ORDER, found.number, False))
    assert len(sent) == len(set(sent))
