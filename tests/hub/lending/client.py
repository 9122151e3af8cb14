"""Somebody who uses the hub's ears and voice by Wyoming: the protocol's own client."""

import asyncio
from collections.abc import Sequence

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.event import Event
from wyoming.wake import Detect

from audio.frames import RATE, Pcm

_AT_ONCE = 2_049
"""Bytes, an odd number: Home Assistant cuts what comes over its web page anywhere."""


async def next_event(client: AsyncTcpClient) -> Event:
    async with asyncio.timeout(60):
        event: Event | None = await client.read_event()
    assert event is not None, "it closed the connection"
    return event


async def send(
    client: AsyncTcpClient,
    sound: bytes,
    rate: int = RATE,
    width: int = 2,
    channels: int = 1,
    *,
    ends: bool = True,
) -> None:
    await client.write_event(AudioStart(rate, width, channels).event())
    for at in range(0, len(sound), _AT_ONCE):
        chunk = AudioChunk(rate, width, channels, sound[at : at + _AT_ONCE])
        await client.write_event(chunk.event())
    if ends:
        await client.write_event(AudioStop().event())


async def written(port: int, sound: bytes, *form: int) -> str:
    """What is heard in it."""
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Transcribe(language="en").event())
        await send(client, sound, *form)
        return Transcript.from_event(await next_event(client)).text


async def found(port: int, pcm: Pcm, names: Sequence[str] | None = None) -> list[Event]:
    """What is said while it listens for wake words; all until the sound has ended."""
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Detect(names=list(names) if names else None).event())
        await send(client, pcm.tobytes())
        event = await next_event(client)
        return [event]


async def spoken_events(port: int, *asked: Event, until: str) -> list[Event]:
    async with AsyncTcpClient("127.0.0.1", port) as client:
        for event in asked:
            await client.write_event(event)
        events = [await next_event(client)]
        while events[-1].type != until:
            events.append(await next_event(client))
        return events
