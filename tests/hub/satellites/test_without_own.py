"""A hub whose own microphone or loudspeaker is missing: its satellites hear and speak without it.

A PulseAudio null sink stands in for the hardware.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.audio.pulse import SINK, Pulse
from tests.hub.recordings import pause, spoken, write
from tests.hub.running import RunningHub
from tests.hub.satellites.standin import Satellite
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
LAMP = "home/light_kitchen_light/state"
MakeHub = Callable[[dict[str, object]], RunningHub]


@pytest.fixture
def others(mosquitto: Mosquitto) -> Iterator[Subscriber]:
    with Subscriber(mosquitto.port) as listening:
        yield listening


@pytest.fixture
def make_hub(
    sound_server: Pulse, kitchen: Satellite, mosquitto: Mosquitto, tmp_path: Path, models: Path
) -> Iterator[MakeHub]:
    """Called with the settings of its loudspeaker."""
    with ExitStack() as stack:

        def make(speaker: dict[str, object]) -> RunningHub:
            settings = {
                "node": "test",
                "microphone": {"source": "microphone"},
                "speaker": speaker,
                "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
                "satellites": {
                    "kitchen": {"host": "127.0.0.1", "port": kitchen.port, "area": "Kitchen"}
                },
            }
            environ = {**sound_server.environment, "INGLENOOK_MODELS": str(models)}
            running = RunningHub(tmp_path / "hub", settings, environ=environ)
            stack.callback(running.stop)
            return running

        yield make


def plug_in(server: Pulse) -> None:
    server.control("load-module", "module-null-sink", f"sink_name={SINK}")


def test_the_microphone_comes_and_goes_and_the_satellite_hears_all_the_time(
    sound_server: Pulse, make_hub: MakeHub, kitchen: Satellite, others: Subscriber, tmp_path: Path
) -> None:
    command = write(
        tmp_path / "command.wav", pause(1), spoken("Hey Jarvis, turn on the kitchen light.")
    )
    sound_server.unplug()
    hub = make_hub({"file": str(tmp_path / "replies.wav")})
    others.wait_for("state/assist", 60, state="idle")
    others.wait_for("state/satellites", 60, connected={"kitchen": True})
    hub.wait_for_text("The microphone")
    others.wait_for(
        "state/health", engines={"senses": "ready", "mouth": "ready", "microphone": "failed"}
    )
    kitchen.hear(pause(1.0), spoken("Hey Jarvis, turn off the light."), pause(1.0))
    assert others.wait_for("event/command", intent="HassTurnOff")["area"] == "Kitchen"

    plug_in(sound_server)
    others.wait_for("state/health", 60, engines={"senses": "ready", "mouth": "ready"})
    others.wait_for("state/assist", 60, state="idle")
    sound_server.play(command)
    others.wait_for("event/command", intent="HassTurnOn")

    senses = hub.pid("senses")
    sound_server.unplug()
    hub.wait_for_text("unplugged")
    kitchen.hear(pause(1.0), spoken("Hey Jarvis, turn off the light."), pause(1.0))
    kitchen.wait_for("audio-stop", 2)
    assert hub.pid("senses") == senses
    assert "Traceback" not in hub.said


def test_without_a_loudspeaker_a_timer_of_no_room_rings_at_the_satellites(
    sound_server: Pulse, make_hub: MakeHub, kitchen: Satellite, others: Subscriber
) -> None:
    sound_server.unplug()
    hub = make_hub({})
    others.wait_for("state/satellites", 60, connected={"kitchen": True})
    missing = {"microphone": "failed", "loudspeaker": "failed"}
    working = {"senses": "ready", "mouth": "ready"}
    others.wait_for("state/health", 60, engines={**working, **missing})
    hub.wait_for_text("The loudspeaker")
    others.publish("cmd/ask", {"v": 1, "text": "set a timer for one second", "area": "Bedroom"})
    kitchen.wait_for("audio-stop")
    assert len(kitchen.speech()) > 20_000
    others.publish("cmd/ask", {"v": 1, "text": "stop"})
    plug_in(sound_server)
    others.wait_for("state/health", 90, engines=working)
    assert "Traceback" not in hub.said
