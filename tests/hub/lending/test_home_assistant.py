"""A real Home Assistant uses the hub by its own Wyoming integration: its ears, its voice, its wake
word and its conversation, each alone and all of them in an Assist pipeline."""

import asyncio
import io
import json
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from audio.convert import converted
from audio.frames import RATE
from tests.hub.lending.client import written
from tests.hub.lending.pipeline import run
from tests.hub.recordings import pause, recorded, spoken
from tests.hub.running import RunningHub, wait_until
from tests.mosquitto import free_port
from tests.testbed.asking import add_wyoming, ask, post, remove_entry
from tests.testbed.furnish import command, switch_off
from tests.testbed.homeassistant import RunningHomeAssistant

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("models")]

HEADER = 44
"""Bytes of a WAV file before its sound."""
LIGHT = "light.kitchen_light"
STT, TTS = "stt.lending_hub", "tts.lending_hub"
WAKE, AGENT = "wake_word.lending_hub", "conversation.lending_hub"


@pytest.fixture(scope="module")
def speech_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def hub(
    tmp_path_factory: pytest.TempPathFactory, home_assistant: RunningHomeAssistant, speech_port: int
) -> Iterator[RunningHub]:
    """Added to Home Assistant twice: what answers sentences, and what hears and speaks."""
    folder = tmp_path_factory.mktemp("lending")
    (folder / "token").write_text(home_assistant.token)
    text_port = free_port()
    running = RunningHub(
        folder / "hub",
        {
            "node": "lending",
            "name": "Lending hub",
            "microphone": {"source": "none"},
            "speaker": {"file": str(folder / "replies.wav")},
            "mqtt": {"host": "127.0.0.1", "port": home_assistant.mqtt_port},
            "home_assistant": {
                "url": home_assistant.url,
                "token": {"file": str(folder / "token")},
            },
            "wyoming": {"port": text_port, "speech": {"port": speech_port}},
        },
    )
    entries: list[str] = []
    try:
        running.wait_for_text("Answers Wyoming at", 60)
        running.wait_for_text("Lends ears and voice by Wyoming at", 60)
        entries += [add_wyoming(home_assistant, port) for port in (text_port, speech_port)]
        yield running
    finally:
        for entry in entries:
            remove_entry(home_assistant, entry)
        running.stop()


@pytest.mark.usefixtures("hub")
def test_its_entities_appear(home_assistant: RunningHomeAssistant) -> None:
    wanted = {STT, TTS, WAKE, AGENT}
    wait_until(lambda: all(home_assistant.state(each) is not None for each in wanted), 20)


@pytest.mark.usefixtures("hub")
def test_it_writes_down_what_people_say(home_assistant: RunningHomeAssistant, data: Path) -> None:
    folder = data / "voice_commands" / "home_misc" / "wav"
    form = "format=wav; codec=pcm; sample_rate=16000; bit_rate=16; channel=1; language=en"
    pcm = recorded(folder / "00_turn_on_the_living_room_lamp.wav")
    told = json.loads(
        ask(home_assistant, f"api/stt/{STT}", pcm.tobytes(), {"X-Speech-Content": form})
    )
    assert told["result"] == "success"
    assert told["text"].strip(" .").lower() == "turn on the living room lamp"


@pytest.mark.usefixtures("hub")
def test_it_speaks(home_assistant: RunningHomeAssistant, speech_port: int) -> None:
    text = "The kitchen light is on."
    asked = {"engine_id": TTS, "message": text, "options": {"preferred_format": "wav"}}
    place = str(post(home_assistant, "tts_get_url", **asked)["path"])
    content = ask(home_assistant, place)
    with wave.open(io.BytesIO(content)) as sound:
        rate = sound.getframerate()
    pcm = np.frombuffer(content[HEADER:], "<i2")  # where it streams, it does not say how much
    heard = asyncio.run(written(speech_port, converted(pcm, rate, RATE).tobytes()))
    assert heard.strip(" .").lower() == "the kitchen light is on"


@pytest.fixture
def pipeline(hub: RunningHub, home_assistant: RunningHomeAssistant) -> Iterator[str]:
    """Everything in it is the hub's."""
    address = (home_assistant.url, home_assistant.token)
    languages = ("language", "conversation_language", "stt_language", "tts_language")
    made = asyncio.run(
        command(
            *address,
            "assist_pipeline/pipeline/create",
            name="Lent",
            conversation_engine=AGENT,
            stt_engine=STT,
            tts_engine=TTS,
            tts_voice=None,
            wake_word_entity=WAKE,
            wake_word_id="hey_jarvis",
            **dict.fromkeys(languages, "en"),
        )
    )
    yield str(made["id"])
    delete = "assist_pipeline/pipeline/delete"
    asyncio.run(command(*address, delete, pipeline_id=str(made["id"])))


def test_a_pipeline_from_the_wake_word_to_the_light(
    hub: RunningHub, home_assistant: RunningHomeAssistant, pipeline: str
) -> None:
    home = home_assistant
    switch_off(home.url, home.token, LIGHT)
    wait_until(lambda: home.state(LIGHT) == "off", 10)
    said = [pause(1), spoken("Hey Jarvis."), pause(0.3), spoken("Turn on the kitchen light.")]
    told = asyncio.run(run(home.url, home.token, pipeline, np.concatenate(said)))
    assert "error" not in told, told
    assert told["wake_word-end"]["wake_word_output"], told
    heard = told["stt-end"]["stt_output"]
    assert isinstance(heard, dict)
    assert "turn on the kitchen light" in heard["text"].lower()
    assert "Turned on the light" in json.dumps(told["intent-end"])
    assert "tts-end" in told
    wait_until(lambda: home.state(LIGHT) == "on", 10)
    wait_until(lambda: '"woken":1' in hub.command("privacy", "--json").stdout, 20)
