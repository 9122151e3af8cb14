"""Home Assistant or the broker is killed in the middle of a turn: it ends with a plain reason, and
what may wait is done when they are back. Real processes, really killed."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.control import AskRequest, NoHub, request
from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto
from tests.testbed.homeassistant import RunningHomeAssistant

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.usefixtures("models")]
LIGHT = "light.kitchen_light"
ON, OFF = "turn on the kitchen light", "turn off the kitchen light"


@pytest.fixture
def hub(
    tmp_path: Path,
    home_assistant: RunningHomeAssistant,
    mosquitto: Mosquitto,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[RunningHub]:
    """One without a microphone, whose broker is not that of Home Assistant; the light is off."""
    (tmp_path / "token").write_text(home_assistant.token)
    running = RunningHub(
        tmp_path / "hub",
        {
            "node": "test",
            "microphone": {"source": "none"},
            "speaker": {"file": str(tmp_path / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
            "home_assistant": {
                "url": home_assistant.url,
                "token": {"file": str(tmp_path / "token")},
            },
        },
    )
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "hub"))  # where its socket is
    try:
        wait_until(lambda: said(ON).get("result") == "done", 60, lambda: f"light; {running.said}")
        assert said(OFF)["result"] == "done"
        wait_until(lambda: home_assistant.state(LIGHT) == "off", 10)
        yield running
    finally:
        running.stop()


def said(text: str) -> dict[str, str]:
    """The reply, and the result of the first action; nothing while there is no hub."""
    try:
        turn = request(AskRequest(text)).turn
    except NoHub:
        return {}
    assert turn is not None
    return {"reply": turn.reply, "result": turn.actions[0].result if turn.actions else ""}


class Asking(threading.Thread):
    """A turn that is under way."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.answer: dict[str, str] = {}
        self.start()
        time.sleep(1.5)  # until it has been sent to somebody who does not answer

    def run(self) -> None:
        self.answer = said(self._text)


def test_home_assistant_is_killed_in_the_middle_of_a_turn(
    hub: RunningHub, home_assistant: RunningHomeAssistant
) -> None:
    home_assistant.freeze()
    asking = Asking(ON)
    assert asking.is_alive()
    home_assistant.kill()
    try:
        asking.join(20)
        assert asking.answer == {
            "reply": "Home Assistant is not there at the moment; "
            "I'll turn on the Kitchen light when it is back.",
            "result": "queued",
        }
        assert said("what time is it")["reply"]
        age = said("is the kitchen light on")["reply"]
        assert age.startswith("Home Assistant is not there; as of a moment ago: ")
    finally:
        home_assistant.start()
    wait_until(lambda: home_assistant.state(LIGHT) == "on", 60, lambda: f"light; {hub.said}")
    assert said(OFF)["result"] == "done"
    assert "Traceback" not in hub.said


def test_the_broker_is_killed_in_the_middle_of_a_turn(
    hub: RunningHub, home_assistant: RunningHomeAssistant, mosquitto: Mosquitto
) -> None:
    mosquitto.freeze()
    assert said(ON)["result"] == "done"
    mosquitto.kill()
    assert home_assistant.state(LIGHT) == "on"
    assert said(OFF)["result"] == "done"
    assert said("what time is it")["reply"]
    mosquitto.start()
    with Subscriber(mosquitto.port) as others:
        others.wait_for_plain("availability", b"online", 60)
        assert said(ON)["result"] == "done"
        others.wait_for("event/command", intent="HassTurnOn")
    assert said(OFF)["result"] == "done"
    assert "Traceback" not in hub.said
