"""Whose plans count: those of the platform where some can be acted by, else the files."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.domain.link_messages import CatalogueChanged
from desktop.shell.catalogues import Catalogues
from desktop.shell.plan_files import SHIPPED, read_plan_files
from desktop.standin.plans import city_plans
from desktop.stores.registers import Register, RegisterAges


class Client(QObject):
    catalogue_changed = Signal(object)


@pytest.fixture
def plans(tmp_path: Path) -> Register[Any]:
    QCoreApplication.instance() or QCoreApplication([])
    made: Register[Any] = Register()
    read_plan_files(made, tmp_path)
    return made


def told(plans: Register[Any], mirror: Any) -> None:
    """The link's message on what was mirrored last comes to the station."""
    change = next(one for one in reversed(mirror.told) if one.name == "plans")
    asyncio.run(_told(plans, mirror.path, change))


async def _told(plans: Register[Any], path: Path, change: CatalogueChanged) -> None:
    client = Client()
    catalogues = Catalogues(client, path, {"plans": plans}, RegisterAges())  # type: ignore[arg-type]
    client.catalogue_changed.emit(change)
    async with asyncio.timeout(5):
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)  # type: ignore[type-var]
    del catalogues


def test_that_the_platform_wins_over_the_files(plans, platform, mirror):
    assert (len(plans), plans.version) == (4, "")
    theirs = msgspec.structs.replace(city_plans()["flood"], edition="平台第 7 版")
    platform.rows["plans"] = [msgspec.to_builtins(theirs)]
    assert mirror.fetch()
    told(plans, mirror)
    assert plans.version and plans.rows() == (theirs,)


def test_that_a_platform_without_plans_leaves_the_files(plans, platform, mirror):
    assert mirror.fetch()
    told(plans, mirror)
    assert (len(plans), plans.version) == (4, "")


def test_that_a_platform_that_does_not_know_plans_is_asked_and_nothing_else_is_lost(
    plans, platform, mirror
):
    platform.unknown.add("plans")
    platform.rows["depots"] = [{"depot_id": "d", "name": "物资库", "lon": 116.6, "lat": 28.9}]
    assert mirror.fetch()  # all that it has was had
    assert [one.name for one in mirror.told if one.name in ("plans", "depots")] == ["depots"]


def test_that_a_level_that_nobody_may_sign_is_left_out_and_said(plans, platform, mirror):
    sent = msgspec.to_builtins(city_plans()["flood"])
    sent["levels"]["II"]["signer_role"] = ""
    sent["levels"]["III"]["tasks"][0]["after"] = [sent["levels"]["III"]["tasks"][0]["task_id"]]
    sent["levels"]["IV"]["requires"][0]["skill"] = "fly"
    platform.rows["plans"] = [sent]
    assert mirror.fetch()
    told(plans, mirror)
    assert {one.value for one in plans.get("flood").levels} == {"I", "IV"}
    text = "\n".join(plans.faults)
    for words in ("levels.II.signer_role：没有写明由谁签发", "任务互相等待", "没有技能 fly"):
        assert words in text


def test_that_broken_plans_alone_leave_the_files_and_are_said(plans, platform, mirror):
    sent = msgspec.to_builtins(city_plans()["flood"])
    platform.rows["plans"] = [sent | {"levels": {}}]
    assert mirror.fetch()
    told(plans, mirror)
    assert (len(plans), plans.version) == (4, "")
    assert "至少要有一个级别" in plans.faults[0]


def test_that_a_file_of_the_profile_replaces_the_one_that_came_along(tmp_path):
    (tmp_path / "plans").mkdir()
    mine = (SHIPPED / "flood.yaml").read_text("utf-8").replace("2026 版", "本市修订")
    (tmp_path / "plans" / "ours.yaml").write_text(mine, "utf-8")
    (tmp_path / "plans" / "odd.yaml").write_bytes(b"plan_id: \xff")
    made: Register[Any] = Register()
    read_plan_files(made, tmp_path)
    assert made.get("flood").edition == "本市修订" and len(made) == 4
    assert [one.split()[0] for one in made.faults] == ["odd.yaml"]


def test_that_a_plan_may_name_a_scene_of_the_same_profile(tmp_path):
    for folder in ("plans", "wall_scenes"):
        (tmp_path / folder).mkdir()
    (tmp_path / "wall_scenes" / "our.toml").write_text('scene_id = "tunnel"\n', "utf-8")
    text = (
        (SHIPPED / "flood.yaml").read_text("utf-8").replace("scene_id: flood", "scene_id: tunnel")
    )
    (tmp_path / "plans" / "flood.yaml").write_text(text, "utf-8")
    made: Register[Any] = Register()
    read_plan_files(made, tmp_path)
    assert made.faults == ()
