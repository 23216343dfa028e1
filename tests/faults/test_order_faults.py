"""Orders whose answer, sender or platform is lost: executed exactly once, or visibly not at all."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.faults import invariants
from tests.faults.http_faults import HoldsReply, HoldsRequest, HttpFaults, LosesReply, Says
from tests.faults.proxy import ChaosProxy, LimitData, Way
from tests.faults.rig import City, Desk, seconds, wait_for

LIMIT_S = 45.0
ASKING = "已发出但没有得到答复，结果未知；正在用同一编号向平台查询，不会重复执行"
UNSENT = "未发出：平台一直不可用，命令已作废。如仍需要，请重新下达"


@pytest.fixture(scope="module")
def city(one_city: City) -> City:
    return one_city


@pytest.fixture(scope="module")
def gate(one_front: HttpFaults) -> Iterator[ChaosProxy]:
    """Between link and front: cut when the platform refuses connections."""
    with ChaosProxy(one_front.port) as gate:
        yield gate


@pytest.fixture(scope="module")
def one_desk(gate: ChaosProxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    url = f"http://127.0.0.1:{gate.port}/api/v1"
    with Desk(tmp_path_factory.mktemp("orders") / "desk", url) as desk:
        desk.sign_in()
        yield desk


@pytest.fixture
def front(one_front: HttpFaults) -> Iterator[HttpFaults]:
    yield one_front
    one_front.clear()


@pytest.fixture
def desk(one_desk: Desk, front: HttpFaults, gate: ChaosProxy) -> Iterator[Desk]:
    """With all lights green before."""
    invariants.normal_again(one_desk)
    yield one_desk
    front.clear()
    gate.clear()
    gate.up()


@pytest.fixture
def alarm_id(city: City, desk: Desk) -> str:
    alarm_id = city.raise_alarm(level="orange")["alarm_id"]
    desk.wait_shown(alarm_id)
    return alarm_id


def until(desk: Desk, order_id: str, *conditions: str, text: str = "") -> list[str]:
    def reached() -> list[str] | None:
        state = desk.order_states().get(order_id, ["", ""])
        return state if state[0] in conditions and text in state[1] else None

    try:
        return wait_for(reached, LIMIT_S, f"{conditions} {text}")
    except AssertionError:
        raise AssertionError(f"not {conditions}, {desk.order_states().get(order_id)}") from None


def times_executed(city: City, alarm_id: str) -> int:
    kinds = [e["kind"] for e in city.ledger("event") if e["alarm_id"] == alarm_id]
    return kinds.count("acknowledged")


def settled_once(city: City, desk: Desk, order_id: str, alarm_id: str) -> None:
    """I2, I1 and the alarm itself says it."""
    until(desk, order_id, "accepted")
    invariants.orders_executed_once(city, desk, [order_id])
    assert times_executed(city, alarm_id) == 1
    wait_for(lambda: "acked" in _state(desk, alarm_id), LIMIT_S, "the row has turned")


def settled_by_the_next_link(city: City, desk: Desk, order_id: str, alarm_id: str) -> float:
    """Seconds until all lights are green again."""
    desk.start_link()
    back_s = invariants.normal_again(desk)
    settled_once(city, desk, order_id, alarm_id)
    return back_s


def _state(desk: Desk, alarm_id: str) -> str:
    return desk.open_alarms().get(alarm_id, ["", 0, 0, ""])[3]


LOSSES: list[tuple[str, Callable[[HttpFaults, ChaosProxy], None]]] = [
    ("broken_off", lambda front, gate: front.on("/alarms", LosesReply(), method="POST")),
    ("limit_data", lambda front, gate: gate.add(LimitData(20), Way.DOWN)),
    ("502_after", lambda front, gate: front.on("/alarms", LostAs502(), method="POST")),
]


class LostAs502:
    """A gateway that gives up after the platform has done it."""

    async def play(self, forward: Any, writer: Any) -> int:
        await forward()
        return await Says(502).play(forward, writer)


@pytest.mark.gate
@pytest.mark.fault("28", "命令已发，答复丢失", promise="“结果未知 查询中”；按编号查清；只执行一次")
@pytest.mark.parametrize("lose", [case[1] for case in LOSSES], ids=[case[0] for case in LOSSES])
def test_that_a_lost_reply_is_asked_for_by_its_key(
    city, front, gate, desk, alarm_id, lose, measured
):
    lose(front, gate)
    order_id = desk.order("acknowledge", alarm_id, note="看到")
    until(desk, order_id, "sent", text=ASKING)
    wait_for(lambda: times_executed(city, alarm_id) == 1, LIMIT_S, "the platform has done it")
    front.clear()
    gate.clear()
    measured["resolved_s"] = seconds(
        lambda: desk.order_states().get(order_id, [""])[0] == "accepted", 15.0 * 3, "it is resolved"
    )
    settled_once(city, desk, order_id, alarm_id)
    keys = {entry["key"] for entry in city.ledger("order") if entry["target"] == alarm_id}
    assert keys == {order_id}


@pytest.mark.gate
@pytest.mark.fault("29", "链路 kill -9：写入待发与发送之间", promise="恰好一次")
def test_that_an_order_that_was_written_and_not_sent_is_sent_once_by_the_next_link(
    city, gate, desk, alarm_id, measured
):
    gate.down()
    order_id = desk.order("acknowledge", alarm_id, note="看到")
    until(desk, order_id, "queued")
    desk.kill_link()
    assert desk.outbox()[order_id]["state"] in ("queued", "sent")
    assert not [entry for entry in city.ledger("order") if entry["key"] == order_id]
    gate.up()
    measured["back_s"] = settled_by_the_next_link(city, desk, order_id, alarm_id)


@pytest.mark.fault("29", "链路 kill -9：请求在途", promise="恰好一次")
def test_that_an_order_that_was_under_way_is_sent_again_by_the_next_link(
    city, front, desk, alarm_id, measured
):
    stuck = HoldsRequest()
    front.on("/alarms", stuck, method="POST", times=1)
    order_id = desk.order("acknowledge", alarm_id, note="看到")
    assert stuck.arrived.wait(LIMIT_S)
    desk.kill_link()
    assert times_executed(city, alarm_id) == 0 and desk.outbox()[order_id]["state"] == "sent"
    measured["back_s"] = settled_by_the_next_link(city, desk, order_id, alarm_id)


@pytest.mark.gate
@pytest.mark.fault("29", "链路 kill -9：发送与答复之间", promise="恰好一次")
def test_that_an_order_that_was_done_unheard_is_not_done_again(
    city, front, desk, alarm_id, measured
):
    held = HoldsReply()
    front.on("/alarms", held, method="POST", times=1)
    order_id = desk.order("acknowledge", alarm_id, note="看到")
    assert held.done.wait(LIMIT_S)
    desk.kill_link()
    held.release()
    assert times_executed(city, alarm_id) == 1
    measured["back_s"] = settled_by_the_next_link(city, desk, order_id, alarm_id)
    asked = [entry for entry in city.ledger("order") if entry["key"] == order_id]
    assert len(asked) == 2  # asked again, answered from what was done


@pytest.mark.fault("30", "离线期间排队的应急命令", promise="过期作废，不自动送出，请值班员重下")
def test_that_an_order_that_waited_too_long_is_never_sent_by_itself(
    city, gate, desk, alarm_id, measured
):
    before = desk.lights()["outbox"]["expired"]
    gate.down()
    ttl_s = 4.0  # 120 s for an operator: the rule is the same
    order_id = desk.order("acknowledge", alarm_id, ttl_s=ttl_s, note="看到")
    measured["expired_s"] = seconds(
        lambda: desk.order_states().get(order_id, [""])[0] == "expired", ttl_s * 3, "it expires"
    )
    assert desk.order_states()[order_id] == ["expired", UNSENT]
    assert desk.lights()["outbox"] == {"pending": 0, "expired": before + 1}
    _never_sent(city, gate, desk, order_id, alarm_id)


@pytest.mark.gate
@pytest.mark.fault("30", "离线 10 min，链路也已停", promise="重启后过期作废，不自动送出")
def test_that_ten_minutes_of_a_dead_link_let_an_order_expire(city, gate, desk, alarm_id, measured):
    """Ten minutes pass for the order: its times in the outbox are set back while no link runs."""
    gate.down()
    order_id = desk.order("acknowledge", alarm_id, note="看到")
    until(desk, order_id, "queued")
    desk.kill_link()
    with closing(sqlite3.connect(desk.profile / "journal.db", timeout=10.0)) as db, db:
        changed = db.execute(
            "UPDATE outbox SET created_at = created_at - 600, expires_at = expires_at - 600 "
            "WHERE order_id = ?",
            (order_id,),
        )
        assert changed.rowcount == 1
    gate.up()
    desk.start_link()
    measured["back_s"] = invariants.normal_again(desk)
    until(desk, order_id, "expired", text="请重新下达")
    _never_sent(city, gate, desk, order_id, alarm_id)


def _never_sent(city: City, gate: ChaosProxy, desk: Desk, order_id: str, alarm_id: str) -> None:
    """Also not now that the platform is back; the operator's next order is."""
    gate.up()
    invariants.normal_again(desk)
    again = desk.order("acknowledge", alarm_id, note="重新下达")
    settled_once(city, desk, again, alarm_id)
    assert not [entry for entry in city.ledger("order") if entry["key"] == order_id]
    invariants.orders_executed_once(city, desk, [order_id, again])
