"""The page on a port of its own: where it is told, and where it cannot be had."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

from aiohttp import ClientSession

from hub.page.serving import own_names
from tests.hub.page.parts import Stage, stage
from tests.mosquitto import free_port


async def served(made: Stage) -> tuple[str, asyncio.Task[None]]:
    """What is told first, and the task that serves."""
    told: asyncio.Queue[str] = asyncio.Queue()
    task = asyncio.create_task(made.page.run(told.put_nowait))
    return await told.get(), task


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_it_is_told_where_it_is(state: Path) -> None:
    port = free_port()
    async with stage(state, {"page": {"port": port}}) as made:
        said, task = await served(made)
        assert said == f"The page is at http://127.0.0.1:{port}/"
        async with ClientSession() as session:
            answer = await session.get(f"http://127.0.0.1:{port}/")
            assert "<title>Inglenook</title>" in await answer.text()
        await ended(task)


async def test_a_port_that_is_taken_stops_nothing(state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        async with stage(state, {"page": {"port": port}}) as made:
            said, task = await served(made)
            assert said.startswith(f"The page cannot be served at http://127.0.0.1:{port}/ (")
            assert not task.done()
            await ended(task)


def test_this_machine_s_names_are_known() -> None:
    names = own_names()
    assert "localhost" in names
    assert socket.gethostname().lower() in names
