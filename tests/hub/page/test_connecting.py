"""Home Assistant and a broker connected from the page: tried, written, undone; what is refused."""

import stat
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web

from hub.changing.file import OwnersFile
from hub.changing.secrets import GivenSecrets
from tests.hub.page.parts import HERE, Stage
from tests.hub.page.settings_parts import Own, shown
from tests.mosquitto import Mosquitto, free_port

TOKEN = "a-token-of-this-home"


@asynccontextmanager
async def home_assistant() -> AsyncIterator[str]:
    """As much of one as says hello and counts its things; it takes TOKEN alone."""

    async def talk(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str('{"type":"auth_required","ha_version":"2026.11.0"}')
        told = await socket.receive_json()
        if told["access_token"] != TOKEN:
            await socket.send_str('{"type":"auth_invalid","message":"no"}')
            return socket
        await socket.send_str('{"type":"auth_ok","ha_version":"2026.11.0"}')
        async for message in socket:
            asked = msgspec.json.decode(message.data)
            result: object = {"version": "2026.11.0"}
            if asked["type"] == "get_states":
                result = [{"entity_id": "light.one"}, {"entity_id": "light.two"}]
            answer = {"id": asked["id"], "type": "result", "success": True, "result": result}
            await socket.send_str(msgspec.json.encode(answer).decode())
        return socket

    application = web.Application()
    application.router.add_get("/api/websocket", talk)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, HERE, port).start()
    try:
        yield f"http://{HERE}:{port}"
    finally:
        await runner.cleanup()


async def connect(page: Stage, name: str, given: Mapping[str, object]) -> tuple[int, Any]:
    answer = await page.do(name, {"mark": (await shown(page))["mark"], **given})
    return answer.status, await answer.json()


def kept(state: Path) -> list[Path]:
    return sorted((state / "secrets").glob("*")) if (state / "secrets").exists() else []


async def test_home_assistant_is_tried_and_written(guarded: Stage, file: Own, state: Path) -> None:
    async with home_assistant() as url:
        status, told = await connect(guarded, "connect-home", {"url": f" {url}/ ", "token": TOKEN})
    assert (status, told["version"], told["things"]) == (200, "2026.11.0", 2)
    [secret] = kept(state)
    assert file.values["home_assistant"] == {"url": url, "token": {"file": str(secret)}}
    assert secret.read_text() == TOKEN
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o700
    assert TOKEN not in file.text
    now = await shown(guarded)
    assert TOKEN not in str(now)
    assert now["waiting"]
    connections = await (await guarded.client.get("/api/connections")).json()
    assert (connections["url"], connections["closed"]) == (url, "")


async def test_nothing_is_written_where_it_does_not_work(
    guarded: Stage, file: Own, state: Path
) -> None:
    before, nowhere = file.text, f"http://{HERE}:{free_port()}"
    async with home_assistant() as url:
        for given, why in (
            ({"url": url, "token": "another"}, "does not accept the token"),
            ({"url": nowhere, "token": TOKEN}, "cannot be reached"),
            ({"url": f"{url}/lovelace", "token": TOKEN}, "not Home Assistant"),
        ):
            status, told = await connect(guarded, "connect-home", given)
            assert status == 409
            assert why in told["problem"]
            assert TOKEN not in told["problem"]
    status, told = await connect(guarded, "connect-home", {"url": "ftp://x", "token": TOKEN})
    assert (status, told["mistakes"][0]["key"]) == (200, "home_assistant.url")
    assert file.text == before
    assert kept(state) == []


