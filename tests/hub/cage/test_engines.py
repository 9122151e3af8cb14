"""Engines and devices that were made before the seal work behind it."""

import threading
from pathlib import Path

import numpy as np
import pytest

from tests.audio.pulse import Pulse
from tests.hub.cage.children import inside
from tests.hub.recordings import pause, recorded, spoken, write

SEALED = {"level": "A", "escaped": []}


def check_seal(report: dict[str, object]) -> None:
    assert {name: report[name] for name in SEALED} == SEALED
    assert report["threads"] != 1, "No thread of a library ran: this proves nothing about them."


@pytest.mark.usefixtures("models")
def test_a_command_is_understood(tmp_path: Path) -> None:
    sound = spoken("Hey Jarvis, set the living room lamp to thirty percent.")
    file = write(tmp_path / "command.wav", pause(1), sound, pause(2))
    ended = inside("senses", "hear", str(file), module="isolated")
    seal, *heard = ended.reports
    check_seal(seal)
    assert heard == [{"intents": ["HassLightSet"]}, {"intents": ["HassLightSet"]}]


@pytest.mark.usefixtures("models")
def test_a_person_is_understood(tmp_path: Path, data: Path) -> None:
    clip = data / "voice_commands" / "home_misc" / "wav" / "00_turn_on_the_living_room_lamp.wav"
    file = write(
        tmp_path / "command.wav", pause(1), spoken("Hey Jarvis."), recorded(clip), pause(2)
    )
    _, *heard = inside("senses", "hear", str(file), module="isolated").reports
    assert heard[0] == {"intents": ["HassTurnOn"]}


def test_the_voice_speaks() -> None:
    ended = inside("mouth", "speak", module="isolated")
    assert ended.status == 0, ended.said
    seal, spoken = ended.reports
    check_seal(seal)
    assert isinstance(spoken["seconds"], float)
    assert spoken["seconds"] > 1.0


@pytest.mark.slow
@pytest.mark.parametrize("around", ["A", "user"])
def test_the_microphone_delivers(sound_server: Pulse, tmp_path: Path, around: str) -> None:
    sound = write(tmp_path / "sound.wav", spoken("One, two, three, four, five, six, seven, eight."))
    playing = threading.Timer(2.0, sound_server.play, [sound])
    playing.start()
    environ = {**sound_server.environment, "AROUND": around}
    ended = inside("senses", "record", module="isolated", **environ)
    playing.join()
    seal, heard = ended.reports
    check_seal(seal)
    assert isinstance(heard["loudest"], int)
    assert heard["loudest"] > 1000


@pytest.mark.slow
def test_the_loudspeaker_plays(sound_server: Pulse, tmp_path: Path) -> None:
    """Another process hears it on the null sink."""
    sound = write(tmp_path / "sound.wav", spoken("One, two, three, four."))
    heard = tmp_path / "heard.npy"
    listener = sound_server.child("record", "10", str(heard))
    assert listener.stdin is not None
    assert listener.stdout is not None
    assert listener.stdout.readline() == "ready\n"
    ended = inside("mouth", "play", str(sound), module="isolated", **sound_server.environment)
    assert ended.status == 0, ended.said
    check_seal(ended.reports[0])
    assert listener.wait() == 0
    listener.stdin.close()
    listener.stdout.close()
    assert np.abs(np.load(heard).astype(np.int32)).max() > 1000
