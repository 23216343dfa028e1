"""The platform's registers and layers, mirrored with their ETags into cache.db."""

import asyncio
import hashlib
import logging
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from desktop.clock import Clock
from desktop.domain.cameras import Camera
from desktop.domain.link_messages import CatalogueChanged
from desktop.domain.points import AlarmClass, Point
from desktop.errors import PlatformError
from desktop.feeds.wire import DecodeError, check_message, is_ordinary, typed
from desktop.link.rest import Response, Rest
from local_db.cache import CacheWriter, Layer, RegisterVersion, read_layers, read_versions

log = logging.getLogger(__name__)

PERIOD_S = 600.0
RETRY_S = 15.0
PAGE = 5000
MAX_PAGES = 200
DEADLINE_S = 30.0
LAYERS = "layers"
_CONTROL_CHARACTERS = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])|\xc2[\x80-\x9f]")


class RegisterSpec(NamedTuple):
    """One register: its table, its path, the type of a row and the field that names it."""

    name: str
    path: str
    row: type[msgspec.Struct]
    key: str


REGISTERS = (
    RegisterSpec("alarm_classes", "/alarm-classes", AlarmClass, "class_id"),
    RegisterSpec("points", "/points", Point, "point_id"),
    RegisterSpec("cameras", "/cameras", Camera, "camera_id"),
)


class _Page(msgspec.Struct):
    items: list[msgspec.Raw]
    next_cursor: str | int | None = None


class _LayerItem(msgspec.Struct):
    layer_id: str
    name: str = ""
    kind: str = ""


class _Collection(msgspec.Struct):
    type: str
    features: list[msgspec.Raw]


