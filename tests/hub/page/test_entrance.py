"""Who may open the page and who may not: names, origins, tokens, passwords, the Supervisor."""

import asyncio
from pathlib import Path

import pytest
from pydantic import ValidationError

from hub.config import Config
from hub.network import SecretMissing, endpoints, page_address
from hub.page.section import PageSection
from integrations.web.entrance import Entrance
from integrations.web.limits import Limit
from integrations.web.server import TOKEN
from integrations.web.sessions import LASTS, Sessions
from tests.hub.page.parts import Stage, stage

MUTE = {"muted": True}


def test_without_its_section_there_is_no_page() -> None:
    assert Config().page is None


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"listen": "0.0.0.0"}, "a page that others can reach needs a password"),
        ({"ingress": True, "port": 80}, "with ingress, leave out port, listen and password"),
        ({"port": 0}, "greater than or equal to 1"),
    ],
)
def test_a_section_that_would_be_open_is_refused(section: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        PageSection.model_validate(section)


def test_the_ledger_names_those_who_look() -> None:
    config = Config.model_validate({"page": {"port": 9000}})
    assert [(each.host, each.port) for each in endpoints(config)] == [("", 9000)]
    assert page_address(PageSection(ingress=True)) == ("0.0.0.0", 8099)


@pytest.mark.parametrize(
    ("host", "is_in"),
    [
        ("localhost:8770", True),
        ("127.0.0.1", True),
        ("[::1]:8770", True),
        ("192.168.1.5:8770", True),
        ("hub.local", True),
        ("hub.local.:80", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_a_foreign_name_is_turned_away(host: str, is_in: bool) -> None:
    entrance = Entrance(names=frozenset({"localhost", "hub.local"}))
    assert entrance.lets_in("127.0.0.1", host) is is_in


async def test_dns_rebinding_sees_nothing(page: Stage) -> None:
    for path in ("/", "/api/hello", "/api/wall"):
        answer = await page.client.get(path, headers={"Host": "evil.example"})
        assert answer.status == 403
        assert set(await answer.json()) == {"problem"}


async def test_ingress_takes_the_supervisor_alone(state: Path) -> None:
    async with stage(state, {"page": {"ingress": True}}, "172.30.32.2") as foreign:
        assert (await foreign.client.get("/")).status == 403
    async with stage(state, {"page": {"ingress": True}}, "127.0.0.1") as made:
        told = {"Host": "home.example", "X-Ingress-Path": "/api/hassio_ingress/abc"}
        answer = await made.client.get("/api/wall", headers=told)
        assert answer.status == 200
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        # Home Assistant's own name is the browser's origin there.
        origin = {"Origin": "https://home.example", "Sec-Fetch-Site": "same-origin"}
        assert (await made.do("mute", MUTE, **origin)).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {TOKEN: ""},
        {TOKEN: "guessed"},
        {TOKEN: "ü"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_page_can_do_nothing(page: Stage, headers: dict[str, str]) -> None:
    answer = await page.do("mute", MUTE, **headers)
    assert answer.status == 403
    assert not page.parts.household.status.muted


async def test_a_form_cannot_be_sent(page: Stage) -> None:
    assert (await page.do("mute", MUTE)).status == 200
    told = {TOKEN: page.token}
    answer = await page.client.post("/api/mute", data={"muted": "false"}, headers=told)
    assert answer.status == 415


@pytest.fixture
def secret(tmp_path: Path) -> dict[str, object]:
    (tmp_path / "password").write_text("by the fire\n")
    return {"listen": "0.0.0.0", "password": {"file": str(tmp_path / "password")}}


async def test_a_password_guards_all_that_tells_of_the_home(
    state: Path, secret: dict[str, object]
) -> None:
    async with stage(state, {"page": secret}) as made:
        for path in ("wall", "models", "settings", "news"):
            assert (await made.client.get(f"/api/{path}")).status == 401
        assert (await made.do("mute", MUTE)).status == 401
        assert (await made.client.get("/")).status == 200
        assert not (await (await made.client.get("/api/hello")).json())["signed_in"]
        assert (await made.do("login", {"password": "by the lake"})).status == 403
        right = await made.do("login", {"password": "by the fire"})
        assert right.status == 200
        cookie = right.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        value = right.cookies["inglenook"].value
        signed = {"Cookie": f"inglenook={value}"}
        assert (await made.client.get("/api/wall", headers=signed)).status == 200
        assert (await made.do("logout", {}, **signed)).status == 200
        assert (await made.client.get("/api/wall", headers=signed)).status == 401


async def test_guessing_is_slow(state: Path, secret: dict[str, object]) -> None:
    async with stage(state, {"page": secret}) as made:
        found = [(await made.do("login", {"password": str(n)})).status for n in range(6)]
        assert found == [403] * 5 + [429]
        assert (await made.do("login", {"password": "by the fire"})).status == 429


async def test_too_much_at_once_is_refused(page: Stage) -> None:
    found = await asyncio.gather(*(page.do("stop", {}) for _ in range(3)))
    assert {each.status for each in found} == {200}
    many = [(await page.do("stop", {})).status for _ in range(60)]
    assert many[-1] == 429


async def test_a_short_password_is_no_password(state: Path) -> None:
    (state / "short").write_text("1234")
    with pytest.raises(SecretMissing, match="at least 8 characters"):
        async with stage(state, {"page": {"password": {"file": str(state / "short")}}}):
            pass


def test_a_limit_fills_again() -> None:
    limit = Limit(2, 10.0)
    assert [limit.take(100.0) for _ in range(3)] == [True, True, False]
    assert not limit.take(109.0)
    assert limit.take(110.5)
    assert not limit.take(111.0)


def test_sessions_end() -> None:
    sessions = Sessions("by the fire")
    assert not sessions.may(None, 0.0)
    session = sessions.sign_in("by the fire", 0.0)
    assert sessions.may(session, LASTS - 1)
    assert not sessions.may(session, LASTS + 1)
    for _ in range(40):
        sessions.sign_in("by the fire", 1.0)
    assert not sessions.may(session, 2.0)
