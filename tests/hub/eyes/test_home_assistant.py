"""A camera's device in a real Home Assistant: occupied, free, unavailable; its switch closes it."""

import asyncio
from pathlib import Path

import pytest

from tests.hub.eyes.scenes import visits
from tests.hub.running import RunningHub, wait_until
from tests.testbed.furnish import command
from tests.testbed.homeassistant import RunningHomeAssistant

OCCUPIED = "binary_sensor.porch_front_door_person"
CAMERA = "switch.porch_camera"
CORNERS = [[0.2, 0.2], [0.8, 0.2], [0.8, 1.0], [0.2, 1.0]]


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.usefixtures("models")
def test_a_camera_in_home_assistant(
    tmp_path: Path, data: Path, home_assistant: RunningHomeAssistant
) -> None:
    home = home_assistant
    (tmp_path / "token").write_text(home.token)
    hub = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "name": "Test hub",
            "microphone": {"source": "none"},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": home.mqtt_port},
            # or the devices of the demo home would stay in this one, for the tests that follow
            "home_assistant": {"url": home.url, "token": {"file": str(tmp_path / "token")}},
            "cameras": {
                "porch": {
                    "file": str(visits(data, tmp_path / "visits.mp4")),
                    "zones": {"front_door": {"name": "front door", "corners": CORNERS}},
                    "publish": {"counts": "exact"},
                }
            },
        },
    )

    def stands(entity: str, state: str, seconds: float = 40.0) -> None:
        wait_until(
            lambda: home.state(entity) == state,
            seconds,
            lambda: f"{entity} {state}; it is {home.state(entity)}; {hub.said}",
        )

    def switch(service: str) -> None:
        target = {"entity_id": CAMERA}
        address = (home.url, home.token, "call_service")
        asyncio.run(command(*address, domain="switch", service=service, target=target))

    try:
        stands("sensor.porch_condition", "watching")
        stands(OCCUPIED, "on")
        stands("sensor.porch_front_door_person_count", "1")
        stands(OCCUPIED, "off")
        switch("turn_off")
        stands(OCCUPIED, "unavailable", 15)
        stands(CAMERA, "off", 15)
        stands("sensor.porch_condition", "off", 15)
        assert home.state("camera.porch") is None
        assert home.state("image.porch") is None
        switch("turn_on")
        stands(OCCUPIED, "on")
    finally:
        hub.stop()
    stands(CAMERA, "unavailable", 15)
