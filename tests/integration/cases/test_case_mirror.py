"""The link's mirror of the cases: all of them once, then what has changed, wherever it was cut."""

import asyncio

import msgspec
import pytest

from desktop.clock import SystemClock
from desktop.errors import PlatformError
from desktop.link.cases import CaseMirror
from desktop.link.rest import Problem, Refused, Response, Unreachable
from local_db.case_reads import read_counted
from tests.case_paper import START, case

NOW = START.timestamp() + 30 * 86_400
PAGE = 400


class Platform:
    """GET /cases of a platform, oldest change first, as Rest gives it."""

    def __init__(self, cases, url="http://platform"):
        self.cases = {one.case_id: one for one in cases}
        self.base_url, self.wait_s = url, 0.0
        self.asked, self.fail_at, self.extra = [], 0, b""

    async def get(self, path, params, deadline_s, apart):
        self.asked.append(dict(params))
        if self.fail_at and len(self.asked) == self.fail_at:
            raise Unreachable("断了")
        if params.get("cursor") == "gone":
            raise Refused("游标过期", 410, Problem())
        since = params.get("updated_since", "")
        rows = sorted(self.cases.values(), key=lambda one: (one.updated_at, one.case_id))
        rows = [r for r in rows if not since or r.updated_at.isoformat() >= since[:19]]
        at = int(params.get("cursor", "0"))
        items = [msgspec.json.encode(one) for one in rows[at : at + PAGE]]
        more = str(at + PAGE) if at + PAGE < len(rows) else None
        if self.extra and not at:
            items.append(self.extra)
        body = msgspec.json.encode({"items": [msgspec.Raw(i) for i in items], "next_cursor": more})
        return Response(200, body)


def mirror_of(platform, tmp_path, told=None):
    told = told if told is not None else []
    return CaseMirror(
        platform, tmp_path / "cases.db", SystemClock(), lambda: True, lambda: True, told.append
    )


def catch_up(platform, tmp_path, told=None):
    async def work():
        mirror = mirror_of(platform, tmp_path, told)
        try:
            return await mirror.catch_up(), mirror
        finally:
            mirror.close()

    return asyncio.run(work())


def report(tmp_path):
    found = read_counted(tmp_path / "cases.db", "district", NOW)
    return found, float(found.table.values["report"].sum())


def test_that_all_cases_come_once_and_then_only_changes(tmp_path):
    platform = Platform(case(n) for n in range(1000))
    told = []
    assert catch_up(platform, tmp_path, told)[0] == 1000
    assert len(platform.asked) == 3 and told[-1].name == "cases"
    found, count = report(tmp_path)
    assert (count, found.whole) == (1000, True)
    platform.cases["c000007"] = msgspec.structs.replace(
        case(7, late=True), revision=2, updated_at=platform.cases["c000999"].updated_at
    )
    platform.cases["c002000"] = case(2000)
    platform.asked.clear()
    assert catch_up(platform, tmp_path)[0] == 2
    assert len(platform.asked) == 1 and platform.asked[0]["updated_since"]
    found, count = report(tmp_path)
    assert count == 1001
    assert found.table.values["overtime_dispose"].sum() == 1


def test_that_a_cut_fetch_goes_on_at_its_page(tmp_path):
    platform = Platform(case(n) for n in range(1000))
    platform.fail_at = 3
    with pytest.raises(PlatformError):
        catch_up(platform, tmp_path)
    assert not report(tmp_path)[0].whole
    platform.fail_at = 0
    platform.asked.clear()
    assert catch_up(platform, tmp_path)[0] == 200
    assert platform.asked[0]["cursor"] == "800"
    found, count = report(tmp_path)
    assert (count, found.whole) == (1000, True)


def test_that_another_platform_s_cases_do_not_stay(tmp_path):
    catch_up(Platform(case(n) for n in range(9)), tmp_path)
    catch_up(Platform([case(1)], "http://other"), tmp_path)
    assert report(tmp_path)[1] == 1


def test_that_a_wrong_case_costs_only_itself(tmp_path):
    platform = Platform(case(n) for n in range(5))
    platform.extra = b'{"case_id": 7, "state": "lost"}'
    changed, mirror = catch_up(platform, tmp_path)
    assert (changed, mirror.refused) == (5, 1)


def test_that_a_list_without_end_is_left(tmp_path):
    class Endless(Platform):
        async def get(self, path, params, deadline_s, apart):
            return Response(200, b'{"items": [], "next_cursor": "1"}')

    with pytest.raises(PlatformError, match="没有结尾"):
        catch_up(Endless([]), tmp_path)


def test_that_a_page_that_is_gone_is_not_asked_for_ever(tmp_path):
    async def work():
        platform = Platform(case(n) for n in range(5))
        mirror = mirror_of(platform, tmp_path)
        await mirror.catch_up()
        mirror._state = msgspec.structs.replace(mirror._state, cursor="gone")
        with pytest.raises(PlatformError):
            await mirror.catch_up()
        platform.cases["c000050"] = case(50)
        changed = await mirror.catch_up()
        mirror.close()
        return changed

    assert asyncio.run(work()) == 1
