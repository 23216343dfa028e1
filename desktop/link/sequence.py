"""What of the platform's gap-free log is known: pure arithmetic on sequence numbers."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Note(StrEnum):
    """What a sequence number says about its event."""

    NEW = "new"
    DUPLICATE = "duplicate"
    OTHER_EPOCH = "other_epoch"  # the platform's store was reset, or the message is a leftover


class Gap(NamedTuple):
    """Events from `first` on are missing; `last` is the highest number that is known to exist."""

    epoch: str
    first: int
    last: int
    by_head: bool  # the head alone says so: nothing newer arrived behind the gap


class Ledger:
    """Complete up to `contiguous`, and the numbers beyond it that are stored already."""

    def __init__(self, epoch: str = "", contiguous: int = 0, ahead: Iterable[int] = ()) -> None:
        self.epoch = epoch
        self.contiguous = contiguous
        self._ahead = set(ahead)
        self._head = 0
        self._advance()

    def copy(self) -> "Ledger":
        """To try a change that counts only once it is committed."""
        other = Ledger(self.epoch, self.contiguous, self._ahead)
        other._head = self._head
        return other

    @property
    def highest(self) -> int:
        """The highest stored sequence number of this epoch."""
        return max(self._ahead, default=self.contiguous)

    def classify(self, epoch: str, seq: int) -> Note:
        if epoch != self.epoch:
            return Note.OTHER_EPOCH
        if seq <= self.contiguous or seq in self._ahead:
            return Note.DUPLICATE
        return Note.NEW

    def note(self, seq: int) -> None:
        """An event of this epoch is about to be stored."""
        if seq > self.contiguous:
            self._ahead.add(seq)
            self._advance()

    def note_head(self, seq: int) -> None:
        self._head = max(self._head, seq)

    def note_page(self, first: int, sequences: Iterable[int]) -> None:
        """A page of the platform's log from `first` on.

        The log has no gaps, so a number that the page skips does not exist there any more.
        """
        known = sorted(sequences)
        if known and first <= self.contiguous + 1:
            self._ahead = {seq for seq in self._ahead if seq > known[-1]}
            self.contiguous = max(self.contiguous, known[-1])
            self._advance()

    def gap(self) -> Gap | None:
        last = max(self.highest, self._head)
        if last <= self.contiguous:
            return None
        return Gap(self.epoch, self.contiguous + 1, last, by_head=not self._ahead)

    @property
    def missing(self) -> int:
        """How many events are known to exist and are not stored."""
        gap = self.gap()
        return 0 if gap is None else gap.last - self.contiguous - len(self._ahead)

    def _advance(self) -> None:
        while self.contiguous + 1 in self._ahead:
            self.contiguous += 1
            self._ahead.discard(self.contiguous)
