"""Carries out what was committed: orders and recalls on MQTT, the wall's scene, the ledger.

Of a drill everything stands in the ledger and nothing goes out.
"""

from collections.abc import Iterable
from typing import Protocol

from desktop.standin.broker import PREFIX
from desktop.standin.incidents.book import IncidentBook
from desktop.standin.incidents.journal import Effect
from desktop.standin.ledger import Ledger


class Sent(Protocol):
    def is_published(self) -> bool: ...


class Post(Protocol):
    """What of the publisher is used."""

    def raw(self, topic: str, payload: bytes, qos: int = 0, retain: bool = False) -> Sent: ...


class Outward:
    """At least once: what the broker has not acknowledged when the platform dies is sent again
    by the next start, with the same order_id.
    """

    def __init__(self, book: IncidentBook, post: Post, ledger: Ledger) -> None:
        self._book, self._post, self._ledger = book, post, ledger
        self._waiting: dict[int, list[Sent]] = {}
        self._seen: set[int] = set()

    def restore(self) -> None:
        """After a new start: the ledger names everything once, the broker gets what it lacks."""
        for effect in self._book.carried_out:
            self._enter(effect, restored=True)
        for number, effects in self._book.untold.items():
            self._send(number, effects)
        for effect in self._walls():
            self._publish(effect)

    def carry_out(self, effects: Iterable[Effect]) -> None:
        """Right after the commit that made them."""
        for effect in effects:
            self._enter(effect)
        for number, waiting in self._book.untold.items():
            if number not in self._seen:
                self._send(number, waiting)

    def check(self) -> None:
        """Writes down what the broker has acknowledged."""
        for number, waiting in list(self._waiting.items()):
            if all(one.is_published() for one in waiting):
                del self._waiting[number]
                self._seen.discard(number)
                self._book.told(number)

    def _send(self, number: int, effects: Iterable[Effect]) -> None:
        self._seen.add(number)
        self._waiting[number] = [
            self._publish(one) for one in effects if one.topic and not one.drill
        ]

    def _publish(self, effect: Effect) -> Sent:
        payload = effect.payload.encode()
        return self._post.raw(f"{PREFIX}/{effect.topic}", payload, 1, effect.retain)

    def _walls(self) -> list[Effect]:
        """The broker forgets at each start: the wall's last scene is told again."""
        last = [one for one in self._book.carried_out if one.retain and not one.drill]
        return last[-1:]

    def _enter(self, effect: Effect, restored: bool = False) -> None:
        self._ledger.effect(
            kind=effect.kind, incident_id=effect.incident_id, ref=effect.ref, to=effect.to,
            key=effect.key, drill=effect.drill, blocked=effect.drill, restored=restored,
        )  # fmt: skip
