"""A whole link: sign-in, orders, registers, health, secrets."""

import json
import re
import stat

from desktop.domain.link_messages import (
    AlarmEvents,
    Answer,
    CatalogueChanged,
    LinkHealth,
    Order,
    OrderCondition,
    OrderState,
    PlatformState,
    Question,
    Readings,
    ServiceCondition,
    SessionState,
    SignIn,
    SignOut,
)
from local_db.cache import read_alarm_classes, read_cameras, read_layer, read_layers, read_points
from tests.integration.link.parts import LinkProcess, wait_for

SETTLED = (OrderCondition.ACCEPTED, OrderCondition.REFUSED, OrderCondition.EXPIRED)
SECRETS = re.compile(rb"right-secret|broker-secret-7|access-secret-1|refresh-secret-1")


def _order(order_id: str, number: int = 1) -> Order:
    return Order(order_id=order_id, verb="acknowledge", target_id=f"alarm-{number}")


def test_that_an_order_is_executed_once_though_its_answers_were_lost(desk):
    station = desk.signed_in()
    desk.platform.append(1)
    desk.platform.lose_replies = 1
    station.send(_order("O1"))
    state = station.expect(OrderState, lambda s: s.condition in SETTLED)
    assert state.condition is OrderCondition.ACCEPTED
    assert desk.platform.executed == [("O1", "alarm-1")]
    assert len([r for r in desk.platform.requests if "acknowledge" in r]) == 2
    station.send(_order("O2"))
    refused = station.expect(OrderState, lambda s: s.order_id == "O2" and s.condition in SETTLED)
    assert "已由 王敏 于" in refused.text


def test_that_an_order_survives_a_killed_link_and_is_executed_once(desk):
    station = desk.signed_in()
    desk.platform.append(1)
    desk.platform.lose_replies = 1000
    station.send(_order("O1"))
    wait_for(lambda: desk.platform.executed, 5.0, "the order has reached the platform")
    desk.link.kill()
    desk.platform.lose_replies = 0
    desk.link.start()
    state = desk.station().expect(OrderState, lambda s: s.condition in SETTLED)
    assert (state.order_id, state.condition) == ("O1", OrderCondition.ACCEPTED)
    assert desk.platform.executed == [("O1", "alarm-1")]


def test_that_an_order_that_gets_no_answer_in_time_expires(desk):
    station = desk.signed_in()
    desk.platform.append(1)
    desk.platform.down = True
    station.send(Order(order_id="O1", verb="acknowledge", target_id="alarm-1", ttl_s=1.0))
    state = station.expect(OrderState, lambda s: s.condition in SETTLED, 5.0)
    assert state.condition is OrderCondition.EXPIRED
    down = station.expect(LinkHealth, lambda h: h.rest.condition is ServiceCondition.DOWN)
    assert "平台内部故障" in down.rest.text
    desk.platform.down = False
    station.expect(LinkHealth, lambda h: h.outbox.expired == 1 and h.outbox.pending == 0)
    assert not desk.platform.executed


def test_that_registers_are_mirrored_and_a_wrong_row_costs_only_itself(desk):
    station = desk.signed_in()
    for name in ("cameras", "points", "alarm_classes", "layers"):
        station.expect(CatalogueChanged, lambda changed, name=name: changed.name == name)
    path = desk.profile / "cache.db"
    assert [camera.camera_id for camera in read_cameras(path)] == ["cam-0", "cam-1", "cam-2"]
    assert read_points(path)[0].name == "立交桥下"
    assert read_alarm_classes(path)[0].class_id == "water_level"
    assert list(read_layers(path)) == ["basemap"]
    assert json.loads(read_layer(path, "basemap") or b"")["type"] == "FeatureCollection"


def test_that_telemetry_reaches_the_station_and_one_that_comes_later(desk):
    station = desk.signed_in()
    publisher = desk.publisher()
    reading = {"at": "2026-07-14T16:42:30+08:00", "metrics": {"level_m": 0.42}}
    # Its own connection may still be on its way up: the topic is retained.
    publisher.raw("telemetry/water_level/wl-7", json.dumps(reading), qos=0, retain=True)
    got = station.expect(Readings, lambda message: bool(message.readings)).readings[0]
    assert (got.class_id, got.point_id, got.metrics) == ("water_level", "wl-7", {"level_m": 0.42})
    later = desk.station().expect(Readings, lambda message: bool(message.readings))
    assert later.readings == (got,)


