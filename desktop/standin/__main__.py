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
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import uvicorn

from desktop.lifeline import Beat, arm_faulthandler, die_with_parent, ended_with_parent
from desktop.standin.accounts import Accounts
from desktop.standin.app import BASE, make_app
from desktop.standin.assets import asset_router
from desktop.standin.broker import Broker, BrokerFailed
from desktop.standin.carried import Carried
from desktop.standin.cases.book import CaseBook
from desktop.standin.cases.routers import case_routers
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.city import City
from desktop.standin.control import RestFault, control_router
from desktop.standin.desk_found import FoundAlarms, found_router
from desktop.standin.fleet import Fleet
from desktop.standin.generated.scale import SCALES
from desktop.standin.hotline import Hotline
from desktop.standin.incidents.control import incident_control
from desktop.standin.incidents.desk import IncidentDesk
from desktop.standin.incidents.rest import incident_router
from desktop.standin.incidents.surroundings import CitySurroundings
from desktop.standin.instruments import Instruments
from desktop.standin.ledger import Ledger
from desktop.standin.map_layers import layer_router
from desktop.standin.messages import Handsets, message_router
from desktop.standin.metrics.city import make_metrics
from desktop.standin.metrics.rest import metric_router
from desktop.standin.motion import Motion
from desktop.standin.orders import AlarmOrders, alarm_router
from desktop.standin.past import make_past
from desktop.standin.plans import city_plans
from desktop.standin.publisher import HEAD_PERIOD_S, WEATHER_PERIOD_S, Publisher
from desktop.standin.recordings import Recordings
from desktop.standin.registers import register_router
from desktop.standin.rest import auth_router, live_router
from desktop.standin.scenarios import SCENARIOS
from desktop.standin.stage import BrokerLevers, Stage
from desktop.standin.start import stand_city
from desktop.standin.stream_cameras import StreamCameras
from desktop.standin.streams import StreamService
from desktop.standin.street_layers import Closures, closure_router
from desktop.standin.tickets import ticket_router

T = TypeVar("T")
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
    parser.add_argument("--advertised-mqtt-port", type=int, default=0, help="what desks are told")
    parser.add_argument("--broker-program", default="", help="in the place of mosquitto")
    parser.add_argument("--scenario", default="calm", choices=[s.name for s in SCENARIOS])
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--foreign-source", action="store_true", help="hydrants in other words")
    parser.add_argument("--scale", default="full", choices=sorted(SCALES), help="size of the city")
    return parser.parse_args(words)


class StandIn:
    """All parts of the city, made and wired once."""

    def __init__(self, options: argparse.Namespace, catalogue: CityCatalogue) -> None:
        self._options = options
        self.catalogue = catalogue
        self.city = City(options.seed, places=catalogue)
        self.fleet = Fleet(catalogue.city, catalogue.units, options.seed)
        self.cases = CaseBook(options.cache, options.seed, options.scale, self.city.now)
        self.closures = Closures(self.city, catalogue.city)
        self.instruments = Instruments(catalogue.points, options.seed)
        self.hotline = Hotline(catalogue, self.city.tickets, options.seed)
        self.broker = Broker(
            options.state / "broker",
            options.mqtt_port,
            options.advertised_mqtt_port,
            options.broker_program,
        )
        self.ledger = Ledger(options.state / "ledger.jsonl")
        self.publisher = Publisher(self.broker, self.city.book)
        self.streams = StreamService()
        self.stage = Stage(self.city, BrokerLevers(self.broker))
        self._handsets = Handsets(catalogue, self.ledger, self.publisher.raw, self.city.now)
        known = CitySurroundings(self.city, catalogue, city_plans().get, self._handsets.check)
        self.incidents = IncidentDesk(options.state, known, self.fleet, self.ledger, self.publisher)
        self.metrics = make_metrics(self.city, catalogue, self.fleet, self.instruments, self.cases,
                                    self.incidents.book, options.seed)  # fmt: skip
        self._fault = RestFault()

    async def run(self, stop: asyncio.Event, listener: socket.socket) -> None:
        """Serves until `stop`. Raises CannotServe, and whatever ended one of the works."""
        make_past(self.city)
        self.hotline.make_past(self.city.now())
        self.stage.play(self._options.scenario, self._options.speed, at_start=True)
        self.city.book.on_event(self.publisher.event)
        self.city.book.on_event(self._enter)
        self.broker.forget()
        await self.broker.start()
        self.publisher.start()
        self.incidents.begin()
        watched = StreamCameras(self.catalogue.cameras_by_id)
        carried = Carried(self.fleet, self.catalogue.units)
        await self.streams.start(
            watched, self._options.cache, self.city.water_level_m, now=self.city.now,
            rain_mm_h=lambda: self.city.water.rain_mm_h, unit_state=carried.state,
        )  # fmt: skip
        server = self._server()
        announcing = asyncio.create_task(_announce(server, listener))
        moving = Motion(self.city, self.fleet, self.instruments, self.publisher)
        works = (server.serve(sockets=[listener]), self.stage.run(), self._tell(), moving.run(),
                 self.hotline.run(), self.incidents.run(), self.cases.run(),
                 _beat(Beat()))  # fmt: skip
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
        recordings = Recordings(self.streams.tokens, self.streams.camera, self.streams.loop_at,
                                self.city.now)  # fmt: skip
        app = make_app(
            self.city.book,
            accounts,
            self._fault,
            [auth_router(accounts, self.broker)],
            [register_router(self.catalogue, accounts, self.fleet.units),
             asset_router(self.catalogue, accounts, self._options.foreign_source),
             layer_router(self.catalogue, self.closures),
             live_router(self.city, self.streams, self.catalogue, self.instruments, accounts),
             alarm_router(self.city, orders, accounts),
             found_router(FoundAlarms(self.city, self.ledger), accounts),
             ticket_router(self.city.tickets), recordings.router(),
             message_router(self._handsets, accounts), metric_router(self.metrics),
             *case_routers(self.cases, self.catalogue.city, self._options.seed,
                           self.streams.photo),
             incident_router(self.incidents.book, self.incidents.commands, accounts)],
            [control, closure_router(self.closures), incident_control(self.incidents.settings),
             self.streams.router, recordings.media_router()],
        )  # fmt: skip
        return Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off",
                                     timeout_graceful_shutdown=_STOP_LIMIT_S))  # fmt: skip

    async def _tell(self) -> None:
        """Head and weather at their periods."""
        elapsed_s = 0.0
        while True:
            self.publisher.head(self.city.now())
            self.closures.look()
            self.fleet.shut(frozenset(one.number for one in self.closures.known))
            if elapsed_s % WEATHER_PERIOD_S < HEAD_PERIOD_S:
                self.publisher.weather(self.city.weather)
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
        self.incidents.book.close()
        self.ledger.close()


def _listener(port: int) -> socket.socket:
    try:
        listener = socket.create_server(("127.0.0.1", port))
        # asyncio does it only where the protocol is named: small answers would wait 40 ms
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        why = f"演示城市不能使用端口 {port}：{error.strerror}。请换一个端口，或结束占用它的程序。"
        raise CannotServe(why) from None


async def _beat(beat: Beat) -> None:
    while True:
        beat.beat()
        await asyncio.sleep(1)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """The work's result; None when it is told to stop before."""
    doing, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait([doing, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not doing.done():
        doing.cancel()
        await asyncio.wait([doing])
        return None
    return doing.result()


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
        listener = _listener(options.rest_port)
        catalogue = await _unless(stop, stand_city(options.cache, options.seed, options.scale))
        if catalogue is not None:
            await StandIn(options, catalogue).run(stop, listener)
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
