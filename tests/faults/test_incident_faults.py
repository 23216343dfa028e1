"""Activations on a bad day: each is carried out exactly once, or ends where its giver sees it."""

import asyncio
import random
import threading
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from desktop.domain.emergency.incidents import ADD_ORDERS, STAND_DOWN
from desktop.domain.emergency.incidents import APPROVE as SIGN
from tests.faults import emergency, invariants
from tests.faults.emergency import LEADER, LIMIT_S, OFFICER, Emergency, until
from tests.faults.http_faults import Forward, HoldsReply, HoldsRequest, HttpFaults, LosesReply
from tests.faults.proxy import ChaosProxy
from tests.faults.rig import City, Desk, seconds, wait_for

SEEDS, KILLS = range(4), 9  # 36 kills
ASKING = "正在用同一编号向平台查询，不会重复执行"
UNSENT = "启动响应已作废，未执行，也不会自动补发；草案还在，请核对现场后重新启动"
TTL_S = 4.0  # 30 s for an operator: the rule is the same


@pytest.fixture(scope="module")
def city(one_city: City) -> City:
    return one_city


@pytest.fixture(scope="module")
def gate(one_front: HttpFaults) -> Iterator[ChaosProxy]:
    """Between the officer's link and the front: cut when the platform refuses connections."""
    with ChaosProxy(one_front.port) as gate:
        yield gate


@pytest.fixture(scope="module")
def seats(
    city: City, gate: ChaosProxy, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, Desk]]:
    """The officer behind gate and front, the leader at another seat with an own way."""
    folder = tmp_path_factory.mktemp("seats")
    url = f"http://127.0.0.1:{gate.port}/api/v1"
    with (
        Desk(folder / "a", url, seat_id="seat-a") as officer,
        Desk(folder / "b", city.url, seat_id="seat-b") as leader,
    ):
        officer.sign_in(OFFICER)
        leader.sign_in(LEADER)
        yield officer, leader


@pytest.fixture(scope="module")
def acts(city: City) -> Emergency:
    return Emergency(city)


@pytest.fixture
def front(one_front: HttpFaults) -> Iterator[HttpFaults]:
    yield one_front
    one_front.clear()


@pytest.fixture
def desk(seats: tuple[Desk, Desk], front: HttpFaults, gate: ChaosProxy) -> Iterator[Desk]:
    """The officer's, with all lights green before."""
    invariants.normal_again(seats[0])
    yield seats[0]
    front.clear()
    gate.clear()
    gate.up()


@pytest.fixture
def leader(seats: tuple[Desk, Desk]) -> Desk:
    invariants.normal_again(seats[1])
    return seats[1]


def once(acts: Emergency, desk: Desk, order_id: str, body: dict[str, Any]) -> None:
    """It was accepted, every crew has one order, and there is one incident."""
    until(desk, order_id, "accepted")
    sent = acts.sent(order_id)
    assert len(sent) == len(body["orders"]) and set(sent.values()) == {1}, sent
    assert len(acts.of(body)) == 1
    assert acts.known_at(desk, body) == acts.of(body)[0]["incident_id"]


def never(acts: Emergency, order_id: str, body: dict[str, Any]) -> None:
    assert not acts.sent(order_id) and not acts.of(body)


@pytest.mark.gate
@pytest.mark.fault("49a", "启动响应已发，答复丢失", promise="“结果未知”；按编号查清；只执行一次")
def test_that_a_lost_answer_to_an_activation_is_asked_for_by_its_key(front, desk, acts, measured):
    front.on("/incidents", LosesReply(), method="POST")
    body = acts.draft(crews=3)
    order_id = acts.activate(desk, body)
    until(desk, order_id, "sent", text=ASKING)
    wait_for(lambda: acts.sent(order_id), LIMIT_S, "the platform has done it")
    front.clear()
    measured["resolved_s"] = seconds(
        lambda: desk.order_states()[order_id][0] == "accepted", 45.0, "it is resolved"
    )
    once(acts, desk, order_id, body)
    assert len(acts.posts(order_id)) > 1


@pytest.mark.gate
@pytest.mark.fault("49b", "复核与答复之间平台断开，超过时限", promise="不再补发，只查询；执行一次")
def test_that_what_was_done_before_the_platform_went_away_is_read_when_it_is_back(
    front, gate, desk, acts, measured
):
    held = HoldsReply()
    front.on("/incidents", held, method="POST", times=1)
    body = acts.draft(crews=2)
    order_id = acts.activate(desk, body, TTL_S)
    assert held.done.wait(LIMIT_S)
    gate.down()
    held.release()
    until(desk, order_id, "sent", text=ASKING)
    threading.Event().wait(TTL_S + 1.0)  # its time is over
    asked = len(acts.posts(order_id))
    gate.up()
    measured["resolved_s"] = seconds(
        lambda: desk.order_states()[order_id][0] == "accepted", 45.0, "it is resolved"
    )
    once(acts, desk, order_id, body)
    assert len(acts.posts(order_id)) == asked  # it was read, not sent


