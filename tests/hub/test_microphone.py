"""A whole hub and its microphone: none, plugged in, heard, unplugged, plugged in again.

A PulseAudio null sink stands in for the hardware: what is played into it, the microphone hears.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audio.pulse import SINK, Pulse, missing_tools, pulse
from tests.conftest import missing
from tests.hub.recordings import pause, spoken, write
from tests.hub.running import RunningHub
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

pytestmark = pytest.mark.slow
LAMP = "home/light_kitchen_light/state"


@pytest.fixture
def server() -> Iterator[Pulse]:
    if tools := missing_tools():
        missing(f"No {', '.join(tools)}: run script/setup test.")
    with tempfile.TemporaryDirectory() as folder, pulse(Path(folder)) as running:
        yield running


@pytest.mark.timeout(180)
def test_it_says_that_it_is_deaf_and_hears_again_when_a_microphone_is_there(
    server: Pulse, mosquitto: Mosquitto, tmp_path: Path, models: Path
) -> None:
    command = write(
        tmp_path / "command.wav", pause(1), spoken("Hey Jarvis, turn on the kitchen light.")
    )
    server.unplug()
    hub = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "microphone": {"source": "microphone"},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
        },
        environ={**server.environment, "INGLENOOK_MODELS": str(models)},  # its HOME is its own
    )
    try:
        with Subscriber(mosquitto.port) as others:
            hub.wait_for_text("microphone")
            others.wait_for("state/assist", state="deaf")
            others.publish("cmd/ask", {"v": 1, "text": "turn off the kitchen light"})
            server.control("load-module", "module-null-sink", f"sink_name={SINK}")
            others.wait_for("state/assist", 60, state="idle")
            server.play(command)
            others.wait_for(LAMP, state="on")
            server.unplug()
            others.wait_for("state/assist", 15, state="deaf")
            hub.wait_for_text("unplugged")
            others.publish("cmd/ask", {"v": 1, "text": "turn off the kitchen light"})
            others.wait_for(LAMP, state="off")
            server.control("load-module", "module-null-sink", f"sink_name={SINK}")
            others.wait_for("state/assist", 60, state="idle")
            server.play(command)
            others.wait_for(LAMP, state="on")
    finally:
        hub.stop()
