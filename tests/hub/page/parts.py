"""The parts of a real house, in the demo home, with the page in front of them: no process, no
broker, and nothing sealed."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import yaml
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from hub.build import Parts, build
from hub.cage.facts import Facts, Glass
from hub.cage.rules import Role
from hub.cage.seal import Sealed
from hub.changing.source import source
from hub.config import Config
from hub.guard import Watched
from hub.ledger.ledger import Ledger
from hub.lines import Lines
from hub.messages import ToLauncher
from hub.page.serving import Page
from hub.page.shelf import models
from hub.terminal import Terminal
from hub.voice import Voice
from integrations.connection import MqttOptions
from integrations.web.server import TOKEN

HERE = "127.0.0.1"
DEMO: Mapping[str, object] = MappingProxyType({"page": {}})


@dataclass
class Stage:
    """`told`: what the launcher was told. `client` speaks to the page as a browser at this
    machine would."""

    parts: Parts
    page: Page
    client: TestClient[Request, Application]
    told: list[ToLauncher] = field(default_factory=list)
    token: str = ""

    async def do(self, name: str, body: object, **headers: str) -> ClientResponse:
        if not self.token:
            self.token = (await (await self.client.get("/api/hello")).json())["token"]
        given = {TOKEN: self.token} | headers
        return await self.client.post(f"/api/{name}", json=body, headers=given)


@asynccontextmanager
async def stage(
    folder: Path, settings: Mapping[str, object] = DEMO, supervisor: str = HERE
) -> AsyncIterator[Stage]:
    """`$INGLENOOK_STATE` must be this folder."""
    config, told = Config.model_validate(dict(settings)), list[ToLauncher]()
    with _ledger(folder) as ledger:
        watched = Watched(Sealed(Role.HOUSE, None, (), _facts()), ledger)
        lines = Lines(lambda _: None, told.append)
        options = MqttOptions(HERE, 1)
        terminal = Terminal(shows_turns=False)
        parts = build(config, options, lines, Voice(lambda _: None), watched, terminal)
        own = folder / "inglenook.yaml"
        own.write_text(yaml.safe_dump(dict(settings)))
        page = Page(config, parts, models(folder / "models"), source(own, None), supervisor)
        if parts.eyes is not None:
            parts.eyes.begin()
        with closing(parts.household.conversation.timekeeper):
            counts = asyncio.create_task(_count(ledger))
            async with TestClient(TestServer(page.app)) as client:
                yield Stage(parts, page, client, told)
            counts.cancel()
        traces = parts.household.why.traces
        if traces is not None:
            traces.close()


def _facts() -> Facts:
    """A thread of the test before may end while it is looked at."""
    while True:
        with suppress(OSError):
            return Glass.made().look()


async def _count(ledger: Ledger) -> None:
    """Connections end when the ledger has looked at them for the last time."""
    while True:
        ledger.look(time.time())
        await asyncio.sleep(0.05)


@contextmanager
def _ledger(folder: Path) -> Iterator[Ledger]:
    ledger = Ledger(folder / "ledger.db", (), lambda _: None)
    try:
        yield ledger
    finally:
        ledger.close(time.time())
