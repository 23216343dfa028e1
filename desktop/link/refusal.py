"""A link that cannot work says so where the operator looks, instead of dying again and again."""

import asyncio
import signal
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.freshness import Freshness
from desktop.domain.link_messages import (
    Answer,
    Confirm,
    FeedState,
    LinkHealth,
    Order,
    OrderCondition,
    OrderState,
    OutboxState,
    Question,
    ServiceCondition,
    ServiceState,
    SessionState,
    SignIn,
    SignOut,
    ToLink,
)
from desktop.feeds import FEEDS
from desktop.lifeline import Beat, ended_with_parent
from desktop.link.station_socket import Client, StationSocket
from desktop.settings import socket_path

BEAT_S = 1.0


class Refusal:
    """Answers every wish of a station with one text."""

    def __init__(self, profile: Path, text: str, clock: Clock) -> None:
        self._text = text
        self._clock = clock
        self._socket = StationSocket(
            socket_path(profile, "link.sock"), self._greet, self._on_message
        )
        state = ServiceState(ServiceCondition.DOWN, clock.now(), text)
        self._health = LinkHealth(
            mqtt=state,
            rest=state,
            feeds={feed.feed_id: FeedState(freshness=Freshness.LOST) for feed in FEEDS},
            outbox=OutboxState(),
        )

    async def run(self) -> None:
        """Until SIGTERM or the end of the parent. Raises ProfileError: another link serves."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        ended_with_parent(stop.set)
        await self._socket.open()
        beat = Beat()
        while not stop.is_set():
            beat.beat()
            self._socket.broadcast(self._health)
            await self._clock.sleep(BEAT_S)
        await self._socket.close()

    def _greet(self, client: Client) -> None:
        client.greeted = True
        client.send(self._health)

    def _on_message(self, client: Client, message: ToLink) -> None:
        match message:
            case SignIn() | SignOut():
                client.send(SessionState(refused=self._text))
            case Order(order_id=order_id, verb=verb, target_id=target_id):
                client.send(
                    OrderState(
                        order_id=order_id,
                        verb=verb,
                        target_id=target_id,
                        condition=OrderCondition.REFUSED,
                        text=self._text,
                    )
                )
            case Question(request_id=request_id) | Confirm(request_id=request_id):
                client.send(Answer(request_id=request_id, error=self._text))