async def test_a_broker_is_tried_and_written(
    guarded: Stage, file: Own, state: Path, locked_mosquitto: Mosquitto
) -> None:
    place = {"host": HERE, "port": locked_mosquitto.port}
    for given, why in (
        (place, "does not take this user"),
        ({**place, "username": "hub", "password": "wrong"}, "does not take this user"),
        ({"host": HERE, "port": free_port()}, "No MQTT broker answers there"),
    ):
        status, told = await connect(guarded, "connect-broker", given)
        assert status == 409
        assert why in told["problem"]
    assert "mqtt" not in file.values
    status, told = await connect(
        guarded, "connect-broker", {**place, "username": "hub", "password": "right"}
    )
    assert (status, told["version"]) == (200, "5")
    [secret] = kept(state)
    wanted = {**place, "username": "hub", "password": {"file": str(secret)}}
    assert file.values["mqtt"] == wanted
    assert secret.read_text() == "right"


async def test_an_old_password_is_not_sent_to_a_new_address(
    guarded: Stage, file: Own, mosquitto: Mosquitto
) -> None:
    old = "mqtt: {host: 192.0.2.1, username: hub, password: {file: /etc/secret}, tls: true}\n"
    file.write(file.text + old)
    given = {"host": HERE, "port": mosquitto.port}
    status, _ = await connect(guarded, "connect-broker", given)
    assert status == 200
    assert file.values["mqtt"] == {"host": HERE, "port": mosquitto.port}
    status, told = await connect(guarded, "connect-home", {"url": "http://elsewhere"})
    assert (status, told["problem"]) == (400, "That was not understood.")


async def test_undone_it_has_the_old_secret_again(guarded: Stage, file: Own, state: Path) -> None:
    async with home_assistant() as url:
        given = {"url": url, "token": TOKEN}
        await connect(guarded, "connect-home", given)
        [first] = kept(state)
        await connect(guarded, "connect-home", given)
        assert len(kept(state)) == 2
        mark = (await shown(guarded))["mark"]
        assert (await guarded.do("undo", {"mark": mark})).status == 200
        assert file.values["home_assistant"]["token"] == {"file": str(first)}
        assert first.exists()
        for _ in range(3):
            await connect(guarded, "connect-home", given)
    assert len(kept(state)) == 3  # the present one, the one before, and one that the next takes


def test_a_secret_that_the_running_hub_reads_stays(tmp_path: Path) -> None:
    settings = OwnersFile(tmp_path / "inglenook.yaml")
    settings.path.write_text("{}\n")
    running = tmp_path / "secrets" / "mqtt-1"
    given = GivenSecrets(tmp_path / "secrets", settings, (running,))
    given.keep(running, "in use")
    given.keep(given.place("mqtt"), "unnamed")
    given.keep(given.place("mqtt"), "new")
    assert {each.read_text() for each in kept(tmp_path)} == {"in use", "new"}


@pytest.mark.parametrize(
    "url",
    ["http://ha:99999", "http://ha:8l23", "http://[", "http://home..local", "http://a" + "b" * 70],
)
async def test_an_address_that_is_none_is_told_as_one(guarded: Stage, file: Own, url: str) -> None:
    before = file.text
    status, told = await connect(guarded, "connect-home", {"url": url, "token": TOKEN})
    assert status == 409 or told["mistakes"]
    status, _ = await connect(guarded, "connect-broker", {"host": url[7:] or "x", "port": 1883})
    assert status == 409
    assert file.text == before


async def test_tries_are_counted(guarded: Stage) -> None:
    nowhere = {"url": f"http://{HERE}:{free_port()}", "token": TOKEN}
    told = [(await connect(guarded, "connect-home", nowhere))[1]["problem"] for _ in range(7)]
    assert told[-1] == "That was too much at once. Wait a moment."


@pytest.mark.parametrize("name", ["connect-home", "connect-broker"])
async def test_a_page_without_a_password_connects_nothing(
    owned: Stage, file: Own, name: str
) -> None:
    before = file.text
    home: dict[str, object] = {"url": f"http://{HERE}:1", "token": TOKEN}
    given = home if name == "connect-home" else {"host": HERE, "port": 1}
    status, told = await connect(owned, name, given)
    assert status == 409
    assert "without a password" in told["problem"]
    assert file.text == before
    connections = await (await owned.client.get("/api/connections")).json()
    assert "without a password" in connections["closed"]
