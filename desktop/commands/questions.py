"""What the station asks of the platform, through the link."""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.commands.cases import CaseMirrorReads
from desktop.commands.examination import run_doctor
from desktop.commands.registers import MirrorReads
from desktop.commands.waiting import NO_LINK, Waiting
from desktop.domain.alarms import AlarmEvent
from desktop.domain.assets import Asset, Owner
from desktop.domain.audit import AuditPage
from desktop.domain.cameras import LiveAnswer
from desktop.domain.cockpit.series import MetricSeries, MetricUnits, read_series
from desktop.domain.duty import Duty
from desktop.domain.emergency.incidents import TimelineEntry
from desktop.domain.findings import Report
from desktop.domain.link_messages import Answer, OrderState, Question
from desktop.domain.points import Reading
from desktop.domain.search import Hit
from desktop.errors import PlatformAway, PlatformError
from desktop.ids import ulid
from desktop.offload import offload
from desktop.stores.link_client import LinkClient
from local_db import cache, items_in, search

T = TypeVar("T")
log = logging.getLogger(__name__)

LIMIT_S = 12.0
_LIMITS_S = {"platform_check": 120.0, "audit_rows": 30.0}


class LinkQuestions(QObject):
    """Implements desktop.context.Questions. Every method raises PlatformError."""

    asked = Signal(str)  # name of the question, for the log of a slow platform

    def __init__(self, client: LinkClient, cache_db: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._cache_db = client, cache_db
        self._waiting: Waiting[bytes] = Waiting()
        self.registers = MirrorReads(cache_db)
        self.cases = CaseMirrorReads(cache_db, self._ask_body)
        client.answered.connect(self._on_answer)
        client.disconnected.connect(self._on_disconnected)

    async def live(self, camera_id: str, profile: str) -> LiveAnswer:
        return await self._ask("live", LiveAnswer, camera_id=camera_id, profile=profile)

    async def playback(self, camera_id: str, start: datetime, end: datetime) -> LiveAnswer:
        times = {"from": start.isoformat(), "to": end.isoformat()}
        return await self._ask("playback", LiveAnswer, camera_id=camera_id, **times)

    async def alarm_history(self, alarm_id: str) -> tuple[AlarmEvent, ...]:
        """Oldest first."""
        return await self._ask("alarm_history", tuple[AlarmEvent, ...], alarm_id=alarm_id)

    async def series(self, point_id: str, metric: str, minutes: int) -> tuple[Reading, ...]:
        """Oldest first."""
        params = {"point_id": point_id, "metric": metric, "minutes": str(minutes)}
        return await self._ask("series", tuple[Reading, ...], **params)

    async def layer(self, layer_id: str) -> bytes | None:
        return await offload(cache.read_layer, self._cache_db, layer_id)

    async def search(self, text: str, kinds: Sequence[str] = (), limit: int = 20) -> list[Hit]:
        return await offload(search.search, self._cache_db, text, tuple(kinds), limit)

    async def asset(self, asset_id: str) -> Asset | None:
        return await offload(cache.read_asset, self._cache_db, asset_id)

    async def duty(self) -> list[Duty]:
        return await offload(cache.read_duty, self._cache_db)

    async def assets_in(
        self, box_deg: tuple[float, float, float, float], class_ids: Sequence[str], limit: int
    ) -> list[Asset]:
        return await offload(items_in.assets_in, self._cache_db, box_deg, class_ids, limit)

    async def owner(self, asset_id: str) -> Owner:
        return await self._ask("owner", Owner, asset_id=asset_id)

    async def incident_timeline(self, incident_id: str) -> tuple[TimelineEntry, ...]:
        kind = tuple[TimelineEntry, ...]
        return await self._ask("incident_timeline", kind, incident_id=incident_id)

    async def metrics(
        self, names: Sequence[str], scopes: Sequence[str], hours: float = 0.0
    ) -> tuple[MetricSeries, ...]:
        """With the hours behind each value, where some are asked for. Read on a worker thread."""
        params = {"names": ",".join(names), "scope": ",".join(scopes), "hours": f"{hours:g}"}
        body = await self._ask_body("metrics", params)
        try:
            return await offload(read_series, body)
        except msgspec.DecodeError as error:
            log.error("answer to metrics: %s", error)
            raise PlatformError("平台返回的内容无法识别；请通知平台管理员") from None

    async def metric_units(self) -> dict[str, str]:
        """Names of the units that the platform tells metrics for."""
        answer = await self._ask("metric_registry", MetricUnits)
        return {row["scope_id"]: row.get("name", "") for row in answer.units if "scope_id" in row}

    async def order_state(self, order_id: str) -> OrderState | None:
        """Of the link, which keeps every order; None: it never came there."""
        found = await self._ask("order_state", tuple[OrderState, ...], order_id=order_id)
        return found[0] if found else None

    async def layer_cell(self, layer_id: str, z: int, x: int, y: int) -> bytes | None:
        params = {"layer_id": layer_id, "z": str(z), "x": str(x), "y": str(y)}
        return await self._ask_body("layer_cell", params)

    async def camera_picture(self, camera_id: str) -> bytes:
        body = await self._ask_body("camera_picture", {"camera_id": camera_id})
        if body is None:
            raise PlatformError("平台没有给出画面")
        return body

    async def examine_platform(self) -> Report:
        return await self._ask("platform_check", Report)

    async def examine_machine(self) -> Report:
        return await offload(run_doctor, self._cache_db.parent)

    async def audit_page(self) -> AuditPage:
        return await self._ask("audit_rows", AuditPage)

    async def _ask(self, name: str, kind: type[T], **params: str) -> T:
        body = await self._ask_body(name, params)
        try:
            return msgspec.json.decode(body, type=kind)
        except msgspec.DecodeError as error:
            log.error("answer to %s: %s", name, error)
            raise PlatformError("平台返回的内容无法识别；请通知平台管理员") from None

    async def _ask_body(self, name: str, params: dict[str, str]) -> bytes:
        request_id = ulid()
        question = Question(request_id=request_id, name=name, params=params)
        if not self._client.send(question):
            raise PlatformAway(NO_LINK)
        self.asked.emit(name)
        limit_s = _LIMITS_S.get(name, LIMIT_S)
        return await self._waiting.wait(
            request_id, limit_s, f"平台 {limit_s:.0f} 秒内没有回答；请检查网络后再试"
        )

    def _on_answer(self, answer: Answer) -> None:
        if answer.error or answer.body is None:
            self._waiting.fail(answer.request_id, answer.error or "平台没有返回内容", answer.away)
        else:
            self._waiting.resolve(answer.request_id, answer.body)

    def _on_disconnected(self) -> None:
        self._waiting.fail_all(NO_LINK)
