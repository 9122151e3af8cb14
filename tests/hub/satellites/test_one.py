"""A hub whose ears are satellites: heard and answered there, muted, lost and found again."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from wyoming.pipeline import PipelineStage

from integrations.wall_payloads import Privacy
from tests.hub.recordings import pause, spoken
from tests.hub.running import wait_until
from tests.hub.satellites.conftest import MakeHub
from tests.hub.satellites.standin import Satellite
from tests.hub.subscriber import Subscriber
from tests.mosquitto import Mosquitto

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]


@pytest.fixture
def bedroom() -> Iterator[Satellite]:
    """Hears wake words by itself."""
    satellite = Satellite(PipelineStage.ASR)
    yield satellite
    satellite.stop()


@pytest.fixture
def others(mosquitto: Mosquitto) -> Iterator[Subscriber]:
    with Subscriber(mosquitto.port) as listening:
        yield listening


def ready(others: Subscriber, **connected: bool) -> None:
    """Senses listens, and these are there."""
    others.wait_for("state/assist", 90, state="idle")
    others.wait_for("state/satellites", 60, connected=connected)


def test_it_is_heard_and_answered_there_alone(
    make_hub: MakeHub, kitchen: Satellite, bedroom: Satellite, others: Subscriber, tmp_path: Path
) -> None:
    hub = make_hub(kitchen=kitchen.port, bedroom=bedroom.port)
    ready(others, kitchen=True, bedroom=True)
    kitchen.hear(pause(1.0), spoken("Hey Jarvis, turn on the light."), pause(1.0))
    assert others.wait_for("event/command", intent="HassTurnOn")["area"] == "Kitchen"
    kitchen.wait_for("audio-stop")
    assert kitchen.types()[:4] == ["run-satellite", "detection", "transcript", "audio-start"]
    assert [event.data["text"] for event in kitchen.told if event.type == "transcript"] == [""]
    assert len(kitchen.speech()) > 20_000
    assert bedroom.types() == ["run-satellite"]

    bedroom.hear(spoken("turn off the light"), pause(1.0))
    assert others.wait_for("event/command", intent="HassTurnOff")["area"] == "Bedroom"
    bedroom.wait_for("audio-stop")
    assert kitchen.types().count("audio-stop") == 1
    assert (tmp_path / "replies.wav").stat().st_size < 1_000  # nothing in the living room
    closed = msgspec.json.decode(others.all("state/privacy")[-1], type=Privacy).processes
    assert closed["inlet.kitchen"] == closed["outlet.bedroom"]
    assert closed["inlet.kitchen"].level == closed["senses"].level
    assert "Traceback" not in hub.said


def test_it_asks_back_there_and_hears_the_answer_without_a_wake_word(
    make_hub: MakeHub, kitchen: Satellite, others: Subscriber
) -> None:
    make_hub(kitchen=kitchen.port)
    ready(others, kitchen=True)
    kitchen.hear(pause(1.0), spoken("Hey Jarvis, turn on the bedroom lamp."), pause(1.0))
    kitchen.wait_for("audio-stop")
    kitchen.hear(pause(1.0), spoken("Yes."), pause(1.0))
    others.wait_for("home/light_bedroom_lamp/state", state="on")
    assert len(others.all("event/wake_word")) == 1


def test_one_with_a_wake_word_of_its_own_is_asked_back_too(
    make_hub: MakeHub, bedroom: Satellite, others: Subscriber
) -> None:
    """It sends sound until it is told that the turn is over, which it is not before the answer."""
    yes = spoken("Yes.")  # made before: making it would hold up the satellite's own thread
    make_hub(bedroom=bedroom.port)
    ready(others, bedroom=True)
    bedroom.hear(spoken("turn on the bedroom lamp"))
    bedroom.wait_for("audio-stop")
    assert "transcript" not in bedroom.types()
    bedroom.hear(pause(1.0), yes)
    others.wait_for("home/light_bedroom_lamp/state", state="on")
    bedroom.wait_for("transcript")
    assert len(others.all("event/wake_word")) == 1
    assert bedroom.types().count("transcript") == 1


def test_muted_it_is_not_even_connected(
    make_hub: MakeHub, kitchen: Satellite, others: Subscriber
) -> None:
    hub = make_hub(kitchen=kitchen.port)
    ready(others, kitchen=True)
    hub.command("mute")
    others.wait_for("state/satellites", connected={"kitchen": False})
    assert kitchen.connected == 0
    assert hub.pid("inlet") is None
    hub.command("mute", "off")
    others.wait_for("state/satellites", connected={"kitchen": True})
    assert kitchen.connected == 1


def test_lost_and_found_again(make_hub: MakeHub, kitchen: Satellite, others: Subscriber) -> None:
    hub = make_hub(kitchen=kitchen.port)
    ready(others, kitchen=True)
    kitchen.hang_up()
    hub.wait_for_text("The satellite kitchen has gone.")
    wait_until(lambda: kitchen.types().count("run-satellite") == 2, 30)
    others.wait_for("state/satellites", connected={"kitchen": True})
    for name in ("inlet", "outlet", "mouth", "house", "senses"):
        hub.kill(name)
        wait_until(lambda name=name: hub.pid(name) is not None, 30)  # type: ignore[misc]
    others.wait_for("state/assist", state="deaf")
    ready(others, kitchen=True)
    kitchen.hear(pause(1.0), spoken("Hey Jarvis, turn on the light."), pause(1.0))
    others.wait_for("event/command", intent="HassTurnOn")
    kitchen.wait_for("audio-stop")


def test_a_new_house_knows_who_is_there(
    make_hub: MakeHub, kitchen: Satellite, others: Subscriber
) -> None:
    hub = make_hub(kitchen=kitchen.port)
    ready(others, kitchen=True)
    kitchen.hear(pause(1.0), spoken("Hey Jarvis, turn on the light."), pause(1.0))
    kitchen.wait_for("audio-stop")
    hub.kill("house")
    wait_until(lambda: kitchen.types().count("run-satellite") == 2, 30)
    others.wait_for("state/satellites", connected={"kitchen": True})
    time.sleep(3)
    kitchen.hear(pause(1.0), spoken("Hey Jarvis, turn off the light."), pause(1.0))
    kitchen.wait_for("audio-stop", 2)


def test_one_that_says_nothing_more_is_not_waited_for(
    make_hub: MakeHub, bedroom: Satellite, others: Subscriber
) -> None:
    make_hub(bedroom=bedroom.port)
    ready(others, bedroom=True)
    bedroom.hear(pause(0.3))
    bedroom.wait_for("transcript")
    bedroom.hear(spoken("turn off the light"))
    others.wait_for("event/command", intent="HassTurnOff")
    bedroom.wait_for("audio-stop", 2)  # one of them says that nothing was heard


def test_what_is_not_there_or_none_is_told_and_the_hub_lives(
    make_hub: MakeHub, kitchen: Satellite, others: Subscriber
) -> None:
    gone = Satellite()
    gone.stop()
    hub = make_hub(kitchen=kitchen.port, hall=gone.port)
    hub.wait_for_text("The satellite hall cannot be reached.", 60)
    others.wait_for("state/satellites", connected={"kitchen": True, "hall": False})
    kitchen.send_raw(b'{"type":"audio-chunk","payload_length":99999999999}\n')
    hub.wait_for_text("The satellite kitchen does not speak Wyoming")
    assert "Traceback" not in hub.said


def test_one_voice_at_two_of_them_is_answered_once(
    make_hub: MakeHub, kitchen: Satellite, hall: Satellite, others: Subscriber
) -> None:
    """The hall hears it farther away, and later."""
    make_hub(kitchen=kitchen.port, hall=hall.port)
    ready(others, kitchen=True, hall=True)
    said = spoken("Hey Jarvis, turn on the light.")
    far = (said * 0.2).astype(said.dtype)
    for count in (1, 2, 3):
        kitchen.hear(pause(1.0), said, pause(1.0))
        hall.hear(pause(1.0), pause(0.03), far, pause(1.0))
        kitchen.wait_for("audio-stop", count)
    done = [json.loads(each) for each in others.all("event/command")]
    assert [each["intent"] for each in done] == ["HassTurnOn"] * 3
    assert others.last("event/command")["area"] == "Kitchen"
    assert "audio-start" not in hall.types()
