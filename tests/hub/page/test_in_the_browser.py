"""The page of a running hub in Debian's Chromium: typed to, heard, muted, drawn on, looked over."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from tests.hub.page.browsing import Visit, browser
from tests.hub.recordings import hiss, pause, spoken, write
from tests.hub.running import RunningHub, wait_until
from tests.mosquitto import free_port
from tests.vision.sources.camera import film

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models"), pytest.mark.timeout(180)]
TABS = ("now", "home", "cameras", "wall", "inside")
PATIENT = 30_000
ZONES = {"step": {"corners": [[0.2, 0.2], [0.8, 0.2], [0.8, 0.9], [0.2, 0.9]]}}


class Served(NamedTuple):
    hub: RunningHub
    address: str


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, port = tmp_path_factory.mktemp("page"), free_port()
    said = spoken("Hey Jarvis, turn on the kitchen light.")
    running = RunningHub(
        folder / "hub",
        {
            "node": "test",
            "area": "Kitchen",
            "microphone": {
                "files": [
                    str(write(folder / "said.wav", pause(2), said, pause(2))),
                    str(write(folder / "loud.wav", hiss(40.0))),
                ]
            },
            "speaker": {"file": str(folder / "replies.wav")},
            "mqtt": {"port": free_port()},
            "page": {"port": port},
            "cameras": {"porch": {"file": str(place(folder)), "zones": ZONES, "area": "Hallway"}},
        },
    )
    try:
        running.wait_for_text("The page is at", 60)
        yield Served(running, f"http://127.0.0.1:{port}/")
    finally:
        running.stop()


@pytest.fixture
def hub(running: Served) -> str:
    """The address of its page."""
    return running.address


def place(folder: Path) -> Path:
    """A film of a doorway made of lines, in which nothing happens."""
    picture = np.full((180, 320, 3), 40, np.uint8)
    picture[40:170, 110:210] = 200
    picture[150:156] = 120
    return film(folder / "doorway.mp4", [picture] * 50, 5)


@pytest.fixture
def visit(chromium: Browser, hub: str) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield Visit(context.new_page(), hub)
    context.close()


def test_a_typed_sentence_and_its_why(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Type to your home").fill("turn on the coffee machine")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".answer")).to_contain_text("HassTurnOn")
    expect(page.locator(".answer .action")).to_have_text("Done Coffee Machine")
    turn = page.locator(".turns details", has_text="turn on the coffee machine").first
    turn.locator("summary").click()
    expect(turn.locator(".why")).to_contain_text("because you named it")
    page.get_by_label("Type to your home").fill("the pineapple sings at midnight")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".said.refused").first).to_contain_text("Not understood")
    expect(page.locator(".turns")).not_to_contain_text("pineapple")
    assert {url.split("/")[2] for url in visit.requests} == {visit.address.split("/")[2]}
    assert visit.complaints == []


def test_the_meter_shows_how_loud_it_is(visit: Visit) -> None:
    meter = visit.page.get_by_role("meter")
    expect(meter).to_have_attribute("aria-valuenow", "4", timeout=PATIENT)
    expect(meter.locator(".on")).to_have_count(4)
    assert visit.look_over() == []
    visit.page.get_by_role("button", name="Mute").click()
    expect(meter).to_be_hidden(timeout=PATIENT)
    visit.page.get_by_role("button", name="Unmute").click()


def test_a_spoken_turn_shows_where_the_time_went(visit: Visit) -> None:
    turn = visit.page.locator(".turns details", has_text="spoken")
    turn.locator("summary").click(timeout=PATIENT)
    expect(turn.locator(".waterfall .bar")).to_have_count(3)
    expect(turn.locator(".took")).to_contain_text("s")
    expect(visit.page.locator("#now-title")).to_have_text("Waiting for its name", timeout=PATIENT)


def test_what_was_meant_is_done_and_learned_with_one_tap(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Type to your home").fill("turn on the sun")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("button", name="I meant this: turn on the Kitchen Light").click()
    expect(page.locator(".answer")).to_contain_text("From now on “sun” is a name for it.")
    expect(page.locator(".answer .action")).to_have_text("Done Kitchen Light")
    assert visit.look_over() == []
    page.get_by_role("button", name="No, forget that name").click()
    expect(page.locator(".answer")).to_contain_text("“sun” is no name any more.")


def test_a_false_alarm_is_counted(visit: Visit) -> None:
    page = visit.page
    turn = page.locator(".turns details", has_text="spoken")
    turn.locator("summary").click(timeout=PATIENT)
    button = turn.get_by_role("button", name="It should not have woken")
    button.click()
    expect(turn).to_contain_text("False alarms this week: 1.", timeout=PATIENT)
    expect(button).to_have_attribute("aria-pressed", "true")
    assert visit.look_over() == []
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_mute_and_listen_again(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="Mute").click()
    expect(page.locator("#now-title")).to_have_text("Muted")
    expect(page.locator(".hero")).to_contain_text("Muted on this page")
    page.get_by_role("button", name="Unmute").click()
    expect(page.locator("#now-title")).not_to_have_text("Muted")


def test_a_zone_is_drawn_with_the_keyboard(visit: Visit, running: Served) -> None:
    page = visit.page
    visit.turn_to("cameras")
    page.get_by_role("button", name="Draw zones").click(timeout=PATIENT)
    lit = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(Boolean)"
    wait_until(lambda: page.locator("canvas").evaluate(lit), 10, lambda: "edges")
    corner = page.get_by_role("button", name="Corner 1")
    corner.focus()
    for key in ("ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    page.get_by_label("How you call it").fill("the step")
    page.get_by_role("button", name="New never-see area").click()
    assert visit.look_over() == []
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".editor")).to_contain_text("Saved.")
    expect(page.locator(".editor")).to_contain_text("cameras.porch.zones.step.corners")
    [camera] = running.hub.settings()["cameras"].values()
    assert camera["zones"]["step"]["name"] == "the step"
    assert camera["zones"]["step"]["corners"][0] == [0.21, 0.25]
    assert len(camera["never_see"]) == 1
    page.get_by_role("button", name="Undo the last save").click()
    expect(page.locator(".editor")).not_to_contain_text("cameras.porch.zones.step.corners")
    assert running.hub.settings()["cameras"]["porch"]["zones"] == ZONES


def test_a_camera_is_closed_and_opened(visit: Visit) -> None:
    visit.turn_to("cameras")
    switch = visit.page.get_by_role("switch", name="Camera porch")
    switch.click()
    expect(visit.page.locator(".camera")).to_contain_text("Closed on this page.")
    switch.click()
    expect(visit.page.locator(".camera")).to_contain_text("watching", timeout=PATIENT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_looked_over(chromium: Browser, hub: str, width: int, scheme: str) -> None:
    size = {"width": width, "height": 844}
    context = chromium.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    visit = Visit(context.new_page(), hub)
    visit.page.locator(".turns li").first.wait_for()
    for tab in TABS:
        visit.turn_to(tab)
        visit.page.wait_for_load_state("networkidle") if tab in ("wall", "inside") else None
        assert visit.look_over() == [], tab
    context.close()


def test_the_keyboard_alone_reaches_everything(visit: Visit) -> None:
    page = visit.page
    page.locator(".turns li").first.wait_for()
    page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.className")
    assert reached == "skip"
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
    assert {"tab-now", "tab-inside", "mute", "sentence", "area", "main"} <= seen


def test_it_comes_back_with_a_house_that_was_killed(visit: Visit, running: Served) -> None:
    page = visit.page
    page.locator(".turns li").first.wait_for()
    running.hub.kill("house")
    expect(page.locator("#line")).to_contain_text("The hub is away")
    expect(page.locator("#line")).to_be_empty(timeout=PATIENT)
    page.get_by_role("button", name="Mute").click()
    expect(page.locator("#now-title")).to_have_text("Muted", timeout=PATIENT)
    page.get_by_role("button", name="Unmute").click()
    expect(page.locator("#now-title")).not_to_have_text("Muted")


def test_what_is_kept_is_deleted_at_the_second_click(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Type to your home").fill("turn off the coffee machine")
    page.get_by_role("button", name="Ask").click()
    page.locator(".turns details").first.wait_for()
    page.get_by_role("button", name="Delete what is kept of them").click()
    page.get_by_role("button", name="Really delete all of it?").click()
    expect(page.locator(".turns")).to_have_text("Nothing was said yet. Try the line above.")


def test_a_password_is_asked_for_in_german(chromium: Browser, tmp_path: Path) -> None:
    port, secret = free_port(), tmp_path / "password"
    secret.write_text("am warmen Ofen")
    section = {"port": port, "password": {"file": str(secret)}}
    settings = {"language": "de", "microphone": {"source": "none"}, "page": section}
    running = RunningHub(tmp_path / "hub", {**settings, "mqtt": {"port": free_port()}})
    context = chromium.new_context()
    try:
        running.wait_for_text("The page is at", 60)
        visit = Visit(context.new_page(), f"http://127.0.0.1:{port}/")
        page = visit.page
        expect(page.get_by_role("heading", level=1)).to_have_text("Wer ist da?")
        page.get_by_label("Passwort").fill("am See")
        page.get_by_role("button", name="Anmelden").click()
        expect(page.get_by_role("alert").first).to_have_text("Das ist nicht das Passwort.")
        page.get_by_label("Passwort").fill("am warmen Ofen")
        page.get_by_role("button", name="Anmelden").click()
        expect(page.locator("#tab-home")).to_have_text("Zuhause")
        assert page.evaluate("document.documentElement.lang") == "de"
        told = json.loads(page.evaluate("fetch('api/wall').then((each) => each.text())"))
        assert "house" in told["wall"]["processes"]
    finally:
        context.close()
        running.stop()
