"""A hub with a satellite and no microphone: it is heard, answered there, and comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from wyoming.pipeline import PipelineStage

from tests.hub.recordings import pause, spoken
from tests.hub.running import RunningHub, wait_until
from tests.hub.satellites.standin import Satellite
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]


@pytest.fixture
def kitchen() -> Iterator[Satellite]:
    satellite = Satellite()
    yield satellite
    satellite.stop()


@pytest.fixture
def bedroom() -> Iterator[Satellite]:
    """Hears wake words by itself."""
    satellite = Satellite(PipelineStage.ASR)
    yield satellite
    satellite.stop()


@pytest.fixture
def hub(
    tmp_path: Path, mosquitto: Mosquitto, kitchen: Satellite, bedroom: Satellite
) -> Iterator[RunningHub]:
    settings = {
        "node": "test",
        "area": "Living Room",
        "microphone": {"source": "none"},
        "speaker": {"file": str(tmp_path / "replies.wav")},
        "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
        "satellites": {
            "kitchen": {"host": "127.0.0.1", "port": kitchen.port, "area": "Kitchen"},
            "bedroom": {"host": "127.0.0.1", "port": bedroom.port, "area": "Bedroom"},
        },
    }
    running = RunningHub(tmp_path / "hub", settings)
    yield running
    running.stop()


def test_it_is_heard_and_answered_there_alone(
    hub: RunningHub, kitchen: Satellite, bedroom: Satellite, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    with Subscriber(mosquitto.port) as others:
        wait_until(
            lambda: (
                others.last("state/satellites").get("connected")
                == {"kitchen": True, "bedroom": True}
            ),
            60,
        )
        kitchen.hear(pause(1.0), spoken("Hey Jarvis, turn on the light."), pause(1.0))
        event = others.wait_for("event/command", intent="HassTurnOn")
        assert event["area"] == "Kitchen"
        wait_until(lambda: "audio-stop" in kitchen.types(), 20, lambda: str(kitchen.types()))
        assert bedroom.types() == ["run-satellite"]
        bedroom.hear(spoken("turn off the light"), pause(1.0))
        event = others.wait_for("event/command", intent="HassTurnOff")
        assert event["area"] == "Bedroom"
    assert "Traceback" not in hub.said
