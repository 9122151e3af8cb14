"""Wyoming for those who ask in text, such as Home Assistant's Assist: sentence in, reply out.

The protocol's own library makes the events; they are read here, with bounds, for its reader takes
as many bytes as it is told will come. Sound is refused unread: there is no way in for it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec
from wyoming.error import Error
from wyoming.event import Event, async_write_event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Attribution, HandleModel, HandleProgram, Info
from wyoming.ping import Pong

CONNECTIONS = 16
LARGEST = 8_192
"""Bytes of an event's line, and of its data: a sentence needs far less."""
IDLE_SECONDS = 60.0
_PATIENCE = 5.0
"""Seconds for what is told to be read."""
_LONGEST = 1_000
"""Letters of a sentence, as over MQTT."""


class Data(msgspec.Struct, frozen=True):
    """Of all events that are understood; other keys are of no use here."""

    text: str | None = None


class _Line(msgspec.Struct, frozen=True):
    type: str
    data: Data | None = None
    data_length: int = 0
    payload_length: int = 0


class Refused(Exception):
    """What came in is not understood, or not wanted; says which, without repeating it."""


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    is_understood: bool


Answer = Callable[[str], Awaitable[Reply]]


@dataclass
class WyomingServer:
    """`host`, `port`: where it listens. `languages`: that are understood."""

    host: str
    port: int
    name: str
    version: str
    languages: tuple[str, ...]
    answer: Answer
    _talks: dict["asyncio.Task[None]", asyncio.StreamWriter] = field(default_factory=dict)

    async def run(self, report: Callable[[str], None]) -> None:
        """Until cancelled. Where the port is taken, that is told, and the hub goes on without."""
        try:
            server = await asyncio.start_server(self._serve, self.host, self.port, limit=LARGEST)
        except OSError as error:
            report(f"Wyoming cannot listen at {self.host}:{self.port}: {error.strerror}.")
            return
        report(f"Answers Wyoming at {self.host}:{self.port}.")
        try:
            await asyncio.Event().wait()  # serve_forever would wait for its clients at the end
        finally:
            server.close()
            for writer in self._talks.values():
                writer.transport.abort()  # its talk ends by itself
            await asyncio.gather(*self._talks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk is not None
        self._talks[talk] = writer
        try:
            if len(self._talks) <= CONNECTIONS:
                await self._talk(reader, writer)
        except Refused as refusal:
            with suppress(OSError, TimeoutError):
                await _tell(writer, Error(text=str(refusal)).event())
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass  # they went, or said nothing more
        finally:
            del self._talks[talk]
            writer.close()
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(1):
                    await writer.wait_closed()
            writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            async with asyncio.timeout(IDLE_SECONDS):
                kind, data = await _read(reader)
            match kind:
                case "describe":
                    await _tell(writer, self._info())
                case "ping":
                    await _tell(writer, Pong(text=data.text).event())
                case "transcript":
                    await _tell(writer, await self._handle(data.text))
                case _:
                    raise Refused("This hub takes sentences: describe, transcript and ping.")

    async def _handle(self, text: str | None) -> Event:
        if not text or not text.strip() or len(text) > _LONGEST:
            raise Refused(f"A sentence has 1 to {_LONGEST} letters.")
        reply = await self.answer(text)
        if reply.is_understood:
            return Handled(text=reply.text).event()
        return NotHandled(text=reply.text).event()

    def _info(self) -> Event:
        ours = Attribution(name="Inglenook", url="")
        model = HandleModel(
            name="home",
            attribution=ours,
            installed=True,
            description="The devices of this home",
            version=self.version,
            languages=list(self.languages),
        )
        program = HandleProgram(
            name=self.name,
            attribution=ours,
            installed=True,
            description="A careful hub for this home",
            version=self.version,
            models=[model],
            supports_home_control=True,
        )
        return Info(handle=[program]).event()


async def _tell(writer: asyncio.StreamWriter, event: Event) -> None:
    """Raises TimeoutError where nobody reads."""
    async with asyncio.timeout(_PATIENCE):
        await async_write_event(event, writer)


async def _read(reader: asyncio.StreamReader) -> tuple[str, Data]:
    """Raises Refused, IncompleteReadError at the end."""
    try:
        line = msgspec.json.decode(await reader.readuntil(b"\n"), type=_Line)
        if line.payload_length:
            raise Refused("No sound is taken here.")
        if not 0 <= line.data_length <= LARGEST:
            raise Refused(f"An event has at most {LARGEST} bytes.")
        if not line.data_length:
            return line.type, line.data or Data()
        data = await reader.readexactly(line.data_length)
        return line.type, msgspec.json.decode(data, type=Data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("That is no event of Wyoming.") from error
    except asyncio.LimitOverrunError as error:
        raise Refused(f"An event has at most {LARGEST} bytes.") from error
