"""Incidents in journal.db: the gap-free log, and the latest state of each incident.

On the one writer thread of the link, as everything in the journal.
"""

import zlib
from collections.abc import Iterable, Sequence

import msgspec

from desktop.domain.alarms import supersedes
from desktop.domain.emergency.incidents import Incident, IncidentEvent
from local_db.journal import Journal, Position, StoredEvent, raw_of

_INSERT_EVENT = "INSERT OR IGNORE INTO incident_events VALUES (?, ?, ?, ?, ?, ?)"
_PUT_INCIDENT = """
INSERT INTO incidents VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (incident_id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
    revision = excluded.revision, is_open = excluded.is_open, body = excluded.body,
    at = max(at, excluded.at)
WHERE excluded.epoch <> incidents.epoch
   OR (excluded.seq, excluded.revision) > (incidents.seq, incidents.revision)
"""
_PUT_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_EPOCH, _CONTIGUOUS = "incident_epoch", "incident_contiguous"
_QUICK = 1  # zlib: a tenth of the size, a millisecond for the largest
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Incident).decode


class IncidentLog:
    """What desktop.link.log_book asks of a log."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def record(
        self, stored: Sequence[StoredEvent[IncidentEvent]], position: Position, stale: bool = False
    ) -> None:
        """One transaction; see Journal.record."""
        latest: dict[str, tuple[Incident, float]] = {}
        for event, _ in stored:
            incident = event.incident
            known = latest.get(incident.incident_id)
            if not stale and supersedes(incident, known[0] if known else None):
                latest[incident.incident_id] = incident, event.at.timestamp()
        with self._journal.engine.begin() as connection:
            raw = raw_of(connection)
            raw.executemany(_INSERT_EVENT, [_event_row(entry) for entry in stored])
            raw.executemany(_PUT_INCIDENT, [_row(*one) for one in latest.values()])
            raw.executemany(_PUT_META, _position_rows(position))

    def position(self) -> Position:
        meta = self._journal.meta
        return Position(meta(_EPOCH), int(meta(_CONTIGUOUS) or 0))

    def set_position(self, position: Position) -> None:
        with self._journal.engine.begin() as connection:
            raw_of(connection).executemany(_PUT_META, _position_rows(position))

    def sequences_after(self, position: Position) -> set[int]:
        """Sequence numbers of the epoch that are stored beyond the complete part."""
        query = "SELECT seq FROM incident_events WHERE epoch = ? AND seq > ?"
        with self._journal.reading() as db:
            return {seq for (seq,) in db.execute(query, position)}

    def present(self, incident_ids: Iterable[str]) -> dict[str, Incident]:
        """The known ones of these; without rows that this version cannot read."""
        query = "SELECT body FROM incidents WHERE incident_id IN (SELECT value FROM json_each(?))"
        with self._journal.reading() as db:
            rows = db.execute(query, (_encode(list(incident_ids)).decode(),)).fetchall()
        found = (_readable(body) for (body,) in rows)
        return {one.incident_id: one for one in found if one is not None}

    def since(self, since: float) -> list[Incident]:
        """Open ones, and those that had an event since a time (Unix seconds)."""
        query = "SELECT body FROM incidents WHERE is_open OR at >= ? ORDER BY incident_id"
        with self._journal.reading() as db:
            rows = db.execute(query, (since,)).fetchall()
        return [one for (body,) in rows if (one := _readable(body)) is not None]

    def put(self, incident: Incident) -> None:
        """As an answer of the platform has it; commits. What is not newer changes nothing."""
        with self._journal.engine.begin() as connection:
            raw_of(connection).execute(_PUT_INCIDENT, _row(incident, _begun(incident)))

    def merge_snapshot(
        self,
        as_of: Position,
        incidents: Sequence[Incident],
        unreadable: Iterable[str] = (),
        is_whole: bool = True,
    ) -> bool:
        """The platform's open incidents as of a position; see Journal.merge_snapshot."""
        given = {one.incident_id for one in incidents} | set(unreadable)
        with self._journal.engine.begin() as connection:
            raw = raw_of(connection)
            before = raw.total_changes
            raw.executemany(_PUT_INCIDENT, [_row(one, _begun(one)) for one in incidents])
            rows = raw.execute("SELECT incident_id, epoch, seq FROM incidents WHERE is_open")
            gone = [
                (incident_id,)
                for incident_id, epoch, seq in rows.fetchall()
                if incident_id not in given
                and (epoch != as_of.epoch or (is_whole and seq <= as_of.contiguous))
            ]
            raw.executemany("UPDATE incidents SET is_open = 0 WHERE incident_id = ?", gone)
            return raw.total_changes != before


def prune(journal: Journal, before: float) -> None:
    """Forgets closed incidents, and their log, that had no event since a time (Unix seconds)."""
    old = "SELECT incident_id FROM incidents WHERE NOT is_open AND at < ?"
    with journal.engine.begin() as connection:
        raw = raw_of(connection)
        raw.execute(f"DELETE FROM incident_events WHERE incident_id IN ({old})", (before,))
        raw.execute("DELETE FROM incidents WHERE NOT is_open AND at < ?", (before,))


def _begun(incident: Incident) -> float:
    return max((incident.begun.at, *incident.clocks.values())).timestamp()


def _event_row(entry: StoredEvent[IncidentEvent]) -> tuple[str, int, str, float, str, bytes]:
    event, body = entry
    at, packed = event.at.timestamp(), zlib.compress(body, _QUICK)
    return event.epoch, event.seq, event.kind, at, event.incident.incident_id, packed


def _row(incident: Incident, at: float) -> tuple[str, str, int, int, int, float, bytes]:
    one = incident
    return one.incident_id, one.epoch, one.seq, one.revision, int(one.is_open), at, _encode(one)


def _position_rows(position: Position) -> list[tuple[str, str]]:
    return [(_EPOCH, position.epoch), (_CONTIGUOUS, str(position.contiguous))]


def _readable(body: bytes) -> Incident | None:
    try:
        return _decode(body)
    except msgspec.MsgspecError:
        return None