@pytest.mark.gate
@pytest.mark.fault("49c", "平台断开期间启动响应", promise="过期作废，草案还在，不自动送出")
def test_that_an_activation_that_waited_too_long_never_fires_by_itself(gate, desk, acts, measured):
    gate.down()
    body = acts.draft()
    # the password was asked before the platform went away
    gate.up()
    assert desk.confirm(emergency.DRAFT) == ""
    gate.down()
    order_id = desk.incident("incident.activate", "", body, TTL_S)
    measured["expired_s"] = seconds(
        lambda: desk.order_states().get(order_id, [""])[0] == "expired", TTL_S * 3, "it expires"
    )
    assert UNSENT in desk.order_states()[order_id][1]
    gate.up()
    invariants.normal_again(desk)
    again = acts.activate(desk, body)
    once(acts, desk, again, body)
    assert not acts.posts(order_id) and not acts.sent(order_id)


class Delays:
    """The request lies on its way and reaches the platform when it is let go."""

    def __init__(self) -> None:
        self.arrived, self.go = threading.Event(), threading.Event()

    async def play(self, forward: Forward, writer: asyncio.StreamWriter) -> int:
        self.arrived.set()
        while not self.go.is_set():
            await asyncio.sleep(0.02)
        return (await forward()).status


@pytest.mark.fault("49d", "启动响应滞留在途中，过时才到平台", promise="平台不执行，席位明示作废")
def test_that_an_activation_that_comes_late_is_not_carried_out(front, desk, acts):
    late = Delays()
    front.on("/incidents", late, method="POST", times=1)
    body = acts.draft()
    order_id = acts.activate(desk, body, TTL_S)
    assert late.arrived.wait(LIMIT_S)
    desk.pause_link()  # it cannot try again in its time
    threading.Event().wait(TTL_S + 1.0)
    late.go.set()
    wait_for(lambda: acts.posts(order_id), LIMIT_S, "it has come to the platform")
    desk.resume_link()
    until(desk, order_id, "expired", text="未执行")
    assert acts.posts(order_id) == [410]
    never(acts, order_id, body)


MOMENTS: list[tuple[str, Callable[[HttpFaults, ChaosProxy], Callable[[], object]]]] = [
    ("queued", lambda front, gate: _cut(gate)),
    ("under_way", lambda front, gate: _held_before(front)),
    ("done_unheard", lambda front, gate: _held_after(front)),
]


def _cut(gate: ChaosProxy) -> Callable[[], object]:
    gate.down()
    return lambda: None


def _held_before(front: HttpFaults) -> Callable[[], object]:
    stuck = HoldsRequest()
    front.on("/incidents", stuck, method="POST", times=1)
    return lambda: stuck.arrived.wait(LIMIT_S)


def _held_after(front: HttpFaults) -> Callable[[], object]:
    held = HoldsReply()
    front.on("/incidents", held, method="POST", times=1)
    return lambda: held.done.wait(LIMIT_S)


@pytest.mark.gate
@pytest.mark.fault("49e", "链路 kill -9：启动响应的三个时刻", promise="恰好一次")
@pytest.mark.parametrize("strike", [one[1] for one in MOMENTS], ids=[one[0] for one in MOMENTS])
def test_that_an_activation_whose_link_dies_is_carried_out_once(
    front, gate, desk, acts, strike, measured
):
    body = acts.draft(crews=2)
    assert desk.confirm(emergency.DRAFT) == ""
    reached = strike(front, gate)
    order_id = desk.incident("incident.activate", "", body)
    until(desk, order_id, "queued", "sent")
    reached()
    desk.kill_link()
    gate.up()
    desk.start_link()
    measured["back_s"] = invariants.normal_again(desk)
    once(acts, desk, order_id, body)


@pytest.mark.gate
@pytest.mark.fault("49f", "两个席位对同一批告警启动响应", promise="一次生效，另一席说明是谁已启动")
def test_that_of_two_desks_one_activates_and_the_other_is_told_who(city, desk, acts, tmp_path):
    body = acts.draft()
    with Desk(tmp_path / "c", city.url, seat_id="seat-c") as other:
        other.sign_in("liweidong")
        mine, theirs = acts.activate(desk, body), acts.activate(other, body)
        ends = [until(desk, mine, *emergency.FINAL), until(other, theirs, *emergency.FINAL)]
        assert len(acts.of(body)) == 1
        assert sum(len(acts.sent(key)) for key in (mine, theirs)) <= 1
        assert sorted(end[0] for end in ends) == ["accepted", "refused"]
        refused = next(end[1] for end in ends if end[0] == "refused")
        assert "启动响应" in refused and "请并入那次响应" in refused


@pytest.mark.gate
@pytest.mark.fault("49g", "第二人复核迟到", promise="响应没有启动，什么也没有发出，双方都看到")
def test_that_a_signature_that_comes_late_starts_nothing(city, desk, leader, acts):
    city.control("/incidents", {"second_s": 1.0})
    try:
        body = acts.draft("II")
        order_id = acts.activate(desk, body)
        until(desk, order_id, "accepted")
        incident_id = acts.known_at(leader, body)
        assert leader.confirm(emergency.APPROVE) == ""
        expired = lambda at: at.incidents()[incident_id][3] == "expired"  # noqa: E731
        wait_for(lambda: expired(desk) and expired(leader), LIMIT_S, "both see that it is over")
        signed = leader.incident(SIGN, incident_id, {})
        assert "复核已超时" in until(leader, signed, "refused")[1]
        assert not acts.sent(order_id) and not acts.sent(signed)
    finally:
        city.control("/incidents", {"second_s": 0})


