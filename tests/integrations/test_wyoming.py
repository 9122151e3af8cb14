"""Sentences by Wyoming, asked with the protocol's own client, and bytes that are none of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong

from integrations.wyoming.sentences import Reply, SentenceServer
from integrations.wyoming.talks import CONNECTIONS
from integrations.wyoming.wire import LARGEST
from tests.mosquitto import free_port


async def echo(text: str) -> Reply:
    return Reply(f"You said {text}.", is_understood="lamp" in text)


@asynccontextmanager
async def served() -> AsyncIterator[int]:
    port = free_port()
    up = asyncio.Event()
    server = SentenceServer("127.0.0.1", port, "Inglenook", "1", ("en",), echo)
    task = asyncio.create_task(server.run(lambda _: up.set()))
    await up.wait()
    try:
        yield port
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def asked(port: int, event: Event) -> Event | None:
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(event)
        told: Event | None = await client.read_event()
        return told


async def test_it_says_what_it_is() -> None:
    async with served() as port:
        event = await asked(port, Describe().event())
    assert event is not None
    (program,) = Info.from_event(event).handle
    assert (program.name, program.supports_home_control) == ("Inglenook", True)
    assert [model.languages for model in program.models] == [["en"]]
    assert not Info.from_event(event).asr


@pytest.mark.parametrize(
    ("text", "kind"), [("turn on the lamp", Handled), ("what a day", NotHandled)]
)
async def test_a_sentence_is_answered(text: str, kind: type[Handled] | type[NotHandled]) -> None:
    async with served() as port:
        event = await asked(port, Transcript(text, context={"conversation_id": "1"}).event())
    assert event is not None
    assert kind.is_type(event.type)
    assert event.data["text"] == f"You said {text}."


async def test_several_in_one_connection_and_a_ping() -> None:
    async with served() as port, AsyncTcpClient("127.0.0.1", port) as client:
        for text in ("lamp", "the lamp"):
            await client.write_event(Transcript(text).event())
            event = await client.read_event()
            assert event is not None
            assert event.data["text"] == f"You said {text}."
        await client.write_event(Ping(text="x").event())
        event = await client.read_event()
        assert event is not None
        assert Pong.from_event(event).text == "x"


async def test_sound_is_refused_unread() -> None:
    sound = {"rate": 16000, "width": 2, "channels": 1}
    chunk = Event("audio-chunk", sound, b"\1\2" * 800)
    async with served() as port:
        event = await asked(port, chunk)
        assert event is not None
        assert Error.from_event(event).text == "No sound is taken here."
        assert await asked(port, Transcript("lamp").event()) is not None


@pytest.mark.parametrize(
    "event",
    [
        Transcript("").event(),
        Transcript("a" * 1_001).event(),
        Event("synthesize", {"text": "hello"}),
        Event("transcript", {"text": 5}),
    ],
)
async def test_what_is_not_taken_is_told_and_not_repeated(event: Event) -> None:
    async with served() as port:
        told = await asked(port, event)
    assert told is not None
    assert Error.is_type(told.type)
    assert "hello" not in told.data["text"]


async def raw(port: int, content: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    found = b""
    with suppress(ConnectionError):  # it may be refused in the middle
        writer.write(content)
        writer.write_eof()
        found = await reader.read(10_000)
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return found


async def test_too_much_is_refused_before_it_is_read() -> None:
    async with served() as port:
        for line in (
            {"type": "transcript", "data_length": LARGEST + 1},
            {"type": "transcript", "data_length": -1},
            {"type": "transcript", "payload_length": 10**12},
        ):
            assert b"error" in await raw(port, json.dumps(line).encode() + b"\n")
        assert b"error" in await raw(port, b"a" * 100_000)


async def test_more_connections_than_are_of_use_are_closed() -> None:
    async with served() as port:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
        await asyncio.sleep(0.1)
        assert await raw(port, b'{"type":"describe"}\n') == b""
        held[0][1].close()
        await asyncio.sleep(0.1)
        assert b"info" in await raw(port, b'{"type":"describe"}\n')
        for _, writer in held:
            writer.close()
            await writer.wait_closed()


LINES = st.one_of(
    st.binary(max_size=200),
    st.dictionaries(
        st.sampled_from(["type", "data", "data_length", "payload_length", "version"]),
        st.one_of(
            st.none(), st.integers(), st.text(max_size=9), st.dictionaries(st.text(), st.text())
        ),
    ).map(lambda found: json.dumps(found).encode()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(LINES, max_size=4))
def test_whatever_comes_in_it_lives_and_answers_the_next(lines: list[bytes]) -> None:
    asyncio.run(_lives_through(lines))


async def _lives_through(lines: list[bytes]) -> None:
    async with asyncio.timeout(20), served() as port:
        await raw(port, b"\n".join(lines) + b"\n")
        event = await asked(port, Transcript("lamp").event())
        assert event is not None
        assert Handled.is_type(event.type)
