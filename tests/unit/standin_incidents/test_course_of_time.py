"""Clocks by receipts and points, recall in reverse order, the wall, drills, the chain."""

from desktop.domain.emergency.timeline import verify
from tests.unit.standin_incidents.city_of_paper import PaperDesk, signed

OFFICER = signed("chenjianhua")


def test_that_receipts_move_the_clocks_and_no_revision(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(2), OFFICER)
    paper.pass_s(6)
    accepted = paper.seen(made)
    assert "T3" in accepted["clocks"] and "T4" not in accepted["clocks"]
    paper.desk.settings.speed = 20
    paper.pass_s(60)
    there = paper.seen(made)
    assert "T4" in there["clocks"] and there["revision"] == made["revision"]
    kinds = [event.kind for event in paper.desk.book.log]
    assert kinds[:3] == ["activated", "clock", "clock"]


def test_that_who_declined_counts_until_another_takes_the_task(paper: PaperDesk) -> None:
    no, yes = (unit.unit_id for unit in paper.units(2))
    paper.desk.settings.manners = {no: "declines", yes: "quick"}
    body = paper.draft(1)
    made = paper.give("activate", body, OFFICER)
    paper.pass_s(8)
    assert "T3" not in paper.seen(made)["clocks"]
    order = dict(body["orders"][0], unit_id=yes)
    more = {"orders": [order], "replaces": made["orders"][0]["order_id"]}
    paper.give("orders", more, OFFICER, made)
    paper.pass_s(8)
    assert "T3" in paper.seen(made)["clocks"]
    assert len(paper.post.of(f"order/{no}")) == 1  # who said no is not called back


def test_that_a_silent_crew_that_is_replaced_is_called_back(paper: PaperDesk) -> None:
    mute, yes = (unit.unit_id for unit in paper.units(2))
    paper.desk.settings.manners = {mute: "silent", yes: "quick"}
    body = paper.draft(1)
    made = paper.give("activate", body, OFFICER)
    paper.pass_s(30)
    order = dict(body["orders"][0], unit_id=yes)
    more = {"orders": [order], "replaces": made["orders"][0]["order_id"]}
    paper.give("orders", more, OFFICER, made)
    assert [one.get("recall", False) for one in paper.post.of(f"order/{mute}")] == [False, True]
    paper.pass_s(125)
    assert paper.seen(made)["orders"][0]["state"] == "recall_unread"


def test_that_all_points_under_the_line_are_control(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(1), OFFICER)
    paper.pass_s(5)
    assert "T5" not in paper.seen(made)["clocks"]
    paper.city.clear(made["alarm_ids"][0])
    paper.pass_s(2)
    assert "T5" in paper.seen(made)["clocks"]


def test_that_stand_down_calls_back_in_reverse_and_frees_crews_and_wall(paper: PaperDesk) -> None:
    people = [unit.unit_id for unit in paper.units(3)]
    messages = [{"to": people, "channel": "handset", "text": "就位"}]
    made = paper.give("activate", paper.draft(3, messages=messages), OFFICER)
    paper.pass_s(90)
    held = [unit for unit in people if paper.fleet.errand_of(unit)]
    assert held
    paper.post.said.clear()
    paper.give("stand-down", {"reason": "水退"}, OFFICER, paper.seen(made))
    recalls = [one["order_id"] for one in paper.post.of("order/") if "or-" in one["order_id"]]
    assert recalls == [one["order_id"] for one in reversed(made["orders"])]
    texts = [one["task"] for one in paper.post.of("order/") if "me-" in one["order_id"]]
    assert texts == ["【解除】水退：此前通知作废"] * 3
    assert paper.post.of("wall/main/scene") == [
        {"scene_id": "", "incident_id": "", "at": paper.now.isoformat()}
    ]
    assert paper.seen(made)["state"] == "standing_down"
    paper.pass_s(30)
    now = paper.seen(made)
    assert now["state"] == "closed"
    assert "T6" in now["clocks"]
    assert {one["state"] for one in (*now["orders"], *now["messages"])} == {"recalled"}
    assert not any(paper.fleet.errand_of(unit) for unit in people)


def test_that_the_wall_goes_back_to_the_incident_that_runs_on(paper: PaperDesk) -> None:
    first = paper.give("activate", paper.draft(1, scene_id="gas"), OFFICER)
    body = paper.draft(2)
    body["orders"] = body["orders"][1:]
    second = paper.give("activate", body, OFFICER)
    paper.give("stand-down", {"reason": "好"}, OFFICER, second)
    assert paper.post.of("wall/main/scene")[-1]["incident_id"] == first["incident_id"]


def test_that_of_a_drill_nothing_goes_out_and_nobody_moves(paper: PaperDesk) -> None:
    unit = paper.units(1)[0].unit_id
    messages = [{"to": [unit], "channel": "voice", "text": "演练"}]
    made = paper.give("activate", paper.draft(1, drill=True, messages=messages), OFFICER)
    paper.desk.settings.speed = 50
    paper.pass_s(40)
    paper.give("stand-down", {"reason": "演练完"}, OFFICER, paper.seen(made))
    paper.pass_s(5)
    assert paper.seen(made)["state"] == "closed"
    outward = [topic for topic, _ in paper.post.said if topic.startswith(("order/", "wall/"))]
    assert outward == [] and paper.fleet.errand_of(unit) is None
    rows = [one for one in paper.ledger.entries if one["what"] == "effect"]
    assert {one["kind"] for one in rows} >= {"order", "message", "wall_scene", "wall_clear"}
    assert all(one["drill"] and one["blocked"] for one in rows)
    notes = [facts["note"] for facts in paper.post.of("receipt/")]
    assert notes and set(notes) == {"演练"}


def test_that_the_chain_tells_of_every_change(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(2, reasons=["雨量 50 mm"]), OFFICER)
    paper.pass_s(6)
    paper.restart()
    paper.give("tick", {"item_id": "people"}, OFFICER, made)
    entries = paper.desk.book.timeline(made["incident_id"])
    assert verify(entries).holds and len(entries) > 5
    assert [one.kind for one in entries].count("receipt") == 6
    assert entries[1].text == "依据：雨量 50 mm"
    assert entries[-1].kind == "tick"
