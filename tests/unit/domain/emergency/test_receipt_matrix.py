"""Who has answered what, whatever the order in which it came."""

import time
from datetime import timedelta
from itertools import permutations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.emergency.incidents import OrderState
from desktop.domain.emergency.receipt_matrix import (
    ReceiptMatrix,
    Standing,
    Totals,
    standing,
    tally,
)
from desktop.domain.outreach import Channel, Receipt, ReceiptState
from tests.incident_parts import SENT, incident, message, order, receipt

S = ReceiptState


def told(matrix: ReceiptMatrix, *receipts: Receipt) -> bool:
    by_order: dict[str, dict[str, list[Receipt]]] = {}
    for one in receipts:
        by_order.setdefault(one.order_id, {}).setdefault(one.unit_id, []).append(one)
    return any([matrix.take(order_id, people) for order_id, people in by_order.items()])


def shown(**changes: object) -> ReceiptMatrix:
    matrix = ReceiptMatrix()
    matrix.show(incident(**changes))
    return matrix


def test_that_a_later_step_counts_for_those_that_were_lost():
    matrix = shown(orders=2, messages=0)
    told(matrix, receipt("01KA000000", "T-0000", S.ON_SCENE, 300))
    assert matrix.totals == Totals(sent=2, delivered=1, read=1, accepted=1, silent=1, on_scene=1)


def test_that_who_declines_has_read_but_not_accepted_and_may_think_again():
    matrix = shown(orders=1, messages=0)
    steps = [receipt("01KA000000", "T-0000", S.DECLINED, 20, note="车辆故障")]
    told(matrix, *steps)
    row = matrix.get("01KA000000", "T-0000")
    assert row is not None and standing(row, SENT) is Standing.DECLINED
    assert matrix.totals == Totals(sent=1, delivered=1, read=1, declined=1)
    told(matrix, *steps, receipt("01KA000000", "T-0000", S.ACCEPTED, 60))
    row = matrix.get("01KA000000", "T-0000")
    assert row is not None and standing(row, SENT) is Standing.ACCEPTED
    assert matrix.totals == Totals(sent=1, delivered=1, read=1, accepted=1)


def test_that_who_accepts_and_then_declines_is_a_trouble():
    matrix = shown(orders=1, messages=0)
    told(matrix, receipt("01KA000000", "T-0000", S.ACCEPTED, 20),
         receipt("01KA000000", "T-0000", S.DECLINED, 60))  # fmt: skip
    assert matrix.ordered(SENT)[0][0] is Standing.DECLINED
    assert matrix.totals.accepted == 0 and matrix.totals.declined == 1


def test_that_silence_becomes_a_trouble_at_its_limit():
    matrix = shown(orders=2, messages=0)
    told(matrix, receipt("01KA000000", "T-0000", S.READ, 3))
    at = {after: [found for found, _ in matrix.ordered(SENT + timedelta(seconds=after), 60)]
          for after in (29, 31, 59, 61)}  # fmt: skip
    assert at[29] == [Standing.WAITING, Standing.WAITING]
    assert at[31] == [Standing.UNDELIVERED, Standing.WAITING]
    assert at[59] == [Standing.UNDELIVERED, Standing.WAITING]
    assert at[61] == [Standing.SILENT, Standing.UNDELIVERED]


def test_that_troubles_come_first_and_the_rest_keeps_its_order():
    matrix = shown(orders=6, messages=0)
    told(matrix, receipt("01KA000004", "T-0004", S.DECLINED, 5),
         receipt("01KA000001", "T-0001", S.DONE, 9),
         receipt("01KA000000", "T-0000", S.ACCEPTED, 7))  # fmt: skip
    names = [row.order_id[-1] for _, row in matrix.ordered(SENT)]
    assert names == ["4", "0", "1", "2", "3", "5"]


def test_that_a_replaced_order_counts_no_more_and_goes_last():
    one = incident(orders=2, messages=0)
    second = order(7, replaces="01KA000000")
    matrix = ReceiptMatrix()
    matrix.show(one)
    assert matrix.totals.sent == 2
    matrix.show(msgspec.structs.replace(one, orders=(*one.orders, second), seq=8))
    assert matrix.totals.sent == 2
    last = matrix.ordered(SENT)[-1]
    assert last[0] is Standing.REPLACED and last[1].replaced_by == second.unit_name


