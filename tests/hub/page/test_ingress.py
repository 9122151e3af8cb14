"""The page in Home Assistant: behind a proxy like its Supervisor, under a path not its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer
from playwright.async_api import async_playwright, expect

from tests.hub.page.browsing import CHROMIUM, QUIET, no_chromium
from tests.hub.page.parts import stage

pytestmark = pytest.mark.slow
BASE = "/api/hassio_ingress/abcdef"
HOP_BY_HOP = {"transfer-encoding", "connection", "content-length", "host"}


@asynccontextmanager
async def supervisor(app: str) -> AsyncIterator[str]:
    """Hands all beneath BASE on to the app, and streams what comes back."""

    async def hand_on(request: web.Request) -> web.StreamResponse:
        sent = {k: v for k, v in request.headers.items() if k.lower() not in HOP_BY_HOP}
        sent |= {"X-Ingress-Path": BASE, "X-Remote-User-Name": "owner"}
        where, body = f"{app}/{request.match_info['path']}", await request.read()
        async with session.request(request.method, where, headers=sent, data=body) as found:
            told = {k: v for k, v in found.headers.items() if k.lower() not in HOP_BY_HOP}
            answer = web.StreamResponse(status=found.status, headers=told)
            await answer.prepare(request)
            async for part in found.content.iter_any():
                await answer.write(part)
        return answer

    proxy = web.Application()
    proxy.router.add_route("*", BASE + "/{path:.*}", hand_on)
    patience = ClientTimeout(total=None)
    async with (
        ClientSession(auto_decompress=False, timeout=patience) as session,
        TestServer(proxy) as server,
    ):
        yield str(server.make_url(BASE + "/"))


async def test_it_works_under_home_assistant_s_path(state: Path) -> None:
    if not CHROMIUM.exists():
        no_chromium()
    async with stage(state, {"page": {"ingress": True}}) as made, async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        async with supervisor(str(made.client.make_url("")).rstrip("/")) as address:
            page = await chromium.new_page()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            await page.goto(address)
            await page.get_by_label("Type to your home").fill("turn on the kitchen light")
            await page.get_by_role("button", name="Ask").click()
            await expect(page.locator(".answer .action")).to_have_text("Done Kitchen Light")
            await expect(page.locator(".turns .said")).to_contain_text("kitchen light")
            await page.get_by_role("button", name="Mute").click()
            await expect(page.locator("#now-title")).to_have_text("Muted")
            for tab in ("wall", "inside"):
                await page.locator(f"#tab-{tab}").click()
                await page.locator(f"#{tab} h1").wait_for()
            assert all(url.startswith(address) for url in asked)
            await chromium.close()
    assert made.parts.household.status.muted
