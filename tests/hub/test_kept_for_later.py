"""Timers of a whole hub: its house killed, restarted, sealed; told over MQTT, rung and stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.timekeeping.store import FILE
from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

START = 60.0
"""Seconds within which a hub is there, also on a machine that is busy."""


def start(tmp_path: Path, mosquitto: Mosquitto) -> RunningHub:
    settings: dict[str, object] = {
        "node": "test",
        "microphone": {"source": "none"},
        "speaker": {"file": str(tmp_path / "replies.wav")},
        "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
    }
    return RunningHub(tmp_path / "hub", settings)


@pytest.fixture
def hub(tmp_path: Path, mosquitto: Mosquitto, models: Path) -> Iterator[RunningHub]:
    running = start(tmp_path, mosquitto)
    yield running
    running.stop()


def ask(others: Subscriber, text: str, intent: str) -> None:
    others.publish("cmd/ask", {"v": 1, "text": text})
    others.wait_for("event/command", intent=intent)


@pytest.mark.slow
def test_a_timer_outlives_the_house_that_was_killed_and_rings_until_stopped(
    hub: RunningHub, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    with Subscriber(mosquitto.port) as others:
        others.wait_for("state/timers", START, running=0)
        ask(others, "set a timer for 12 seconds", "HassStartTimer")
        others.wait_for("state/timers", running=1)
        killed = hub.kill("house")
        wait_until(lambda: hub.pid("house") not in (None, killed), START)
        others.wait_for("state/timers", START, ringing=True, running=0)
        others.publish("set/ringing", {"v": 1, "ringing": False})
        others.wait_for("state/timers", ringing=False)
    file = tmp_path / "hub" / "state" / FILE
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_what_ended_while_the_hub_was_off_is_told_when_it_is_back(
    tmp_path: Path, mosquitto: Mosquitto, models: Path
) -> None:
    first = start(tmp_path, mosquitto)
    try:
        with Subscriber(mosquitto.port) as others:
            others.wait_for("state/timers", START, running=0)
            ask(others, "turn on the kitchen light in 2 seconds", "HassStartTimer")
            ask(others, "set a timer for 3 seconds", "HassStartTimer")
    finally:
        first.stop()
    second = start(tmp_path, mosquitto)
    try:
        with Subscriber(mosquitto.port) as others:
            others.wait_for("state/timers", START, ringing=True)
            others.wait_for("home/light_kitchen_light/state", state="on")
    finally:
        second.stop()
