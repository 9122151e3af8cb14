"""A whole hub, sealed, hears a sentence of its owner's own and publishes what it means."""

import json
from pathlib import Path

import pytest

from tests.hub.recordings import pause, spoken, write
from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import free_port

FOLDER = Path(__file__).parents[1] / "custom_sentences"


@pytest.mark.slow
def test_it_is_heard_behind_the_seal(tmp_path: Path) -> None:
    command = spoken("Hey Jarvis, make me a large coffee.")
    sound, port = write(tmp_path / "command.wav", pause(2), command, pause(2)), free_port()
    settings = {
        "node": "test",
        "sentences": [str(FOLDER)],
        "microphone": {"files": [str(sound)]},
        "speaker": {"file": str(tmp_path / "replies.wav")},
        "mqtt": {"port": port},
    }
    hub = RunningHub(tmp_path / "hub", settings)
    try:
        wait_until(lambda: "Sealed at level" in hub.said, 40, lambda: hub.said)
        with Subscriber(port) as others:
            wait_until(lambda: others.all("event/command"), 40, lambda: hub.said)
            heard = json.loads(others.all("event/command")[0])
            door = others.wait_for("state/door")
    finally:
        hub.stop()
    assert heard["intent"] == "MakeCoffee"
    assert heard["slots"] == {"size": "large"}
    assert heard["actions"] == [{"intent": "MakeCoffee", "targets": [], "result": "published"}]
    assert door["refused"] == 0
