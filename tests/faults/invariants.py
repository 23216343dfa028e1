"""What holds after every fault (I1..I8). Each function raises AssertionError that names the rows.

    invariants.nothing_lost(city, desk)            I1 journal = ledger, list = the platform's
    invariants.orders_executed_once(city, desk)    I2 each key once, or visibly not
    invariants.nothing_shown_twice(desk)           I1 each event told once, over all lives
    invariants.stale_is_marked(feeds)              I3 of Desk.lights()["feeds"] or status()["feeds"]
    invariants.window_keeps_up(status)             I4 of CommandCenter.status()
    invariants.notices_are_plain(profile)          I5 notices in desk.db, no traceback in log/
    invariants.normal_again(desk) -> seconds       I6
    invariants.no_secret_in(folder, canaries)      I7
    with invariants.memory_bounded(pids, most_mb): I8

Everything is compared by identity against the ledger, never by totals: the city lives by itself.
"""

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from desktop.domain.freshness import Freshness
from tests.command_center import rows_of
from tests.faults.rig import Books, Center, CityLevers, Desk, seconds, wait_for

BACK_PROMISE_S = 15.0
ALLOWANCE = 3.0  # two busy cores: limits are so many times the promise
SHOWN = 12  # rows of a difference that are printed
GAP_P99_MS, GAP_MOST_MS = 200.0, 1000.0
_DONE = {200, 202}
_FINAL = {"accepted", "refused", "expired"}
_CHINESE = re.compile("[\u4e00-\u9fff]")
_TECHNICAL = re.compile(r"Traceback|Error\b|Exception|errno|0x[0-9a-f]{6}|NoneType", re.IGNORECASE)


def nothing_lost(city: CityLevers, desk: Desk | Center, limit_s: float = 40.0) -> float:
    """I1: every event since the sign-in is in the journal once, and no other; the open list of
    journal and station is the platform's. Waits until it is so; gives the seconds.
    """
    began_s = time.monotonic()
    _journal_is_ledger(city, desk, desk.since, limit_s)
    _lists_agree(city, desk, limit_s)
    return round(time.monotonic() - began_s, 2)


def _journal_is_ledger(
    city: CityLevers, desk: Books, since: tuple[str, int], limit_s: float
) -> None:
    def differences() -> list[str]:
        sent = [(e["epoch"], e["seq"], e["alarm_id"]) for e in city.ledger("event")]
        wanted = {e for e in sent if e[0] > since[0] or e[:2] > since}
        rows = desk.journal("SELECT epoch, seq, alarm_id FROM events")
        stored = {row for row in rows if row[0] > since[0] or row[:2] > since}
        # A city that died took with it what it had not given out: only its last epoch is whole.
        last = max((e[0] for e in sent), default="")
        lost = {e for e in wanted - stored if e[0] == last}
        # What a city had behind it when it began is in its log and not in its ledger.
        first = {e[0]: e[1] for e in reversed(sent)}
        stored = {row for row in stored if row[0] in first and row[1] >= first[row[0]]}
        return [f"lost: {e}" for e in sorted(lost)] + [
            f"in the journal, never sent: {e}" for e in sorted(stored - {*sent})
        ]

    _settled(differences, limit_s, "journal = ledger")


def _lists_agree(city: CityLevers, desk: Desk | Center, limit_s: float) -> None:
    """The city lives on: a list that was read a moment later may be newer by a row."""

    def differences() -> list[str]:
        items = city.rest("/alarms?state=open")["items"]
        theirs = {a["alarm_id"]: (a["epoch"], a["seq"]) for a in items}
        ours = {"journal": _open_of(desk)}
        if isinstance(desk, Center):
            shown = desk.status().get("alarms", {}).get("open")
            if shown != len(theirs):
                return [f"the window has {shown} open alarms, the platform {len(theirs)}"]
        elif desk.station is not None:
            rows = desk.open_alarms()
            ours["station"] = {i: (row[0], row[1]) for i, row in rows.items()}
        return [
            f"{where}: {alarm_id} has {mine.get(alarm_id)}, the platform {theirs.get(alarm_id)}"
            for where, mine in ours.items()
            for alarm_id in {*mine, *theirs}
            if mine.get(alarm_id) != theirs.get(alarm_id)
        ]

    _settled(differences, limit_s, "the open list is the platform's")


