"""Wyoming for those who bring sound or want some: speech to text, text to speech, wake words.

What comes of the sound is the lender's; here are the protocol and its bounds. What a client said is
told to that client alone.
"""

import asyncio
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass

from wyoming.ping import Pong

from integrations.wyoming.events import read, tell
from integrations.wyoming.hearing import Ears, Hearing
from integrations.wyoming.offers import Offers
from integrations.wyoming.speaking import Speaking, Voice
from integrations.wyoming.talks import Talks
from integrations.wyoming.wire import LARGEST, Refused

LARGEST_SOUND = 262_144
"""Bytes of sound that come at once: eight seconds of what is usual."""
LARGEST_TEXT = 65_536
"""Bytes of data in an event: what has come in pieces comes once more as a whole."""
_PAUSE = 1.0
"""Seconds after a connection could not be taken."""

Count = Callable[[socket.socket], AbstractContextManager[None]]
"""Follows a connection from its first byte to its last."""


@dataclass(frozen=True, slots=True)
class SpeechServer:
    """`voice` None: none is lent."""

    offers: Offers
    ears: Ears
    voice: Voice | None
    count: Count

    async def run(self, port: socket.socket) -> None:
        """Until cancelled. `port` listens, and nothing is done with it but to accept: a sealed
        process can do no more.
        """
        port.setblocking(False)  # noqa: FBT003 - its only argument
        talks = Talks(self._talk)
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            while True:
                try:
                    line, _ = await loop.sock_accept(port)
                except OSError:  # it went already, or there are too many
                    await asyncio.sleep(_PAUSE)
                else:
                    group.create_task(self._serve(talks, line))

    async def _serve(self, talks: Talks, line: socket.socket) -> None:
        with self.count(line), suppress(OSError):
            reader, writer = await asyncio.open_connection(sock=line, limit=LARGEST)
            await talks.serve(reader, writer)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hearing = Hearing(self.ears, self.offers, writer)
        speaking = Speaking(self.voice, self.offers, writer)
        try:
            while True:
                told = await read(reader, LARGEST_SOUND, LARGEST_TEXT)
                match told.kind:
                    case "describe":
                        await tell(writer, self.offers.info())
                    case "ping":
                        await tell(writer, Pong(text=told.data.text).event())
                    case "transcribe" | "detect" | "audio-start" | "audio-chunk" | "audio-stop":
                        await hearing.take(told)
                    case str(kind) if kind.startswith("synthesize"):
                        await speaking.take(told)
                    case "select-program":
                        pass  # there is one of each kind
                    case _:
                        raise Refused("This is no event that is taken here.")
        finally:
            hearing.forget()
