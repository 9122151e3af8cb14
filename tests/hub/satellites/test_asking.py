"""The doctor asks satellites: one that is there, one that is none, and nobody."""

import asyncio

from wyoming.event import Event, async_read_event, async_write_event
from wyoming.info import Attribution, Info
from wyoming.info import Satellite as Described

from hub.finding import Finding
from hub.satellites.asking import satellite
from hub.satellites.section import SatelliteSection
from tests.mosquitto import free_port

KITCHEN = Described("kitchen", Attribution("", ""), installed=True, description=None, version=None)


async def found(*answers: Event | bytes) -> Finding:
    """Of somebody who gives these answers, whatever is asked."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await async_read_event(reader)
        for each in answers:
            if isinstance(each, bytes):
                writer.write(each)
            else:
                await async_write_event(each, writer)
        writer.close()

    port = free_port()
    async with await asyncio.start_server(answer, "127.0.0.1", port):
        return await satellite("kitchen", SatelliteSection(host="127.0.0.1", port=port))


async def test_one_that_is_there() -> None:
    assert (await found(Info(satellite=KITCHEN).event())).verdict == "works"


async def test_one_that_is_none() -> None:
    for answers in ((Info().event(),), (b"HTTP/1.1 400 Bad Request\r\n\r\n",), ()):
        told = await found(*answers)
        assert told.verdict == "broken"
        assert "no satellite" in told.detail


async def test_nobody() -> None:
    told = await satellite("kitchen", SatelliteSection(host="127.0.0.1", port=free_port()))
    assert told.verdict == "broken"
    assert "nobody answers" in told.detail
