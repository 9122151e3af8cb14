"""Those who are connected, each served by itself: whatever one does harms no other."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from wyoming.error import Error

from integrations.wyoming.events import tell
from integrations.wyoming.wire import Refused

CONNECTIONS = 16

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Talks:
    """`talk`: with one of them, until it ends or raises Refused."""

    talk: Talk
    _open: dict["asyncio.Task[None]", asyncio.StreamWriter] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As a task of its own. One too many is closed at once."""
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = writer
        try:
            if len(self._open) <= CONNECTIONS:
                await self.talk(reader, writer)
        except Refused as refusal:
            with suppress(OSError, TimeoutError):
                await tell(writer, Error(text=str(refusal)).event())
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass  # they went, or said nothing more
        finally:
            del self._open[task]
            writer.close()
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(1):
                    await writer.wait_closed()
            writer.transport.abort()

    async def end(self) -> None:
        for writer in self._open.values():
            writer.transport.abort()  # its talk ends by itself
        await asyncio.gather(*self._open, return_exceptions=True)
