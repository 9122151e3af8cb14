"""A hub that runs, asked by Wyoming as Home Assistant's Assist asks."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient
from wyoming.event import Event

from tests.hub.running import RunningHub, wait_until
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto, free_port

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def hub(tmp_path: Path, mosquitto: Mosquitto, port: int) -> Iterator[RunningHub]:
    settings = {
        "node": "test",
        "microphone": {"source": "none"},
        "speaker": {"file": str(tmp_path / "replies.wav")},
        "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
        "wyoming": {"port": port},
    }
    running = RunningHub(tmp_path / "hub", settings)
    try:
        running.wait_for_text("Answers Wyoming at", 60)
        yield running
    finally:
        running.stop()


def asked(port: int, text: str) -> tuple[str, str]:
    async def ask() -> Event | None:
        async with asyncio.timeout(20), AsyncTcpClient("127.0.0.1", port) as client:
            await client.write_event(Transcript(text).event())
            told: Event | None = await client.read_event()
            return told

    event = asyncio.run(ask())
    assert event is not None
    return event.type, event.data["text"]


def test_what_is_asked_is_done_answered_there_and_not_spoken_here(
    hub: RunningHub, port: int, mosquitto: Mosquitto, tmp_path: Path
) -> None:
    with Subscriber(mosquitto.port) as others:
        others.wait_for_plain("availability", b"online", 60)
        kind, text = asked(port, "turn on the kitchen light")
        assert (kind, text) == ("handled", "Turned on the light")
        others.wait_for("event/command", intent="HassTurnOn")
        assert asked(port, "the weather was kind to us")[0] == "not-handled"
        kind, text = asked(port, "unlock the front door")
        assert kind == "handled"
        assert "unlock" not in text.lower() or "n't" in text or "not" in text.lower()
        spoken = tmp_path / "replies.wav"
        assert not spoken.exists() or spoken.stat().st_size < 1_000
        # all that was sent is known to the ledger
        wait_until(lambda: "unexpected" in others.last("state/ledger"), 30)
        assert others.last("state/ledger")["unexpected"] == 0
    assert "Traceback" not in hub.said
