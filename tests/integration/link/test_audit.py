"""A whole link keeps the trail: what is ordered, refused, seen; its head goes to the platform."""

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import Request
from fastapi.responses import JSONResponse, Response

from desktop.domain.audit import AuditRow
from desktop.domain.link_messages import (
    Answer,
    Audited,
    AuditKept,
    Confirm,
    Order,
    OrderCondition,
    OrderState,
    Question,
    SessionState,
    SignIn,
    SignOut,
)
from local_db.audit import read_rows, read_told, verify_file
from tests.integration.link import parts
from tests.integration.link.parts import wait_for

PASSWORD = "right-secret"


@pytest.fixture
def anchors(desk) -> list[dict[str, Any]]:
    """What the platform was told; it also takes the password again."""
    told: list[dict[str, Any]] = []
    app = desk.platform._server.config.app

    async def anchor(request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer access-secret-1":
            return JSONResponse({"title": "who"}, 401)
        told.append(await request.json())
        return Response(status_code=204)

    async def confirm(body: dict[str, str]) -> Response:
        if body["password"] != PASSWORD:
            return JSONResponse({"title": "wrong", "code": "bad_credentials"}, 401)
        return Response(status_code=204)

    async def logout() -> Response:
        return Response(status_code=204)

    app.add_api_route("/api/v1/audit/anchors", anchor, methods=["POST"])
    app.add_api_route("/api/v1/auth/confirm", confirm, methods=["POST"])
    app.add_api_route("/api/v1/auth/logout", logout, methods=["POST"])
    return told


def rows_of(desk, action: str, count: int = 1) -> list[AuditRow]:
    """Newest first, as soon as there are `count`."""
    path = desk.profile / "audit.db"

    def found() -> list[AuditRow] | None:
        rows = [row for row in read_rows(path, 1000) if row.action == action]
        return rows if len(rows) >= count else None

    return wait_for(found, 5.0, f"{count} rows {action}")


def order(verb: str, order_id: str, target: str = "alarm-1") -> Order:
    return Order(order_id=order_id, verb=verb, target_id=target)


def settled(station, order_id: str) -> OrderState:
    ends = (OrderCondition.ACCEPTED, OrderCondition.REFUSED, OrderCondition.EXPIRED)
    return station.expect(
        OrderState, lambda state: state.order_id == order_id and state.condition in ends
    )


def test_that_a_shift_is_in_the_trail_and_its_head_at_the_platform(desk, anchors):
    station = desk.station()
    station.send(SignIn(username="w", password="wrong"))
    station.expect(SessionState, lambda state: state.refused)
    station = desk.signed_in()
    desk.platform.append(1)
    station.send(order("acknowledge", "O1"))
    assert settled(station, "O1").condition is OrderCondition.ACCEPTED
    station.send(SignOut())
    station.expect(SessionState, lambda state: state.user is None)
    path = desk.profile / "audit.db"
    out = rows_of(desk, "session.sign_out")[0]
    told = lambda: anchors and anchors[-1]["seq"] >= out.seq  # noqa: E731
    wait_for(told, 5.0, "the head at sign-out is told")
    refused, signed_in = reversed(rows_of(desk, "session.sign_in", 2))
    assert (refused.target, refused.outcome) == ("w", "refused")
    assert (signed_in.user, signed_in.role, signed_in.seat) == ("u1", "operator", "seat-1")
    accepted, given = rows_of(desk, "alarm.acknowledge", 2)
    assert (given.outcome, accepted.outcome) == ("given", "accepted")
    assert (accepted.user, accepted.target) == ("u1", "alarm-1")
    assert out.user == "u1"
    assert anchors[-1]["hash"] == {r.seq: r.hash for r in read_rows(path, 99)}[anchors[-1]["seq"]]
    assert verify_file(path).broken_seq is None
    assert b"wrong" not in path.read_bytes() and PASSWORD.encode() not in path.read_bytes()


@pytest.mark.parametrize("verb", ["acknowledge", "shelve", "phone.reveal", "launch"])
def test_that_the_link_refuses_what_the_role_may_not_and_writes_it_down(
    desk, anchors, verb, monkeypatch
):
    monkeypatch.setitem(parts.USER, "roles", ["leader"])
    station = desk.signed_in()
    desk.platform.append(1)
    station.send(order(verb, "O1"))
    state = settled(station, "O1")
    assert state.condition is OrderCondition.REFUSED
    assert "无权" in state.text or "没有登记权限" in state.text
    assert not [request for request in desk.platform.requests if "alarm-1" in request]
    row = rows_of(desk, "launch" if verb == "launch" else f"alarm.{verb}"
                  if "." not in verb else verb)[0]  # fmt: skip
    assert (row.outcome, row.role, row.reason) == ("no_right", "leader", state.text)


def test_that_a_sensitive_order_needs_the_password_each_time(desk, anchors, monkeypatch):
    monkeypatch.setitem(parts.USER, "roles", ["duty_officer"])
    station = desk.signed_in()
    station.send(order("incident.approve", "O1", "inc-1"))
    assert "须再输入一次密码" in settled(station, "O1").text
    station.send(Confirm(request_id="C1", action="incident.approve", password="guess"))
    assert "密码不对" in station.expect(Answer, lambda a: a.request_id == "C1").error
    station.send(Confirm(request_id="C2", action="incident.approve", password=PASSWORD))
    assert station.expect(Answer, lambda a: a.request_id == "C2").error == ""
    station.send(order("incident.stand_down", "O2", "inc-1"))
    assert "须再输入一次密码" in settled(station, "O2").text  # it was for another order
    station.send(order("incident.approve", "O3", "inc-1"))
    assert "密码" not in settled(station, "O3").text  # past the password
    station.send(order("incident.approve", "O4", "inc-1"))
    assert "须再输入一次密码" in settled(station, "O4").text  # valid for one
    first, second = reversed(rows_of(desk, "auth.confirm", 2))
    assert (first.outcome, second.outcome) == ("refused", "done")


def test_that_three_wrong_passwords_close_the_way_for_a_minute(desk, anchors, monkeypatch):
    monkeypatch.setitem(parts.USER, "roles", ["admin"])
    station = desk.signed_in()
    for number in range(3):
        request_id = f"C{number}"
        station.send(Confirm(request_id=request_id, action="settings.change", password="guess"))
        station.expect(Answer, lambda a, r=request_id: a.request_id == r)
    station.send(Confirm(request_id="C9", action="settings.change", password=PASSWORD))
    assert "秒后再试" in station.expect(Answer, lambda a: a.request_id == "C9").error


def test_that_a_report_of_the_station_is_kept_once_and_confirmed(desk, anchors):
    station = desk.signed_in()
    report = Audited(
        entry_id="E1", at=datetime.now(UTC), action="video.live", target="cam-7", user="u1"
    )
    for _ in range(3):
        station.send(report)
        station.expect(AuditKept, lambda kept: "E1" in kept.entry_ids)
        station.forget()
    assert [row.target for row in rows_of(desk, "video.live")] == ["cam-7"]


def test_that_the_end_of_the_program_tells_the_head_as_it_is_then(desk, anchors):
    station = desk.signed_in()
    wait_for(lambda: anchors, 10, "the head at sign-in")
    report = Audited(entry_id="01J", at=datetime.now(UTC), action="video.live", target="cam-1")
    station.send(report)
    station.expect(AuditKept, lambda kept: "01J" in kept.entry_ids)
    assert desk.link.stop() == 0
    assert anchors[-1]["seq"] == len(read_rows(desk.profile / "audit.db", 1000))


def test_that_anchors_wait_while_the_platform_is_away(desk, anchors):
    path = desk.profile / "audit.db"
    station = desk.signed_in()
    wait_for(lambda: anchors, 5.0, "the anchor of the start")
    desk.platform.down = True
    station.send(Audited(entry_id="E1", at=datetime.now(UTC), action="screen.lock"))
    station.send(SignOut())
    wait_for(lambda: read_told(path).waiting, 5.0, "an anchor that waits")
    desk.platform.down = False
    desk.signed_in()
    wait_for(lambda: read_told(path).waiting == 0, 10.0, "it is told at the next sign-in")
    assert len(anchors) >= 2


def test_that_a_question_about_what_the_role_may_not_see_is_refused(desk, anchors, monkeypatch):
    monkeypatch.setitem(parts.USER, "roles", ["nobody"])
    station = desk.signed_in()
    station.send(Question(request_id="Q1", name="live", params={"camera_id": "cam-1"}))
    assert "管理员核对账号" in station.expect(Answer, lambda a: a.request_id == "Q1").error
    assert rows_of(desk, "video.live")[0].outcome == "no_right"


def test_that_a_locked_desk_is_opened_without_the_platform_and_a_wrong_password_is_not(
    desk, anchors
):
    station = desk.signed_in()
    desk.platform.down = True
    for request_id, action, password in (
        ("C1", "screen.lock", "guess"),
        ("C2", "screen.lock", PASSWORD),
        ("C3", "register.export", PASSWORD),
    ):
        station.send(Confirm(request_id=request_id, action=action, password=password))
        station.expect(Answer, lambda a, r=request_id: a.request_id == r)
    errors = {answer.request_id: answer.error for answer in station.of(Answer)}
    assert "密码不对" in errors["C1"]
    assert errors["C2"] == ""
    assert errors["C3"]  # an export waits for the platform