def test_that_receipts_stay_when_the_incident_comes_anew():
    matrix = shown(orders=2, messages=1)
    told(matrix, receipt("01KA000001", "T-0001", S.ACCEPTED, 5))
    matrix.show(incident(orders=2, messages=1, seq=9))
    assert matrix.totals.accepted == 1
    assert matrix.totals_of(crews=True).sent == 2 and matrix.totals_of(crews=False).sent == 3


def test_that_recalled_orders_say_how_far_the_recall_is():
    states = (OrderState.RECALLED, OrderState.RECALL_UNREAD, OrderState.HELD)
    made = tuple(order(n, state=state) for n, state in enumerate(states))
    matrix = ReceiptMatrix()
    matrix.show(msgspec.structs.replace(incident(messages=0), orders=made))
    found = [one for one, _ in matrix.ordered(SENT)]
    assert found == [Standing.RECALL_UNREAD, Standing.HELD, Standing.RECALLED]
    assert matrix.totals == Totals(sent=2)  # nobody waits for an answer
    told(matrix, receipt("01KA000000", "T-0000", S.ACCEPTED, 5))
    assert matrix.totals == Totals(sent=2, delivered=1, read=1, accepted=1)


def test_that_a_drill_without_times_of_sending_runs_from_the_activation():
    made = tuple(order(n, state=OrderState.BLOCKED, sent_at=None) for n in range(1))
    one = incident(messages=0, drill=True)
    matrix = ReceiptMatrix()
    matrix.show(msgspec.structs.replace(one, orders=made))
    assert matrix.ordered(SENT + timedelta(seconds=40))[0][0] is Standing.UNDELIVERED


def test_that_a_message_with_fewer_names_than_people_still_has_a_row_for_each():
    one = incident(orders=0, messages=0)
    matrix = ReceiptMatrix()
    matrix.show(msgspec.structs.replace(one, messages=(message(0, names=("甲",)),)))
    assert [row.name for row in matrix.rows] == ["甲", "P-0-1", "P-0-2"]


def test_that_a_text_is_done_when_it_has_come_and_a_handset_when_it_was_read():
    made = tuple(
        message(n, 1, channel=channel)
        for n, channel in enumerate((Channel.SMS, Channel.HANDSET, Channel.VOICE))
    )
    matrix = ReceiptMatrix()
    matrix.show(msgspec.structs.replace(incident(orders=0, messages=0), messages=made))
    told(matrix, *[receipt(one.order_id, one.to[0], S.DELIVERED, 2) for one in made])
    late = SENT + timedelta(minutes=9)
    assert [row.name[-3] for found, row in matrix.ordered(late) if found.is_trouble] == ["1", "2"]
    told(matrix, receipt(made[2].order_id, made[2].to[0], S.CONNECTED, 9))
    assert [row.is_informed for row in matrix.rows] == [True, False, True]
    assert matrix.totals.silent == 1


STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([S.DELIVERED, S.READ, S.ACCEPTED, S.DECLINED,
                                                  S.ON_SCENE, S.DONE]), st.integers(0, 500)),
    max_size=12, unique_by=lambda one: (one[0], one[1]),
)  # fmt: skip


@given(STEPS)
def test_that_totals_kept_by_steps_are_those_counted_anew(steps):
    matrix = shown(orders=4, messages=0)
    sofar: list[Receipt] = []
    for number, state, after in steps:
        sofar.append(receipt(f"01KA{number:06d}", f"T-{number:04d}", state, after))
        told(matrix, *sofar)
    counted = Totals()
    for row in matrix.rows:
        counted = counted.plus(tally(row))
    assert matrix.totals == counted
    assert counted.sent == counted.accepted + counted.declined + counted.silent
    assert counted.done <= counted.on_scene <= counted.accepted <= counted.read


def test_that_the_order_in_which_receipts_come_does_not_matter():
    steps = [receipt("01KA000000", "T-0000", s, n) for n, s in
             enumerate((S.DELIVERED, S.READ, S.ACCEPTED, S.ON_SCENE))]  # fmt: skip
    ends = set()
    for way in permutations(steps):
        matrix = shown(orders=1, messages=0)
        for count in range(1, 5):
            told(matrix, *way[:count])
        ends.add((matrix.totals, matrix.ordered(SENT)[0][0]))
    assert len(ends) == 1


