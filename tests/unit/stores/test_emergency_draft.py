from datetime import UTC, datetime

import pytest

from desktop.domain.emergency.dispatch import Method
from desktop.domain.emergency.plans import ResponseLevel
from desktop.stores.emergency_draft import MOST_DRAFTS, EmergencyDraft, Pin
from desktop.stores.preferences import Preferences

AT = datetime(2026, 7, 17, 19, 12, tzinfo=UTC)
ONE, II, III = ResponseLevel.I, ResponseLevel.II, ResponseLevel.III


@pytest.fixture
def store(qapp) -> EmergencyDraft:
    return EmergencyDraft()


def test_that_two_drafts_do_not_mix(store):
    first = store.begin(["a"], AT).draft_id
    second = store.begin(["b"], AT).draft_id
    store.choose_level(first, ONE)
    store.pin(first, "T-1", "a")
    store.suggest(second, "flood", III, ["b", "c"])
    assert store.get(first).level is ONE and store.get(first).alarm_ids == ("a",)
    assert store.get(second).level is III and store.get(second).pins == ()
    assert store.shown.draft_id == second
    assert store.begin(["a"], AT).draft_id == first


def test_that_a_choice_by_hand_stays_and_another_plan_begins_anew(store):
    draft = store.begin(["a"], AT).draft_id
    store.suggest(draft, "flood", II, ["a"])
    store.choose_level(draft, ONE)
    store.suggest(draft, "flood", III, ["a", "b"])
    assert store.get(draft).level is ONE
    store.choose_plan(draft, "gas", None)
    store.suggest(draft, "flood", II, ["a"])
    assert (store.get(draft).plan_id, store.get(draft).level) == ("gas", None)
    store.suggest(draft, "gas", III, ["a"])
    assert store.get(draft).level is III


def test_that_a_crew_is_pinned_to_one_place(store):
    draft = store.begin(["a"], AT).draft_id
    store.pin(draft, "T-1", "a")
    store.pin(draft, "T-2", "a")
    store.pin(draft, "T-1", "b")
    assert store.get(draft).pins == (Pin("T-2", "a"), Pin("T-1", "b"))
    store.unpin(draft, "T-2")
    store.unpin(draft)
    assert store.get(draft).pins == ()


def test_that_what_was_sent_changes_no_more_until_it_is_open_again(store):
    draft = store.begin(["a"], AT).draft_id
    store.sent(draft, order_id="01", incident_id="inc")
    store.choose_level(draft, ONE)
    store.pin(draft, "T-1", "a")
    assert store.get(draft).level is None and store.get(draft).pins == ()
    assert store.begin(["a"], AT).draft_id != draft  # a new event of the same alarm
    store.reopen(draft)
    store.choose_level(draft, ONE)
    assert store.get(draft).level is ONE


def test_that_drafts_outlive_a_restart_and_belong_to_their_user(qapp):
    preferences, store = Preferences(), EmergencyDraft()
    store.keep_in(preferences)
    draft = store.begin(["a"], AT, drill=True).draft_id
    store.suggest(draft, "flood", II, ["a", "b"])
    store.choose_method(draft, Method.LEAST_TOTAL)
    store.pin(draft, "T-1", "b")
    kept = {"emergency_drafts": preferences.get("emergency_drafts")}
    again, later = Preferences(), EmergencyDraft()
    later.keep_in(again)
    again.load(kept)
    assert later.shown == store.shown
    assert later.shown.drill and later.shown.method is Method.LEAST_TOTAL
    again.load({})
    assert later.shown is None and later.drafts() == ()


def test_that_a_kept_value_of_another_version_is_dropped(qapp):
    preferences, store = Preferences(), EmergencyDraft()
    store.keep_in(preferences)
    preferences.load({"emergency_drafts": {"shown": 1, "drafts": [{"draft_id": 3}]}})
    assert store.drafts() == ()


def test_that_only_the_newest_drafts_are_kept(store):
    for number in range(MOST_DRAFTS + 2):
        store.begin([f"a{number}"], AT)
    assert [one.alarm_ids[0] for one in store.drafts()] == ["a2", "a3", "a4", "a5"]


def test_that_a_dropped_draft_gives_way_to_the_one_before(store):
    first = store.begin(["a"], AT).draft_id
    second = store.begin(["b"], AT).draft_id
    store.drop(second)
    assert store.shown.draft_id == first
    store.choose_level(second, ONE)
    assert store.get(second) is None
