"""News while somebody looks, what may be done, and requests that nobody's page sends."""

import asyncio
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientTimeout
from yarl import URL

from hub.messages import Mute, Play
from hub.mute import Place
from integrations.web.server import TOKEN
from tests.hub.page.parts import Stage, stage

BODIES = ["mute", "ask", "camera", "outline", "login", "save", "save-zones", "undo"]
BODIES += ["connect-home", "connect-broker"]
BODIES += ["meant", "unlearn", "alarm", "sensitivity"]
LIVE = ClientTimeout(total=None, sock_read=10)
CAMERA = {"file": "nowhere.mp4", "area": "Hallway"}


async def news(answer: ClientResponse, about: str) -> dict[str, Any]:
    """The next of it."""
    while True:
        line = (await answer.content.readline()).decode()
        if line == f"event: {about}\n":
            data = (await answer.content.readline()).decode()
            told = json.loads(data.removeprefix("data: "))
            assert isinstance(told, dict)
            return told


async def test_a_sentence_is_granted_and_told(page: Stage) -> None:
    async with page.client.get("/api/news", timeout=LIVE) as live:
        assert (await news(live, "turns"))["turns"] == []
        answer = await page.do("ask", {"text": "turn on the kitchen light"})
        turn = await answer.json()
        assert turn["words"] == "turn on the kitchen light"
        assert turn["wishes"] == [{"intent": "HassTurnOn", "slots": {"name": "Kitchen Light"}}]
        assert turn["actions"][0]["targets"] == ["Kitchen Light"]
        assert turn["actions"][0]["result"] == "done"
        assert turn["reply"]
        told = await news(live, "turns")
    [kept] = told["turns"]
    assert kept["way"] == "page"
    assert "because you named it" in kept["why"]


async def test_what_is_kept_of_turns_is_deleted(page: Stage) -> None:
    await page.do("ask", {"text": "turn on the kitchen light"})
    assert page.parts.household.why.last(5)
    assert (await page.do("forget", {})).status == 200
    assert page.parts.household.why.last(5) == ()


async def test_mute_counts_as_the_page_s(page: Stage) -> None:
    async with page.client.get("/api/news", timeout=LIVE) as live:
        assert (await news(live, "now"))["muted"] is False
        assert (await page.do("mute", {"muted": True})).status == 200
        told = await news(live, "now")
        assert (told["muted"], told["by"], told["assist"]) == (True, "page", "muted")
    assert page.told[-1] == Mute(muted=True, by="page")
    assert (await page.do("mute", {"muted": False})).status == 200
    assert not page.parts.household.status.muted


async def test_a_mute_at_the_machine_stands(page: Stage) -> None:
    page.parts.household.mute(True, Place.MACHINE)
    answer = await page.do("mute", {"muted": False})
    assert answer.status == 409
    assert "only there" in (await answer.json())["problem"]
    assert page.parts.household.status.muted


async def test_a_timer_waits_in_the_home(page: Stage) -> None:
    await page.do("ask", {"text": "set a timer for ten minutes", "area": "Kitchen"})
    async with page.client.get("/api/news", timeout=LIVE) as live:
        home = await news(live, "home")
    [timer] = home["waiting"]
    assert (timer["kind"], timer["length"], timer["area"]) == ("timer", 600.0, "Kitchen")


async def test_cameras_close_and_open(state: Path) -> None:
    async with stage(state, {"page": {}, "cameras": {"porch": CAMERA}}) as made:
        assert (await made.do("camera", {"key": "porch", "on": False})).status == 200
        async with made.client.get("/api/news", timeout=LIVE) as live:
            [camera] = (await news(live, "cameras"))["cameras"]
        assert (camera["condition"], camera["by"]) == ("off", "page")
        assert (await made.do("camera", {"key": "porch", "on": True})).status == 200
        assert (await made.do("outline", {"key": "porch"})).status == 409  # it sees nothing yet
        assert made.parts.eyes is not None
        made.parts.eyes.close(["porch"], "machine")
        assert (await made.do("camera", {"key": "porch", "on": True})).status == 409
        assert (await made.do("camera", {"key": "yard", "on": True})).status == 409


