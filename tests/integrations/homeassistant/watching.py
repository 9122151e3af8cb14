"""The client under test, running, with what it said and a way to wait for something."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from integrations.homeassistant.client import HomeAssistant
from integrations.homeassistant.mirror import Change
from integrations.homeassistant.patience import Patience
from integrations.homeassistant.snapshot import Entity


@dataclass(slots=True)
class Watch:
    home: HomeAssistant
    changes: list[Change] = field(default_factory=list)

    def entity(self, entity_id: str) -> Entity:
        return {entity.entity_id: entity for entity in self.home.snapshot().entities}[entity_id]

    def has(self, entity_id: str) -> bool:
        return entity_id in {entity.entity_id for entity in self.home.snapshot().entities}

    async def until(self, true: Callable[[], bool], seconds: float = 5.0) -> None:
        """Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110  what is waited for is someone else's
                await asyncio.sleep(0.01)


@asynccontextmanager
async def watching(
    url: str, token: Callable[[], str], patience: Patience | None = None
) -> AsyncIterator[Watch]:
    changes: list[Change] = []
    home = HomeAssistant(url, token, changes.append, patience or Patience())
    running = asyncio.create_task(home.run())
    try:
        yield Watch(home, changes)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@asynccontextmanager
async def connected(url: str, token: str, patience: Patience | None = None) -> AsyncIterator[Watch]:
    async with watching(url, lambda: token, patience) as watch:
        await watch.until(lambda: watch.home.connected)
        yield watch
