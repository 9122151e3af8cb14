"""Real recordings, heard by the real ear, at the pace of life: every command passes the door."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import msgspec
import numpy as np
import pytest

from audio.frames import RATE, Frame, Pcm
from hub.ears import make_hearing
from hub.listening import read
from hub.messages import Heard, NotHeard
from hub.settings import EngineChoice, Hear
from hub.shelf.shelf import open_shelf
from intents.home_file import load
from tests.hub.door.sessions import door, wake

_SILENCE = np.zeros(2 * RATE, np.int16)
_PAUSE = 2.0
"""Seconds in which the hub answers and a person takes breath."""


@pytest.mark.slow
@pytest.mark.usefixtures("models")
@pytest.mark.timeout(300)
def test_a_long_session(data: Path) -> None:
    """All spoken home commands one after the other, each after a wake word."""
    folder = data / "voice_commands" / "home_tts"
    home = load(folder / "home.yaml")
    ear = make_hearing(
        Hear(
            wake=None,
            vad=EngineChoice(engine="silero"),
            asr=EngineChoice(engine="whisper"),
        ),
        open_shelf(),
    )
    ear.learn(home)
    knocked, now, position, heard = door(home), 0.0, 0, 0
    for turn, file in enumerate(sorted(folder.rglob("*.wav")), 1):
        sound = np.concatenate([read(file), _SILENCE])
        reports = list(chain.from_iterable(map(ear.feed, _frames(sound, position))))
        position += len(sound)
        knocked.admit(wake(turn), now)
        now += len(sound) / RATE
        answer = next((each for each in reports if isinstance(each, Heard | NotHeard)), None)
        if answer is None:
            continue
        admitted = knocked.admit(msgspec.structs.replace(answer, turn=turn), now)
        assert len(admitted) == 2
        knocked.texts(now)
        heard += isinstance(answer, Heard)
        now += _PAUSE
    assert heard > 40
    # Words wait their turn in such a hurry; those that were misheard and put right do not cross.
    assert knocked.refusals.exact.keys() <= {"too_much_text", "words_differ"}


def _frames(sound: Pcm, start: int) -> Iterator[Frame]:
    step = RATE // 10
    for at in range(0, len(sound), step):
        yield Frame(sound[at : at + step], start + at)
