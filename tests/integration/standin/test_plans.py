"""GET /plans of the real stand-in, and its mirror by the link's registers."""

import asyncio
from pathlib import Path

import msgspec

from desktop.clock import SystemClock
from desktop.domain.emergency.plan_text import faults_of
from desktop.domain.emergency.plans import Plan, ResponseLevel
from desktop.link.registers import Registers
from desktop.link.rest import Rest
from desktop.shell.plan_files import SCENES, scenes_in
from desktop.standin.plans import city_plans
from local_db.cache import read_plans, read_versions


def test_that_the_platform_serves_its_plans_whole_and_once(standin, granted):
    answer = standin.rest.get("/plans").raise_for_status()
    rows = msgspec.convert(answer.json()["items"], list[Plan])
    assert rows == list(city_plans().values())
    again = standin.rest.get("/plans", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Plan" in standin.rest.get("/openapi.json").json()["components"]["schemas"]


def test_that_the_link_mirrors_the_plans_of_the_city(standin, granted, tmp_path: Path):
    path = tmp_path / "cache.db"

    async def fetch() -> None:
        rest = Rest(str(standin.rest.base_url).rstrip("/"), False, SystemClock(), lambda _: None)
        rest.token = lambda: granted["access_token"]
        registers = Registers(rest, path, SystemClock(), lambda _: None)
        try:
            assert await registers.fetch_all()
        finally:
            registers.close()
            await rest.close()

    asyncio.run(fetch())
    plans = read_plans(path)
    assert plans == list(city_plans().values())
    scenes = scenes_in(SCENES)
    assert all({*one.levels} == {*ResponseLevel} and not faults_of(one, scenes) for one in plans)
    assert read_versions(path)["plans"].version
    assert read_versions(path)["assets"].row_count  # the last of the round
