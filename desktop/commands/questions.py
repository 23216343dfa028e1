"""What the station asks of the platform, through the link."""

import logging
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.commands.waiting import NO_LINK, Waiting
from desktop.domain.alarms import AlarmEvent
from desktop.domain.cameras import LiveAnswer
from desktop.domain.link_messages import Answer, Question
from desktop.domain.points import Reading
from desktop.errors import PlatformError
from desktop.ids import ulid
from desktop.offload import offload
from desktop.stores.link_client import LinkClient
from local_db import cache

T = TypeVar("T")
log = logging.getLogger(__name__)

LIMIT_S = 12.0


class LinkQuestions(QObject):
    """Implements desktop.context.Questions. Every method raises PlatformError."""

    asked = Signal(str)  # name of the question, for the log of a slow platform

    def __init__(self, client: LinkClient, cache_db: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._cache_db = client, cache_db
        self._waiting: Waiting[bytes] = Waiting()
        client.answered.connect(self._on_answer)
        client.disconnected.connect(self._on_disconnected)

    async def live(self, camera_id: str, profile: str) -> LiveAnswer:
        return await self._ask("live", LiveAnswer, camera_id=camera_id, profile=profile)

    async def alarm_history(self, alarm_id: str) -> tuple[AlarmEvent, ...]:
        """Oldest first."""
        return await self._ask("alarm_history", tuple[AlarmEvent, ...], alarm_id=alarm_id)

    async def series(self, point_id: str, metric: str, minutes: int) -> tuple[Reading, ...]:
        """Oldest first."""
        params = {"point_id": point_id, "metric": metric, "minutes": str(minutes)}
        return await self._ask("series", tuple[Reading, ...], **params)

    async def layer(self, layer_id: str) -> bytes | None:
        return await offload(cache.read_layer, self._cache_db, layer_id)

    async def _ask(self, name: str, kind: type[T], **params: str) -> T:
        request_id = ulid()
        question = Question(request_id=request_id, name=name, params=params)
        if not self._client.send(question):
            raise PlatformError(NO_LINK)
        self.asked.emit(name)
        body = await self._waiting.wait(
            request_id, LIMIT_S, f"平台 {LIMIT_S:.0f} 秒内没有回答；请检查网络后再试"
        )
        try:
            return msgspec.json.decode(body, type=kind)
        except msgspec.DecodeError as error:
            log.error("answer to %s: %s", name, error)
            raise PlatformError("平台返回的内容无法识别；请通知平台管理员") from None

    def _on_answer(self, answer: Answer) -> None:
        if answer.error or answer.body is None:
            self._waiting.fail(answer.request_id, answer.error or "平台没有返回内容")
        else:
            self._waiting.resolve(answer.request_id, answer.body)

    def _on_disconnected(self) -> None:
        self._waiting.fail_all(NO_LINK)
