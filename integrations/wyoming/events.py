"""One event at a time, in and out.

The library's own reader takes as many bytes as it is told will come; this one takes none beyond its
bounds, and only the keys that mean something here.
"""

import asyncio
from dataclasses import dataclass, field

import msgspec
from wyoming.event import Event, async_write_event

LARGEST = 8_192
"""Bytes of an event's line, and of its data: a sentence needs far less."""
IDLE_SECONDS = 60.0
_PATIENCE = 5.0
"""Seconds for what is told to be read."""


class Refused(Exception):
    """What came in is not understood, or not wanted; says which, without repeating it."""


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


class _Line(msgspec.Struct, frozen=True):
    type: str
    data: Data | None = None
    data_length: int | None = None
    payload_length: int | None = None


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
            line = msgspec.json.decode(await reader.readuntil(b"\n"), type=_Line)
            sound_length, length = line.payload_length or 0, line.data_length or 0
            if sound_length and not most_sound:
                raise Refused("No sound is taken here.")
            if not 0 <= sound_length <= most_sound:
                raise Refused(f"An event has at most {most_sound} bytes of sound.")
            if not 0 <= length <= most:
                raise Refused(f"An event has at most {most} bytes.")
            data = line.data or Data()
            if length:
                data = msgspec.json.decode(await reader.readexactly(length), type=Data)
            sound = await reader.readexactly(sound_length) if sound_length else b""
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise Refused("That is no event of Wyoming.") from error
        except asyncio.LimitOverrunError as error:
            raise Refused(f"An event has at most {LARGEST} bytes.") from error
    return Told(line.type, data, sound)


async def tell(writer: asyncio.StreamWriter, event: Event) -> None:
    """Raises TimeoutError where nobody reads."""
    async with asyncio.timeout(_PATIENCE):
        await async_write_event(event, writer)
