"""The station's end of the link's socket, under the real loop over a real socket."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
import qasync
from PySide6.QtCore import QObject

from desktop.commands.orders import LinkOrders
from desktop.commands.questions import LinkQuestions
from desktop.domain.alarms import Alarm, AlarmEvent, Condition
from desktop.domain.framing import FrameSplitter, frame
from desktop.domain.levels import WarningLevel
from desktop.domain.link_messages import (
    AlarmEvents,
    AlarmSnapshot,
    Answer,
    DemoAccount,
    Message,
    Order,
    OrderCondition,
    OrderState,
    PlatformState,
    Question,
    SessionState,
    SignIn,
    SignOut,
    ToLink,
    User,
)
from desktop.errors import PlatformError
from desktop.shell.auto_sign_in import AutoSignIn
from desktop.shell.room import link_client

AT = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
LIMIT_S = 5.0


def alarm(number: int, seq: int) -> Alarm:
    return Alarm(
        alarm_id=f"A{number}",
        revision=1,
        epoch="e1",
        seq=seq,
        class_id="water_level",
        level=WarningLevel.RED,
        condition=Condition.ACTIVE,
        title="积水",
        raised_at=AT,
        updated_at=AT,
    )


def events(count: int, first_seq: int = 1) -> AlarmEvents:
    rows = [
        AlarmEvent("e1", first_seq + n, "raised", AT, alarm(first_seq + n, first_seq + n))
        for n in range(count)
    ]
    return AlarmEvents(events=tuple(rows))


class LinkDouble:
    """Listens where the link does and keeps what it is told."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.heard: asyncio.Queue[Message] = asyncio.Queue()
        self.connections: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()
        self.writer: asyncio.StreamWriter | None = None

    async def listen(self) -> None:
        self._server = await asyncio.start_unix_server(self._serve, str(self._path))

    async def connected(self) -> None:
        self.writer = await asyncio.wait_for(self.connections.get(), LIMIT_S)

    def say(self, *messages: Message) -> None:
        assert self.writer is not None
        self.writer.write(b"".join(frame(message) for message in messages))

    async def hear(self) -> Message:
        return await asyncio.wait_for(self.heard.get(), LIMIT_S)

    def close(self) -> None:
        self._server.close()
        if self.writer is not None:
            self.writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.put_nowait(writer)
        splitter, decoder = FrameSplitter(), msgspec.msgpack.Decoder(ToLink)
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                for body in splitter.feed(data):
                    self.heard.put_nowait(decoder.decode(body))