async def test_those_who_went_take_no_place(page: Stage) -> None:
    for _ in range(15):
        answer = await page.client.get("/api/news", timeout=LIVE)
        assert answer.status == 200
        await news(answer, "cameras")
        answer.close()
        await asyncio.sleep(0.3)


async def test_settings_are_told_without_secrets(state: Path) -> None:
    (state / "password").write_text("by the fire")
    section = {"password": {"file": str(state / "password")}}
    async with stage(state, {"page": section, "area": "Kitchen"}) as made:
        login = await made.do("login", {"password": "by the fire"})
        signed = {"Cookie": f"inglenook={login.cookies['inglenook'].value}"}
        answer = await made.client.get("/api/settings", headers=signed)
        options = {each["key"]: each for each in (await answer.json())["options"]}
        assert "by the fire" not in await answer.text()
    assert options["area"] == {
        "key": "area",
        "value": '"Kitchen"',
        "about": "The room this hub stands in.",
        "chosen": True,
        "form": {"kind": "text", "choices": [], "least": None, "most": None, "whole": False},
    }
    assert json.loads(options["page.password"]["value"]) == section["password"]
    assert not options["mqtt.port"]["chosen"]


async def test_what_nobody_s_page_sends(page: Stage) -> None:
    chance = Random(7)
    alphabet = "abcapi/news.%2e?&=:@#\\\x00\r\nü🔥 {}[]\"'"
    for number in range(150):
        text = "".join(chance.choices(alphabet, k=chance.randrange(40)))
        where = URL.build(path=f"/api/{text}" if number % 2 else f"/{text}")
        method = chance.choice(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE"])
        told = {"Content-Type": "application/json", TOKEN: page.token}
        answer = await page.client.request(
            method, where, data=chance.randbytes(number), headers=told, timeout=LIVE
        )
        assert answer.status < 500
        assert b"Traceback" not in await answer.read()


@pytest.mark.parametrize(
    "line",
    [
        b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /static/../app.js HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 20_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\0" * 400 + b"\r\n\r\n",
    ],
)
async def test_lines_that_are_not_http(page: Stage, line: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", page.client.port)
    writer.write(line)
    writer.write_eof()
    answer = await reader.read(4_096)
    writer.close()
    await writer.wait_closed()
    assert b"root:" not in answer
    assert b" 500 " not in answer
    assert (await page.client.get("/")).status == 200


@pytest.mark.parametrize("name", BODIES)
async def test_bodies_of_nobody_s_page(page: Stage, name: str) -> None:
    bodies: list[object] = [[], "x", 7, {"text": 1}, {"muted": "yes"}, {"key": "x", "more": 1}]
    for body in bodies:
        answer = await page.do(name, body)
        assert answer.status in (400, 429)
        assert set(await answer.json()) == {"problem"}
        page.parts.household.status.muted = False


async def test_what_is_too_long_is_not_read(page: Stage) -> None:
    answer = await page.do("ask", {"text": "x" * 20_000})
    assert answer.status == 413
    assert (await page.do("ask", {"text": "x" * 1_001})).status == 400


async def test_sample_commands_are_played_unless_it_is_muted(page: Stage) -> None:
    assert (await page.do("play", {})).status == 200
    assert page.told[-1] == Play()
    await page.do("mute", {"muted": True})
    answer = await page.do("play", {})
    assert (answer.status, (await answer.json())["problem"]) == (409, "It is muted.")


async def test_a_real_home_hears_no_sample_commands(state: Path) -> None:
    settings = {"page": {}, "home_assistant": {"url": "http://ha", "token": {"env": "PATH"}}}
    async with stage(state, settings) as page:
        answer = await page.do("play", {})
    assert answer.status == 409
    assert Play() not in page.told
