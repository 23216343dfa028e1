"""Who goes where: exact against trying everything, and what must hold whatever comes."""

import math
from collections import Counter
from functools import cache

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.emergency.assignment import (
    Task,
    propose,
    propose_all,
    redispatch,
    with_hand,
    without_hand,
)
from desktop.domain.emergency.dispatch import Crew, Leg, Method, Proposal, Rules, Site
from desktop.domain.levels import WarningLevel

LEVELS = tuple(WarningLevel)
SKILLS = ("pump", "light")
BEST = (Method.LEAST_TOTAL, Method.LEAST_LATEST)


def site(number: int, level: WarningLevel = WarningLevel.YELLOW, **facts) -> Site:
    facts = {"needs": {"pump": 1}, "order": number} | facts
    return Site(site_id=f"s{number}", name=f"点位 {number}", level=level, lon_deg=116.6,
                lat_deg=28.9, **facts)  # fmt: skip


def crew(number: int, *skills: str, **facts) -> Crew:
    facts = {"position_age_s": 5.0} | facts
    return Crew(unit_id=f"c{number}", name=f"班组 {number}", skills=skills or ("pump",),
                lon_deg=116.6, lat_deg=28.9, **facts)  # fmt: skip


def task(eta: list[list[float]], sites=None, crews=None, **facts) -> Task:
    sites = sites or [site(n) for n in range(len(eta))]
    crews = crews if crews is not None else [crew(n) for n in range(len(eta[0]))]
    eta_min = np.array(eta, dtype=float).reshape(len(sites), len(crews))
    return Task(sites=tuple(sites), crews=tuple(crews), eta_min=eta_min, **facts)


def needs_of(one: Site) -> dict[str, int]:
    return one.needs or {"": 1}


def pairs(proposal: Proposal) -> set[tuple[str, str]]:
    return {(leg.unit_id, leg.site_id) for leg in proposal.legs}