def test_that_ten_thousand_receipts_cost_milliseconds():
    people = 2_000
    one = incident(orders=0, messages=0)
    made = tuple(message(n, people=50) for n in range(people // 50))
    matrix = ReceiptMatrix()
    matrix.show(msgspec.structs.replace(one, messages=made))
    known: dict[str, dict[str, tuple[Receipt, ...]]] = {m.order_id: {} for m in made}
    spent_s = 0.0
    for step in (S.DELIVERED, S.READ, S.ACCEPTED, S.ON_SCENE, S.DONE):
        for m in made:
            for person in m.to:
                before = known[m.order_id].get(person, ())
                known[m.order_id][person] = (*before, receipt(m.order_id, person, step, 1))
            began = time.perf_counter()
            matrix.take(m.order_id, known[m.order_id])
            spent_s += time.perf_counter() - began
    assert matrix.totals.done == people
    assert spent_s < 1.0  # 0.1 s on a quiet machine


def test_that_what_has_not_changed_is_the_same_pair_and_troubles_move_as_they_come():
    matrix = shown(orders=4, messages=1)
    before = matrix.ordered(SENT + timedelta(seconds=5), 60)
    told(matrix, receipt("01KA000002", "T-0002", S.ACCEPTED, 6))
    after = matrix.ordered(SENT + timedelta(seconds=6), 60)
    changed = [n for n, one in enumerate(after) if one is not before[n]]
    assert changed == [2] and after[2][0] is Standing.ACCEPTED
    assert matrix.crews()["01KA000002"] is Standing.ACCEPTED
    late = matrix.ordered(SENT + timedelta(seconds=31), 60)
    assert [row.person_id for _, row in late[:3]] == ["T-0000", "T-0001", "T-0003"]
    back = matrix.ordered(SENT + timedelta(seconds=7), 60)
    assert [one[0] for one in back] == [one[0] for one in after]


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(
    (S.DELIVERED, S.READ, S.ACCEPTED, S.DECLINED, S.ON_SCENE, S.DONE)), st.integers(0, 90)),
    max_size=20), st.lists(st.integers(0, 200), min_size=1, max_size=6))  # fmt: skip
def test_that_the_kept_order_is_that_of_a_fresh_look(steps, times):
    """Whatever comes in whatever order, and whatever the clock does."""
    matrix, so_far = shown(orders=6, messages=1), {}
    for number, at_s in enumerate(times):
        for crew, state, after_s in steps[number :: len(times)]:
            order_id, unit_id = f"01KA{crew:06d}", f"T-{crew:04d}"
            known = so_far.setdefault(order_id, {}).get(unit_id, ())
            so_far[order_id][unit_id] = (*known, receipt(order_id, unit_id, state, after_s))
            matrix.take(order_id, so_far[order_id])
        now = SENT + timedelta(seconds=at_s)
        fresh = shown(orders=6, messages=1)
        for order_id, receipts in so_far.items():
            fresh.take(order_id, receipts)
        assert matrix.ordered(now, 60) == fresh.ordered(now, 60)
        assert matrix.totals == fresh.totals
        assert [found for found, _ in matrix.ordered(now, 60)] == [
            standing(row, now, 60) for _, row in matrix.ordered(now, 60)
        ]


def test_that_an_event_of_a_crew_leaves_thousands_of_people_as_they_are():
    matrix = ReceiptMatrix()
    one = incident(orders=2, messages=1)
    matrix.show(one)
    person = one.messages[0].to[0]
    told(matrix, receipt(one.messages[0].order_id, person, S.DELIVERED, 3))
    row = matrix.get(one.messages[0].order_id, person)
    moved = msgspec.structs.replace(one.orders[0], state=OrderState.DONE)
    matrix.show(msgspec.structs.replace(one, seq=8, orders=(moved, one.orders[1])))
    assert matrix.get(one.messages[0].order_id, person) is row
    assert matrix.totals_of(crews=False).delivered == 1 and matrix.totals_of(crews=True).sent == 2
    assert matrix.ordered(SENT)[0][0] in (Standing.WAITING, Standing.DONE)
