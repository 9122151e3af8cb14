"""A satellite beside a real Home Assistant: shown there, and what is said to it is done there."""

from pathlib import Path

import pytest

from tests.hub.beside import hub_beside, stands
from tests.hub.recordings import pause, spoken
from tests.hub.satellites.standin import Satellite
from tests.testbed.homeassistant import RunningHomeAssistant

CONNECTED = "binary_sensor.test_hub_satellite_kitchen"
LIGHT = "light.kitchen_light"


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.usefixtures("models")
def test_a_satellite_in_home_assistant(
    tmp_path: Path, home_assistant: RunningHomeAssistant, kitchen: Satellite
) -> None:
    home = home_assistant
    satellites = {"kitchen": {"host": "127.0.0.1", "port": kitchen.port, "area": "Kitchen"}}
    hub = hub_beside(home, tmp_path, satellites=satellites)
    try:
        stands(home, hub, CONNECTED, "on")
        stands(home, hub, "sensor.test_hub_assist_state", "idle")
        for words, state in (("on", "on"), ("off", "off")):
            kitchen.hear(
                pause(1.0), spoken(f"Hey Jarvis, turn {words} the kitchen light."), pause(2.0)
            )
            stands(home, hub, LIGHT, state)
        kitchen.stop()
        stands(home, hub, CONNECTED, "off")
    finally:
        hub.stop()
