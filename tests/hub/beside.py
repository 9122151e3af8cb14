"""A hub beside a real Home Assistant: its settings, and what it looks like from there."""

from pathlib import Path

from tests.hub.running import RunningHub, wait_until
from tests.testbed.homeassistant import RunningHomeAssistant


def hub_beside(home: RunningHomeAssistant, folder: Path, **settings: object) -> RunningHub:
    """Without a microphone; its replies go to replies.wav in the folder."""
    (folder / "token").write_text(home.token)
    return RunningHub(
        folder / "hub",
        {
            "node": "test",
            "name": "Test hub",
            "microphone": {"source": "none"},
            "speaker": {"file": str(folder / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": home.mqtt_port},
            # or the devices of the demo home would stay in this one, for the tests that follow
            "home_assistant": {"url": home.url, "token": {"file": str(folder / "token")}},
            **settings,
        },
    )


def stands(
    home: RunningHomeAssistant, hub: RunningHub, entity: str, state: str, seconds: float = 60.0
) -> None:
    """Fails when the entity does not have that state in time."""
    wait_until(
        lambda: home.state(entity) == state,
        seconds,
        lambda: f"{entity} {state}; it is {home.state(entity)}; {hub.said}",
    )
