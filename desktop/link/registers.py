"""The platform's registers and layers, mirrored into cache.db: whole once a day, then deltas.

A register is fetched page by page into a place that nobody reads, on worker threads: what
the station sees is always one whole version, and alarms do not wait for it.
"""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from desktop.clock import Clock
from desktop.domain.duty import Duty
from desktop.domain.link_messages import CatalogueChanged
from desktop.domain.registers import RegisterNotes
from desktop.errors import PlatformError
from desktop.link.register_keeping import RegisterKeeping, digest_of, notes_text
from desktop.link.register_layers import CLOSURES, DERIVED, LayerItem, fetch_layer, wanted_layers
from desktop.link.register_rows import page_rows, read_page
from desktop.link.register_specs import FORM, REGISTERS, RegisterSpec
from desktop.link.rest import Refused, Response, Rest, server_time
from desktop.memory import give_back
from local_db.browse import names
from local_db.cache import Layer, RegisterVersion, Row, Staging, read_layer, read_layers

log = logging.getLogger(__name__)

PERIOD_S, RETRY_S = 300.0, 15.0
LIVE_PERIOD_S = 60.0  # of what comes all day long
PAGE, MAX_PAGES = 5000, 4000
DEADLINE_S = 30.0
WHOLE_EVERY, WINDOW_EVERY = timedelta(hours=24), timedelta(hours=1)
RESUMED_WITHIN, OVERLAP = timedelta(hours=1), timedelta(seconds=5)
BREATH_S = 0.02  # between two pages: others want the interpreter too
LAYERS = "layers"
_NOT_SERVED = (404, 405, 501)
_NO_DELTA = (400, 404, 405, 422, 501)


