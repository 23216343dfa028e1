"""Reads of the mirrored cases, beside the GUI loop; a whole file comes from the platform."""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import ParamSpec, TypeVar

import msgspec

from desktop.domain.assessment.figures import Inputs
from desktop.domain.assessment.mirrored import (
    Blame,
    CaseFilter,
    CaseRow,
    CaseRows,
    Counted,
    Told,
)
from desktop.domain.assessment.schemes import Scheme
from desktop.domain.cases import Case
from desktop.errors import PlatformError
from desktop.offload import offload
from local_db import browse, case_reads
from local_db.cache import read_layer

P = ParamSpec("P")
R = TypeVar("R")
_AREAS = ("districts", "orgs")
STREETS_LAYER = "subdistricts"
Ask = Callable[[str, dict[str, str]], Awaitable[bytes]]


class CaseMirrorReads:
    """Implements desktop.stores.assessment.CaseReads."""

    def __init__(self, cache_db: Path, ask: Ask) -> None:
        self._cache_db, self._path = cache_db, cache_db.with_name("cases.db")
        self._ask = ask

    async def counted(self, level: str, now: float) -> Counted | None:
        return await offload(case_reads.read_counted, self._path, level, now)

    async def drill(
        self, level: str, unit_id: str, months: tuple[str, ...], counts: tuple[str, ...],
        now: float, limit: int, blame: Blame | None = None,
    ) -> CaseRows:  # fmt: skip
        return await self._read(
            case_reads.drill, self._path, level, unit_id, months, counts, now, limit, blame
        )

    async def page(
        self, wanted: CaseFilter, now: float, after: str, limit: int
    ) -> tuple[CaseRow, ...]:
        return await self._read(case_reads.page, self._path, wanted, now, after, limit)

    async def case(self, case_id: str) -> Case:
        body = await self._ask("case", {"case_id": case_id})
        try:
            return msgspec.json.decode(body, type=Case)
        except msgspec.DecodeError:
            raise PlatformError("平台返回异常：案件读不懂") from None

    async def picture(self, attachment_id: str) -> bytes:
        """JPEG or PNG of a case's file."""
        return await self._ask("attachment", {"attachment_id": attachment_id})

    async def unit_names(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for name in _AREAS:
            found |= await offload(browse.names, self._cache_db, name)
        return found | await offload(_street_names, self._cache_db)

    async def told(self) -> Told:
        return await offload(_told, self._path)

    async def _read(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await offload(work, *args, **kwargs)
        except sqlite3.Error:
            raise PlatformError("案件还没有同步到本机；请稍候再试") from None


class _Facts(msgspec.Struct):
    subdistrict_id: str = ""
    name: str = ""


class _Area(msgspec.Struct):
    properties: _Facts


class _Areas(msgspec.Struct):
    features: tuple[_Area, ...]


def _street_names(cache_db: Path) -> dict[str, str]:
    """街道 have no register: their names stand in their layer. Without it, codes are shown."""
    try:
        body = read_layer(cache_db, STREETS_LAYER)
        areas = msgspec.json.decode(body, type=_Areas).features if body else ()
    except (sqlite3.Error, msgspec.DecodeError):
        return {}
    facts = [area.properties for area in areas]
    return {one.subdistrict_id: one.name for one in facts if one.subdistrict_id and one.name}


def _told(path: Path) -> Told:
    """Written by the link, which has checked it."""
    bodies = case_reads.read_told(path)
    schemes = bodies.pop("schemes", b"[]")
    return Told(
        msgspec.json.decode(schemes, type=tuple[Scheme, ...]),
        {period: msgspec.json.decode(body, type=Inputs) for period, body in bodies.items()},
    )
