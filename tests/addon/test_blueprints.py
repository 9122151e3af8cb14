"""The blueprints in a real Home Assistant, beside a hub that really hears, sees and speaks."""

import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from tests.addon.app import FOLDER
from tests.hub.eyes.porch import hub_at_the_porch
from tests.hub.running import RunningHub, wait_until
from tests.testbed.homeassistant import RunningHomeAssistant

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.usefixtures("models")]
BLUEPRINTS = FOLDER / "blueprints"
ZONE = "binary_sensor.porch_front_door_person"
HELPER = "input_boolean.porch"
SWITCH = {"action": "input_boolean.turn_on", "target": {"entity_id": HELPER}}
BACK = {"action": "input_boolean.turn_off", "target": {"entity_id": HELPER}}


@pytest.fixture
def home(home_assistant: RunningHomeAssistant) -> Iterator[RunningHomeAssistant]:
    shutil.copytree(BLUEPRINTS, home_assistant.folder / "blueprints", dirs_exist_ok=True)
    yield home_assistant
    shutil.rmtree(home_assistant.folder / "blueprints/automation/inglenook")
    ask(home_assistant, "services/input_boolean/turn_off", {"entity_id": HELPER})


@pytest.fixture
def hub(tmp_path: Path, data: Path, home: RunningHomeAssistant) -> Iterator[RunningHub]:
    running = hub_at_the_porch(tmp_path, data, home)
    try:
        wait_until(lambda: home.state("sensor.porch_condition") == "watching", 60)
        yield running
    finally:
        running.stop()


def ask(home: RunningHomeAssistant, path: str, body: object, method: str = "POST") -> None:
    request = urllib.request.Request(
        f"{home.url}/api/{path}",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {home.token}", "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


class Automation:
    """Made from a blueprint, and gone at the end; it is on, or Home Assistant refused it."""

    def __init__(self, home: RunningHomeAssistant, name: str, **inputs: object) -> None:
        self._home, self._path = home, f"config/automation/config/{name}"
        use = {"path": f"inglenook/{name}.yaml", "input": inputs}
        ask(home, self._path, {"alias": name, "use_blueprint": use})
        wait_until(lambda: home.state(f"automation.{name}") == "on", 20, lambda: f"{name} to be on")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        ask(self._home, self._path, {}, "DELETE")


def helper_is(home: RunningHomeAssistant, state: str, seconds: float = 30) -> None:
    wait_until(lambda: home.state(HELPER) == state, seconds, lambda: f"the helper to be {state}")


def test_a_spoken_command_a_zone_and_what_is_told_to_whoever_is_there(
    hub: RunningHub, home: RunningHomeAssistant, tmp_path: Path
) -> None:
    command = "event.test_hub_last_command"
    wait_until(lambda: home.state(command) is not None, 30)
    wait_until(lambda: "done" in ask_hub(hub, "turn off the kitchen light"), 30)
    with Automation(home, "spoken_command", command=command, intent="HassTurnOn", actions=[SWITCH]):
        ask_hub(hub, "what time is it")
        ask_hub(hub, "turn on the kitchen light")
        helper_is(home, "on")
    ask(home, "services/input_boolean/turn_off", {"entity_id": HELPER})
    with Automation(
        home, "person_in_zone", zone=ZONE, empty_for=0, arrives=[SWITCH], leaves=[BACK]
    ):
        helper_is(home, "on", 60)
        helper_is(home, "off", 60)
    spoken = tmp_path / "replies.wav"
    pressed = [{"trigger": "state", "entity_id": "input_boolean.kitchen"}]
    notify = "notify.test_hub_announce"
    whole = {"from": "00:00:00", "until": "23:59:59"}
    with Automation(home, "announce", when=pressed, hubs=[notify], text="Tea is ready", **whole):
        before = size(spoken)
        ask(home, "services/input_boolean/toggle", {"entity_id": "input_boolean.kitchen"})
        wait_until(lambda: size(spoken) > before + 20_000, 30, lambda: hub.said)
    ask_hub(hub, "turn the porch camera off")
    wait_until(lambda: home.state(ZONE) == "unavailable", 15)
    with Automation(
        home,
        "tell_whoever_is_there",
        when=pressed,
        presence=ZONE,
        hub=notify,
        text="Tea is ready",
        otherwise=[SWITCH],
    ):
        ask(home, "services/input_boolean/toggle", {"entity_id": "input_boolean.kitchen"})
        helper_is(home, "on")


def ask_hub(hub: RunningHub, text: str) -> str:
    return hub.command("ask", "--live", "--json", text).stdout


def size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
