"""Wyoming for those who ask in text, such as Home Assistant's Assist: sentence in, reply out.

Sound is refused unread: there is no way in for it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Attribution, HandleModel, HandleProgram, Info
from wyoming.ping import Pong

from integrations.wyoming.events import read, tell
from integrations.wyoming.talks import Talks
from integrations.wyoming.wire import LARGEST, Refused

_LONGEST = 1_000
"""Letters of a sentence, as over MQTT."""


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    is_understood: bool


Answer = Callable[[str], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class SentenceServer:
    """`host`, `port`: where it listens. `languages`: that are understood."""

    host: str
    port: int
    name: str
    version: str
    languages: tuple[str, ...]
    answer: Answer

    async def run(self, report: Callable[[str], None]) -> None:
        """Until cancelled. Where the port is taken, that is told, and the hub goes on without."""
        talks = Talks(self._talk)
        try:
            server = await asyncio.start_server(talks.serve, self.host, self.port, limit=LARGEST)
        except OSError as error:
            report(f"Wyoming cannot listen at {self.host}:{self.port}: {error.strerror}.")
            return
        report(f"Answers Wyoming at {self.host}:{self.port}.")
        try:
            await asyncio.Event().wait()  # serve_forever would wait for its clients at the end
        finally:
            server.close()
            await talks.end()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            told = await read(reader)
            match told.kind:
                case "describe":
                    await tell(writer, self._info())
                case "ping":
                    await tell(writer, Pong(text=told.data.text).event())
                case "transcript":
                    await tell(writer, await self._handle(told.data.text))
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
