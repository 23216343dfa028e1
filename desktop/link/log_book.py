"""One of the journal's logs and the arithmetic over it, kept in step. Writer's thread only."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import msgspec

from desktop.domain.alarms import AlarmEvent, supersedes
from desktop.domain.emergency.incidents import IncidentEvent
from desktop.link.sequence import Gap, Ledger, Note
from local_db.journal import Position, StoredEvent


class Numbered(Protocol):
    """A head of a log, or an event of one."""

    @property
    def epoch(self) -> str: ...
    @property
    def seq(self) -> int: ...


E = TypeVar("E", bound=Numbered)


class Log(Protocol[E]):
    """Where a log lies: alarms in local_db.journal, incidents in local_db.incidents."""

    def record(
        self, stored: Sequence[StoredEvent[E]], position: Position, stale: bool = False
    ) -> None: ...

    def position(self) -> Position: ...

    def set_position(self, position: Position) -> None: ...

    def sequences_after(self, position: Position) -> set[int]: ...

    def present(self, ids: Iterable[str], /) -> dict[str, Any]: ...

    def merge_snapshot(
        self, as_of: Position, items: Sequence[Any], unreadable: Iterable[str], is_whole: bool, /
    ) -> bool: ...


class Subject(NamedTuple, Generic[E]):
    """What the events of a log are about: its id, and the event with its state of now."""

    id_of: Callable[[E], str]
    renewed: Callable[[E, Any], E]
    thing_of: Callable[[E], Any]


ALARMS: Subject[AlarmEvent] = Subject(
    lambda event: event.alarm.alarm_id,
    lambda event, now: msgspec.structs.replace(event, alarm=now),
    lambda event: event.alarm,
)
INCIDENTS: Subject[IncidentEvent] = Subject(
    lambda event: event.incident.incident_id,
    lambda event, now: msgspec.structs.replace(event, incident=now),
    lambda event: event.incident,
)


class Taken(NamedTuple, Generic[E]):
    events: tuple[E, ...]  # new ones, ordered by (epoch, seq)
    other_epoch: bool = False


class LogBook(Generic[E]):
    """Takes events by MQTT, pages and snapshots by REST; commits before it returns."""

    def __init__(self, log: Log[E], subject: Subject[E] = ALARMS) -> None:  # pyright: ignore[reportArgumentType]
        self._log, self._subject = log, subject
        self._snapshot = Position()
        self._ledger = self._load(log.position())

    @property
    def epoch(self) -> str:
        """Read by any thread; empty until the platform named one."""
        return self._ledger.epoch

    @property
    def contiguous(self) -> int:
        return self._ledger.contiguous

    def gap(self) -> Gap | None:
        """A glance from any thread."""
        return self._ledger.gap()

    @property
    def missing(self) -> int:
        """Events of the platform's log that are known to exist and not stored."""
        return self._ledger.missing

    def take_head(self, head: Numbered) -> bool:
        """True when its epoch is not the journal's."""
        if head.epoch != self._ledger.epoch:
            return bool(self._ledger.epoch)
        self._ledger.note_head(head.seq)
        return False

    def take(self, stored: Sequence[StoredEvent[E]]) -> Taken[E]:
        """Events by MQTT, in any order, with duplicates. Raises what SQLite raises."""
        if not stored:
            return Taken(())
        before = self._ledger.highest
        mine = [entry for entry in stored if entry.event.epoch == self._ledger.epoch]
        others = [entry for entry in stored if entry.event.epoch != self._ledger.epoch]
        fresh = self._new_ones(mine)
        if mine:
            self._commit(mine, fresh)
        newer = [entry for entry in others if entry.event.epoch > self._ledger.epoch]
        stale = [entry for entry in others if entry.event.epoch < self._ledger.epoch]
        if newer:
            self._log.record(newer, self._position())
        if stale:
            self._log.record(stale, self._position(), stale=True)
        events = self._brought_up(fresh, before)
        events += [entry.event for entry in sorted(newer, key=_order)]
        return Taken(tuple(events), other_epoch=bool(others))

    def take_page(
        self, epoch: str, first: int, stored: Sequence[StoredEvent[E]], through: int
    ) -> tuple[E, ...]:
        """A page of GET /alarm-events from `first` to `through`; gives what was missing.

        `through` counts events of the page that could not be read: they are not asked again.
        """
        if epoch != self._ledger.epoch:
            return ()
        mine = [entry for entry in stored if entry.event.epoch == self._ledger.epoch]
        before = self._ledger.highest
        fresh = self._new_ones(mine)
        trial = self._ledger.copy()
        trial.note_page(first, [*(entry.event.seq for entry in mine), through])
        self._log.record(mine, Position(trial.epoch, trial.contiguous))
        self._ledger = trial
        return tuple(self._brought_up(fresh, before))

    def take_snapshot(
        self,
        as_of: Position,
        items: Sequence[Any],
        unreadable: set[str],
        fresh_start: bool,
        is_whole: bool = True,
    ) -> bool:
        """The platform's open alarms or incidents; True when the open list changed.

        A new epoch starts its log at 1; only a journal that knew nothing starts at the
        snapshot (`fresh_start`), because what was before belongs to nobody here.
        """
        changed = self._log.merge_snapshot(as_of, items, unreadable, is_whole)
        self._snapshot = as_of
        if as_of.epoch != self._ledger.epoch:
            start = Position(as_of.epoch, as_of.contiguous if fresh_start else 0)
            self._log.set_position(start)
            self._ledger = self._load(start)
        self._ledger.note_head(as_of.contiguous)
        return changed

    def _new_ones(self, stored: Sequence[StoredEvent[E]]) -> list[E]:
        found: dict[int, E] = {}
        for event, _ in stored:
            if self._ledger.classify(event.epoch, event.seq) is Note.NEW:
                found.setdefault(event.seq, event)
        return [found[seq] for seq in sorted(found)]

    def _commit(self, stored: Sequence[StoredEvent[E]], fresh: Sequence[E]) -> None:
        """The ledger moves only after the commit: a failed one may be tried again."""
        trial = self._ledger.copy()
        for event in fresh:
            trial.note(event.seq)
        self._log.record(stored, Position(trial.epoch, trial.contiguous))
        self._ledger = trial

    def _brought_up(self, events: Sequence[E], highest: int) -> list[E]:
        """A late event carries its subject's present state, so that nobody goes back in time.

        After a grave alarm of a flood has overtaken it, each event that waited is late.
        """
        id_of, renewed, thing_of = self._subject
        late = [id_of(event) for event in events if self._is_late(event, highest)]
        present = self._log.present(late) if late else {}
        return [
            renewed(event, now)
            if present
            and (now := present.get(id_of(event))) is not None
            and self._is_late(event, highest)
            and supersedes(now, thing_of(event))
            else event
            for event in events
        ]

    def _is_late(self, event: E, highest: int) -> bool:
        known = self._snapshot.contiguous if self._snapshot.epoch == event.epoch else 0
        return event.seq <= max(highest, known)

    def _load(self, position: Position) -> Ledger:
        return Ledger(*position, ahead=self._log.sequences_after(position))

    def _position(self) -> Position:
        return Position(self._ledger.epoch, self._ledger.contiguous)


def _order(entry: StoredEvent[Any]) -> tuple[str, int]:
    return entry.event.epoch, entry.event.seq
