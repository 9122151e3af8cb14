"""The promise of the first issue: a spoken command in a recording turns on a light in a real Home
Assistant, through a real Mosquitto, and is answered aloud."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from audio.frames import Pcm
from tests.hub.recordings import A_REPLY, pause, recorded, spoken, write
from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.testbed import furnish
from tests.testbed.furnish import command
from tests.testbed.homeassistant import RunningHomeAssistant

LIGHT = "light.kitchen_light"
PEOPLE = (
    "00_turn_on_the_living_room_lamp.wav",
    "07_turn_on_living_room_lamp.wav",
    "09_would_you_please_turn_on_living_room_lamp.wav",
)


def start(folder: Path, home: RunningHomeAssistant, sound: Path) -> RunningHub:
    (folder / "token").write_text(home.token)
    return RunningHub(
        folder / "hub",
        {
            "node": "test",
            "name": "Test hub",
            "microphone": {"files": [str(sound)]},
            "speaker": {"file": str(folder / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": home.mqtt_port},
            "home_assistant": {"url": home.url, "token": {"file": str(folder / "token")}},
        },
    )


@pytest.fixture
def renamed(home_assistant: RunningHomeAssistant) -> Iterator[RunningHomeAssistant]:
    """The light is called as the people in the recordings call theirs."""
    entity = {"entity_id": LIGHT}
    address = (home_assistant.url, home_assistant.token, "config/entity_registry/update")
    asyncio.run(command(*address, **entity, name="Living room lamp"))
    wait_until(lambda: home_assistant.attribute(LIGHT, "friendly_name") == "Living room lamp", 10)
    yield home_assistant
    asyncio.run(command(*address, **entity, name=None))


def switch_off(home: RunningHomeAssistant) -> None:
    furnish.switch_off(home.url, home.token, LIGHT)
    wait_until(lambda: home.state(LIGHT) == "off", 10)


def check(hub: RunningHub, home: RunningHomeAssistant, reply: Path) -> None:
    """On in Home Assistant; the event told; a reply of half a second or more, not silence."""
    wait_until(lambda: home.state(LIGHT) == "on", 30, lambda: f"the light; it said:\n{hub.said}")
    event = "event.test_hub_last_command"
    wait_until(lambda: home.attribute(event, "event_type") == "recognized", 10)
    assert home.attribute(event, "intent") == "HassTurnOn"
    wait_until(lambda: reply.stat().st_size > A_REPLY, 10)
    assert np.abs(recorded(reply)).max() > 3000


@pytest.mark.usefixtures("models")
def test_the_hubs_own_voice(tmp_path: Path, home_assistant: RunningHomeAssistant) -> None:
    switch_off(home_assistant)
    sound = spoken("Hey Jarvis, turn on the kitchen light.")
    file = write(tmp_path / "command.wav", pause(1), sound, pause(1))
    hub = start(tmp_path, home_assistant, file)
    try:
        check(hub, home_assistant, tmp_path / "replies.wav")
    finally:
        hub.stop()
    wait_until(lambda: home_assistant.state("event.test_hub_last_command") == "unavailable", 10)


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    "name", [PEOPLE[0], *(pytest.param(each, marks=pytest.mark.slow) for each in PEOPLE[1:])]
)
def test_people(tmp_path: Path, renamed: RunningHomeAssistant, data: Path, name: str) -> None:
    switch_off(renamed)
    person: Pcm = recorded(data / "voice_commands" / "home_misc" / "wav" / name)
    file = write(tmp_path / "command.wav", pause(1), spoken("Hey Jarvis."), person, pause(1))
    hub = start(tmp_path, renamed, file)
    try:
        check(hub, renamed, tmp_path / "replies.wav")
    finally:
        hub.stop()


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_home_assistant_restarts_in_the_middle(
    tmp_path: Path, home_assistant: RunningHomeAssistant
) -> None:
    """Meanwhile the hub answers what it can and says plainly what it cannot; then all is well."""
    switch_off(home_assistant)
    quiet = write(tmp_path / "quiet.wav", pause(1))
    hub = start(tmp_path, home_assistant, quiet)
    try:
        with Subscriber(home_assistant.mqtt_port) as others:
            wait_until(lambda: _asked(home_assistant, others, "on"), 60, lambda: hub.said)
            home_assistant.stop()
            hub.wait_for_text("Home Assistant")
            for text, intent in (
                ("turn off the kitchen light", "HassTurnOff"),
                ("what time is it", "HassGetCurrentTime"),
            ):
                others.publish("cmd/ask", {"v": 1, "text": text})
                others.wait_for("event/command", intent=intent)
            waiting = others.event("event/command", "HassTurnOff")
            assert waiting["actions"] == [
                {"intent": "HassTurnOff", "targets": ["Kitchen light"], "result": "queued"}
            ]
            home_assistant.start()
            wait_until(lambda: _asked(home_assistant, others, "off"), 90)
        assert hub.said.count("Trying again until it works") == 1
    finally:
        hub.stop()


def _asked(home: RunningHomeAssistant, others: Subscriber, state: str) -> bool:
    """Asked for once a second, as a person would, until it is done."""
    if home.state(LIGHT) == state:
        return True
    others.publish("cmd/ask", {"v": 1, "text": f"turn {state} the kitchen light"})
    time.sleep(1)
    return home.state(LIGHT) == state
