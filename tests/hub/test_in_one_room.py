"""A whole hub whose microphone hears its own loudspeaker, as loud as a person: it does not wake
itself, and is woken while it speaks.

A PulseAudio null sink is the room: what is played into it, by the hub or by others, is heard.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audio.pulse import Pulse
from tests.hub.recordings import spoken, write
from tests.hub.running import RunningHub
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

pytestmark = pytest.mark.slow
LONG = "The kitchen light is on. The front door is closed, and the washing machine is done. " * 4
WAKE = "event/wake_word"


@pytest.fixture
def hub(
    sound_server: Pulse, mosquitto: Mosquitto, tmp_path: Path, models: Path
) -> Iterator[RunningHub]:
    running = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "microphone": {"source": "microphone"},
            "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
        },
        environ={**sound_server.environment, "INGLENOOK_MODELS": str(models)},
    )
    yield running
    running.stop()


@pytest.mark.timeout(180)
def test_its_own_wake_word_does_not_wake_it_and_somebody_elses_does(
    hub: RunningHub, sound_server: Pulse, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    command = write(tmp_path / "call.wav", spoken("Hey Jarvis, turn on the kitchen light."))
    with Subscriber(mosquitto.port) as others:
        others.wait_for("state/assist", 60, state="idle")
        others.publish("cmd/ask", {"v": 1, "text": "turn off the kitchen light"})
        for own in ("Hey Jarvis is what wakes me.", "Say hey Jarvis, and then what you want."):
            others.publish("cmd/say", {"v": 1, "text": own})
            others.wait_for("state/assist", 10, state="responding")
            others.wait_for("state/assist", 20, state="idle")
            time.sleep(2)  # its echo has died
        assert others.all(WAKE) == []
        others.publish("cmd/say", {"v": 1, "text": LONG})
        others.wait_for("state/assist", 10, state="responding")
        time.sleep(2)
        sound_server.play(command)
        began = time.monotonic()
        others.wait_for("home/light_kitchen_light/state", state="on")
        assert time.monotonic() - began < 15  # it stopped: all it had to say takes 25 s
        assert len(others.all(WAKE)) == 1
