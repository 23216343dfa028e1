"""Reads of the platform that a view asks for; the answers are checked, never stored."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import msgspec

from desktop.clock import Clock
from desktop.domain.alarms import AlarmEvent
from desktop.domain.assets import Owner
from desktop.domain.cameras import LiveAnswer, Protocol, Stream
from desktop.domain.cases import Case
from desktop.domain.emergency.incidents import TimelineEntry
from desktop.domain.link_messages import Answer, Question
from desktop.domain.points import Reading
from desktop.errors import PlatformAway, PlatformError
from desktop.feeds.mending import read_event
from desktop.feeds.metrics import RegistryAnswer, read_rows
from desktop.feeds.wire import UNREADABLE, DecodeError, clean_message
from desktop.link.cells import Cells
from desktop.link.rest import PICTURE, Rest

log = logging.getLogger(__name__)

DEADLINE_S = 8.0
MOST_PICTURE_BYTES = 8 * 1024 * 1024
PICTURE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
MAX_MINUTES = 7 * 24 * 60
MOST_READINGS = 2000
MOST_PAGES = 50
MOST_HOURS = 24 * 31


class _Items(msgspec.Struct):
    items: list[msgspec.Raw]


class _Cursor(msgspec.Struct):
    next_cursor: str | int | None = None


class _Playback(msgspec.Struct):
    """Source: GET /cameras/{id}/playback. The address is secret and lives for a short time."""

    url: str
    protocol: str = "hls"

    def __repr__(self) -> str:
        return "_Playback(url=<secret>)"


class _Sample(msgspec.Struct):
    """One row of GET /series: a reading, or the bare value of the metric that was asked."""

    at: str
    metrics: dict[str, float] = {}
    value: float | None = None
    quality: str = "good"


class Questions:
    def __init__(self, rest: Rest, clock: Clock, cells: Cells | None = None) -> None:
        self._rest = rest
        self._clock = clock
        self._cells = cells

    async def answer(self, question: Question) -> Answer:
        """Never raises a PlatformError: its text is the answer's error."""
        try:
            body = await self._ask(question)
        except PlatformError as error:
            away = isinstance(error, PlatformAway)
            return Answer(request_id=question.request_id, error=error.operator_text, away=away)
        return Answer(request_id=question.request_id, body=body)

    async def _ask(self, question: Question) -> bytes:
        params = question.params
        try:
            match question.name:
                case "live":
                    return await self._live(params["camera_id"], params.get("profile", "main"))
                case "playback":
                    return await self._playback(params["camera_id"], params["from"], params["to"])
                case "alarm_history":
                    return await self._history(params["alarm_id"])
                case "series":
                    minutes = min(max(int(params.get("minutes", "60")), 1), MAX_MINUTES)
                    return await self._series(params["point_id"], params["metric"], minutes)
                case "incident_timeline":
                    return await self._timeline(params["incident_id"])
                case "camera_picture":
                    camera = quote(params["camera_id"], safe="")
                    return await self._picture(f"/cameras/{camera}/snapshot")
                case "attachment":
                    name = quote(params["attachment_id"], safe="")
                    return await self._picture(f"/attachments/{name}")
                case "case":
                    return await self._case(params["case_id"])
                case "owner":
                    return await self._owner(params["asset_id"])
                case "metrics":
                    return await self._metrics(params)
                case "metric_registry":
                    return await self._metric_registry()
                case "layer_cell" if self._cells is not None:
                    place = (int(params["z"]), int(params["x"]), int(params["y"]))
                    return await self._cells.get(params["layer_id"], *place)
        except (KeyError, ValueError) as error:
            log.error("question %s: %r", question.name, error)
        raise PlatformError("本版本不支持这个查询")

    async def _get(self, path: str, params: dict[str, str]) -> bytes:
        answer = await self._rest.call(
            "GET", path, params=params, deadline_s=DEADLINE_S, urgent=True
        )
        return answer.body

    async def _live(self, camera_id: str, profile: str) -> bytes:
        body = await self._get(f"/cameras/{quote(camera_id, safe='')}/live", {"profile": profile})
        try:
            return msgspec.json.encode(msgspec.json.decode(body, type=LiveAnswer))
        except UNREADABLE:
            raise PlatformError("平台返回异常：视频地址读不懂") from None

    async def _playback(self, camera_id: str, start: str, end: str) -> bytes:
        """HLS as the platform names it; MP4 with ranges is opened in the same way."""
        params = {
            name: datetime.fromisoformat(text).astimezone(UTC).isoformat(timespec="milliseconds")
            for name, text in (("from", start), ("to", end))
        }
        body = await self._get(f"/cameras/{quote(camera_id, safe='')}/playback", params)
        try:
            found = msgspec.json.decode(body, type=_Playback)
        except UNREADABLE:
            raise PlatformError("平台返回异常：录像地址读不懂") from None
        return msgspec.json.encode(LiveAnswer((Stream(found.url, Protocol.HLS),)))

    async def _picture(self, path: str) -> bytes:
        """One still; what is no picture goes no further."""
        answer = await self._rest.call(
            "GET", path, headers={"Accept": f"{PICTURE}*"}, deadline_s=DEADLINE_S, urgent=True,
            apart=True,
        )  # fmt: skip
        body = answer.body
        if len(body) > MOST_PICTURE_BYTES or not body.startswith(PICTURE_HEADS):
            raise PlatformError("平台返回异常：不是画面")
        return body

    async def _metrics(self, params: dict[str, str]) -> bytes:
        """Values, and the hours behind them when `hours` says how many."""
        asked = {key: params[key] for key in ("names", "scope") if params.get(key)}
        if hours := float(params.get("hours", "0")):
            begin = self._clock.now() - timedelta(hours=min(hours, MOST_HOURS))
            asked["from"] = begin.isoformat(timespec="milliseconds")
        body = await self._get("/metrics", asked)
        try:
            found, odd = await asyncio.to_thread(read_rows, body)
        except UNREADABLE:
            raise PlatformError("平台返回异常：城市体征读不懂") from None
        if odd:
            log.warning("%d rows of metrics are not understood", odd)
        return await asyncio.to_thread(msgspec.json.encode, found)

    async def _metric_registry(self) -> bytes:
        body = await self._get("/metrics/registry", {})
        try:
            return msgspec.json.encode(msgspec.json.decode(body, type=RegistryAnswer))
        except UNREADABLE:
            raise PlatformError("平台返回异常：城市体征目录读不懂") from None

    async def _owner(self, asset_id: str) -> bytes:
        """Name and whole phone of who answers for an item; never stored here."""
        body = await self._get(f"/assets/{quote(asset_id, safe='')}/owner", {})
        try:
            return msgspec.json.encode(msgspec.json.decode(clean_message(body), type=Owner))
        except UNREADABLE:
            raise PlatformError("平台返回异常：责任人读不懂") from None

    async def _case(self, case_id: str) -> bytes:
        """The whole file of one case: the mirror keeps what is counted alone."""
        body = await self._get(f"/cases/{quote(case_id, safe='')}", {})
        try:
            return msgspec.json.encode(msgspec.json.decode(clean_message(body), type=Case))
        except UNREADABLE:
            raise PlatformError("平台返回异常：案件读不懂") from None

    async def _history(self, alarm_id: str) -> bytes:
        """Events of one alarm, oldest first; what cannot be read is left out."""
        body = await self._get(f"/alarms/{quote(alarm_id, safe='')}/history", {})
        events: list[AlarmEvent] = []
        for item in _items(body):
            try:
                events.append(read_event(bytes(item)))
            except DecodeError as error:
                log.warning("history of %s: %s", alarm_id, error.reason)
        return msgspec.json.encode(events)

    async def _timeline(self, incident_id: str) -> bytes:
        """Entries as the platform wrote them, oldest first: their hashes are over every letter."""
        path, cursor = f"/incidents/{quote(incident_id, safe='')}/timeline", ""
        found: list[msgspec.Raw] = []
        for _ in range(MOST_PAGES):
            body = await self._get(path, {"cursor": cursor} if cursor else {})
            some = _items(body)
            try:
                for entry in some:
                    msgspec.json.decode(entry, type=TimelineEntry)
            except UNREADABLE:
                raise PlatformError("平台返回异常：时间线读不懂") from None
            found += some
            cursor = _cursor(body)
            if not cursor:
                break
        return msgspec.json.encode(found)

    async def _series(self, point_id: str, metric: str, minutes: int) -> bytes:
        now = self._clock.now()
        step_s = max(1, minutes * 60 // MOST_READINGS)
        params = {
            "point_id": point_id,
            "metric": metric,
            "from": (now - timedelta(minutes=minutes)).isoformat(timespec="milliseconds"),
            "to": now.isoformat(timespec="milliseconds"),
            "step": str(step_s),
        }
        body = await self._get("/series", params)
        readings: list[Reading] = []
        for item in _items(body):
            try:
                sample = msgspec.json.decode(item, type=_Sample)
                metrics = sample.metrics or {metric: sample.value}
                row = {"at": sample.at, "metrics": metrics, "quality": sample.quality}
                reading = msgspec.convert(row | {"point_id": point_id}, Reading)
            except UNREADABLE as error:
                log.warning("series of %s: %s", point_id, error)
                continue
            readings.append(reading)
        return msgspec.json.encode(readings)


def _cursor(body: bytes) -> str:
    """Of the page to come, empty at the end."""
    try:
        return str(msgspec.json.decode(body, type=_Cursor).next_cursor or "")
    except UNREADABLE:
        return ""


def _items(body: bytes) -> list[msgspec.Raw]:
    for kind in (_Items, list[msgspec.Raw]):
        try:
            found = msgspec.json.decode(body, type=kind)
        except UNREADABLE:
            continue
        return found.items if isinstance(found, _Items) else found
    raise PlatformError("平台返回异常：内容读不懂")
