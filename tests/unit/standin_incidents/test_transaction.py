"""One activation is one transaction, on disk before it is told, through kills and a full disk."""

import pytest

from desktop.standin.incidents import journal
from desktop.standin.wire import Problem
from tests.unit.standin_incidents.city_of_paper import PaperDesk, Post, signed

OFFICER = signed("chenjianhua")


def test_that_a_full_disk_refuses_the_whole_act_and_the_key_stays_free(
    paper: PaperDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = paper.draft()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(journal.os, "fdatasync", full)
        with pytest.raises(Problem) as refused:
            paper.give("activate", body, OFFICER, key="k")
    assert refused.value.status == 507
    assert not paper.desk.book.all() and not paper.post.of("order/")
    assert not [one for one in paper.ledger.entries if one["what"] == "effect"]
    assert paper.give("activate", body, OFFICER, key="k")["state"] == "active"
    paper.restart()
    assert len(paper.desk.book.all()) == 1


def test_that_half_a_line_at_the_end_is_as_if_it_never_was(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(), OFFICER)
    paper.close()
    path = paper.folder / "incidents.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines(keepends=True)[1][:200])
    paper.restart()
    assert [one.incident_id for one in paper.desk.book.all()] == [made["incident_id"]]
    assert path.read_bytes().startswith(whole)
    paper.give("note", {"text": "继续"}, OFFICER, made)
    paper.restart()
    assert paper.seen(made)["notes"][0]["text"] == "继续"


def test_that_what_the_broker_never_took_is_sent_by_the_next_start_and_no_more(
    tmp_path, whole
) -> None:  # type: ignore[no-untyped-def]
    paper = PaperDesk(tmp_path, whole, Post(takes=False))
    made = paper.give("activate", paper.draft(), OFFICER)
    sent = paper.post.of("order/")
    paper.post = Post()
    paper.restart()
    assert paper.post.of("order/") == sent
    paper.pass_s(1)
    paper.post = Post()
    paper.restart()
    assert not paper.post.of("order/")
    assert paper.post.of("wall/main/scene")[0]["incident_id"] == made["incident_id"]
    names = [one["ref"] for one in paper.ledger.entries if one.get("kind") == "order"]
    assert sorted(names) == sorted(one["order_id"] for one in made["orders"])
    paper.close()


def test_that_crews_go_on_after_a_new_start_where_they_were(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(1), OFFICER)
    paper.pass_s(6)
    paper.restart()
    order_id = made["orders"][0]["order_id"]
    before = [one.state.value for one in paper.desk.book.receipts(order_id)]
    assert before == ["delivered", "read", "accepted"]
    paper.desk.settings.speed = 30
    paper.pass_s(180)
    states = [one.state.value for one in paper.desk.book.receipts(order_id)]
    assert states == ["delivered", "read", "accepted", "on_scene", "done"]
    assert paper.seen(made)["orders"][0]["state"] == "done"


def test_that_the_ladder_of_keys_holds_for_every_verb(paper: PaperDesk) -> None:
    made = paper.give("activate", paper.draft(1), OFFICER)
    first = paper.give("note", {"text": "一"}, OFFICER, made, key="n")
    again = paper.give("note", {"text": "一"}, OFFICER, made, key="n")
    assert again == first and len(paper.seen(made)["notes"]) == 1
    with pytest.raises(Problem) as reused:
        paper.give("note", {"text": "二"}, OFFICER, made, key="n")
    assert reused.value.status == 422
