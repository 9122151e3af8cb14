"""A whole hub asks, and hears the answer without a second wake word."""

from pathlib import Path

import pytest

from tests.hub.recordings import pause, spoken, write
from tests.hub.running import RunningHub
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto


@pytest.mark.usefixtures("models")
def test_yes_needs_no_wake_word(tmp_path: Path, mosquitto: Mosquitto) -> None:
    asked = spoken("Hey Jarvis, turn on the kitchen light.")
    sound = write(tmp_path / "talk.wav", pause(1), asked, pause(6), spoken("Yes."), pause(3))
    hub = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "area": "Kitchen",
            "microphone": {"files": [str(sound)]},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
            "care": {"rules": [{"domain": "light", "care": "confirm"}]},
        },
    )
    try:
        with Subscriber(mosquitto.port) as others:
            others.wait_for("home/light_kitchen_light/state", 60, state="on")
            assert len(others.all("event/wake_word")) == 1
    finally:
        hub.stop()
