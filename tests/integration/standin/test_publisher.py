"""What the platform says before there is a connection to its broker."""

import asyncio
from pathlib import Path

from desktop.standin.alarm_book import AlarmBook
from desktop.standin.broker import Broker
from desktop.standin.publisher import Publisher


def test_that_what_is_given_before_there_is_a_connection_is_kept_and_told_once_it_is_out(
    tmp_path: Path,
):
    async def run() -> None:
        broker = Broker(tmp_path)
        publisher = Publisher(broker, AlarmBook())
        sent = publisher.raw("city/v1/order", b"{}", qos=1)
        assert not sent.is_published()  # and no error, or nothing behind it would be looked at
        await broker.start()
        publisher.start()
        try:
            async with asyncio.timeout(10.0):
                while not sent.is_published():
                    await asyncio.sleep(0.02)
        finally:
            await asyncio.to_thread(publisher.stop)
            await broker.stop()

    asyncio.run(run())
