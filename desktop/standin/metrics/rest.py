"""GET /metrics and GET /metrics/registry."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from desktop.domain.cockpit.metrics import Registry, read_registry
from desktop.standin.metrics.book import MetricBook, scopes_of
from desktop.standin.wire import Problem, answer, catalogue

_FILES = Path(__file__).resolve().parents[3] / "resources" / "metrics"
_MOST_ROWS = 4000


@cache
def city_registry() -> Registry:
    """What resources/metrics says."""
    files = sorted(_FILES.glob("*.yaml"))
    return read_registry((one.name, one.read_text("utf-8")) for one in files)


def metric_router(book: MetricBook) -> APIRouter:
    router = APIRouter(tags=["metrics"])

    @router.get("/metrics/registry")
    async def registry(request: Request) -> Response:
        """Beyond the common contract: which metrics there are, and of which units."""
        units = [{"scope_id": key, "name": name} for key, name in book.districts.items()]
        return catalogue(
            request, msgspec.json.encode({"items": list(book.registry), "units": units})
        )

    @router.get("/metrics")
    async def metrics(
        names: str = "",
        scope: str = "city",
        start: Annotated[datetime | None, Query(alias="from")] = None,
        to: datetime | None = None,
        step: Annotated[float | None, Query(ge=3600, le=86_400 * 31)] = None,
    ) -> Response:
        """`names` and `scope` are lists with commas; no names: all; `district`: every district.

        Without `from` only the present. A metric that is not told for a unit has no row.
        """
        if any(one is not None and one.tzinfo is None for one in (start, to)):
            raise Problem(400, "bad_time", "from、to 缺少时区")
        wanted = [n for n in names.split(",") if n] or [m.metric_id for m in book.registry]
        unknown = [name for name in wanted if name not in book.registry]
        if unknown:
            raise Problem(404, "no_such_metric", f"没有指标 {'、'.join(unknown[:5])}")
        try:
            scopes = scopes_of((s for s in scope.split(",") if s), book.districts)
        except KeyError as error:
            raise Problem(404, "no_such_scope", f"没有单位 {error.args[0]}") from None
        if len(wanted) * len(scopes) > _MOST_ROWS:
            raise Problem(400, "too_many", f"一次最多取 {_MOST_ROWS} 行")
        return answer({"items": await book.rows(wanted, scopes, start, to, step)})

    return router