@st.composite
def tasks(draw: st.DrawFn, most: int = 8, whole_crews: bool = False) -> Task:
    """Up to 8 sites and 8 crews; some pairs without a way, some positions old."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(0, most))
    minutes = st.one_of(st.integers(1, 60).map(float), st.just(math.inf))
    eta = draw(st.lists(st.lists(minutes, min_size=columns, max_size=columns),
                        min_size=rows, max_size=rows))  # fmt: skip
    needs = st.sampled_from([{"pump": 1}, {"light": 1}, {"pump": 2}, {"pump": 1, "light": 1}, {}])
    kinds = st.sampled_from([("pump",), ("light",), ("pump", "light")])
    sites = [
        site(n, draw(st.sampled_from(LEVELS)), needs=draw(needs) if rows < 6 else {"pump": 1},
             order=draw(st.integers(0, 9)), district_id="d", line_in_min=30.0)
        for n in range(rows)
    ]  # fmt: skip
    crews = [
        crew(n, *draw(kinds), capacity=1 if whole_crews else draw(st.sampled_from((1, 1, 1, 2))),
             district_id=draw(st.sampled_from(("d", "e"))),
             position_age_s=draw(st.sampled_from((5.0, 5.0, 5.0, 3600.0, None))))
        for n in range(columns)
    ]  # fmt: skip
    reserve = draw(st.sampled_from(({}, {"pump": 1}, {"light": 1})))
    return task(eta, sites, crews, rules=Rules(reserve=reserve))


# ---- everything tried ---------------------------------------------------------------------


def tried(made: Task, most_min: float = math.inf) -> tuple[tuple[int, ...], float]:
    """(unserved of each gravity, gravest first; weighted minutes) of the best of all choices."""
    rows = [(n, skill, turn) for n, one in enumerate(made.sites)
            for skill, count in needs_of(one).items() for turn in range(count)]  # fmt: skip
    ranks = sorted({(made.sites[n].level.rank, turn) for n, _, turn in rows})
    nothing = tuple(0 for _ in ranks)

    def may(row: int, column: int) -> float:
        n, skill, _ = rows[row]
        one = made.crews[column]
        old = one.position_age_s is None or one.position_age_s > made.rules.oldest_position_s
        eta = float(made.eta_min[n][column])
        return math.inf if old or (skill and skill not in one.skills) or eta > most_min else eta

    @cache
    def best(
        row: int, left: tuple[int, ...], there: frozenset[int]
    ) -> tuple[tuple[int, ...], float]:
        if row == len(rows):
            return nothing, 0.0
        n, _, turn = rows[row]
        there = there if row and rows[row - 1][0] == n else frozenset()
        lost, minutes = best(row + 1, left, there)
        rank = ranks.index((made.sites[n].level.rank, turn))
        found = [(tuple(k + (i == rank) for i, k in enumerate(lost)), minutes)]
        for column, places in enumerate(left):
            eta = may(row, column)
            if places and column not in there and math.isfinite(eta):
                rest = tuple(p - (i == column) for i, p in enumerate(left))
                lost, minutes = best(row + 1, rest, there | {column})
                found.append((lost, minutes + eta * made.rules.weights[made.sites[n].level]))
        return min(found)

    return best(0, tuple(one.capacity for one in made.crews), frozenset())


def without_reserve(made: Task) -> Task:
    return msgspec.structs.replace(made, rules=Rules())


def judged(made: Task, proposal: Proposal) -> tuple[tuple[int, ...], float]:
    sites = {one.site_id: one for one in made.sites}
    ranks = sorted({(one.level.rank, turn) for one in made.sites
                    for count in needs_of(one).values() for turn in range(count)})  # fmt: skip
    lost: Counter[tuple[int, int]] = Counter()
    for one in proposal.unserved:
        where = sites[one.site_id]
        count = needs_of(where)[one.skill]
        for turn in range(count - one.missing, count):
            lost[where.level.rank, turn] += 1
    minutes = sum(leg.eta_min * made.rules.weights[sites[leg.site_id].level]
                  for leg in proposal.legs)  # fmt: skip
    return tuple(lost[rank] for rank in ranks), minutes


@settings(max_examples=60, deadline=None)
@given(tasks().map(without_reserve))
def test_that_the_least_total_is_the_best_of_all_choices(made: Task):
    lost, minutes = judged(made, propose(made, Method.LEAST_TOTAL))
    assert (lost, pytest.approx(minutes, abs=1e-6)) == tried(made)


@settings(max_examples=60, deadline=None)
@given(tasks().map(without_reserve))
def test_that_the_least_latest_is_the_best_of_all_choices(made: Task):
    proposal = propose(made, Method.LEAST_LATEST)
    lost, minutes = judged(made, proposal)
    best, _ = tried(made)
    assert lost == best
    if proposal.legs:
        latest = max(leg.eta_min for leg in proposal.legs)
        assert (best, pytest.approx(minutes, abs=1e-6)) == tried(made, latest)
        assert tried(made, latest - 0.5)[0] > best  # no choice serves the same any sooner


# ---- what must hold -----------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(tasks(), st.sampled_from(list(Method)))
def test_that_no_crew_is_used_twice_and_skills_positions_and_reserve_hold(made: Task, method):
    proposal = propose(made, method)
    crews = {one.unit_id: one for one in made.crews}
    sites = {one.site_id: one for one in made.sites}
    assert len(pairs(proposal)) == len(proposal.legs)
    for unit_id, count in Counter(leg.unit_id for leg in proposal.legs).items():
        assert count <= crews[unit_id].capacity
    for leg in proposal.legs:
        one = crews[leg.unit_id]
        assert not leg.skill or leg.skill in one.skills
        assert one.position_age_s == 5.0 and math.isfinite(leg.eta_min)
    got = Counter((leg.site_id, leg.skill) for leg in proposal.legs)
    lack = {(one.site_id, one.skill): one.missing for one in proposal.unserved}
    for one in sites.values():
        for skill, count in needs_of(one).items():
            assert got[one.site_id, skill] + lack.get((one.site_id, skill), 0) == count
    sent = {leg.unit_id for leg in proposal.legs}
    for district in ("d", "e"):
        for skill, count in made.rules.reserve.items():
            there = [one.unit_id for one in made.crews if one.district_id == district
                     and skill in one.skills and one.position_age_s == 5.0]  # fmt: skip
            assert len(set(there) - sent) >= min(count, len(there))
    assert all(one.reason for one in proposal.unserved)


@settings(max_examples=50, deadline=None)
@given(tasks(whole_crews=True), st.sampled_from(BEST))
def test_that_a_red_site_lacks_a_crew_only_where_no_crew_of_a_milder_one_could_come(made, method):
    made = without_reserve(made)
    proposal = propose(made, method)
    levels = {one.site_id: one.level for one in made.sites}
    rows = {one.site_id: n for n, one in enumerate(made.sites)}
    columns = {one.unit_id: n for n, one in enumerate(made.crews)}
    skills = {one.unit_id: one.skills for one in made.crews}
    there = pairs(proposal)
    first = {one.site_id for one in made.sites} - {leg.site_id for leg in proposal.legs}
    for lack in proposal.unserved:
        if lack.site_id not in first:
            continue
        for leg in proposal.legs:
            milder = levels[leg.site_id].rank > levels[lack.site_id].rank
            fits = not lack.skill or lack.skill in skills[leg.unit_id]
            eta = made.eta_min[rows[lack.site_id]][columns[leg.unit_id]]
            free = (leg.unit_id, lack.site_id) not in there
            assert not (milder and fits and free and math.isfinite(eta))


@settings(max_examples=40, deadline=None)
@given(tasks(whole_crews=True))
def test_that_the_three_stand_beside_each_other_with_a_sentence_each(made: Task):
    found = propose_all(made)
    assert list(found) == list(Method) and all(one.reason.endswith("。") for one in found.values())
    total, latest = (found[method].figures for method in BEST)
    assert total.unserved == latest.unserved <= found[Method.IN_TURN].figures.unserved
    if latest.latest_min is not None and total.latest_min is not None:
        assert latest.latest_min <= total.latest_min


# ---- single rules -------------------------------------------------------------------------


def test_that_in_turn_goes_by_the_order_of_the_alarms():
    made = task([[5, 9], [1, 30]], [site(0, order=0), site(1, order=1)])
    assert pairs(propose(made, Method.IN_TURN)) == {("c0", "s0"), ("c1", "s1")}
    assert pairs(propose(made, Method.LEAST_TOTAL)) == {("c1", "s0"), ("c0", "s1")}


def test_that_the_three_differ_as_they_promise_and_say_so():
    made = task([[10, 12, 99], [11, 26, 40], [99, 30, 45]],
                [site(n, order=n) for n in range(3)])  # fmt: skip
    found = propose_all(made)
    assert found[Method.LEAST_TOTAL].figures.mean_min == pytest.approx(
        min(one.figures.mean_min for one in found.values())
    )
    assert found[Method.LEAST_LATEST].figures.latest_min == 40
    assert "逐个派" not in found[Method.LEAST_LATEST].reason
    assert "最晚" in found[Method.IN_TURN].reason


def test_that_a_red_site_goes_before_an_easy_blue_one():
    made = task([[3], [50]], [site(0, WarningLevel.BLUE), site(1, WarningLevel.RED)])
    for method in BEST:
        proposal = propose(made, method)
        assert pairs(proposal) == {("c0", "s1")}
        (lack,) = proposal.unserved
        assert lack.site_id == "s0" and lack.reason == "会抽排的班组 1 个都已派往其他任务"


def test_that_a_second_crew_waits_until_each_site_of_the_level_has_its_first():
    made = task([[1, 2], [9, 9]], [site(0, needs={"pump": 2}), site(1)])
    for method in BEST:
        assert {site_id for _, site_id in pairs(propose(made, method))} == {"s0", "s1"}


def test_that_no_crew_at_all_is_said_of_every_site():
    made = task([[], []], [site(0), site(1, needs={"light": 2})], [])
    for proposal in propose_all(made).values():
        assert proposal.legs == () and proposal.figures.latest_min is None
        assert [one.reason for one in proposal.unserved] == ["没有会抽排的班组", "没有会照明的班组"]
        assert proposal.figures.unserved == 3 and proposal.reason == "没有班组可派。"


def test_that_no_site_at_all_is_no_proposal_and_no_fault():
    made = Task(sites=(), crews=(crew(0),), eta_min=np.zeros((0, 1)))
    assert all(one.legs == one.unserved == () for one in propose_all(made).values())


@pytest.mark.parametrize(
    ("crews", "reason"),
    [
        ([crew(0, position_age_s=3600.0)], "会抽排的班组 1 个都位置过旧"),
        ([crew(0, position_age_s=None)], "会抽排的班组 1 个都位置未知"),
        ([crew(0, under_way_to="x", under_way_min=3.0)], "会抽排的班组 1 个都在途去往别处"),
        ([crew(0, "light")], "没有会抽排的班组"),
        ([crew(0, district_id="d")], "会抽排的班组 1 个都留作本区备勤"),
        ([crew(0, position_age_s=None), crew(1, position_age_s=9e3), crew(2, district_id="d")],
         "会抽排的班组 3 个：1 个留作本区备勤、1 个位置过旧、1 个位置未知"),
    ],
)  # fmt: skip
def test_that_a_site_that_gets_nobody_says_why(crews: list[Crew], reason: str):
    made = task([[4.0] * len(crews)], crews=crews, rules=Rules(reserve={"pump": 1}))
    for proposal in propose_all(made).values():
        assert [one.reason for one in proposal.unserved] == [reason]


def test_that_where_no_way_is_open_it_is_said():
    made = task([[math.inf, math.inf]])
    for proposal in propose_all(made).values():
        assert [one.reason for one in proposal.unserved] == ["会抽排的班组 2 个都无路可通"]


def test_that_a_crew_under_way_turns_only_for_more_than_the_gain():
    crews = [crew(0, under_way_to="s0", under_way_min=10.0), crew(1)]
    for gained, turns in ((2.0, False), (4.0, True)):
        made = task([[99, 10], [10, 10 + gained]], crews=crews)  # both ways are open to both
        for method in BEST:
            found = pairs(propose(made, method))
            assert (("c0", "s1") in found) is turns, (method, gained)


def test_that_minutes_left_stand_for_the_way_of_a_crew_that_is_under_way():
    made = task([[99]], crews=[crew(0, under_way_to="s0", under_way_min=4.0, position_age_s=None)])
    (leg,) = propose(made, Method.LEAST_TOTAL).legs
    assert leg.eta_min == 4.0


def test_that_a_crew_with_two_places_serves_two_sites_but_none_twice():
    made = task([[5], [6]], [site(0, needs={"pump": 2}), site(1)], [crew(0, capacity=2)])
    for method in Method:
        proposal = propose(made, method)
        assert pairs(proposal) == {("c0", "s0"), ("c0", "s1")}
        assert [one.missing for one in proposal.unserved] == [1]


def test_that_the_reserve_keeps_the_crew_that_is_needed_least():
    crews = [crew(0, district_id="d"), crew(1, district_id="d")]
    made = task([[30, 5]], crews=crews, rules=Rules(reserve={"pump": 1}))
    for method in Method:
        assert pairs(propose(made, method)) == {("c1", "s0")}


def test_that_a_crew_of_no_use_here_is_the_reserve_and_the_other_goes():
    crews = [crew(0, "pump", "light", district_id="d"), crew(1, "light", capacity=2,
             district_id="d")]  # fmt: skip
    made = task([[5, 5]], crews=crews, rules=Rules(reserve={"light": 1}))
    for method in Method:
        assert pairs(propose(made, method)) == {("c0", "s0")}


# ---- by hand ------------------------------------------------------------------------------


def test_that_a_dragged_crew_stays_where_it_was_set_and_the_rest_is_solved_anew():
    made = task([[1, 9, 9], [9, 2, 20]])
    pinned = with_hand(made, "c0", "s1")
    for method in Method:
        proposal = propose(pinned, method)
        legs = {leg.unit_id: leg for leg in proposal.legs}
        assert legs["c0"] == Leg("c0", "s1", "pump", 9.0, by_hand=True)
        assert {leg.site_id for leg in proposal.legs} == {"s0", "s1"}
    again = with_hand(pinned, "c0", "s0")
    assert [leg.site_id for leg in again.kept] == ["s0"]
    assert without_hand(again, "c0").kept == ()


def test_that_a_hand_may_send_what_is_not_sent_by_itself():
    crews = [crew(0, position_age_s=9e3), crew(1, "light"), crew(2, district_id="d")]
    made = task([[math.inf, 7, 8]], crews=crews, rules=Rules(reserve={"pump": 1}))
    for unit_id in ("c0", "c1", "c2"):
        proposal = propose(with_hand(made, unit_id, "s0"), Method.LEAST_TOTAL)
        assert (unit_id, "s0") in pairs(proposal)
    alone = propose_all(with_hand(made, "c0", "s0"))[Method.LEAST_TOTAL]
    assert alone.figures.latest_min is None and alone.reason == "所派的班组都没有可通行的路。"


def test_that_a_declined_crew_is_replaced_by_the_next_and_no_other_moves():
    made = task([[1, 5, 9], [5, 2, 4]])
    legs = propose(made, Method.LEAST_TOTAL).legs
    declined = next(leg for leg in legs if leg.site_id == "s0")
    found = redispatch(made, legs, declined)
    assert [(leg.unit_id, leg.site_id, leg.eta_min) for leg in found.legs] == [("c2", "s0", 9.0)]
    without = msgspec.structs.replace(made, refused=frozenset({("c2", "s0")}))
    none = redispatch(without, legs, declined)
    assert none.legs == ()
    (lack,) = none.unserved
    assert lack.reason == "会抽排的班组 3 个：1 个已派往其他任务、2 个已谢绝或未应答"


def test_that_a_crew_or_site_that_is_not_there_is_a_key_error():
    made = task([[1.0]])
    for unit_id, site_id in (("c9", "s0"), ("c0", "s9")):
        with pytest.raises(KeyError):
            with_hand(made, unit_id, site_id)
