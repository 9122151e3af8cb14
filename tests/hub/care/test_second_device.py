"""A whole hub with a code: asked for over MQTT, given there or at the machine, never spoken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

CODE = "481516"
LOCK = "home/lock_front_door/state"


@pytest.fixture
def hub(tmp_path: Path, mosquitto: Mosquitto, models: Path) -> Iterator[RunningHub]:
    (tmp_path / "code").write_text(CODE)
    settings = {
        "node": "test",
        "microphone": {"source": "none"},
        "speaker": {"file": str(tmp_path / "replies.wav")},
        "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
        "care": {
            "code": {"file": str(tmp_path / "code")},
            "rules": [
                {"name": "Front Door", "action": "unlock", "care": "code"},
                {"name": "Frnt Door", "care": "never"},
            ],
        },
    }
    hub = RunningHub(tmp_path / "hub", settings)
    yield hub
    hub.stop()


def ask(others: Subscriber) -> str:
    """The id of the question."""
    asked = len(others.all("event/confirm"))
    others.publish("cmd/ask", {"v": 1, "text": "unlock the front door"})
    wait_until(lambda: len(others.all("event/confirm")) > asked, 10)
    event = others.last("event/confirm")
    assert (event["event_type"], event["text"]) == ("asked", "unlock the Front Door")
    return str(event["id"])


@pytest.mark.slow
def test_a_door_opens_with_the_code_from_a_second_device(
    hub: RunningHub, mosquitto: Mosquitto
) -> None:
    with Subscriber(mosquitto.port) as others:
        others.wait_for(LOCK, 60, state="locked")
        wanted = ask(others)
        action = {"intent": "HassTurnOff", "targets": ["Front Door"], "result": "asked"}
        others.wait_for("event/command", actions=[action])
        others.publish("cmd/ask", {"v": 1, "text": "yes"})
        others.publish("cmd/ask", {"v": 1, "text": CODE})
        others.publish("cmd/confirm", {"v": 1, "id": wanted, "code": "000000"})
        others.wait_for("event/confirm", result="wrong_code")
        assert others.last(LOCK)["state"] == "locked"
        others.publish("cmd/confirm", {"v": 1, "id": wanted, "code": CODE})
        others.wait_for("event/confirm", result="done", id=wanted)
        others.wait_for(LOCK, state="unlocked")
        others.publish("cmd/ask", {"v": 1, "text": "lock the front door"})
        others.wait_for(LOCK, state="locked")
        others.publish("cmd/confirm", {"v": 1, "id": wanted, "code": CODE})
        others.wait_for("event/confirm", result="expired")
        assert others.last(LOCK)["state"] == "locked"

        assert hub.command("confirm", CODE).stderr == (
            "Nothing waits for a code, or not any more.\n"
        )
        ask(others)
        wrong = hub.command("confirm", "000000")
        assert (wrong.returncode, wrong.stderr) == (
            1,
            "That was the wrong code. Nothing was done.\n",
        )
        right = hub.command("confirm", CODE)
        assert (right.returncode, right.stdout) == (0, "Done.\n")
        others.wait_for(LOCK, state="unlocked")
    hub.wait_for_text("care.rules.1 fits nothing in this home.")
    assert CODE not in hub.said
