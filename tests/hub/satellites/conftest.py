"""Satellites, and a hub that has no ears of its own but theirs."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.hub.running import RunningHub
from tests.hub.satellites.standin import Satellite
from tests.mosquitto import Mosquitto

MakeHub = Callable[..., RunningHub]


@pytest.fixture
def kitchen() -> Iterator[Satellite]:
    satellite = Satellite()
    yield satellite
    satellite.stop()


@pytest.fixture
def hall() -> Iterator[Satellite]:
    satellite = Satellite()
    yield satellite
    satellite.stop()


@pytest.fixture
def make_hub(tmp_path: Path, mosquitto: Mosquitto) -> Iterator[MakeHub]:
    """Called with the port of each satellite by its key, which is called after its room."""
    with ExitStack() as stack:

        def make(**ports: int) -> RunningHub:
            settings: dict[str, object] = {
                "node": "test",
                "area": "Living Room",
                "microphone": {"source": "none"},
                "speaker": {"file": str(tmp_path / "replies.wav")},
                "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
                "care": {"rules": [{"domain": "light", "area": "Bedroom", "care": "confirm"}]},
                "satellites": {
                    key: {"host": "127.0.0.1", "port": port, "area": key.title()}
                    for key, port in ports.items()
                },
            }
            running = RunningHub(tmp_path / "hub", settings)
            stack.callback(running.stop)
            return running

        yield make
