"""The booth in a running hub: what its owner sees of it, and what becomes of it on bad days."""

import asyncio
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.lending.client import written
from tests.hub.recordings import spoken
from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto, free_port

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]

Json = dict[str, object]


def start(folder: Path, broker: int, port: int) -> RunningHub:
    settings = {
        "node": "test",
        "microphone": {"source": "none"},
        "speaker": {"file": str(folder / "replies.wav")},
        "mqtt": {"host": "127.0.0.1", "port": broker},
        "wyoming": {"port": free_port(), "speech": {"port": port, "tts": False, "wake": False}},
    }
    return RunningHub(folder / "hub", settings)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def hub(tmp_path: Path, mosquitto: Mosquitto, port: int) -> Iterator[RunningHub]:
    running = start(tmp_path, mosquitto.port, port)
    try:
        running.wait_for_text("Lends ears and voice by Wyoming at", 60)
        yield running
    finally:
        running.stop()


def say(port: int) -> str:
    words = asyncio.run(written(port, spoken("The strawberries are ripe.").tobytes()))
    return words.strip(" .").lower()


def privacy(hub: RunningHub) -> Json:
    found: Json = json.loads(hub.command("privacy", "--json").stdout)
    return found


def lent(hub: RunningHub) -> object:
    wall = privacy(hub)["wall"]
    return wall.get("lent") if isinstance(wall, dict) else None


def traffic(hub: RunningHub, port: int) -> Json:
    today = privacy(hub)["today"]
    assert isinstance(today, dict)
    found = [each for each in today["destinations"] if each["port"] == port]
    return found[0] if found else {}


def test_it_is_in_the_wall_and_the_ledger_and_nothing_that_was_said(
    hub: RunningHub, port: int, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    with Subscriber(mosquitto.port) as others:
        assert say(port) == "the strawberries are ripe"
        wait_until(lambda: lent(hub) == {"written": 1, "spoken": 0, "woken": 0}, 20)
        wait_until(lambda: traffic(hub, port), 20)
        line = traffic(hub, port)
        assert (line["address"], line["way"], line["here"]) == ("127.0.0.1", "from", True)
        assert line["purpose"] == "those whom ears and voice are lent"
        assert isinstance(line["bytes_in"], int)
        assert line["bytes_in"] > 50_000
        plain = hub.command("privacy").stdout
        assert "booth    level" in plain
        assert "1 utterances written down" in plain
        wait_until(lambda: others.last("state/ledger").get("unexpected") == 0, 30)
        wall = others.last("state/privacy")["processes"]
        assert isinstance(wall, dict)
        assert wall["booth"]["network"] == "empty"
        told = b"".join(each for topic in others.topics() for each in others.all(topic))
    files = [each for each in (tmp_path / "hub").rglob("*") if each.is_file()]
    for place in (told, hub.said.encode(), *(each.read_bytes() for each in files)):
        assert b"strawberr" not in place.lower()


def test_it_comes_back_and_a_new_house_knows_it(hub: RunningHub, port: int) -> None:
    say(port)
    gone = hub.kill("booth")
    wait_until(lambda: hub.pid("booth") not in (None, gone), 10)
    assert say(port) == "the strawberries are ripe"  # who came meanwhile has waited
    wait_until(lambda: lent(hub) is not None, 10)
    hub.kill("house")
    wait_until(lambda: _level(hub) in ("A", "B", "C"), 30, lambda: hub.said)
    assert "Traceback" not in hub.said


def _level(hub: RunningHub) -> object:
    wall = privacy(hub)["wall"]
    return wall["processes"].get("booth", {}).get("level") if isinstance(wall, dict) else None


def test_a_port_that_is_taken_is_told_and_tried_again(
    tmp_path: Path, mosquitto: Mosquitto, port: int
) -> None:
    with socket.create_server(("127.0.0.1", port)):
        hub = start(tmp_path, mosquitto.port, port)
        try:
            hub.wait_for_text("wyoming.speech cannot listen there: Address already in use.", 60)
            with Subscriber(mosquitto.port) as others:
                others.wait_for("state/health", 30, state="ok")
        finally:
            hub.stop()
