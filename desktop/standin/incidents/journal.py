"""Incidents on disk: one line of JSON for each transaction, written before anything is told.

A line is whole or it is not there: what a killed process left half-written at the end is cut
off at the next start.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from desktop.domain.emergency.incidents import IncidentEvent, TimelineEntry
from desktop.domain.outreach import Receipt

log = logging.getLogger(__name__)


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that goes outward. `ref`: order_id, camera_id or scene_id. `topic` is without the
    city's prefix; empty where nothing is published. A drill's are recorded and never carried out.
    """

    kind: str  # order, message, recall, message_recall, wall_scene, wall_clear, bookmark
    incident_id: str
    ref: str
    to: str = ""
    key: str = ""
    drill: bool = False
    topic: str = ""
    payload: str = ""
    retain: bool = False


class Done(msgspec.Struct, frozen=True):
    """A command that was carried out: its key, what it asked, its answer's status and event."""

    key: str
    fingerprint: str
    status: int
    seq: int


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One transaction. The first of a file names the epoch only.

    `told`: number of the record whose effects the broker has.
    """

    number: int
    epoch: str = ""
    event: IncidentEvent | None = None
    entries: tuple[TimelineEntry, ...] = ()
    incident_id: str = ""
    """Whose `entries` and receipts these are."""
    receipts: tuple[Receipt, ...] = ()
    effects: tuple[Effect, ...] = ()
    done: Done | None = None
    told: int = 0


class Journal:
    """Append-only. One thread: the loop's."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = path.open("ab", buffering=0)
        self._decoder = msgspec.json.Decoder(Record)

    def records(self) -> Iterator[Record]:
        """Those that are whole, oldest first; the rest of a broken file is cut off."""
        good = 0
        with self._path.open("rb") as lines:
            for line in lines:
                try:
                    if not line.endswith(b"\n"):
                        raise ValueError("half a line")
                    record = self._decoder.decode(line)
                except ValueError as error:
                    log.warning("%s is cut off at byte %d: %s", self._path, good, error)
                    os.truncate(self._path, good)
                    return
                good += len(line)
                yield record

    def append(self, record: Record, durable: bool) -> None:
        """Raises OSError, and then nothing of it is kept. `durable`: also through a power cut."""
        line = msgspec.json.encode(record) + b"\n"
        before = os.fstat(self._file.fileno()).st_size
        try:
            written = self._file.write(line)
            if written != len(line):
                raise OSError(28, "the folder is full")
            if durable:
                os.fdatasync(self._file.fileno())
        except OSError:
            os.truncate(self._path, before)
            raise

    def close(self) -> None:
        self._file.close()
