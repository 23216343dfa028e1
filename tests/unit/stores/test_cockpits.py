"""Cockpit files that change while the station runs."""

import asyncio
from functools import partial
from pathlib import Path

from desktop.cockpit_rules import COCKPITS, read_files, stamps_of
from desktop.stores.cockpits import CockpitStore


async def _looked(store: CockpitStore) -> None:
    store.look()
    while store.is_looking:
        await asyncio.sleep(0.005)


def test_that_a_changed_file_is_read_again_and_an_unchanged_one_is_not(qapp, tmp_path: Path):
    own = tmp_path / "cockpits"
    own.mkdir()
    told: list[int] = []

    async def work() -> None:
        store = CockpitStore(partial(read_files, tmp_path), partial(stamps_of, tmp_path))
        store.changed.connect(lambda: told.append(1))
        await _looked(store)
        await _looked(store)
        assert len(told) == 1
        text = (COCKPITS / "gas.yaml").read_text("utf-8")
        (own / "gas.yaml").write_text(text.replace("title: 燃气监管", "title: 改过"), "utf-8")
        await _looked(store)
        assert store.files is not None
        assert store.files.cockpits["gas"].title == "改过"
        (own / "gas.yaml").write_text("id: [", "utf-8")
        await _looked(store)
        assert [one.file for one in store.files.faults] == ["gas.yaml"]
        assert len(told) == 3

    asyncio.run(work())
