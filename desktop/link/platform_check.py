"""The contract against a platform, call by call: status, time, schema, ETag, pages, refusals.

Every call is harmless: it reads, or orders something that cannot exist. The answers are read
by the same decoders as in use, so that what passes here works at the desk.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from desktop.clock import Clock
from desktop.domain.alarms import Alarm
from desktop.domain.cameras import LiveAnswer
from desktop.domain.findings import Finding, failed, ok, skipped, warning
from desktop.errors import PlatformError
from desktop.feeds.alarms import decode_event
from desktop.feeds.wire import UNREADABLE, DecodeError, strict_decoder
from desktop.ids import ulid
from desktop.link.register_rows import page_rows, read_page
from desktop.link.register_specs import REGISTERS, RegisterSpec
from desktop.link.rest import Refused, Response, Rest, Unreachable, server_time

log = logging.getLogger(__name__)

LIMIT_S = 8.0
SLOW_S = 2.0
MOST_OFFSET_S = 2.0
SAMPLE = "50"
_NOWHERE = "doctor-no-such-thing"
_ASK_PLATFORM = "请平台管理员按接口约定补齐"
_decode_alarm = strict_decoder(Alarm)
_REQUIRED = {"alarm_classes", "points", "cameras"}  # without them the desk shows no alarm properly


class Place(NamedTuple):
    """One call; `required`: the desk does not work without it."""

    name: str
    check: Callable[[], Awaitable[str | Finding]]
    required: bool = True


class Wrong(Exception):
    """The answer came and is not what the contract says."""


class PlatformCheck:
    """`rest` is one of its own, so that a failing platform does not turn the desk's lights."""

    def __init__(self, rest: Rest, clock: Clock) -> None:
        self._rest, self._clock = rest, clock
        self._first: dict[str, str] = {}  # an id of each register, to ask on with
        self._epoch = ""

    async def run(self) -> list[Finding]:
        """Signed in already. One after the other: a platform in trouble is not flooded."""
        found: list[Finding] = []
        for place in self._places():
            found.append(await self._one(place))
        return found

    async def run_unsigned(self) -> list[Finding]:
        """What can be asked without an account."""
        return [await self._one(Place("GET /health", self._health))]

    def _places(self) -> list[Place]:
        registers = [
            Place(
                f"GET {spec.path}", lambda spec=spec: self._register(spec), spec.name in _REQUIRED
            )
            for spec in REGISTERS
        ]
        return [
            Place("GET /health", self._health),
            Place("错误应答（problem+json）", self._problem, False),
            *registers,
            Place("ETag / 304", self._etag, False),
            Place("分页 limit / cursor", self._pages),
            Place("增量 updated_since", self._changes, False),
            Place("GET /districts", lambda: self._areas("/districts"), False),
            Place("GET /grids", lambda: self._areas("/grids"), False),
            Place("GET /layers", self._layers),
            Place("GET /alarms?state=open", self._alarms),
            Place("GET /alarm-events", self._events),
            Place("GET /alarms/{id}/history", self._history, False),
            Place("GET /series", self._series, False),
            Place("GET /cameras/{id}/live", self._live),
            Place("命令缺 Idempotency-Key 应拒绝", self._no_key, False),
            Place("命令指向不存在的告警应拒绝", self._no_alarm),
        ]

    async def _one(self, place: Place) -> Finding:
        started_s = time.monotonic()
        try:
            async with asyncio.timeout(LIMIT_S + 2.0):
                found = await place.check()
        except (Wrong, DecodeError) as error:
            found = failed(place.name, str(error), _ASK_PLATFORM)
        except Refused as error:
            found = self._refused(place, error)
        except Unreachable as error:
            found = failed(place.name, error.operator_text, "检查网络和平台服务后再查")
        except (PlatformError, TimeoutError) as error:
            why = getattr(error, "operator_text", f"{LIMIT_S:.0f} 秒没有应答")
            found = failed(place.name, why, _ASK_PLATFORM)
        took_s = time.monotonic() - started_s
        if isinstance(found, str):
            found = ok(place.name, found)
            if took_s > SLOW_S:
                reason = f"{found.reason}；用了 {took_s:.1f} 秒"
                found = warning(place.name, reason, "请平台管理员查慢的原因（应在 2 秒内）")
        return msgspec.structs.replace(found, took_ms=round(took_s * 1000))

    def _refused(self, place: Place, error: Refused) -> Finding:
        reason = f"HTTP {error.status}：{error.operator_text}"
        if error.status in (404, 405, 501):
            if not place.required:
                return skipped(place.name, "平台没有提供，相关内容为空", _ASK_PLATFORM)
            return failed(place.name, f"平台没有提供（HTTP {error.status}）", _ASK_PLATFORM)
        return failed(place.name, reason, "核对账号权限，或请平台管理员处理")

    async def _get(self, path: str, params: dict[str, str] | None = None, **more: Any) -> Response:
        return await self._rest.get(path, params, deadline_s=LIMIT_S, urgent=True, **more)

    # ---- calls ---------------------------------------------------------------------------

    async def _health(self) -> str | Finding:
        before = self._clock.now()
        answer = await self._get("/health", signed=False)
        facts = _object(answer.body)
        theirs = server_time(answer.body)
        missing = [name for name in ("status", "time", "epoch", "seq") if name not in facts]
        if missing:
            raise Wrong(f"缺少字段 {'、'.join(missing)}")
        if theirs is None:
            raise Wrong("time 不是带时区的 RFC 3339 时间")
        self._epoch = str(facts["epoch"])
        offset_s = (before - theirs).total_seconds()
        if abs(offset_s) > MOST_OFFSET_S:
            reason = f"平台时钟与本机相差 {offset_s:+.0f} 秒（本机减平台）"
            return warning("GET /health", reason, "两边校时：timedatectl set-ntp true")
        return f"epoch {self._epoch[:8]}…，时钟相差 {round(offset_s, 1) + 0.0:+.1f} 秒"

    async def _problem(self) -> str:
        try:
            await self._get(f"/alarms/{_NOWHERE}")
        except Refused as error:
            if error.status != 404:
                raise Wrong(f"不存在的告警应为 404，实为 {error.status}") from None
            if not (error.problem.title or error.problem.detail):
                raise Wrong("404 没有 title/detail（RFC 9457）") from None
            return "404 带说明"
        raise Wrong("不存在的告警得到了成功应答")

    async def _register(self, spec: RegisterSpec) -> str | Finding:
        params = {"limit": SAMPLE}
        if spec.name == "duty":
            params["at"] = self._clock.now().isoformat(timespec="milliseconds")
        answer = await self._get(spec.path, params)
        page = read_page(answer.body)
        rows, notes = page_rows(spec, page.items)
        if rows:
            self._first[spec.name] = rows[0].id
        if notes.refused:
            why = "、".join(notes.refusals) or "内容不合格式"
            raise Wrong(f"{len(page.items)} 行中 {notes.refused} 行不合格式：{why}")
        part = f"GET {spec.path}"
        if not rows:
            return warning(part, "一行也没有", "请平台管理员核对名册是否已发布")
        if notes.unmapped:
            names = "、".join(list(notes.unmapped)[:5])
            return ok(part, f"{len(rows)} 行；本版本不用的字段：{names}")
        return f"{len(rows)} 行都能读"

    async def _etag(self) -> str:
        first = await self._get("/alarm-classes")
        if not first.etag:
            raise Wrong("没有 ETag：每次都要整份下载")
        again = await self._get("/alarm-classes", headers={"If-None-Match": first.etag})
        if again.status != 304:
            raise Wrong(f"同一版本应答 304，实为 {again.status}")
        return "未变时答 304"

    async def _pages(self) -> str | Finding:
        first = read_page((await self._get("/cameras", {"limit": "2"})).body)
        if len(first.items) > 2:
            raise Wrong(f"limit=2 给了 {len(first.items)} 行")
        if first.next_cursor is None:
            return skipped("分页 limit / cursor", "不足一页，没有可翻的页")
        params = {"limit": "2", "cursor": str(first.next_cursor)}
        second = read_page((await self._get("/cameras", params)).body)
        if [bytes(row) for row in first.items] == [bytes(row) for row in second.items]:
            raise Wrong("第二页与第一页相同：名册没有结尾")
        return "第二页接着第一页"

    async def _changes(self) -> str:
        since = (self._clock.now() + timedelta(days=1)).isoformat(timespec="milliseconds")
        params = {"updated_since": since, "limit": SAMPLE}
        page = read_page((await self._get("/cameras", params)).body)
        if page.items:
            raise Wrong("明天以后的更改不应有内容：平台忽略了 updated_since")
        return "只给改过的行"

    async def _areas(self, path: str) -> str:
        return _geojson((await self._get(path)).body)

    async def _layers(self) -> str:
        items = read_page((await self._get("/layers")).body).items
        ids = [str(_object(bytes(item)).get("layer_id", "")) for item in items]
        if not all(ids):
            raise Wrong("有图层没有 layer_id")
        if not ids:
            raise Wrong("一个图层也没有：地图没有底图")
        answer = await self._get(f"/layers/{quote(ids[0], safe='')}")
        if not answer.etag:
            raise Wrong(f"图层 {ids[0]} 没有 ETag")
        return f"{len(ids)} 个图层；{ids[0]} {_geojson(answer.body)}"

    async def _alarms(self) -> str:
        facts = _object((await self._get("/alarms", {"state": "open", "limit": SAMPLE})).body)
        as_of, items = facts.get("as_of"), facts.get("items")
        if not isinstance(as_of, dict) or "epoch" not in as_of or "seq" not in as_of:
            raise Wrong("缺少 as_of{epoch,seq}：快照接不上事件")
        if not isinstance(items, list):
            raise Wrong("缺少 items")
        self._epoch = str(as_of["epoch"])
        for item in items:
            alarm = _decode_alarm(msgspec.json.encode(item))
            self._first.setdefault("alarms", alarm.alarm_id)
        return f"未结 {len(items)} 条都能读，截至 {as_of['seq']}"

    async def _events(self) -> str:
        params = {"epoch": self._epoch, "from_seq": "1", "limit": SAMPLE}
        page = read_page((await self._get("/alarm-events", params)).body)
        seqs = [decode_event(bytes(item)).seq for item in page.items]
        if seqs != sorted(set(seqs)) or (seqs and seqs[-1] - seqs[0] != len(seqs) - 1):
            raise Wrong("事件序号不连续：漏掉的告警补不回来")
        try:
            await self._get("/alarm-events", params | {"epoch": _NOWHERE})
        except Refused as error:
            if error.status != 410:
                raise Wrong(f"不存在的 epoch 应为 410，实为 {error.status}") from None
            if not error.problem.epoch:
                raise Wrong("410 没有带现行 epoch") from None
            return f"{len(seqs)} 个事件连续；旧 epoch 答 410"
        raise Wrong("不存在的 epoch 得到了成功应答，应为 410")

    async def _history(self) -> str | Finding:
        part = "GET /alarms/{id}/history"
        if "alarms" not in self._first:
            return skipped(part, "没有未结告警可问")
        path = f"/alarms/{quote(self._first['alarms'], safe='')}/history"
        items = read_page((await self._get(path)).body).items
        for item in items:
            decode_event(bytes(item))
        return f"{len(items)} 个事件都能读"

    async def _series(self) -> str | Finding:
        if "points" not in self._first:
            return skipped("GET /series", "没有测点可问")
        now = self._clock.now()
        params = {
            "point_id": self._first["points"],
            "metric": "level_m",
            "from": (now - timedelta(minutes=30)).isoformat(timespec="milliseconds"),
            "to": now.isoformat(timespec="milliseconds"),
            "step": "30",
        }
        return f"{len(read_page((await self._get('/series', params)).body).items)} 个值"

    async def _live(self) -> str | Finding:
        """A picture that is not ready is the camera's matter, not the contract's."""
        part = "GET /cameras/{id}/live"
        if "cameras" not in self._first:
            return skipped(part, "没有摄像机可问")
        path = f"/cameras/{quote(self._first['cameras'], safe='')}/live"
        try:
            answer = await self._get(path, {"profile": "sub"})
        except Refused as error:
            if error.status in (409, 503) and error.problem.code:
                return ok(part, f"摄像机暂无画面：{error.operator_text}")
            raise
        try:
            streams = msgspec.json.decode(answer.body, type=LiveAnswer).streams
        except UNREADABLE:
            raise Wrong("视频地址读不懂") from None
        if not streams:
            raise Wrong("没有视频地址")
        return f"{len(streams)} 个地址：{'、'.join(stream.protocol.value for stream in streams)}"

    async def _no_key(self) -> str | Finding:
        try:
            await self._order({})
        except Refused as error:
            if error.status == 428:
                return "答 428"
            if error.status in (403, 404):
                reason = f"先答了 {error.status}，看不出是否要求键"
                return skipped("命令缺 Idempotency-Key 应拒绝", reason)
            raise Wrong(f"应为 428，实为 {error.status}") from None
        raise Wrong("没有键的命令被接受了：断线重发会执行两次")

    async def _no_alarm(self) -> str:
        try:
            await self._order({"Idempotency-Key": ulid()})
        except Refused as error:
            if error.status in (403, 404):
                return f"答 {error.status}"
            raise Wrong(f"应为 404，实为 {error.status}") from None
        raise Wrong("指向不存在的告警的命令被接受了")

    async def _order(self, headers: dict[str, str]) -> None:
        await self._rest.call(
            "POST",
            f"/alarms/{_NOWHERE}/acknowledge",
            body={"note": ""},
            headers=headers,
            deadline_s=LIMIT_S,
            urgent=True,
        )


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(body)
    except UNREADABLE:
        raise Wrong("应答不是 JSON") from None
    if not isinstance(found, dict):
        raise Wrong("应答不是 JSON 对象")
    return found


def _geojson(body: bytes) -> str:
    facts = _object(body)
    features = facts.get("features")
    if facts.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise Wrong("不是 GeoJSON FeatureCollection")
    return f"{len(features)} 个要素"
