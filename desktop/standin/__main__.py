"""`python -m desktop.standin`: the embedded city as a process.

Prints one line of JSON on standard output when REST and broker serve; ends on SIGTERM and
at the end of its standard input. Exit 3: it cannot serve (no mosquitto, a port that is
taken), one Chinese line on stderr says why and what to do.
"""

import argparse
import asyncio
import contextlib
import json
import logging
import signal
import socket
import sys
from pathlib import Path

import uvicorn

from desktop.lifeline import Beat, arm_faulthandler, die_with_parent, ended_with_parent
from desktop.standin.accounts import Accounts
from desktop.standin.app import BASE, make_app
from desktop.standin.broker import Broker, BrokerFailed
from desktop.standin.catalogue import camera_sites
from desktop.standin.city import City
from desktop.standin.control import RestFault, control_router
from desktop.standin.ledger import Ledger
from desktop.standin.orders import AlarmOrders, alarm_router
from desktop.standin.past import make_past
from desktop.standin.publisher import HEAD_PERIOD_S, TELEMETRY_PERIOD_S, Publisher
from desktop.standin.rest import auth_router, catalogue_router, live_router
from desktop.standin.scenarios import SCENARIOS
from desktop.standin.stage import Stage
from desktop.standin.streams import StreamService

CANNOT_SERVE = 3
_STOP_LIMIT_S = 1


class CannotServe(RuntimeError):
    """The text says in Chinese why, and what to do."""


class Server(uvicorn.Server):
    """uvicorn without its own signal handling: this process decides when it ends."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m desktop.standin")
    parser.add_argument("--state", type=Path, required=True, help="folder of broker and ledger")
    parser.add_argument("--cache", type=Path, required=True, help="folder of the pictures")
    parser.add_argument("--rest-port", type=int, default=0)
    parser.add_argument("--mqtt-port", type=int, default=0)
    parser.add_argument("--scenario", default="calm", choices=[s.name for s in SCENARIOS])
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(words)


class StandIn:
    """All parts of the city, made and wired once."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self.city = City(options.seed)
        self.broker = Broker(options.state / "broker", options.mqtt_port)
        self.ledger = Ledger(options.state / "ledger.jsonl")
        self.publisher = Publisher(self.broker, self.city.book)
        self.streams = StreamService()
        self.stage = Stage(self.city)
        self._fault = RestFault()

    async def run(self, stop: asyncio.Event) -> None:
        """Serves until `stop`. Raises CannotServe, and whatever ended one of the works."""
        make_past(self.city)
        self.stage.play(self._options.scenario, self._options.speed, at_start=True)
        self.city.book.on_event(self.publisher.event)
        self.city.book.on_event(self._enter)
        listener = _listener(self._options.rest_port)
        self.broker.forget()
        await self.broker.start()
        self.publisher.start()
        await self.streams.start(_cameras(), self._options.cache, self.city.water_level_m)
        server = self._server()
        announcing = asyncio.create_task(_announce(server, listener))
        works = (server.serve(sockets=[listener]), self.stage.run(), self._tell(), _beat(Beat()))
        tasks = [asyncio.create_task(work) for work in works]
        ended = asyncio.create_task(stop.wait())
        try:
            done, _ = await asyncio.wait([ended, *tasks], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._end(server, [*tasks, announcing])
        for task in done - {ended}:
            task.result()  # a work that ended by itself: its error ends the process, visibly

    def _enter(self, event) -> None:  # type: ignore[no-untyped-def]
        self.ledger.event(event.epoch, event.seq, event.kind, event.alarm.alarm_id)

    def _server(self) -> Server:
        accounts = Accounts(self._options.state / "sessions.json")
        orders = AlarmOrders(self.city, self.ledger)
        control = control_router(self.city, self.stage, self.broker, self.publisher, self.ledger,
                                 accounts, self._fault)  # fmt: skip
        app = make_app(
            self.city.book,
            accounts,
            self._fault,
            [auth_router(accounts, self.broker)],
            [catalogue_router(), live_router(self.city, self.streams),
             alarm_router(self.city, orders, accounts)],
            [control, self.streams.router],
        )  # fmt: skip
        return Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off",
                                     timeout_graceful_shutdown=_STOP_LIMIT_S))  # fmt: skip

    async def _tell(self) -> None:
        """Head and telemetry at their periods."""
        elapsed_s = 0.0
        while True:
            now = self.city.now()
            self.publisher.head(now)
            if elapsed_s % TELEMETRY_PERIOD_S < HEAD_PERIOD_S:
                self.publisher.telemetry(self.city.water, now)
            await asyncio.sleep(HEAD_PERIOD_S)
            elapsed_s += HEAD_PERIOD_S

    async def _end(self, server: Server, tasks: list[asyncio.Task[None]]) -> None:
        server.should_exit = True
        for task in tasks[1:]:
            task.cancel()
        await self.streams.stop()
        await asyncio.wait(tasks, timeout=_STOP_LIMIT_S + 1)
        await asyncio.to_thread(self.publisher.stop)
        await self.broker.stop()
        self.ledger.close()


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        why = f"演示城市不能使用端口 {port}：{error.strerror}。请换一个端口，或结束占用它的程序。"
        raise CannotServe(why) from None


def _cameras() -> list[dict[str, object]]:
    return [
        {"camera_id": site.camera.camera_id, "name": site.camera.name, "scene": site.scene,
         "phase_s": site.phase_s}
        for site in camera_sites()
    ]  # fmt: skip


async def _beat(beat: Beat) -> None:
    while True:
        beat.beat()
        await asyncio.sleep(1)


async def _announce(server: Server, listener: socket.socket) -> None:
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
        await asyncio.sleep(0.02)
    root = f"http://127.0.0.1:{listener.getsockname()[1]}"
    ready = {"ready": True, "rest": root + BASE, "control": root + "/control"}
    print(json.dumps(ready), flush=True)


async def _main(options: argparse.Namespace) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    ended_with_parent(stop.set)
    try:
        await StandIn(options).run(stop)
    except (CannotServe, BrokerFailed) as error:
        print(error, file=sys.stderr)
        return CANNOT_SERVE
    return 0


def main() -> int:
    die_with_parent()
    options = arguments()
    options.state.mkdir(parents=True, exist_ok=True)
    arm_faulthandler(options.state, "standin")
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    return asyncio.run(_main(options))


if __name__ == "__main__":
    sys.exit(main())
