"""What of the platform's registers is here: versions, their ages, and who is told of a change."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from desktop.clock import Clock
from desktop.domain.duty import roster_findings
from desktop.domain.link_messages import CatalogueChanged
from desktop.domain.orgs import tree_findings
from desktop.domain.registers import RegisterNotes
from desktop.link.register_specs import FORM
from local_db.cache import RegisterVersion, Row, read_duty, read_orgs, read_versions
from local_db.cache_writer import CacheWriter

log = logging.getLogger(__name__)

ROSTER_AHEAD = timedelta(hours=12)


class RegisterKeeping:
    """The versions in cache.db; each one that is kept is told."""

    def __init__(
        self,
        path: Path,
        platform_url: str,
        clock: Clock,
        on_changed: Callable[[CatalogueChanged], None],
    ) -> None:
        """Raises ProfileError when cache.db cannot be opened."""
        self.path, self.platform_url = path, platform_url
        self._clock, self._on_changed = clock, on_changed
        self.writer = CacheWriter(path)
        self._versions = read_versions(path)

    @property
    def known(self) -> tuple[CatalogueChanged, ...]:
        return tuple(_message(version) for version in self._versions.values())

    def version(self, name: str) -> RegisterVersion | None:
        """What lies here, also of another platform or in an older form."""
        return self._versions.get(name)

    def mirrored(self, name: str) -> RegisterVersion | None:
        """What is here of this platform and in this form; another one's ETag says nothing."""
        known = self._versions.get(name)
        usable = known and known.platform_url == self.platform_url and known.form == FORM
        return known if usable else None

    def fresh(
        self, name: str, version: str, etag: str = "", count: int = 0, notes: str = "{}"
    ) -> RegisterVersion:
        """A version that is complete at this moment."""
        now = self._clock.now()
        return RegisterVersion(
            name, etag, version, count, now, self.platform_url, 0, now, "", FORM, notes
        )

    async def replace(self, name: str, rows: list[Row], version: str, notes: RegisterNotes) -> None:
        """A small register at once."""
        known = self.mirrored(name)
        if known is not None and known.version == version:
            return await self.confirm(known)
        made = self.fresh(name, version, notes=notes_text(notes))
        await self.changed(await asyncio.to_thread(self.writer.replace_register, rows, made))

    async def confirm(self, version: RegisterVersion) -> None:
        """The platform says that what is here is right: only its age changes."""
        await self._keep(version._replace(fetched_at=self._clock.now()))

    async def changed(self, version: RegisterVersion) -> None:
        notes = msgspec.json.decode(version.notes, type=RegisterNotes)
        if notes.refused:
            log.warning("%s: %d rows refused: %s", version.name, notes.refused, notes.refusals)
        await self._keep(version)

    async def _keep(self, version: RegisterVersion) -> None:
        findings = await asyncio.to_thread(self._findings, version.name, version.fetched_at)
        if findings is not None:
            notes = msgspec.json.decode(version.notes, type=RegisterNotes)
            notes = msgspec.structs.replace(notes, findings=findings)
            version = version._replace(notes=notes_text(notes))
        await asyncio.to_thread(self.writer.touch, version)
        self._versions[version.name] = version
        self._on_changed(_message(version))

    def _findings(self, name: str, now: datetime) -> tuple[str, ...] | None:
        """What is wrong with the whole, for the registers that are looked at so."""
        if name not in ("orgs", "duty"):
            return None
        orgs = {org.org_id: org for org in read_orgs(self.path)}
        if name == "orgs":
            return tree_findings(orgs)
        names = {org_id: org.name for org_id, org in orgs.items()}
        return roster_findings(read_duty(self.path), names, now, now + ROSTER_AHEAD)


def notes_text(notes: RegisterNotes) -> str:
    return msgspec.json.encode(notes).decode()


def digest_of(content: bytes) -> str:
    """What stands for the content where the platform gives no ETag."""
    return hashlib.sha256(content).hexdigest()[:16]


def _message(version: RegisterVersion) -> CatalogueChanged:
    count, at = version.row_count, version.fetched_at
    return CatalogueChanged(version.name, version.version, count, at)