def test_that_a_wrong_password_is_told_and_nothing_connects(desk):
    station = desk.station()
    assert station.expect(PlatformState, lambda state: True).standin is False
    station.send(SignIn(username="w", password="wrong-one"))
    state = station.expect(SessionState, lambda state: bool(state.refused))
    assert (state.user, "密码不对" in state.refused) == (None, True)
    health = station.expect(LinkHealth, lambda h: h.rest.condition is ServiceCondition.UP)
    assert health.mqtt.condition is ServiceCondition.UNKNOWN


def test_that_a_broker_that_refuses_the_password_is_named_and_the_alarms_still_come(desk):
    desk.broker.kill()
    desk.broker.forbid_everybody()
    desk.broker.start()
    station = desk.station()
    station.send(SignIn(username="w", password="right-secret"))
    health = station.expect(LinkHealth, lambda h: h.mqtt.condition is ServiceCondition.REFUSED)
    assert "用户名或密码" in health.mqtt.text
    desk.platform.append(1)
    station.expect(AlarmEvents, lambda batch: batch.backfilled)


def test_that_a_password_of_the_broker_that_expired_is_replaced_by_a_renewed_session(desk):
    station = desk.signed_in()
    station.forget()
    desk.broker.kill()
    desk.broker.admit_only("desk", "broker-secret-8")
    desk.platform.broker_password = "broker-secret-8"
    desk.broker.start()
    station.expect(LinkHealth, lambda h: h.mqtt.condition is ServiceCondition.UP, 25.0)
    assert "POST /auth/refresh" in desk.platform.requests
    station.forget()
    desk.publisher("desk", "broker-secret-8").event(desk.platform.append(1))
    station.expect(AlarmEvents, lambda batch: not batch.backfilled)


def test_that_signing_out_ends_the_line_to_the_broker(desk):
    station = desk.signed_in()
    station.forget()
    station.send(SignOut())
    station.expect(SessionState, lambda state: state.user is None and not state.refused)
    station.expect(LinkHealth, lambda h: h.mqtt.condition is ServiceCondition.UNKNOWN)


def test_that_no_secret_and_no_readable_file_is_left_and_eof_ends_the_link(desk):
    station = desk.signed_in()
    desk.publisher().event(desk.platform.append(1))
    station.expect(AlarmEvents, lambda batch: True)
    paths = list(desk.profile.rglob("*"))
    files = [path for path in paths if path.is_file()]
    assert files and [path for path in files if SECRETS.search(path.read_bytes())] == []
    private = [path for path in paths if path.suffix in (".db", ".sock", ".log")]
    assert {".db", ".sock"} <= {path.suffix for path in private}
    assert [path for path in private if stat.S_IMODE(path.stat().st_mode) != 0o600] == []
    assert desk.link.stop() == 0


def test_that_a_link_that_cannot_work_stays_and_tells_the_station_why(desk):
    desk.signed_in()
    assert desk.link.stop() == 0
    (desk.profile / "settings.toml").write_text("tile_count = 99", "utf-8")
    desk.link.start("--stay")
    station = desk.station()
    health = station.expect(LinkHealth, lambda h: h.rest.condition is ServiceCondition.DOWN)
    assert "tile_count" in health.rest.text and "tile_count" in health.mqtt.text
    station.send(SignIn(username="w", password="right-secret"))
    assert "tile_count" in station.expect(SessionState, lambda state: True).refused
    station.send(_order("O1"))
    assert station.expect(OrderState, lambda state: True).condition is OrderCondition.REFUSED
    station.send(Question(request_id="q", name="live"))
    assert "tile_count" in station.expect(Answer, lambda answer: True).error
    assert desk.link.stop() == 0


def test_that_a_second_link_of_the_profile_gives_up_with_a_reason(desk):
    desk.signed_in()
    second = LinkProcess(desk.profile, desk.platform.url)
    assert second.process is not None
    assert second.process.wait(timeout=10.0) == 2
    second.kill()
