"""Registers of a real HTTP platform in a real cache.db."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import msgspec

from desktop.domain.registers import RowFilter
from desktop.standin.plans import city_plans
from local_db import browse
from local_db.cache import (
    live_table,
    read_asset,
    read_duty,
    read_layer,
    read_layers,
    read_plans,
    read_states,
    read_tickets,
    read_units,
    read_versions,
)
from local_db.search import in_box, nearest, search
from tests.integration.registers.conftest import cover


def _count(path) -> int:
    return len(browse.keys(path, "assets", RowFilter()).numbers)


def _state(path, name):
    return next(state for state in read_states(path) if state.name == name)


def test_that_a_register_of_many_pages_is_mirrored_found_and_placed(platform, mirror):
    platform.rows["assets"] = [cover(n) for n in range(170)]
    platform.rows["asset_classes"] = [{"class_id": "manhole", "name": "井盖"}]
    assert mirror.fetch()
    assert _count(mirror.path) == 170
    asset = read_asset(mirror.path, "JG-0099")
    assert asset is not None and asset.owner is not None and asset.owner.name == "赵福磊"
    for text in ("人民路 99 号", "jg-0099", "0099", "人民路 井盖", "rml99hysj", "赵福磊"):
        assert "JG-0099" in [h.id for h in search(mirror.path, text, (), 200)], text
    (hit,) = search(mirror.path, "JG-0099")
    assert hit.subtitle == "JG-0099 · 井盖 · 赵福磊"
    assert nearest(mirror.path, "assets", 116.6 + 42.2e-4, 28.9, 2)[0].id == "JG-0042"
    assert len(in_box(mirror.path, "assets", (116.6, 28.8, 116.60095, 29.0))) == 10


def test_that_a_fetch_that_is_cut_goes_on_and_shows_nothing_half(platform, mirror):
    platform.rows["assets"] = [cover(n) for n in range(30)]
    mirror.fetch()
    platform.rows["assets"] = [cover(n) for n in range(240)]
    platform.knows_deltas = False
    mirror.fetch()  # counts what one round asks for
    rounds = list(platform.asked)
    platform.rows["assets"] = [cover(n, status="fault") for n in range(200)]
    platform.fail_after = rounds.index("assets:100") + 1
    assert not mirror.fetch()
    assert _count(mirror.path) == 240  # the old one, whole
    assert search(mirror.path, "JG-0230") and read_asset(mirror.path, "JG-0001").status == "normal"
    platform.fail_after = None
    assert mirror.fetch()
    assert "assets:0" not in platform.asked and "assets:150" in platform.asked
    assert _count(mirror.path) == 200
    assert read_asset(mirror.path, "JG-0001").status == "fault"
    assert search(mirror.path, "JG-0230") == []


def test_that_changes_alone_are_asked_for_and_what_is_gone_goes(platform, mirror):
    platform.rows["assets"] = [cover(n) for n in range(60)]
    mirror.fetch()
    before = read_versions(mirror.path)["assets"].version
    platform.changed["assets"] = [
        cover(1, status="fault"), cover(2, name="解放路 2 号雨水井"), cover(99),
        cover(5, lon=None),
    ]  # fmt: skip
    platform.deleted["assets"] = ["JG-0003"]
    assert mirror.fetch()
    assert [one for one in platform.asked if one.startswith("assets")] == ["assets:0:delta"]
    assert read_asset(mirror.path, "JG-0001").status == "fault"
    assert read_asset(mirror.path, "JG-0003") is None
    assert [h.title for h in search(mirror.path, "jfl")] == ["解放路 2 号雨水井"]
    assert [h.id for h in search(mirror.path, "JG-0099")] == ["JG-0099"]
    state = _state(mirror.path, "assets")
    assert state.count == 60 and state.notes.refusals == {"没有坐标": 1}
    after = read_versions(mirror.path)["assets"].version
    assert after != before
    mirror.fetch()  # the same changes again change nothing
    assert read_versions(mirror.path)["assets"].version == after
    assert _state(mirror.path, "assets").notes.refused == 1
    platform.changed["assets"], platform.deleted["assets"] = [cover(7, status="fault")], []
    mirror.fetch()  # a state alone is news as well
    assert read_versions(mirror.path)["assets"].version != after


def test_that_a_platform_without_deltas_is_fetched_whole(platform, mirror):
    platform.knows_deltas = False
    platform.rows["cameras"] = [{"camera_id": f"c{n}", "name": "路口"} for n in range(4)]
    mirror.fetch()
    platform.rows["cameras"].pop()
    mirror.fetch()
    assert _state(mirror.path, "cameras").count == 3


def test_that_what_did_not_change_only_becomes_younger(platform, mirror):
    platform.rows["orgs"] = [{"org_id": "a", "name": "中心"}]
    mirror.fetch()
    first = next(one for one in mirror.told if one.name == "orgs")
    mirror.fetch()
    second = next(one for one in mirror.told if one.name == "orgs")
    assert second.version == first.version and second.fetched_at > first.fetched_at


def test_that_wrong_rows_a_ring_and_a_hole_are_told_and_the_rest_is_usable(platform, mirror):
    platform.rows["assets"] = [cover(1), cover(2, lat=None), {"asset_id": 7}, "x"]
    platform.rows["orgs"] = [
        {"org_id": "a", "name": "甲", "parent_id": "b"},
        {"org_id": "b", "name": "乙", "parent_id": "a"},
    ]
    platform.rows["duty"] = [{
        "org_id": "a", "role": "operator", "role_name": "值班员", "name": "张敏",
        "phone": "13812345678", "start": "2020-01-01T00:00:00+08:00",
        "end": "2020-01-01T08:00:00+08:00",
    }]  # fmt: skip
    assert mirror.fetch()
    assert _count(mirror.path) == 1 and _state(mirror.path, "assets").notes.refused == 3
    assert "成环" in _state(mirror.path, "orgs").notes.findings[0]
    assert "值班空缺：甲 值班员" in _state(mirror.path, "duty").notes.findings[0]
    assert read_duty(mirror.path)[0].phone == "138****5678"


def test_that_an_endless_register_is_given_up_and_the_old_one_stays(platform, mirror, monkeypatch):
    platform.rows["assets"] = [cover(n) for n in range(20)]
    mirror.fetch()
    platform.rows["assets"] = [cover(n) for n in range(400)]
    platform.knows_deltas = False
    monkeypatch.setattr("desktop.link.registers.MAX_PAGES", 3)
    assert not mirror.fetch()
    assert _count(mirror.path) == 20
    with closing(sqlite3.connect(mirror.path)) as db:
        assert db.execute("SELECT count(*) FROM staging").fetchone() == (0,)


def _road(name: str, *points: tuple[float, float]) -> dict:
    return {
        "type": "Feature",
        "properties": {"kind": "road", "name": name, "class": 2},
        "geometry": {"type": "LineString", "coordinates": points},
    }


def test_that_streets_and_areas_are_found_and_named(platform, mirror):
    square = [[[116.0, 28.0], [116.2, 28.0], [116.2, 28.2], [116.0, 28.2]]]
    area = {
        "type": "Feature",
        "properties": {"district_id": "990102", "name": "滨江区"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    roads = [_road("人民路", (116.0, 28.0), (116.1, 28.1), (116.2, 28.2)), _road("", (1.0, 1.0))]
    platform.layers["basemap"] = {"type": "FeatureCollection", "features": [*roads, {"a": 1}]}
    platform.layers["districts"] = {"type": "FeatureCollection", "features": [area]}
    assert mirror.fetch()
    (hit,) = search(mirror.path, "rml", ("streets",))
    assert (hit.title, hit.lon_deg, hit.lat_deg) == ("人民路", 116.1, 28.1)
    assert browse.names(mirror.path, "districts") == {"990102": "滨江区"}
    assert read_layer(mirror.path, "districts") is not None


def test_that_filters_and_counts_go_together(platform, mirror):
    platform.rows["assets"] = [cover(n, status="fault" if n % 4 else "normal") for n in range(40)]
    mirror.fetch()
    fault = RowFilter(state="fault", district_id="990102")
    keys = browse.keys(mirror.path, "assets", fault)
    assert len(keys.numbers) == 30
    facets = browse.facets(mirror.path, "assets")["state"]
    assert [tuple(facet) for facet in facets] == [("fault", 30), ("normal", 10)]
    rows = browse.page(mirror.path, keys.table, keys.numbers[:2])
    assert [row.state for row in rows.values()] == ["fault", "fault"]
    found = browse.keys(mirror.path, "assets", RowFilter(text="人民路 5 号"))
    titles = browse.page(mirror.path, found.table, found.numbers).values()
    assert "人民路 5 号雨水井" in [row.title for row in titles]


def test_that_a_row_of_an_older_program_hides_no_other(platform, mirror):
    platform.rows["units"] = [
        {"unit_id": f"V-{n}", "kind": "vehicle", "name": f"{n} 号车", "state": "idle"}
        for n in range(3)
    ]
    mirror.fetch()
    with closing(sqlite3.connect(mirror.path)) as db:
        table = live_table(db, "units")
        db.execute(f"UPDATE {table} SET body = x'7b7d' WHERE id = 'V-1'")
        db.commit()
    assert [unit.unit_id for unit in read_units(mirror.path)] == ["V-0", "V-2"]


def _appeal(number: int, hours_ago: float) -> dict:
    return {
        "ticket_id": f"t{number}",
        "text": "回电 13812345678",
        "category": "停水",
        "place": "人民路",
        "reporter_key": "13812345678",
        "reporter_name": "赵福磊",
        "created_at": (datetime.now(UTC) - timedelta(hours=hours_ago)).isoformat(),
    }


def test_that_appeals_of_two_days_are_mirrored_without_what_names_a_person(platform, mirror):
    platform.changed["tickets"] = [_appeal(1, 3), _appeal(2, 47), _appeal(3, 72)]
    mirror.fetch()
    asked_from = datetime.fromisoformat(platform.since["tickets"])
    assert timedelta(hours=47.9) < datetime.now(UTC) - asked_from < timedelta(hours=48.1)
    assert [row.ticket_id for row in read_tickets(mirror.path)] == ["t1", "t2"]
    with closing(sqlite3.connect(mirror.path)) as db:
        both = "SELECT * FROM tickets_0 UNION ALL SELECT * FROM tickets_1"
        rows = db.execute(both).fetchall()
    whole = "".join(str(row[:-1]) + row[-1].decode() for row in rows)
    assert "停水" in whole
    assert "13812345678" not in whole and "赵福磊" not in whole
    assert _state(mirror.path, "tickets").notes.unmapped == {"reporter_name": 3}


def test_that_appeals_alone_are_asked_for_between_two_rounds(platform, mirror):
    platform.changed["tickets"] = [_appeal(1, 3)]
    mirror.fetch()
    platform.changed["tickets"] = [_appeal(4, 0.01)]
    platform.asked.clear()
    mirror.run(lambda registers, _: registers.fetch_live())
    assert platform.asked == ["tickets:0:delta"]
    assert {row.ticket_id for row in read_tickets(mirror.path)} == {"t1", "t4"}


def test_that_closures_alone_of_the_layers_are_asked_for_between_two_rounds(platform, mirror):
    empty = {"type": "FeatureCollection", "features": []}
    platform.layers |= {"basemap": empty, "closures": empty}
    mirror.fetch()
    before, told = read_layers(mirror.path), len(mirror.told)
    mirror.run(lambda registers, _: registers.fetch_live())
    assert read_layers(mirror.path) == before
    assert not [one for one in mirror.told[told:] if one.name == "layers"]
    shut = {"type": "Feature", "properties": {"edge_id": "E-1", "reason": "积水"},
            "geometry": {"type": "LineString", "coordinates": [[1, 1], [2, 2]]}}  # fmt: skip
    platform.layers |= {"closures": {"type": "FeatureCollection", "features": [shut]}}
    platform.asked.clear()
    mirror.run(lambda registers, _: registers.fetch_live())
    assert "layers" not in platform.asked
    assert "积水" in (read_layer(mirror.path, "closures") or b"").decode()
    after = read_layers(mirror.path)
    assert set(after) == set(before) and after["basemap"] == before["basemap"]
    assert [one for one in mirror.told[told:] if one.name == "layers"]


def test_that_a_layer_of_streets_stands_for_those_of_the_base_map(platform, mirror):
    basemap = [_road("人民路", (116.0, 28.0), (116.1, 28.1))]
    every = [
        _road("人民路", (116.3, 28.0), (116.4, 28.1), (116.5, 28.2)),
        _road("荷原巷", (1.0, 1.0)),
    ]
    platform.layers["basemap"] = {"type": "FeatureCollection", "features": basemap}
    mirror.fetch()
    assert [hit.title for hit in search(mirror.path, "hyx", ("streets",))] == []
    platform.layers["streets"] = {"type": "FeatureCollection", "features": every}
    mirror.fetch()
    (lane,) = search(mirror.path, "hyx", ("streets",))
    (road,) = search(mirror.path, "人民路", ("streets",))
    assert lane.title == "荷原巷" and road.lon_deg == 116.4
    del platform.layers["streets"]  # the platform serves it no more
    mirror.fetch()
    assert search(mirror.path, "hyx", ("streets",)) == []


def test_that_the_plans_of_the_platform_are_mirrored_whole(platform, mirror):
    plans = list(city_plans().values())
    platform.rows["plans"] = [*msgspec.to_builtins(plans), {"plan_id": "odd", "name": "缺"}]
    assert mirror.fetch()
    assert read_plans(mirror.path) == plans
    assert _state(mirror.path, "plans").notes.refused == 1
    platform.rows["plans"] = msgspec.to_builtins(plans[:1])
    assert mirror.fetch()
    assert read_plans(mirror.path) == plans[:1]
