"""The station's control socket: one line in, one line out, whatever comes."""

import asyncio
import json
import stat
from pathlib import Path
from typing import Any

from desktop.errors import OperatorError
from desktop.shell.control import ControlSocket


async def status(_order: dict[str, Any]) -> dict[str, Any]:
    return {"status": {"ready": True}}


async def refuse(_order: dict[str, Any]) -> dict[str, Any]:
    raise OperatorError("没有这个页面")


async def break_down(_order: dict[str, Any]) -> dict[str, Any]:
    raise ZeroDivisionError


def exchange(path: Path, *lines: bytes) -> list[dict[str, Any]]:
    async def talk() -> list[dict[str, Any]]:
        words = {"status": status, "view": refuse, "bug": break_down}
        control = ControlSocket(path, words)
        path.write_text("left by a killed station")
        await control.start()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        reader, writer = await asyncio.open_unix_connection(str(path))
        answers = []
        for line in lines:
            writer.write(line + b"\n")
            answers.append(json.loads(await asyncio.wait_for(reader.readline(), 2)))
        writer.close()
        await writer.wait_closed()
        control.close()
        await asyncio.sleep(0)
        return answers

    return asyncio.run(talk())


def test_that_a_word_is_answered_on_one_line(tmp_path: Path) -> None:
    answers = exchange(tmp_path / "s", b'{"word": "status"}', b'{"word": "status"}')
    assert answers == [{"ok": True, "status": {"ready": True}}] * 2


def test_that_refusals_bugs_and_nonsense_are_answered_too(tmp_path: Path) -> None:
    orders = (b'{"word": "view"}', b'{"word": "bug"}', b'{"word": "fly"}', b"[]", b"\xff")
    answers = exchange(tmp_path / "s", *orders)
    assert [answer["ok"] for answer in answers] == [False] * 5
    assert answers[0]["error"] == "没有这个页面"
