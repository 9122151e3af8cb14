"""The first steps with a new hub, in a browser: from the demo home to a real Home Assistant."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hub.page.browsing import Visit, browser
from tests.hub.recordings import hiss, pause, spoken, write
from tests.hub.running import RunningHub
from tests.mosquitto import free_port
from tests.testbed.homeassistant import RunningHomeAssistant

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models"), pytest.mark.timeout(240)]
PATIENT = 60_000
PASSWORD = "by the fire"
STEPS = ".steps .done"


@pytest.fixture
def hub(tmp_path: Path, address: str) -> Iterator[RunningHub]:
    """As script/appliance leaves one, that hears a command."""
    secret = tmp_path / "password"
    secret.write_text(PASSWORD)
    said = spoken("Hey Jarvis, turn on the kitchen light.")
    file = write(tmp_path / "said.wav", pause(6), said, pause(2), hiss(20.0))
    running = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "name": "Test hub",
            "microphone": {"source": "none", "files": [str(file)]},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"port": free_port()},
            "page": {"port": int(address.split(":")[2][:-1]), "password": {"file": str(secret)}},
        },
    )
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def visit(hub: RunningHub, address: str) -> Iterator[Visit]:
    hub.wait_for_text("The page is at", 60)
    with browser() as chromium:
        visit = Visit(new_page(chromium), address)
        visit.page.get_by_label("Password").fill(PASSWORD)
        visit.page.get_by_role("button", name="Sign in").click()
        yield visit


def new_page(chromium: Browser) -> Page:
    return chromium.new_context(viewport={"width": 390, "height": 844}).new_page()


def test_from_the_demo_to_a_real_home(
    visit: Visit, hub: RunningHub, home_assistant: RunningHomeAssistant, tmp_path: Path
) -> None:
    page = visit.page
    expect(page.locator(".steps")).to_contain_text("Hey Jarvis, turn on the kitchen light")
    expect(page.locator(STEPS)).to_have_count(2, timeout=PATIENT)
    assert visit.look_over() == []
    page.get_by_role("button", name="Let it hear sample commands").click()
    expect(page.locator(".turns details", has_text="spoken")).to_have_count(2, timeout=PATIENT)
    page.get_by_role("link", name="Connect Home Assistant").click()
    page.get_by_label("Its address").fill(home_assistant.url)
    page.get_by_label("Access token").fill("not-a-token")
    attempt = page.get_by_role("button", name="Try and save")
    attempt.first.click()
    expect(page.locator("#connections")).to_contain_text("does not accept the token")
    visit.complaints.clear()  # the browser told of that answer
    page.get_by_label("Access token").fill(home_assistant.token)
    attempt.first.click()
    expect(page.locator("#connections")).to_contain_text("answers and tells of", timeout=PATIENT)
    page.get_by_label("Address", exact=True).fill("127.0.0.1")
    page.get_by_label("Port", exact=True).fill(str(home_assistant.mqtt_port))
    attempt.last.click()
    expect(page.locator("#connections")).to_contain_text("answers with MQTT 5", timeout=PATIENT)
    assert visit.look_over() == []
    assert home_assistant.token not in (tmp_path / "hub" / "inglenook.yaml").read_text()
    page.locator("#connections").get_by_role("button", name="Start anew now").click()
    page.locator("#password").fill(PASSWORD, timeout=PATIENT)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#tab-now").click()
    chips = page.locator(".hero .chips")
    expect(chips.locator(".good", has_text="Home Assistant")).to_be_visible(timeout=PATIENT)
    expect(chips.locator(".good", has_text="MQTT 5")).to_be_visible(timeout=PATIENT)
    expect(page.locator(".steps")).to_be_hidden()
    visit.turn_to("home")
    expect(page.locator("#home")).to_contain_text("Kitchen", timeout=PATIENT)
    assert home_assistant.token not in hub.said