class Registers:
    """Fetches at sign-in and each 10 min; what did not change is not fetched again."""

    def __init__(
        self,
        rest: Rest,
        cache_path: Path,
        clock: Clock,
        on_changed: Callable[[CatalogueChanged], None],
    ) -> None:
        """Raises ProfileError when cache.db cannot be opened."""
        self._rest = rest
        self._path = cache_path
        self._clock = clock
        self._on_changed = on_changed
        self._writer = CacheWriter(cache_path)
        self.damage = self._writer.damage
        self._versions = read_versions(cache_path)
        self._wanted = asyncio.Event()

    @property
    def known(self) -> tuple[CatalogueChanged, ...]:
        return tuple(_message(version) for version in self._versions.values())

    def close(self) -> None:
        self._writer.close()

    def fetch_now(self) -> None:
        self._wanted.set()

    async def run(self, is_signed_in: Callable[[], bool]) -> None:
        """Never returns."""
        wait_s = PERIOD_S
        while True:
            try:
                async with asyncio.timeout(wait_s):
                    await self._wanted.wait()
            except TimeoutError:
                pass
            self._wanted.clear()
            wait_s = PERIOD_S if not is_signed_in() or await self._fetch_all() else RETRY_S

    async def _fetch_all(self) -> bool:
        complete = True
        for work in (*(lambda s=spec: self._fetch(s) for spec in REGISTERS), self._fetch_layers):
            try:
                await work()
            except PlatformError as error:
                log.info("register: %s", error.operator_text)
                complete = False
        return complete

    def _etag(self, name: str) -> str:
        """Another platform's ETag says nothing."""
        known = self._versions.get(name)
        return known.etag if known and known.platform_url == self._rest.base_url else ""

    async def _fetch(self, spec: RegisterSpec) -> None:
        etag = self._etag(spec.name)
        headers = {"If-None-Match": etag} if etag else {}
        answer = await self._get(spec, "", headers)
        if answer.status == 304:
            return
        # The ETag of a page says nothing of the pages behind it.
        page = await asyncio.to_thread(_page, answer.body)
        new_etag = "" if page.next_cursor else answer.etag
        items, digest = page.items, hashlib.sha256(answer.body)
        for _ in range(MAX_PAGES):
            if not page.next_cursor:
                break
            answer = await self._get(spec, str(page.next_cursor), {})
            page = await asyncio.to_thread(_page, answer.body)
            items += page.items
            digest.update(answer.body)
        else:
            raise PlatformError("平台返回异常：名册没有结尾")
        version = new_etag or digest.hexdigest()[:16]
        if not self._is_known(spec.name, version):
            await self._put(spec, items, new_etag, version)

    async def _get(self, spec: RegisterSpec, cursor: str, headers: dict[str, str]) -> Response:
        params = {"limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
        return await self._rest.get(spec.path, params, headers=headers, deadline_s=DEADLINE_S)

    def _is_known(self, name: str, version: str) -> bool:
        known = self._versions.get(name)
        return (
            known is not None
            and known.platform_url == self._rest.base_url
            and known.version == version
        )

    async def _put(
        self, spec: RegisterSpec, items: Sequence[msgspec.Raw], etag: str, version: str
    ) -> None:
        rows, refused = await asyncio.to_thread(_rows, spec, items)
        if refused:
            log.warning("%s: %d rows refused, first: %s", spec.name, len(refused), refused[0])
        entry = self._version(spec.name, etag, version, len(rows))
        await asyncio.to_thread(self._writer.replace_register, rows, entry)
        self._changed(entry)

    async def _fetch_layers(self) -> None:
        answer = await self._rest.get("/layers", deadline_s=DEADLINE_S)
        items = await asyncio.to_thread(_layer_items, answer.body)
        same_platform = bool(self._etag(LAYERS))
        mirrored = await asyncio.to_thread(read_layers, self._path) if same_platform else {}
        changed: list[Layer] = []
        for item in items:
            layer = await self._layer(item, mirrored.get(item.layer_id, ""))
            if layer is not None:
                changed.append(layer)
        mirrored |= {layer.layer_id: layer.etag for layer in changed}
        ids = [item.layer_id for item in items]
        text = "|".join(f"{layer_id}={mirrored.get(layer_id, '')}" for layer_id in sorted(ids))
        version = hashlib.sha256(text.encode()).hexdigest()[:16]
        entry = self._version(LAYERS, version, version, len(ids))
        before = self._versions.get(LAYERS)
        if changed or before is None or before[1:4] != entry[1:4] or not same_platform:
            await asyncio.to_thread(self._writer.put_layers, changed, ids, entry)
            self._changed(entry)

    async def _layer(self, item: _LayerItem, etag: str) -> Layer | None:
        """None when it has not changed or cannot be used."""
        headers = {"If-None-Match": etag} if etag else {}
        path = f"/layers/{quote(item.layer_id, safe='')}"
        answer = await self._rest.get(path, headers=headers, deadline_s=DEADLINE_S)
        if answer.status == 304:
            return None
        try:
            await asyncio.to_thread(_check_layer, answer.body)
        except DecodeError as error:
            log.warning("layer %s: %s", item.layer_id, error.reason)
            return None
        new = answer.etag or hashlib.sha256(answer.body).hexdigest()[:16]
        return Layer(item.layer_id, item.name, item.kind, new, answer.body)

    def _version(self, name: str, etag: str, version: str, count: int) -> RegisterVersion:
        now = self._clock.now()
        return RegisterVersion(name, etag, version, count, now, self._rest.base_url)

    def _changed(self, version: RegisterVersion) -> None:
        self._versions[version.name] = version
        self._on_changed(_message(version))


def _message(version: RegisterVersion) -> CatalogueChanged:
    return CatalogueChanged(
        name=version.name,
        version=version.version,
        count=version.row_count,
        fetched_at=version.fetched_at,
    )


def _page(body: bytes) -> _Page:
    """A page of a list; a bare array counts as the only page."""
    try:
        return msgspec.json.decode(body, type=_Page)
    except (msgspec.MsgspecError, ValueError):
        pass
    try:
        return _Page(msgspec.json.decode(body, type=list[msgspec.Raw]))
    except (msgspec.MsgspecError, ValueError):
        raise PlatformError("平台返回异常：名册读不懂") from None


def _rows(
    spec: RegisterSpec, items: Sequence[msgspec.Raw]
) -> tuple[list[tuple[str, bytes]], list[str]]:
    """One wrong row costs that row, not the register."""
    decode = msgspec.json.Decoder(spec.row).decode
    rows: list[tuple[str, bytes]] = []
    refused: list[str] = []
    for item in items:
        body = bytes(item)
        try:
            if not is_ordinary(body):
                check_message(body)
            rows.append((getattr(typed(decode, body), spec.key), body))
        except DecodeError as error:
            refused.append(error.reason)
    return rows, refused


def _layer_items(body: bytes) -> list[_LayerItem]:
    try:
        return [msgspec.json.decode(item, type=_LayerItem) for item in _page(body).items]
    except (msgspec.MsgspecError, ValueError):
        raise PlatformError("平台返回异常：图层目录读不懂") from None


def _check_layer(body: bytes) -> None:
    """GeoJSON by its frame; map texts hold no control or direction characters."""
    typed(msgspec.json.Decoder(_Collection).decode, body)
    if _CONTROL_CHARACTERS.search(body):
        raise DecodeError("control or direction character in a layer")
