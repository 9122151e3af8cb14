"""A whole hub and its microphone: none, plugged in, heard, unplugged, plugged in again.

A PulseAudio null sink stands in for the hardware: what is played into it, the microphone hears.
"""

import json
from pathlib import Path

import pytest

from tests.audio.pulse import SINK, Pulse
from tests.hub.recordings import pause, spoken, write
from tests.hub.running import RunningHub
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

pytestmark = pytest.mark.slow
LAMP = "home/light_kitchen_light/state"


@pytest.mark.timeout(180)
def test_it_says_that_it_is_deaf_and_hears_again_when_a_microphone_is_there(
    sound_server: Pulse, mosquitto: Mosquitto, tmp_path: Path, models: Path
) -> None:
    command = write(
        tmp_path / "command.wav", pause(1), spoken("Hey Jarvis, turn on the kitchen light.")
    )
    sound_server.unplug()
    hub = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "microphone": {"source": "microphone"},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
        },
        environ={
            **sound_server.environment,
            "INGLENOOK_MODELS": str(models),
        },  # its HOME is its own
    )
    try:
        with Subscriber(mosquitto.port) as others:
            hub.wait_for_text("microphone")
            others.wait_for("state/assist", state="deaf")
            others.publish("cmd/ask", {"v": 1, "text": "turn off the kitchen light"})
            sound_server.control("load-module", "module-null-sink", f"sink_name={SINK}")
            others.wait_for("state/assist", 60, state="idle")
            sound_server.play(command)
            others.wait_for(LAMP, state="on")
            tuned = hub.command("wake", "tune", "--json")
            assert json.loads(tuned.stdout)["sensitivity"] is None, tuned.stderr  # once is too few
            sound_server.unplug()
            others.wait_for("state/assist", 15, state="deaf")
            hub.wait_for_text("unplugged")
            others.publish("cmd/ask", {"v": 1, "text": "turn off the kitchen light"})
            others.wait_for(LAMP, state="off")
            sound_server.control("load-module", "module-null-sink", f"sink_name={SINK}")
            others.wait_for("state/assist", 60, state="idle")
            sound_server.play(command)
            others.wait_for(LAMP, state="on")
    finally:
        hub.stop()