class Registers:
    """Fetches at sign-in and each 5 min; what did not change is not fetched again."""

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
        self._kept = RegisterKeeping(cache_path, rest.base_url, clock, on_changed)
        self.writer = self._kept.writer
        self.damage = self.writer.damage
        self._wanted = asyncio.Event()
        self._since = ""

    @property
    def known(self) -> tuple[CatalogueChanged, ...]:
        return self._kept.known

    def close(self) -> None:
        self.writer.close()

    def fetch_now(self) -> None:
        self._wanted.set()

    async def run(self, is_signed_in: Callable[[], bool]) -> None:
        """Never returns."""
        left_s = PERIOD_S
        while True:
            wait_s = min(left_s, LIVE_PERIOD_S)
            left_s -= wait_s
            try:
                async with asyncio.timeout(wait_s):
                    await self._wanted.wait()
                left_s = 0.0
            except TimeoutError:
                pass
            self._wanted.clear()
            if left_s > 0:
                if is_signed_in():
                    await self.fetch_live()
                continue
            left_s = PERIOD_S if not is_signed_in() or await self.fetch_all() else RETRY_S

    async def fetch_live(self) -> None:
        """What comes all day long, between two rounds."""
        await self._attempt("time", self._ask_time)
        for spec in REGISTERS:
            if spec.window is not None:
                await self._attempt(spec.name, lambda s=spec: self._fetch(s))
        await self._attempt(LAYERS, self._fetch_closures)

    async def fetch_all(self) -> bool:
        """One round; True when all was had. Layers before the large registers: the map waits."""
        early, late = REGISTERS[:4], REGISTERS[4:]
        complete = await self._attempt("time", self._ask_time)
        for spec in early:
            complete &= await self._attempt(spec.name, lambda s=spec: self._fetch(s))
        complete &= await self._attempt(LAYERS, self._fetch_layers)
        for spec in late:
            complete &= await self._attempt(spec.name, lambda s=spec: self._fetch(s))
        await asyncio.to_thread(give_back)
        return complete

    async def _attempt(self, name: str, work: Callable[[], Awaitable[None]]) -> bool:
        try:
            await work()
        except Refused as error:
            log.info("register %s: %s", name, error.operator_text)
            return error.status in _NOT_SERVED
        except PlatformError as error:
            log.info("register %s: %s", name, error.operator_text)
            return False
        return True

    async def _ask_time(self) -> None:
        """A delta starts from the platform's own time: the desk's clock may be wrong."""
        answer = await self._rest.get("/health")
        time = server_time(answer.body)
        self._since = (time - OVERLAP).isoformat(timespec="milliseconds") if time else ""

    # ---- one register --------------------------------------------------------------------

    async def _fetch(self, spec: RegisterSpec) -> None:
        if spec.name == "duty":
            await self._fetch_duty(spec)
        elif not (self._may_ask_changes(spec) and await self._fetch_changes(spec)):
            await self._fetch_whole(spec)

    def _may_ask_changes(self, spec: RegisterSpec) -> bool:
        known = self._kept.mirrored(spec.name)
        if not spec.changes or known is None or known.full_at is None or not known.since:
            return False
        every = WHOLE_EVERY if spec.window is None else WINDOW_EVERY
        return self._clock.now() - known.full_at < every

    def _oldest(self, spec: RegisterSpec) -> datetime | None:
        """Rows from before it are not mirrored; by the platform's clock, if it tells it."""
        if spec.window is None:
            return None
        now = datetime.fromisoformat(self._since) if self._since else self._clock.now()
        return now - spec.window

    async def _get(self, spec: RegisterSpec, params: dict[str, str], etag: str = "") -> Response:
        params = {"limit": str(PAGE)} | {key: text for key, text in params.items() if text}
        headers = {"If-None-Match": etag} if etag else {}
        return await self._rest.get(spec.path, params, headers=headers, deadline_s=DEADLINE_S)

    async def _fetch_whole(self, spec: RegisterSpec) -> None:
        known, oldest = self._kept.mirrored(spec.name), self._oldest(spec)
        state = await asyncio.to_thread(self.writer.staged, spec.name)
        answer: Response | None = None
        wanted = {"updated_since": oldest.isoformat(timespec="milliseconds")} if oldest else {}
        if state is None or oldest or not self._goes_on(state):
            answer = await self._first_page(spec, wanted, known.etag if known else "")
            if answer.status == 304 and known is not None:
                return await self._kept.confirm(known)
            slot = await asyncio.to_thread(self.writer.begin, spec.name)
            now, url = self._clock.now(), self._rest.base_url
            state = Staging(spec.name, slot, "", 0, "", url, self._since, now, FORM)
        else:
            log.info("register %s: goes on at page %d", spec.name, state.pages + 1)
        etag = ""
        while answer is not None or state.cursor:
            answer = answer or await self._get(spec, wanted | {"cursor": state.cursor})
            before = state
            state = await asyncio.to_thread(self._stage, spec, state, answer.body, oldest)
            # The ETag of a page says nothing of the pages behind it.
            etag = answer.etag if state.pages == 1 and not state.cursor else ""
            if state.cursor and (state.cursor == before.cursor or state.pages >= MAX_PAGES):
                await asyncio.to_thread(self.writer.drop_staged, spec.name)
                raise PlatformError("平台返回异常：名册没有结尾")
            answer = None
            await self._clock.sleep(BREATH_S)
        await self._publish(state, etag)

    async def _first_page(self, spec: RegisterSpec, wanted: dict[str, str], etag: str) -> Response:
        """A platform that knows no deltas sends all of it; what is too old is left out here."""
        try:
            return await self._get(spec, wanted, etag)
        except Refused as error:
            if not wanted or error.status not in _NO_DELTA:
                raise
        wanted.clear()
        return await self._get(spec, wanted, etag)

    def _goes_on(self, state: Staging) -> bool:
        return (
            state.platform_url == self._rest.base_url
            and state.form == FORM
            and bool(state.cursor)
            and timedelta(0) <= self._clock.now() - state.started_at < RESUMED_WITHIN
        )

    def _kinds(self, spec: RegisterSpec) -> dict[str, str]:
        return names(self._path, spec.classes) if spec.classes else {}

    def _stage(
        self, spec: RegisterSpec, state: Staging, body: bytes, since: datetime | None
    ) -> Staging:
        """On a worker thread."""
        page = read_page(body)
        rows, found = page_rows(spec, page.items, self._kinds(spec), since)
        notes = msgspec.json.decode(state.notes, type=RegisterNotes)
        notes.add(found)
        digest = digest_of(state.digest.encode() + body)
        cursor = "" if page.next_cursor is None else str(page.next_cursor)
        after = state._replace(
            cursor=cursor, pages=state.pages + 1, digest=digest, notes=notes_text(notes)
        )
        self.writer.stage(rows, after)
        return after

    async def _publish(self, state: Staging, etag: str) -> None:
        now, version = self._clock.now(), etag or state.digest
        known = self._kept.mirrored(state.name)
        if known is not None and known.version == version:
            await asyncio.to_thread(self.writer.drop_staged, state.name)
            return await self._kept.confirm(known._replace(full_at=now, since=state.since))
        made = self._kept.fresh(state.name, version, etag, notes=state.notes)
        made = made._replace(slot=state.slot, since=state.since)
        made = await asyncio.to_thread(self.writer.publish, made)
        await self._kept.changed(made)

    async def _fetch_changes(self, spec: RegisterSpec) -> bool:
        """False when the platform knows no deltas: then the register is fetched whole."""
        known = self._kept.mirrored(spec.name)
        assert known is not None
        since, cursor, changed = self._since, "", 0
        notes = msgspec.json.decode(known.notes, type=RegisterNotes)
        digest = hashlib.sha256(known.version.encode())
        for _ in range(MAX_PAGES):
            answer = await self._get_changes(spec, known.since, cursor)
            if answer is None:
                return False
            page = await asyncio.to_thread(read_page, answer.body)
            kinds = await asyncio.to_thread(self._kinds, spec)
            oldest = self._oldest(spec)
            rows, found = await asyncio.to_thread(page_rows, spec, page.items, kinds, oldest)
            changed += await asyncio.to_thread(self.writer.apply, spec.name, rows, page.deleted)
            notes.add(msgspec.structs.replace(found, unmapped={}, unplaced=0))
            digest.update(answer.body)
            cursor = "" if page.next_cursor is None else str(page.next_cursor)
            if not cursor:
                break
            await self._clock.sleep(BREATH_S)
        else:
            raise PlatformError("平台返回异常：名册没有结尾")
        fresh = known._replace(since=since, notes=notes_text(notes), fetched_at=self._clock.now())
        if not changed:
            await self._kept.confirm(fresh)
            return True
        # No page's ETag is of what is here now.
        fresh = fresh._replace(etag="", version=digest.hexdigest()[:16])
        await self._kept.changed(await asyncio.to_thread(self.writer.publish, fresh))
        return True

    async def _get_changes(self, spec: RegisterSpec, since: str, cursor: str) -> Response | None:
        """None from a platform that knows no deltas."""
        try:
            return await self._get(spec, {"updated_since": since, "cursor": cursor})
        except Refused as error:
            if error.status in _NO_DELTA:
                return None
            raise

    async def _fetch_duty(self, spec: RegisterSpec) -> None:
        """Who is on duty now, and in the shift after it."""
        now = self._clock.now()
        first = await self._get(spec, {"at": now.isoformat(timespec="milliseconds")})
        rows, notes = await asyncio.to_thread(page_rows, spec, read_page(first.body).items)
        if rows:
            ends = max(msgspec.json.decode(row.body, type=Duty).end for row in rows)
            second = await self._get(spec, {"at": ends.isoformat(timespec="milliseconds")})
            more, found = await asyncio.to_thread(page_rows, spec, read_page(second.body).items)
            rows += more
            notes.add(found)
        text = b"".join(sorted({row.body for row in rows}))
        await self._kept.replace("duty", rows, digest_of(text), notes)

    # ---- layers --------------------------------------------------------------------------

    async def _fetch_layers(self) -> None:
        wanted = await wanted_layers(self._rest)
        same_platform = self._kept.mirrored(LAYERS) is not None
        mirrored = await asyncio.to_thread(read_layers, self._path) if same_platform else {}
        changed: list[Layer] = []
        for item, path in wanted:
            layer = await fetch_layer(self._rest, item, path, mirrored.get(item.layer_id, ""))
            if layer is not None:
                changed.append(layer)
        mirrored |= {layer.layer_id: layer.etag for layer in changed}
        ids = [item.layer_id for item, _ in wanted if item.layer_id in mirrored]
        before, entry = self._kept.version(LAYERS), self._layers_entry(mirrored, ids)
        if changed or before is None or before[1:4] != entry[1:4] or not same_platform:
            await asyncio.to_thread(self.writer.put_layers, changed, ids, entry)
            await self._kept.changed(entry)
        else:
            await self._kept.confirm(entry)
        for name, (layer_ids, _) in DERIVED.items():
            if found := next((one for one in layer_ids if one in ids), ""):
                await self._derive(name, found, mirrored[found])

    async def _fetch_closures(self) -> None:
        """The one layer that changes all day long, where the platform has it."""
        before = self._kept.mirrored(LAYERS)
        mirrored = await asyncio.to_thread(read_layers, self._path) if before else {}
        if CLOSURES not in mirrored:
            return
        item = LayerItem(CLOSURES, "封闭路段", CLOSURES)
        layer = await fetch_layer(self._rest, item, f"/layers/{CLOSURES}", mirrored[CLOSURES])
        if layer is not None and layer.etag != mirrored[CLOSURES]:
            mirrored[CLOSURES] = layer.etag
            entry = self._layers_entry(mirrored, list(mirrored))
            await asyncio.to_thread(self.writer.put_layers, [layer], list(mirrored), entry)
            await self._kept.changed(entry)

    def _layers_entry(self, etags: dict[str, str], ids: list[str]) -> RegisterVersion:
        text = "|".join(f"{layer_id}={etags[layer_id]}" for layer_id in sorted(ids))
        version = digest_of(text.encode())
        return self._kept.fresh(LAYERS, version, version, len(ids))

    async def _derive(self, name: str, layer_id: str, etag: str) -> None:
        rows_of, known = DERIVED[name][1], self._kept.mirrored(name)
        if known is not None and known.version == etag:
            return await self._kept.confirm(known)

        def rows() -> list[Row]:
            return rows_of(read_layer(self._path, layer_id) or b'{"type":"","features":[]}')

        await self._kept.replace(name, await asyncio.to_thread(rows), etag, RegisterNotes())
