"""A camera's device in a real Home Assistant: occupied, free, unavailable; its switch closes it."""

import asyncio
from pathlib import Path

import pytest

from tests.hub.beside import stands
from tests.hub.eyes.porch import hub_at_the_porch
from tests.testbed.furnish import command
from tests.testbed.homeassistant import RunningHomeAssistant

OCCUPIED = "binary_sensor.porch_front_door_person"
CAMERA = "switch.porch_camera"


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.usefixtures("models")
def test_a_camera_in_home_assistant(
    tmp_path: Path, data: Path, home_assistant: RunningHomeAssistant
) -> None:
    home = home_assistant
    hub = hub_at_the_porch(tmp_path, data, home)

    def switch(service: str) -> None:
        target = {"entity_id": CAMERA}
        address = (home.url, home.token, "call_service")
        asyncio.run(command(*address, domain="switch", service=service, target=target))

    try:
        stands(home, hub, "sensor.porch_condition", "watching")
        stands(home, hub, OCCUPIED, "on")
        stands(home, hub, "sensor.porch_front_door_person_count", "1")
        stands(home, hub, OCCUPIED, "off")
        switch("turn_off")
        stands(home, hub, OCCUPIED, "unavailable", 15)
        stands(home, hub, CAMERA, "off", 15)
        stands(home, hub, "sensor.porch_condition", "off", 15)
        assert home.state("camera.porch") is None
        assert home.state("image.porch") is None
        switch("turn_on")
        stands(home, hub, OCCUPIED, "on")
    finally:
        hub.stop()
    stands(home, hub, CAMERA, "unavailable", 15)