async def eventually(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not condition():
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[SimpleNamespace]:
    link = LinkDouble(folder / "link.sock")
    await link.listen()
    owner = QObject()
    client = link_client(folder / "link.sock", owner)
    orders = LinkOrders(client, client.stores.session, owner)
    questions = LinkQuestions(client, folder / "cache.db", owner)
    client.start()
    await link.connected()
    await eventually(lambda: client.is_connected)
    yield SimpleNamespace(
        link=link, client=client, stores=client.stores, orders=orders, questions=questions
    )
    client.close()
    link.close()
    await asyncio.sleep(0.05)  # cancelled tasks and closed sockets leave the loop
    owner.deleteLater()


@pytest.fixture
def run(qapp: object) -> Callable[[Callable[[], Awaitable[None]]], None]:
    def run(work: Callable[[], Awaitable[None]]) -> None:
        with qasync.QEventLoop(qapp) as loop:
            loop.run_until_complete(work())

    return run


def test_that_a_snapshot_in_parts_replaces_what_was_open(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            d.link.say(events(1, first_seq=900))
            await eventually(lambda: len(d.stores.alarms) == 1)
            d.link.say(
                AlarmSnapshot(alarms=(alarm(1, 1),), first=True, last=False),
                AlarmSnapshot(alarms=(alarm(2, 2),), first=False, last=True),
            )
            await eventually(lambda: d.client.has_snapshot)
            assert set(d.stores.alarms) == {"A1", "A2"}

    run(work)


def test_that_a_burst_is_applied_in_steps_that_leave_the_loop_free(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            steps: list[int] = []
            apply_some = d.client._apply_some

            def count() -> None:
                before = len(d.stores.alarms)
                apply_some()
                steps.append(len(d.stores.alarms) - before)

            d.client._tick.timeout.disconnect()
            d.client._tick.timeout.connect(count)
            d.link.say(events(1_000), events(1_000, first_seq=1_001))
            await eventually(lambda: len(d.stores.alarms) == 2_000)
            assert max(steps) <= 300

    run(work)


def test_that_it_connects_again_and_says_meanwhile_that_the_link_is_gone(
    run, tmp_path: Path
) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            d.link.writer.close()
            await eventually(lambda: not d.stores.health.link_connected)
            await d.link.connected()
            await eventually(lambda: d.stores.health.link_connected)

    run(work)


def test_that_an_acknowledgement_returns_when_the_platform_accepts(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            task = asyncio.get_running_loop().create_task(d.orders.acknowledge("A1", "已派人"))
            order = await d.link.hear()
            assert isinstance(order, Order)
            assert (order.verb, order.target_id, order.body) == (
                "acknowledge",
                "A1",
                {"note": "已派人"},
            )
            sent = OrderState(
                order_id=order.order_id, verb="x", target_id="A1", condition=OrderCondition.SENT
            )
            d.link.say(sent)
            await asyncio.sleep(0.1)
            assert not task.done()
            d.link.say(msgspec.structs.replace(sent, condition=OrderCondition.ACCEPTED))
            await asyncio.wait_for(task, LIMIT_S)

    run(work)


async def ordered_before_the_link_died(d: SimpleNamespace) -> tuple[asyncio.Task[None], Order]:
    """By 李; the next link is connected and knows of nothing."""
    d.link.say(SessionState(user=User("u1", "李")))
    await eventually(lambda: d.stores.session.user is not None)
    task = asyncio.get_running_loop().create_task(d.orders.acknowledge("A1"))
    order = await d.link.hear()
    d.link.writer.close()
    await d.link.connected()
    return task, order


def test_that_an_order_is_given_again_to_a_link_that_died_before_it_was_written(
    run, tmp_path: Path
) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            task, first = await ordered_before_the_link_died(d)
            d.link.say(SessionState(user=User("u1", "李")))
            again = await d.link.hear()
            assert again == msgspec.structs.replace(first, ttl_s=again.ttl_s)
            assert 0 < again.ttl_s < first.ttl_s
            queued = OrderState(
                order_id=first.order_id, verb="x", target_id="A1", condition=OrderCondition.QUEUED
            )
            d.link.say(queued)
            d.link.say(SessionState(user=User("u1", "李")))  # the link has it: not a third time
            d.link.say(msgspec.structs.replace(queued, condition=OrderCondition.ACCEPTED))
            await asyncio.wait_for(task, LIMIT_S)
            assert d.link.heard.empty()

    run(work)


def test_that_nobody_elses_session_carries_an_order_that_was_not_written(
    run, tmp_path: Path
) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            task, _ = await ordered_before_the_link_died(d)
            d.link.say(SessionState(), SessionState(user=User("u2", "钱")))
            with pytest.raises(PlatformError, match="重新下达"):
                await asyncio.wait_for(task, LIMIT_S)
            assert d.link.heard.empty()

    run(work)


def test_that_a_refusal_carries_the_platform_s_words(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            task = asyncio.get_running_loop().create_task(d.orders.acknowledge("A1"))
            order = await d.link.hear()
            d.link.say(
                OrderState(
                    order_id=order.order_id,
                    verb="acknowledge",
                    target_id="A1",
                    condition=OrderCondition.REFUSED,
                    text="领导账号不能确认告警",
                )
            )
            with pytest.raises(PlatformError, match="领导账号不能确认告警"):
                await asyncio.wait_for(task, LIMIT_S)

    run(work)


def test_that_a_wrong_password_is_told_to_who_signs_in(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            loop = asyncio.get_running_loop()
            task = loop.create_task(d.orders.sign_in("li", "wrong"))
            assert isinstance(await d.link.hear(), SignIn)
            d.link.say(SessionState(refused="用户名或密码不对"))
            with pytest.raises(PlatformError, match="用户名或密码不对"):
                await asyncio.wait_for(task, LIMIT_S)
            task = loop.create_task(d.orders.sign_in("li", "right"))
            await d.link.hear()
            d.link.say(SessionState(user=User("u1", "李")))
            await asyncio.wait_for(task, LIMIT_S)

    run(work)


def test_that_questions_are_answered_by_id_and_bad_answers_are_said(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            loop = asyncio.get_running_loop()
            first = loop.create_task(d.questions.live("c1", "sub"))
            asked_first = await d.link.hear()
            second = loop.create_task(d.questions.live("c2", "sub"))
            asked_second = await d.link.hear()
            assert isinstance(asked_first, Question)
            body = json.dumps({"streams": [{"url": "http://x/1", "protocol": "http-ts"}]})
            d.link.say(
                Answer(request_id=asked_second.request_id, body=b"<html>"),
                Answer(request_id=asked_first.request_id, body=body.encode()),
            )
            assert (await asyncio.wait_for(first, LIMIT_S)).streams[0].protocol == "http-ts"
            with pytest.raises(PlatformError, match="无法识别"):
                await asyncio.wait_for(second, LIMIT_S)

    run(work)


def test_that_questions_fail_at_once_when_the_link_goes(run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            task = asyncio.get_running_loop().create_task(d.questions.live("c1", "sub"))
            await d.link.hear()
            d.link.writer.close()
            with pytest.raises(PlatformError, match="数据链路"):
                await asyncio.wait_for(task, 1.0)
            with pytest.raises(PlatformError, match="数据链路"):
                await d.orders.acknowledge("A1")

    run(work)


def test_that_a_named_role_signs_in_by_itself_until_the_operator_signs_out(
    run, tmp_path: Path
) -> None:
    async def work() -> None:
        async with desk(tmp_path) as d:
            sign_in = AutoSignIn("leader", d.stores.session, d.orders)
            accounts = (
                DemoAccount("zhao", "p1", "赵", "operator", "值班员"),
                DemoAccount("qian", "p2", "钱", "leader", "领导"),
            )
            d.link.say(PlatformState(url="http://x", standin=True, demo_accounts=accounts))
            assert await d.link.hear() == SignIn(username="qian", password="p2")
            d.link.say(SessionState(user=User("u2", "钱")))
            await eventually(lambda: d.stores.session.user is not None)
            await d.orders.sign_out()
            assert await d.link.hear() == SignOut()
            d.link.say(SessionState())
            await eventually(lambda: d.stores.session.user is None)
            await asyncio.sleep(0.1)
            assert d.link.heard.empty()
            assert sign_in.parent() is d.orders

    run(work)
