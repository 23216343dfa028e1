"""The journal and the arithmetic over it, kept in step. Writer's thread only."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from desktop.domain.alarms import Alarm, AlarmEvent, AlarmHead, supersedes
from desktop.link.sequence import Gap, Ledger, Note
from local_db.journal import Journal, Position, StoredEvent


class Taken(NamedTuple):
    events: tuple[AlarmEvent, ...]  # new ones, ordered by (epoch, seq)
    other_epoch: bool = False


class LogBook:
    """Takes events by MQTT, pages and snapshots by REST; commits before it returns."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._snapshot = Position()
        self._ledger = self._load(journal.position())

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

    def take_head(self, head: AlarmHead) -> bool:
        """True when its epoch is not the journal's."""
        if head.epoch != self._ledger.epoch:
            return bool(self._ledger.epoch)
        self._ledger.note_head(head.seq)
        return False

    def take(self, stored: Sequence[StoredEvent]) -> Taken:
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
            self._journal.record(newer, self._position())
        if stale:
            self._journal.record(stale, self._position(), stale=True)
        events = self._brought_up(fresh, before)
        events += [entry.event for entry in sorted(newer, key=_order)]
        return Taken(tuple(events), other_epoch=bool(others))

    def take_page(
        self, epoch: str, first: int, stored: Sequence[StoredEvent], through: int
    ) -> tuple[AlarmEvent, ...]:
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
        self._journal.record(mine, Position(trial.epoch, trial.contiguous))
        self._ledger = trial
        return tuple(self._brought_up(fresh, before))

    def take_snapshot(
        self,
        as_of: Position,
        alarms: Sequence[Alarm],
        unreadable: set[str],
        fresh_start: bool,
        is_whole: bool = True,
    ) -> bool:
        """The platform's open alarms; True when the open list changed.

        A new epoch starts its log at 1; only a journal that knew nothing starts at the
        snapshot (`fresh_start`), because what was before belongs to nobody here.
        """
        changed = self._journal.merge_snapshot(as_of, alarms, unreadable, is_whole)
        self._snapshot = as_of
        if as_of.epoch != self._ledger.epoch:
            start = Position(as_of.epoch, as_of.contiguous if fresh_start else 0)
            self._journal.set_position(start)
            self._ledger = self._load(start)
        self._ledger.note_head(as_of.contiguous)
        return changed

    def _new_ones(self, stored: Sequence[StoredEvent]) -> list[AlarmEvent]:
        found: dict[int, AlarmEvent] = {}
        for event, _ in stored:
            if self._ledger.classify(event.epoch, event.seq) is Note.NEW:
                found.setdefault(event.seq, event)
        return [found[seq] for seq in sorted(found)]

    def _commit(self, stored: Sequence[StoredEvent], fresh: Sequence[AlarmEvent]) -> None:
        """The ledger moves only after the commit: a failed one may be tried again."""
        trial = self._ledger.copy()
        for event in fresh:
            trial.note(event.seq)
        self._journal.record(stored, Position(trial.epoch, trial.contiguous))
        self._ledger = trial

    def _brought_up(self, events: Sequence[AlarmEvent], highest: int) -> list[AlarmEvent]:
        """A late event carries the alarm's present state, so that nobody goes back in time.

        After a grave alarm of a flood has overtaken it, each event that waited is late.
        """
        late = [event.alarm.alarm_id for event in events if self._is_late(event, highest)]
        present = self._journal.alarms(late) if late else {}
        return [
            msgspec.structs.replace(event, alarm=now)
            if (now := present.get(event.alarm.alarm_id)) is not None
            and self._is_late(event, highest)
            and supersedes(now, event.alarm)
            else event
            for event in events
        ]

    def _is_late(self, event: AlarmEvent, highest: int) -> bool:
        known = self._snapshot.contiguous if self._snapshot.epoch == event.epoch else 0
        return event.seq <= max(highest, known)

    def _load(self, position: Position) -> Ledger:
        return Ledger(*position, ahead=self._journal.sequences_after(position))

    def _position(self) -> Position:
        return Position(self._ledger.epoch, self._ledger.contiguous)


def _order(entry: StoredEvent) -> tuple[str, int]:
    return entry.event.epoch, entry.event.seq
