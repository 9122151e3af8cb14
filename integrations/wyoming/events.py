"""One event at a time, in and out.

The library's own reader takes as many bytes as it is told will come; this one takes none beyond its
bounds, and only the keys that mean something here.
"""

import asyncio
from dataclasses import dataclass, field

import msgspec
from wyoming.event import Event, async_write_event

from integrations.wyoming.wire import LARGEST, Refused, first_line

IDLE_SECONDS = 60.0
_PATIENCE = 5.0
"""Seconds for what is told to be read."""


class Voice(msgspec.Struct, frozen=True):
    name: str | None = None
    language: str | None = None
    speaker: str | None = None


class Data(msgspec.Struct, frozen=True):
    """Of all events that are understood; other keys are of no use here."""

    text: str | None = None
    text_format: str | None = None
    language: str | None = None
    voice: Voice | None = None
    names: list[str] | None = None
    rate: int | None = None
    width: int | None = None
    channels: int | None = None
    timestamp: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """`sound` is private."""

    kind: str
    data: Data = field(repr=False)
    sound: bytes = field(default=b"", repr=False)


async def read(reader: asyncio.StreamReader, most_sound: int = 0, most: int = LARGEST) -> Told:
    """`most_sound`: bytes that may come with it; `most`: of its data.

    Raises Refused, TimeoutError where nothing comes, IncompleteReadError at the end.
    """
    async with asyncio.timeout(IDLE_SECONDS):
        try:
            line = first_line(await reader.readuntil(b"\n"), most, most_sound)
        except asyncio.LimitOverrunError as error:
            raise Refused(f"An event has at most {LARGEST} bytes.") from error
        content = await reader.readexactly(line.data_length) if line.data_length else line.data
        sound = await reader.readexactly(line.payload_length) if line.payload_length else b""
    try:
        data = msgspec.json.decode(content, type=Data | None) or Data()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("That is no event of Wyoming.") from error
    return Told(line.type, data, sound)


async def tell(writer: asyncio.StreamWriter, event: Event) -> None:
    """Raises TimeoutError where nobody reads."""
    async with asyncio.timeout(_PATIENCE):
        await async_write_event(event, writer)