@pytest.mark.gate
@pytest.mark.fault("49h", "本人复核、无密码启动", promise="席位不放行，说明原因，什么也没有发出")
def test_that_nobody_signs_their_own_draft_and_nobody_starts_without_the_password(desk, acts):
    body = acts.draft("II")
    until(desk, desk.incident("incident.activate", "", body), "accepted")
    incident_id = acts.known_at(desk, body)
    assert desk.confirm(emergency.APPROVE) == ""
    signed = desk.incident(SIGN, incident_id, {})
    assert "另一人" in until(desk, signed, "refused")[1]
    bare = acts.draft()
    started = desk.incident("incident.activate", "", bare)
    assert "须再输入一次密码" in until(desk, started, "refused")[1]
    assert not acts.posts(signed) and not acts.posts(started)


# ---- seeded kills ----------------------------------------------------------------------------


class Blow(NamedTuple):
    """`after_s`: so long after the order was given."""

    step: str
    victim: str
    after_s: float


def plan(seed: int) -> list[Blow]:
    """Each step and each victim in turn, at a moment of chance."""
    chance = random.Random(f"incident {seed}")
    steps = ["activate", "activate", "draft", "approve", "approve", "orders", "stand-down"]
    return [
        Blow(chance.choice(steps), chance.choice(["link", "link", "station"]),
             round(chance.choice([0.0, chance.uniform(0.0, 0.08), chance.uniform(0.0, 0.6)]), 3))
        for _ in range(KILLS)
    ]  # fmt: skip


@pytest.mark.fault(
    "49i", "链路、窗口 kill -9：起草、复核、执行各步", promise="每次启动恰好执行一次，或明示结束"
)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.timeout(300)
def test_that_kills_at_every_step_lose_and_double_nothing(city, desk, leader, acts, seed, measured):
    ends: dict[str, int] = {}
    for blow in plan(seed):
        at, order_id, body = _begin(acts, desk, leader, blow)
        threading.Event().wait(blow.after_s)
        _kill(at, blow.victim)
        end = _end_of(at, order_id)
        ends[end] = ends.get(end, 0) + 1
        sent = acts.sent(order_id)
        assert all(count == 1 for count in sent.values()), (blow, sent)
        assert len(acts.of(body)) <= 1, blow
        carried = {200, 202} & {*acts.posts(order_id)}
        assert bool(carried) == (end == "accepted"), (blow, end, acts.posts(order_id))
        if blow.step in ("activate", "approve"):
            assert len(sent) == (len(body["orders"]) if carried else 0), (blow, end)
    for seat in (desk, leader):
        invariants.normal_again(seat)
        emergency.lists_agree(city, seat)
        emergency.journal_is_the_log(city, seat)
    measured["kills"] = KILLS
    measured |= {f"orders_{name}": count for name, count in ends.items()}


def _begin(
    acts: Emergency, officer: Desk, leader: Desk, blow: Blow
) -> tuple[Desk, str, dict[str, Any]]:
    """Everything up to the order that the blow is for; gives who gave it, its id and the draft."""
    two = blow.step in ("draft", "approve")
    body = acts.draft("II" if two else "III", crews=2)
    if blow.step in ("activate", "draft"):
        return officer, acts.activate(officer, body), body
    until(officer, acts.activate(officer, body), "accepted")
    if blow.step == "approve":
        incident_id = acts.known_at(leader, body)
        assert leader.confirm(emergency.APPROVE) == ""
        return leader, leader.incident(SIGN, incident_id, {}), body
    incident_id = acts.known_at(officer, body)
    if blow.step == "orders":
        more = {"orders": acts.draft(alarm_id=body["alarm_ids"][0])["orders"]}
        return officer, officer.incident(ADD_ORDERS, incident_id, more), body
    assert officer.confirm("incident.stand_down") == ""
    return officer, officer.incident(STAND_DOWN, incident_id, {"reason": "水已退"}), body


def _kill(desk: Desk, victim: str) -> None:
    if victim == "link":
        desk.kill_link()
        desk.start_link()
    else:
        desk.kill_station()
        desk.start_station()
    invariants.normal_again(desk)


def _end_of(desk: Desk, order_id: str) -> str:
    """How the order ended: in the outbox, or in words to a giver whose link never wrote it."""

    def ended() -> str | None:
        row = desk.outbox().get(order_id)
        if row is not None:
            return row["state"] if row["state"] in emergency.FINAL else None
        lives = desk.records()
        said = [line for life in lives for line in life if line.get("outcome", [""])[0] == order_id]
        died = any(line.get("given") == order_id for life in lives[:-1] for line in life)
        return "unwritten" if said or died else None

    return wait_for(ended, LIMIT_S, f"an end of {order_id}")
