"""Registers, map and movement of the generated city, over real HTTP and a real broker."""

import queue
from typing import Any

import msgspec
import numpy as np
import pytest
from paho.mqtt.client import Client, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion

from desktop.domain.points import Reading
from desktop.standin.fleet import Position
from desktop.standin.generated.city_map import tile_of
from desktop.standin.generated.rows import Depot, Duty, Item, Org, Unit
from desktop.standin.generated.scale import SMALL


def every(standin, path: str, **params: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        page = standin.rest.get(path, params={"limit": 900, "cursor": cursor, **params})
        body = page.raise_for_status().json()
        rows += body["items"]
        cursor = body["next_cursor"]
    return rows


@pytest.mark.parametrize(
    ("path", "kind", "count"),
    [("/assets", Item, SMALL.items), ("/units", Unit, SMALL.units), ("/orgs", Org, 69),
     ("/depots", Depot, SMALL.subdistricts), ("/duty", Duty, 210)],
)  # fmt: skip
def test_that_registers_are_whole_and_decode_strictly(standin, granted, path, kind, count):
    rows = every(standin, path)
    assert len(msgspec.convert(rows, list[kind])) == count


@pytest.mark.parametrize(
    "path",
    ["/cameras", "/points", "/assets", "/assets?class_id=manhole&limit=50", "/orgs", "/districts",
     "/grids", "/depots", "/asset-classes", "/catalogue", "/alarm-classes", "/layers",
     "/layers/basemap", "/layers/flood_points", "/layers/streets", "/layers/closures",
     "/layers/basemap/cells/15/26997/13656"],
)  # fmt: skip
def test_that_what_did_not_change_is_not_sent_again(standin, granted, path: str):
    answer = standin.rest.get(path).raise_for_status()
    again = standin.rest.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_that_pages_have_tags_of_their_own(standin, granted):
    tags = {standin.rest.get("/assets", params={"limit": 100, "cursor": cursor}).headers["ETag"]
            for cursor in ("", "100", "200")}  # fmt: skip
    assert len(tags) == 3


def test_that_nothing_changed_since_now(standin, granted):
    for path in ("/cameras", "/points", "/assets"):
        late = standin.rest.get(path, params={"updated_since": "2100-01-01T00:00:00Z"}).json()
        early = standin.rest.get(path, params={"updated_since": "2000-01-01T00:00:00Z"}).json()
        assert late["items"] == [] and early["items"]
    units = standin.rest.get("/units", params={"updated_since": "2100-01-01T00:00:00Z"}).json()
    everybody = every(standin, "/units")
    newest = max(row["updated_at"] for row in everybody)
    news = standin.rest.get("/units", params={"updated_since": newest}).json()["items"]
    assert units["items"] == [] and len(news) < len(everybody) / 2
    assert "edge" not in everybody[0] and everybody[0]["shift"]
    refused = standin.rest.get("/assets", params={"updated_since": "2100-01-01T00:00:00"})
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_time")


def test_that_items_of_a_box_and_a_class_are_just_those(standin, granted):
    west, south, east, north = 116.58, 28.89, 116.62, 28.91
    box = f"{west},{south},{east},{north}"
    rows = every(standin, "/assets", class_id="manhole", bbox=box)
    whole = every(standin, "/assets")
    inside = [r["asset_id"] for r in whole if r["class_id"] == "manhole"
              and west <= r["lon"] <= east and south <= r["lat"] <= north]  # fmt: skip
    assert rows and [r["asset_id"] for r in rows] == inside
    for wrong in ("1,2,3", "a,b,c,d", "116.7,28.8,116.6,28.9"):
        assert standin.rest.get("/assets", params={"bbox": wrong}).status_code == 400
    assert standin.rest.get("/assets", params={"class_id": "x"}).json()["code"] == "no_such_class"


@pytest.mark.parametrize("cursor", ["x", "-1", "1e3", "٣"])
def test_that_a_foreign_cursor_is_refused(standin, granted, cursor: str):
    answer = standin.rest.get("/assets", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize(
    ("username", "listed", "owner"),
    [("zhangmin", False, 200), ("liweidong", True, 200), ("chenjianhua", True, 200),
     ("wangzhiyuan", False, 403), ("zhouyan", False, 403)],
)  # fmt: skip
def test_that_each_role_sees_the_numbers_it_may(standin, username: str, listed: bool, owner: int):
    standin.sign_in(username)
    try:
        unit, duty = (standin.rest.get(p).json()["items"][0] for p in ("/units", "/duty"))
        assert ["*" not in row["phone"] for row in (unit, duty)] == [listed, listed]
        item = standin.rest.get("/assets", params={"limit": 1}).json()["items"][0]
        assert item["owner"]["phone"][3:7] == "****"  # for everybody
        asked = standin.rest.get(f"/assets/{item['asset_id']}/owner")
        assert asked.status_code == owner
        if owner == 200:
            phone = asked.json()["phone"]
            assert phone.isdecimal() and f"{phone[:3]}****{phone[-4:]}" == item["owner"]["phone"]
            assert asked.headers["cache-control"] == "no-store"
    finally:
        standin.sign_in()


def test_that_an_item_without_an_owner_says_so(standin, granted):
    lamp = every(standin, "/assets", class_id="lamp_post")[0]
    assert lamp["owner"] is None
    answer = standin.rest.get(f"/assets/{lamp['asset_id']}/owner")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_owner")
    assert standin.rest.get("/assets/JG-999999").json()["code"] == "no_such_asset"


def test_that_the_duty_of_a_moment_is_that_shifts(standin, granted):
    at = "2026-07-01T03:00:00+08:00"
    rows = standin.rest.get("/duty", params={"at": at}).raise_for_status().json()["items"]
    assert {row["start"] for row in rows} == {"2026-06-30T20:00:00+08:00"}
    assert standin.rest.get("/duty", params={"at": "2026-07-01T03:00:00"}).status_code == 400


def test_that_cells_reach_the_map_and_others_are_404(standin, granted):
    x, y = tile_of(116.6, 28.9)
    cell = standin.rest.get(f"/layers/basemap/cells/15/{x}/{y}").raise_for_status().json()
    kinds = {feature["properties"]["kind"] for feature in cell["features"]}
    assert {"building", "road", "block"} <= kinds
    for wrong in (f"basemap/cells/14/{x}/{y}", f"grids/cells/15/{x}/{y}", "basemap/cells/15/-1/0"):
        assert standin.rest.get(f"/layers/{wrong}").status_code == 404


def test_that_every_point_with_a_metric_has_a_past(standin, granted):
    wanted: dict[str, tuple[str, str]] = {}
    for point in every(standin, "/points"):
        if point["metric"]:
            wanted.setdefault(point["class_id"], (point["point_id"], point["metric"]))
    now = standin.rest.get("/health").json()["time"]
    start = str(np.datetime64(now[:19]) - np.timedelta64(3600, "s")) + "Z"
    for point_id, metric in wanted.values():
        params = {"point_id": point_id, "metric": metric, "from": start, "to": now, "step": 120}
        rows = standin.rest.get("/series", params=params).raise_for_status().json()["items"]
        assert len(rows) >= 20 and all(row["metrics"][metric] >= 0 for row in rows), point_id


def test_that_units_and_instruments_speak_on_mqtt(standin, granted):
    mqtt = granted["mqtt"]
    heard: queue.Queue[Any] = queue.Queue()
    client = Client(CallbackAPIVersion.VERSION2, "t-registers", protocol=MQTTv5)
    client.username_pw_set(mqtt["username"], mqtt["password"])
    client.on_connect = lambda c, *_: c.subscribe(
        [("city/990100/position/#", 0), ("city/990100/telemetry/#", 0)]
    )
    client.on_message = lambda _c, _u, message: heard.put(message)
    client.connect(mqtt["host"], mqtt["port"])
    client.loop_start()
    kinds: set[str] = set()
    try:
        while not {"vehicle", "officer", "bridge", "gas", "street_light"} <= kinds:
            message = heard.get(timeout=15)
            _, _, what, kind, _ = message.topic.split("/")
            kinds.add(kind)
            if what == "position":
                position = msgspec.json.decode(message.payload, type=Position)
                assert abs(position.lon - 116.6) < 0.1 and position.state in ("idle", "busy")
                assert 0 < message.properties.MessageExpiryInterval <= 300
            else:
                msgspec.json.decode(message.payload, type=Reading)
    finally:
        client.disconnect()
        client.loop_stop()


def test_that_a_street_shut_by_hand_is_in_the_layer_until_it_is_opened(standin, granted):
    def layer() -> Any:
        return standin.rest.get("/layers/closures").raise_for_status()

    before = layer()
    known = {"edge_id": "E-00012", "closed": True, "reason": "塌陷抢修"}
    assert standin.control.post("/closures", json=known).status_code == 204
    after = layer()
    assert after.headers["ETag"] != before.headers["ETag"]
    shut = [f["properties"] for f in after.json()["features"]]
    (mine,) = [facts for facts in shut if facts["edge_id"] == "E-00012"]
    assert mine["reason"] == "塌陷抢修" and mine["since"]
    assert "E-00012" in [one["edge_id"] for one in
                         standin.control.get("/closures").json()["items"]]  # fmt: skip
    standin.control.post("/closures", json=known | {"closed": False})
    assert layer().json() == before.json()
    wrong = standin.control.post("/closures", json={"edge_id": "E-x"})
    assert wrong.status_code == 404 and wrong.json()["code"] == "no_such_edge"