def _open_of(desk: Books) -> dict[str, tuple[str, int]]:
    rows = desk.journal("SELECT alarm_id, epoch, seq FROM alarms WHERE is_open")
    return {alarm_id: (epoch, seq) for alarm_id, epoch, seq in rows}


def _settled(differences: Any, limit_s: float, what: str) -> None:
    found: list[str] = []

    def none() -> bool:
        found[:] = differences()
        return not found

    try:
        wait_for(none, limit_s, what)
    except AssertionError:
        more = f"\n  and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        rows = "".join(f"\n  {row}" for row in found[:SHOWN])
        raise AssertionError(f"{what}: not after {limit_s} s{rows}{more}") from None


def orders_executed_once(
    city: CityLevers, desk: Desk | Center, order_ids: Iterable[str], limit_s: float = 40.0
) -> Counter[str]:
    """I2: each order ends; accepted ones were executed once, all others never or visibly so.

    Gives how many ended how. `order_ids` are those that the station took. One that never came
    into the outbox was refused with words, or died with the window in which it was given: then
    it counts as "unwritten" and was not executed.
    """
    wanted = set(order_ids)

    def unsettled() -> list[str]:
        outbox, outcomes = desk.outbox(), _outcomes(desk)
        return [
            f"{i}: {outbox[i]['state'] if i in outbox else 'not in the outbox'}"
            for i in wanted
            if (i in outbox and outbox[i]["state"] not in _FINAL)
            or (i not in outbox and i not in outcomes)
        ]

    _settled(unsettled, limit_s, "every order has an end")
    outbox = desk.outbox()
    wrong = _twice_executed(city) + _falsely_told(city, desk, wanted)
    assert not wrong, "orders:\n  " + "\n  ".join(wrong)
    if isinstance(desk, Desk):
        _told_at_the_desk(desk, wanted & {*outbox})
    return Counter(outbox[i]["state"] if i in outbox else "unwritten" for i in wanted)


def _outcomes(desk: Desk | Center) -> dict[str, str]:
    """order_id -> what its giver saw; the giver may have died."""
    if isinstance(desk, Center):
        return {}
    lives = desk.records()
    found = {i: "the window died" for life in lives[:-1] for i in _given(life)}
    if desk.station is None and lives:
        found |= {i: "the window died" for i in _given(lives[-1])}
    for life in lives:
        found |= {line["outcome"][0]: line["outcome"][1] for line in life if "outcome" in line}
    return found


def _given(life: list[dict[str, Any]]) -> set[str]:
    return {line["given"] for line in life if "given" in line}


def _twice_executed(city: CityLevers) -> list[str]:
    done = Counter(
        (e["alarm_id"], e["kind"]) for e in city.ledger("event") if e["kind"] == "acknowledged"
    )
    return [f"{alarm_id}: {n} times {kind}" for (alarm_id, kind), n in done.items() if n > 1]


def _falsely_told(city: CityLevers, desk: Books, wanted: set[str]) -> list[str]:
    answers: dict[str, set[int]] = {}
    for entry in city.ledger("order"):
        answers.setdefault(entry["key"], set()).add(entry["status"])
    outbox, wrong = desk.outbox(), []
    for order_id in wanted:
        answered, row = answers.get(order_id, set()), outbox.get(order_id)
        if row is None:
            if answered & _DONE:
                wrong.append(f"{order_id}: executed, and the outbox does not know it")
        elif row["state"] == "accepted" and not answered & _DONE:
            wrong.append(f"{order_id}: accepted here, the platform answered {answered or 'never'}")
        elif row["state"] != "accepted" and not row["answer"]:
            wrong.append(f"{order_id}: {row['state']} without a word to the operator")
    return wrong


def _told_at_the_desk(desk: Desk, order_ids: set[str]) -> None:
    """The window shows how each order of its life ended."""
    if desk.station is None:
        return
    outbox = desk.outbox()

    def untold() -> list[str]:
        told = desk.order_states()
        return [
            f"{i}: {outbox[i]['state']}, told {told[i]}"
            for i in order_ids & {*told}
            if told[i][0] != outbox[i]["state"]
        ]

    _settled(untold, 10.0, "the station knows how its orders ended")


