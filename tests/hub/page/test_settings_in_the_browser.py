"""Settings changed on the page of a running, sealed hub; undone after a reload; put into use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hub.page.browsing import Visit, browser
from tests.hub.running import RunningHub, wait_until
from tests.mosquitto import free_port

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models"), pytest.mark.timeout(180)]
PATIENT = 60_000


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture
def hub(tmp_path: Path, address: str) -> Iterator[RunningHub]:
    secret = tmp_path / "password"
    secret.write_text("by the fire")
    running = RunningHub(
        tmp_path / "hub",
        {
            "area": "Kitchen",
            "microphone": {"source": "none"},
            "privacy": {"words": False},
            "mqtt": {"port": free_port()},
            "page": {"port": int(address.split(":")[2][:-1]), "password": {"file": str(secret)}},
        },
    )
    try:
        running.wait_for_text("The page is at", 60)
        yield running
    finally:
        running.stop()


@pytest.fixture
def visit(chromium: Browser, hub: RunningHub, address: str) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    visit = Visit(context.new_page(), address)
    sign_in(visit.page)
    visit.turn_to("inside")
    yield visit
    context.close()


def sign_in(page: Page) -> None:
    page.locator("#password").fill("by the fire")
    page.get_by_role("button", name="Sign in").click()


def test_saved_with_a_yes_and_undone_after_a_reload(visit: Visit, hub: RunningHub) -> None:
    page, before = visit.page, hub.settings()
    page.get_by_role("switch", name="privacy.words").click()
    page.get_by_label("area", exact=True).fill("Hall")
    page.get_by_role("button", name="Save 2").click()
    warning = page.get_by_role("alertdialog")
    expect(warning).to_contain_text("The words of commands leave the ears")
    assert visit.look_over() == []
    warning.get_by_role("button", name="Leave it").click()
    expect(warning).to_have_count(0)
    assert hub.settings() == before
    page.get_by_role("button", name="Save 2").click()
    warning.get_by_role("button", name="I want that").click()
    expect(page.locator(".standing")).to_contain_text("area, privacy.words")
    assert hub.settings() == {**before, "area": "Hall", "privacy": {"words": True}}
    assert visit.look_over() == []
    page.reload()
    page.get_by_role("button", name="Undo the last save").click()
    expect(page.get_by_label("area", exact=True)).to_have_value("Kitchen")
    assert hub.settings() == before


def test_a_mistake_is_shown_at_its_field(visit: Visit, hub: RunningHub) -> None:
    page, before = visit.page, hub.settings()
    page.get_by_label("Search the settings").fill("listen.silence")
    page.get_by_label("listen.silence", exact=True).fill("9")
    page.get_by_role("button", name="Save 1").click()
    expect(page.locator(".options li .problem")).to_contain_text("From 0.2 to 3.")
    page.get_by_label("Search the settings").fill("language")
    page.get_by_label("language", exact=True).fill("tlh")
    page.get_by_role("button", name="Save 2").click()
    page.get_by_label("Search the settings").fill("listen.silence")
    page.get_by_label("listen.silence", exact=True).fill("2")
    page.get_by_label("Search the settings").fill("language")
    page.get_by_role("button", name="Save 2").click()
    expect(page.locator(".options li .problem")).to_contain_text("found 'tlh'; allowed: ")
    assert visit.look_over() == []
    assert hub.settings() == before


def test_a_new_start_takes_it_up_and_unmutes_nothing(visit: Visit, hub: RunningHub) -> None:
    page, house = visit.page, hub.pid("house")
    assert hub.command("mute", "on").returncode == 0
    page.get_by_label("area", exact=True).fill("Hall")
    page.get_by_role("button", name="Save 1").click()
    page.get_by_role("button", name="Start anew now").click()
    wait_until(lambda: hub.said.count("The page is at") == 2, 60, lambda: hub.said)
    assert hub.process.poll() is None
    assert hub.pid("house") not in (None, house)
    sign_in(page)
    visit.turn_to("inside")
    expect(page.get_by_label("area", exact=True)).to_have_value("Hall", timeout=PATIENT)
    expect(page.locator(".standing")).not_to_contain_text("Start anew")
    visit.turn_to("now")
    expect(page.locator(".hero")).to_contain_text("Muted at the hub itself", timeout=PATIENT)


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_file_that_is_not_the_hub_s_is_not_changed(
    chromium: Browser, hub: RunningHub, address: str, tmp_path: Path
) -> None:
    (tmp_path / "hub").chmod(0o500)
    try:
        visit = Visit(chromium.new_page(), address)
        sign_in(visit.page)
        visit.turn_to("inside")
        expect(visit.page.locator("#inside")).to_contain_text("cannot be written by the hub")
        assert visit.page.locator(".options input").count() == 0
    finally:
        (tmp_path / "hub").chmod(0o700)
