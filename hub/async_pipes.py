"""The house's ends of the pipes: typed messages as an async stream, and lines that may be long."""

import asyncio
import os
from collections.abc import AsyncIterator
from typing import TypeVar

import msgspec

from hub.messages import DOWN_LIMIT, UP_LIMIT, Message
from hub.pipes import Decoder, encode

M = TypeVar("M")
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


def up_decoder(vocabulary: msgspec.json.Decoder[M]) -> Decoder[M]:
    return Decoder(vocabulary, UP_LIMIT)


class LongWriter:
    """Lines of up to 1 MB to a process that may be busy or dead; never waits.

    What does not fit a backlog of two homes is dropped and counted: after its restart the process
    is told everything again.
    """

    def __init__(self, transport: asyncio.WriteTransport) -> None:
        self._transport = transport
        self.dropped = 0

    @classmethod
    async def open(cls, fd: int) -> "LongWriter":
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_write_pipe(asyncio.Protocol, os.fdopen(fd, "wb"))
        return cls(transport)

    def send(self, message: Message) -> None:
        if self._transport.get_write_buffer_size() > _BACKLOG:
            self.dropped += 1
            return
        self._transport.write(encode(message, DOWN_LIMIT))