def nothing_shown_twice(desk: Desk) -> int:
    """I1: over all lives of the station no event arrived twice, no alarm was drawn while it was
    there. Gives how many events arrived.
    """
    arrived: Counter[tuple[str, int]] = Counter()
    wrong: list[str] = []
    for number, life in enumerate(desk.records(), 1):
        present: set[str] = set()
        for line in life:
            if "event" in line:
                arrived[line["event"][0], line["event"][1]] += 1
            elif "drawn" in line:
                if line["drawn"] in present:
                    wrong.append(f"life {number}: {line['drawn']} drawn twice")
                present.add(line["drawn"])
            elif "gone" in line:
                present.discard(line["gone"])
    wrong += [f"{event} arrived {n} times" for event, n in arrived.items() if n > 1]
    assert not wrong, "shown twice:\n  " + "\n  ".join(wrong[:SHOWN])
    return len(arrived)


def stale_is_marked(feeds: Mapping[str, Mapping[str, Any]], period_s: float = 6.0) -> None:
    """I3: no feed calls itself live whose last sign of life is older than three periods."""
    wrong = [
        f"{name}: live, but {feed['age_s']} s old"
        for name, feed in feeds.items()
        if feed["freshness"] == Freshness.LIVE.value and (feed["age_s"] or 0.0) > 3 * period_s
    ]
    assert not wrong, "stale and not marked:\n  " + "\n  ".join(wrong)


def window_keeps_up(status: Mapping[str, Any], slack: float = 1.0) -> None:
    """I4: lateness of the GUI loop. Of status(); the limits are `slack` times the promise."""
    late = status["gui_lateness_ms"]
    moves = late["p99"] < GAP_P99_MS * slack and late["max"] < GAP_MOST_MS * slack
    assert moves, f"the window stood still: {late}"


def notices_are_plain(profile: Path) -> int:
    """I5: notices in plain Chinese, no traceback in a log. Gives how many notices there are."""
    wrong: list[str] = []
    rows: list[tuple[Any, ...]] = []
    if (profile / "desk.db").exists():
        rows = rows_of(profile / "desk.db", "SELECT title, text FROM notices")
    for title, text in rows:
        if not _CHINESE.search(title + text) or _TECHNICAL.search(title + text):
            wrong.append(f"notice {title!r}: {text!r}")
    for log in (profile / "log").glob("*.log*"):
        text = log.read_text("utf-8", "replace")
        if (at := text.find("Traceback (most recent")) >= 0:
            wrong.append(f"{log.name}: {text[at : at + 1500]}")
    assert not wrong, "not plain:\n  " + "\n  ".join(wrong)
    return len(rows)


def normal_again(desk: Desk, promise_s: float = BACK_PROMISE_S) -> float:
    """I6: every light is green again without a restart; gives the seconds since the call."""
    limit_s = promise_s * ALLOWANCE
    try:
        return seconds(desk.is_live, limit_s, "all is normal again")
    except AssertionError as error:
        raise AssertionError(f"{error}; last: {desk.lights()}") from None


def no_secret_in(folder: Path, canaries: Iterable[str]) -> None:
    """I7: none of these texts in any file below, whatever its encoding."""
    forms = {c: (c.encode(), c.encode("utf-16-le")) for c in canaries}
    wrong = []
    for path in (p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        wrong += [f"{c!r} in {path}" for c, raw in forms.items() if any(r in content for r in raw)]
    assert not wrong, "secrets on disk:\n  " + "\n  ".join(wrong)


def memory_mb(pid: int) -> float:
    """Proportional share; 0 of a process that has ended."""
    try:
        return psutil.Process(pid).memory_full_info().pss / 1e6
    except psutil.NoSuchProcess:
        return 0.0


@contextmanager
def memory_bounded(pids: Mapping[str, int], most_mb: float) -> Iterator[None]:
    """I8: none of these processes grows by more than `most_mb` in the block."""
    before = {name: memory_mb(pid) for name, pid in pids.items()}
    yield
    grown = {name: memory_mb(pids[name]) - mb for name, mb in before.items()}
    wrong = [f"{name}: +{mb:.0f} MB" for name, mb in grown.items() if mb > most_mb]
    assert not wrong, f"more than {most_mb} MB:\n  " + "\n  ".join(wrong)


def databases_are_whole(profile: Path) -> None:
    """No page of any database is damaged."""
    for path in profile.glob("*.db"):
        try:
            said = rows_of(path, "PRAGMA quick_check")
        except sqlite3.DatabaseError as error:
            said = [(str(error),)]
        assert said == [("ok",)], f"{path.name}: {said[:3]}"
