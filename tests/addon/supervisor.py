"""A stand-in for Home Assistant's Supervisor, over real HTTP: what an app may ask it.

It hands on the websocket of a real Home Assistant as the Supervisor does: the app's own token goes
in, another goes on.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

from tests.addon.discovery import OF_CORE, Discovery, refused

Socket = ClientWebSocketResponse | web.WebSocketResponse
TOKEN = "of-the-supervisor"
BROKER = {
    "addon": "core_mosquitto",
    "host": "core-mosquitto",
    "port": 1883,
    "ssl": False,
    "username": "addons",
    "password": "broker-pass",
    "protocol": "3.1.1",
}


@dataclass
class Answers:
    """By path: a JSON body; what is not there is refused as the Supervisor does. `core`: address
    and token of a Home Assistant behind it, which is told of what the app announces.
    """

    bodies: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    core: tuple[str, str] | None = None
    discovery: Discovery = field(default_factory=Discovery)


def usual() -> Answers:
    return Answers(
        {
            "/services/mqtt": {"result": "ok", "data": BROKER},
            "/core/api/config": {"language": "de", "state": "RUNNING", "version": "2026.11.0"},
        }
    )


@contextmanager
def supervisor(answers: Answers, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Gives where it listens, as http://host:port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def do(what: Coroutine[Any, Any, Any]) -> None:
        asyncio.run_coroutine_threadsafe(what, loop).result(10)

    app = web.Application()
    app.router.add_get("/core/websocket", partial(_hand_on, answers=answers))
    app.router.add_post("/discovery", partial(_announce, answers=answers))
    app.router.add_delete("/discovery/{uuid}", partial(_announce, answers=answers))
    app.router.add_get("/{path:.*}", partial(_answer, answers=answers))
    runner = web.AppRunner(app, shutdown_timeout=1)
    do(runner.setup())
    site = web.TCPSite(runner, host, port)
    do(site.start())
    try:
        found = runner.addresses[0]
        yield f"http://{found[0]}:{found[1]}"
    finally:
        do(runner.cleanup())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _answer(request: web.Request, answers: Answers) -> web.Response:
    if _asks(request, OF_CORE):
        return answers.discovery.answer(request.path) or refused("Not in this stand-in")
    answers.asked.append(request.path)
    if not _asks(request, TOKEN):
        return web.Response(status=401)
    body = answers.bodies.get(request.path)
    return web.json_response(body) if body is not None else refused("Service not enabled")


async def _announce(request: web.Request, answers: Answers) -> web.Response:
    if not _asks(request, TOKEN):
        return web.Response(status=401)
    do = answers.discovery.take if request.method == "POST" else answers.discovery.remove
    return await do(request, answers.core)


def _asks(request: web.Request, token: str) -> bool:
    return request.headers.get("Authorization") == f"Bearer {token}"


async def _hand_on(request: web.Request, answers: Answers) -> web.WebSocketResponse:
    assert answers.core is not None
    url, token = answers.core
    app = web.WebSocketResponse(max_msg_size=0)
    await app.prepare(request)
    async with (
        ClientSession() as session,
        session.ws_connect(f"{url}/api/websocket", max_msg_size=0) as core,
    ):
        await app.send_json(await core.receive_json())  # auth_required
        told = await app.receive_json()
        if told.get("access_token") != TOKEN:
            await app.send_json({"type": "auth_invalid", "message": "Invalid access"})
            return app
        await core.send_json({"type": "auth", "access_token": token})
        tasks = [asyncio.create_task(_pump(app, core)), asyncio.create_task(_pump(core, app))]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await app.close()
    return app


async def _pump(one: Socket, other: Socket) -> None:
    async for message in one:
        if message.type is WSMsgType.TEXT:
            await other.send_str(message.data)
