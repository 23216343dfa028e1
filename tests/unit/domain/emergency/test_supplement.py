"""What a raised level still asks for: counted once, told once."""

from typing import Any

from desktop.domain.emergency.dispatch import Crew, Site
from desktop.domain.emergency.incidents import MessageDraft, OrderState
from desktop.domain.emergency.plans import (
    Plan,
    PlanKind,
    PlanLevel,
    PlanTask,
    Requirement,
    ResponseLevel,
)
from desktop.domain.emergency.supplement import (
    Lack,
    counting,
    lacks,
    still_needed,
    supplement,
    with_bound,
)
from desktop.domain.levels import WarningLevel
from desktop.domain.outreach import Channel
from tests.incident_samples import draft, incident, message, order

ONE = ResponseLevel.I
LEVEL = PlanLevel(
    signer_role="leader",
    two_person=True,
    tasks=(
        PlanTask(task_id="pump", title="抽排", skill="pump", within_min=28),
        PlanTask(task_id="rescue", title="抢险", skill="rescue", within_min=28),
    ),
    requires=(
        Requirement(skill="pump", name="抽排", per_site=2),
        Requirement(skill="rescue", name="抢险", count=2),
    ),
)
PLAN = Plan(plan_id="flood", name="防汛", kind=PlanKind.FLOOD, edition="2026", levels={ONE: LEVEL})


def site(number: int, level: WarningLevel = WarningLevel.RED, **needs: int) -> Site:
    return Site(
        site_id=f"A-{number}", name=f"{number} 号", level=level, lon_deg=116.6, lat_deg=28.9,
        needs=needs, order=number,
    )  # fmt: skip


def needed(sites: list[Site], *orders: Any) -> dict[str, dict[str, int]]:
    found = still_needed(sites, PLAN, LEVEL, orders)
    return {one.site_id: one.needs for one in found}


def test_that_what_is_out_is_taken_off_where_it_is() -> None:
    sites = [site(1, pump=2, rescue=1), site(2, pump=2, rescue=1)]
    assert needed(sites, order(1), order(2)) == {
        "A-1": {"pump": 1, "rescue": 1},
        "A-2": {"pump": 1, "rescue": 1},
    }
    assert lacks(still_needed(sites, PLAN, LEVEL, [order(1)]), LEVEL) == (
        Lack("pump", "抽排", 3),
        Lack("rescue", "抢险", 2),
    )


def test_that_what_the_plan_wants_in_all_counts_wherever_it_was_sent() -> None:
    """A site that has become the gravest meanwhile asks for nobody who is at another."""
    sites = [site(1, rescue=1), site(2, WarningLevel.YELLOW, rescue=1)]
    elsewhere = [order(n, site_id="A-9", task_id="rescue") for n in (7, 8)]
    assert needed(sites, *elsewhere) == {}
    assert needed(sites, elsewhere[0]) == {"A-1": {"rescue": 1}}  # the graver one is served
    at_each = [order(n, site_id="A-9") for n in (7, 8)]
    assert needed([site(1, pump=2)], *at_each) == {"A-1": {"pump": 2}}


def test_that_who_declined_was_called_back_or_replaced_fills_nothing() -> None:
    one = incident(
        orders=(
            order(1), order(2), order(3, state=OrderState.RECALLING),
            order(4, state=OrderState.RECALL_UNREAD), order(5, replaces="or-2"),
            order(6, state=OrderState.DONE),
        )
    )  # fmt: skip
    found = counting(one, lambda item: item.order_id == "or-1")
    assert [item.order_id for item in found] == ["or-5", "or-6"]


def free(crews: tuple[Crew, ...]) -> list[str]:
    return [one.unit_id for one in crews if not one.under_way_to]


def test_that_crews_of_any_real_incident_are_not_taken_and_a_drill_binds_nobody() -> None:
    crews = [
        Crew(unit_id=f"team-{n}", name="", skills=("pump",), lon_deg=116.6, lat_deg=28.9)
        for n in range(1, 6)
    ]
    mine = incident(orders=(order(1),))
    other = incident("in-2", orders=(order(2), order(3, state=OrderState.DONE)))
    drill = incident("in-3", orders=(order(4),), drill=True)
    found = with_bound(crews, mine, [mine, other, drill])
    assert free(found) == ["team-3", "team-4", "team-5"] and len(found) == 5
    found = with_bound(crews, drill, [mine, other, drill])
    assert free(found) == ["team-1", "team-2", "team-3", "team-5"]


def test_that_a_site_keeps_its_leader_and_nobody_is_told_of_a_level_twice() -> None:
    out = (order(1, lead=True),)
    known = (message(1, to=("duty:1",), text="Ⅰ 级启动", channel=Channel.SMS),)
    one = incident(level=ONE, orders=out, messages=known)
    made = draft(ONE, 2)
    orders = tuple(
        type(item)(**{**_fields(item), "lead": True, "unit_id": f"team-{n + 5}"})
        for n, item in enumerate(made.orders)
    )
    texts = (
        MessageDraft(to=("duty:1", "duty:2"), channel=Channel.SMS, text="Ⅰ 级"),
        MessageDraft(to=("duty:1",), channel=Channel.VOICE, text="Ⅰ 级"),
        MessageDraft(to=("team-5",), channel=Channel.GROUP, text="出动"),
    )
    act = type(made)(**{**_fields(made), "orders": orders, "messages": texts})
    found = supplement(one, act, tells=True)
    assert [item.lead for item in found.orders] == [False, True]  # A-1 has one, A-2 none
    assert [item.to for item in found.messages] == [("duty:2",), ("duty:1",), ("team-5",)]
    quiet = supplement(one, act, tells=False)
    assert [item.to for item in quiet.messages] == [("team-5",)]
    assert not quiet.is_empty


def _fields(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__struct_fields__}
