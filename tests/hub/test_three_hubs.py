"""Several hubs on one broker: each by its own name, and what is asked of one is done by one."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.usefixtures("models")]
ROOMS = {"kitchen": "Kitchen", "office": "Office", "bedroom": "Bedroom"}


@pytest.fixture
def hubs(tmp_path: Path, mosquitto: Mosquitto) -> Iterator[dict[str, RunningHub]]:
    made = {
        node: RunningHub(
            tmp_path / node,
            {
                "node": node,
                "name": f"{room} hub",
                "area": room,
                "microphone": {"source": "none"},
                "speaker": {"file": str(tmp_path / f"{node}.wav")},
                "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
            },
        )
        for node, room in ROOMS.items()
    }
    try:
        yield made
    finally:
        for hub in made.values():
            hub.stop()


def test_three_hubs_share_a_broker_and_only_the_one_that_is_asked_answers(
    hubs: dict[str, RunningHub], mosquitto: Mosquitto
) -> None:
    with ExitStack() as stack:
        others = {n: stack.enter_context(Subscriber(mosquitto.port, n)) for n in ROOMS}
        for each in others.values():
            each.wait_for_plain("availability", b"online", 60)
        others["office"].publish("cmd/ask", {"v": 1, "text": "turn on the lamp"})
        others["office"].wait_for("event/command", intent="HassTurnOn")
        hubs["kitchen"].kill("house")
        others["kitchen"].wait_for_plain("availability", b"offline", 30)
        others["bedroom"].publish("cmd/ask", {"v": 1, "text": "what time is it"})
        others["bedroom"].wait_for("event/command", intent="HassGetCurrentTime")
        others["kitchen"].wait_for_plain("availability", b"online", 60)
        told = {node: len(each.all("event/command")) for node, each in others.items()}
        assert told == {"kitchen": 0, "office": 1, "bedroom": 1}


def test_two_hubs_of_one_name_are_told_so(
    hubs: dict[str, RunningHub], mosquitto: Mosquitto, tmp_path: Path
) -> None:
    hubs["kitchen"].wait_for_text("Connected to the MQTT broker", 60)
    twin = RunningHub(
        tmp_path / "twin",
        {
            "node": "kitchen",
            "microphone": {"source": "none"},
            "speaker": {"file": str(tmp_path / "twin.wav")},
            "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
        },
    )
    try:
        hubs["kitchen"].wait_for_text("another hub is called 'kitchen' too", 60)
        twin.wait_for_text("Give each a `node` of its own", 60)
    finally:
        twin.stop()
    wait_until(
        lambda: hubs["kitchen"].said.rstrip().endswith(f"127.0.0.1:{mosquitto.port}."),
        60,
        lambda: hubs["kitchen"].said,
    )
