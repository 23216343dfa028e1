"""Hostile rows in the registers and the health page: literal in table, card and foot."""

import asyncio
from functools import partial

import pytest

from desktop.domain.audit import AuditPage, AuditRow
from desktop.domain.findings import Report, failed
from desktop.domain.texts import clean_text
from tests.gui.driving import until
from tests.gui.fake_room import NOW
from tests.gui.hostile_text.conftest import KINDS, fill, registers_of, text_of
from tests.gui.hostile_text.test_desk import first_words, looked_at, seen
from tests.gui.registers.conftest import shown
from views.health.page import HealthPage

__all__ = ["shown"]
TABS = (("assets", "points"), ("orgs", "cameras"), ("units", "duty"))


@pytest.fixture(params=KINDS)
def text(request, canary) -> str:
    return text_of(request.param, canary)


def cells(page) -> list[str]:
    row = [page.model.index(0, column).data() for column in range(page.model.columnCount())]
    return [str(cell or "").replace("\n", " ") for cell in row]


def is_read(page, register: str) -> bool:
    return page.model.register == register and page.model.row(0) is not None


@pytest.mark.parametrize("tabs", TABS, ids="-".join)
def test_that_every_register_shows_its_rows_literally(city, shown, room, text, tabs):
    fill(room, text)
    rows = registers_of(text)
    for name, its_rows in rows.items():
        city.put(name, its_rows)

    async def body(page) -> None:
        for tab in tabs:
            page.choose(tab)
            await until(partial(is_read, page, tab))
            page.table.selectRow(0)
            await until(lambda: any(first_words(text) in cell for cell in cells(page)))
            await until(lambda: any(first_words(text) in words for words in seen(page.card)))
            looked_at(page)

    shown(body)


class Told:
    """Answers full of one text, for the health page."""

    def __init__(self, registers, text: str) -> None:
        self.registers, self._text = registers, text

    async def examine_machine(self) -> Report:
        return Report(self._text, self._text, (failed(self._text, self._text, self._text),))

    examine_platform = examine_machine

    async def audit_page(self) -> AuditPage:
        row = AuditRow(
            seq=1, at=NOW.isoformat(), user=self._text, role=self._text, seat=self._text,
            action=self._text, target=self._text, outcome=self._text, reason=self._text,
            entry_id="e", previous="", hash="",
        )  # fmt: skip
        return AuditPage(rows=(row,), count=1)


def test_that_the_health_page_shows_findings_and_trail_literally(qtbot, city, room, text, run):
    told = clean_text(text)
    city.put("points", registers_of(text)["points"], findings=(told,),
             refusals={told: 1}, examples={told: [told]}, unmapped={told[:60]: 1})  # fmt: skip
    object.__setattr__(room, "questions", Told(room.questions.registers, told))
    fill(room, text)
    page = HealthPage(room)
    qtbot.addWidget(page)
    page.resize(1864, 1000)

    async def scene() -> None:
        page.show()
        await asyncio.sleep(0.2)
        page.header.button.click()
        await asyncio.sleep(0.3)
        looked_at(page)

    run(scene())
