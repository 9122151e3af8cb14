"""A satellite beside a real Home Assistant: shown there, and what is said to it is done there."""

from pathlib import Path

import pytest

from tests.hub.recordings import pause, spoken
from tests.hub.running import RunningHub, wait_until
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
    (tmp_path / "token").write_text(home.token)
    hub = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "name": "Test hub",
            "microphone": {"source": "none"},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": home.mqtt_port},
            "home_assistant": {"url": home.url, "token": {"file": str(tmp_path / "token")}},
            "satellites": {
                "kitchen": {"host": "127.0.0.1", "port": kitchen.port, "area": "Kitchen"}
            },
        },
    )

    def stands(entity: str, state: str) -> None:
        wait_until(
            lambda: home.state(entity) == state,
            60,
            lambda: f"{entity} {state}; it is {home.state(entity)}; {hub.said}",
        )

    try:
        stands(CONNECTED, "on")
        stands("sensor.test_hub_assist_state", "idle")
        for words, state in (("on", "on"), ("off", "off")):
            kitchen.hear(
                pause(1.0), spoken(f"Hey Jarvis, turn {words} the kitchen light."), pause(2.0)
            )
            stands(LIGHT, state)
        kitchen.stop()
        stands(CONNECTED, "off")
    finally:
        hub.stop()
