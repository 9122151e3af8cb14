"""What is not Home Assistant, or not quite: real sockets that answer wrongly, late or at length."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from aiohttp import web

from integrations.homeassistant.client import Standing
from integrations.homeassistant.patience import Patience
from tests.integrations.homeassistant.watching import watching
from tests.testbed.processes import free_port

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
QUICK = Patience(answer=0.3)
MANY = 5_000


@asynccontextmanager
async def serving(handler: Handler, secure: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_get("/api/websocket", handler)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port, ssl_context=secure).start()
    try:
        yield f"{'https' if secure else 'http'}://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


async def reason_given(
    handler: Handler, secure: ssl.SSLContext | None = None
) -> tuple[Standing, str]:
    async with serving(handler, secure) as url, watching(url, lambda: "secret", QUICK) as watch:
        await watch.until(lambda: watch.home.status.standing is not Standing.CONNECTING)
        return watch.home.status.standing, watch.home.status.reason


async def test_a_banned_address_is_told_how_to_be_let_in() -> None:
    async def banned(request: web.Request) -> web.StreamResponse:
        raise web.HTTPForbidden

    standing, reason = await reason_given(banned)
    assert standing is Standing.REFUSED
    assert "ip_bans.yaml" in reason


async def test_another_web_server() -> None:
    async def page(request: web.Request) -> web.StreamResponse:
        return web.Response(text="welcome")

    standing, reason = await reason_given(page)
    assert standing is Standing.LOST
    assert "not Home Assistant" in reason


@pytest.mark.parametrize("said", ["hello", "[]", '{"type":"nonsense"}', '{"type":7}', ""])
async def test_a_websocket_that_speaks_something_else(said: str) -> None:
    async def chat(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(said)
        await socket.receive()
        return socket

    standing, reason = await reason_given(chat)
    assert standing is Standing.LOST
    assert "language" in reason


async def test_a_websocket_that_never_speaks_is_given_up() -> None:
    async def silent(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.receive()
        return socket

    standing, reason = await reason_given(silent)
    assert standing is Standing.LOST
    assert "does not answer" in reason


async def test_a_certificate_that_its_owner_made(tmp_path: Path) -> None:
    async def never(request: web.Request) -> web.StreamResponse:
        raise AssertionError("a request came through")

    standing, reason = await reason_given(never, self_signed(tmp_path))
    assert standing is Standing.LOST
    assert "certificate" in reason


def self_signed(folder: Path) -> ssl.SSLContext:
    key, certificate = str(folder / "key.pem"), str(folder / "certificate.pem")
    made = ["-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *made]
    subprocess.run(command, check=True, capture_output=True)
    secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secure.load_cert_chain(certificate, key)
    return secure


async def test_a_secure_address_of_a_plain_server() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"this is not TLS at all\r\n\r\n")
        writer.close()

    port = free_port()
    server = await asyncio.start_server(plain, "127.0.0.1", port)
    async with server, watching(f"https://127.0.0.1:{port}", lambda: "secret", QUICK) as watch:
        await watch.until(lambda: watch.home.status.standing is Standing.LOST)
        assert "http://" in watch.home.status.reason


async def test_the_token_is_not_told_to_who_did_not_ask() -> None:
    heard: list[str] = []

    async def eager(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "auth_ok"})
        message = await socket.receive()
        heard.append(str(message.data))
        return socket

    standing, _ = await reason_given(eager)
    assert standing is Standing.LOST
    assert "secret" not in "".join(heard)


async def test_a_very_large_home_in_one_message() -> None:
    answers = {
        "config/entity_registry/list": [{"entity_id": f"light.lamp_{n}"} for n in range(MANY)],
        "config/device_registry/list": [],
        "config/floor_registry/list": [],
        "config/area_registry/list": [],
        "get_config": {"state": "RUNNING", "components": ["conversation"]},
        "homeassistant/expose_entity/list": {"exposed_entities": {}},
        "homeassistant/expose_new_entities/get": {"expose_new": True},
        "config/entity_registry/get_entries": {},
    }
    lamp = {"s": "on", "a": {"friendly_name": "Lamp", "note": "x" * 2_000}}
    states = {"a": {f"light.lamp_{n}": lamp for n in range(MANY)}}

    async def large(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "auth_required"})
        await socket.receive()
        await socket.send_json({"type": "auth_ok"})
        async for message in socket:
            asked = message.json()
            result = answers.get(asked["type"])
            reply = {"id": asked["id"], "type": "result", "success": True, "result": result}
            await socket.send_str(msgspec.json.encode(reply).decode())
            if asked["type"] == "subscribe_entities":
                event = {"id": asked["id"], "type": "event", "event": states}
                await socket.send_str(msgspec.json.encode(event).decode())
        return socket

    async with serving(large) as url, watching(url, lambda: "secret") as watch:
        await watch.until(lambda: watch.home.connected)
        assert len(watch.home.snapshot().entities) == MANY
