"""The house's ends of the pipes: typed messages as an async stream, and lines that may be long."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from hub.eyes.messages import FromEye, ToEye
from hub.fields import DOWN_LIMIT, UP_LIMIT
from hub.messages import FromLauncher, FromMouth, FromSenses, Message
from hub.pipes import Decoder, LineTooLong, Writer, encode
from hub.satellites.messages import Cue, FromSatellite

M = TypeVar("M")
log = logging.getLogger(__name__)
_BACKLOG = 2 * DOWN_LIMIT
_CHUNK = 65_536


async def messages(fd: int, decoder: Decoder[M]) -> AsyncIterator[M]:
    """Every message until the pipe closes; the refused are counted in `decoder`."""
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(lambda: protocol, os.fdopen(fd, "rb"))
    try:
        while data := await reader.read(_CHUNK):
            for message in decoder.feed(data):
                yield message
    finally:
        transport.close()


class LongWriter:
    """Lines of up to 1 MB to a process that may be busy or dead; never waits.

    What does not fit the line or a backlog of two homes is dropped and counted: after its restart
    the process is told everything again. It begins with an empty line, which ends what a
    predecessor may have left half said.
    """

    def __init__(self, transport: asyncio.WriteTransport) -> None:
        self._transport = transport
        self._transport.write(b"\n")
        self.dropped = 0

    @classmethod
    async def open(cls, fd: int) -> "LongWriter":
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_write_pipe(asyncio.Protocol, os.fdopen(fd, "wb"))
        return cls(transport)

    def send(self, message: Message) -> None:
        try:
            line = encode(message, DOWN_LIMIT)
        except LineTooLong as error:
            log.warning("Not told to the other processes: %s", error)
            line = b""
        if not line or self._transport.get_write_buffer_size() > _BACKLOG:
            self.dropped += 1
            return
        self._transport.write(line)


@dataclass(frozen=True, slots=True)
class EyePipe:
    """`fd`: where what the eye, and its relay, say is read."""

    fd: int
    said: Decoder[FromEye]
    eye: LongWriter


@dataclass(frozen=True, slots=True)
class SatellitePipe:
    """`fd`: where what its inlet and outlet say is read."""

    fd: int
    said: Decoder[FromSatellite]
    outlet: LongWriter

    @classmethod
    async def open(cls, up: int, down: int) -> "SatellitePipe":
        said = Decoder(msgspec.json.Decoder(FromSatellite), UP_LIMIT)
        return cls(up, said, await LongWriter.open(down))


@dataclass(frozen=True, slots=True)
class HousePipes:
    """All ends that the house holds; `eyes` by the keys of their cameras, `satellites` by theirs.
    Must be opened inside a running event loop.
    """

    senses: LongWriter
    mouth: LongWriter
    launcher: Writer
    heard: Decoder[FromSenses]
    spoken: Decoder[FromMouth]
    told: Decoder[FromLauncher]
    eyes: Mapping[str, EyePipe]
    satellites: Mapping[str, SatellitePipe]

    @classmethod
    async def open(
        cls,
        to_senses: int,
        to_mouth: int,
        launcher: Writer,
        eyes: Mapping[str, tuple[int, int]],
        satellites: Mapping[str, tuple[int, int]],
    ) -> "HousePipes":
        """`eyes`, `satellites`: key -> where to read, where to write."""
        return cls(
            senses=await LongWriter.open(to_senses),
            mouth=await LongWriter.open(to_mouth),
            launcher=launcher,
            heard=Decoder(msgspec.json.Decoder(FromSenses), UP_LIMIT),
            spoken=Decoder(msgspec.json.Decoder(FromMouth), UP_LIMIT),
            told=Decoder(msgspec.json.Decoder(FromLauncher), UP_LIMIT),
            eyes={
                key: EyePipe(
                    up,
                    Decoder(msgspec.json.Decoder(FromEye), UP_LIMIT),
                    await LongWriter.open(down),
                )
                for key, (up, down) in eyes.items()
            },
            satellites={
                key: await SatellitePipe.open(up, down) for key, (up, down) in satellites.items()
            },
        )

    def tell_eye(self, key: str, message: ToEye) -> None:
        self.eyes[key].eye.send(message)

    def cue(self, key: str, cue: Cue) -> None:
        """To the outlet of a satellite."""
        self.satellites[key].outlet.send(cue)

    @property
    def unsent(self) -> int:
        eyes = sum(pipe.eye.dropped for pipe in self.eyes.values())
        outlets = sum(pipe.outlet.dropped for pipe in self.satellites.values())
        return self.senses.dropped + self.mouth.dropped + self.launcher.dropped + eyes + outlets

    @property
    def refused(self) -> int:
        """Not what senses said: its door counts that, and shows it with care."""
        return self.spoken.refused + self.told.refused
