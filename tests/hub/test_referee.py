"""A camera that sees nobody raises the wake word's threshold: for a while, and not too high."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from audio.frames import Frame, Pcm, samples
from audio.listener import Listener, Options
from hub.engines import Workshop
from hub.hearing import Hearing
from hub.homes.demo import demo_home
from hub.messages import Wake
from hub.settings import EngineChoice
from hub.shelf.shelf import open_shelf
from intents.grammar import Grammar


class Scripted:
    """A wake engine whose score is the loudness of its sound."""

    hop = 1280
    words: Sequence[str] = ("hello",)

    def scores(self, pcm: Pcm) -> Mapping[str, float]:
        return {"hello": float(pcm.max()) / 1000}

    def reset(self) -> None:
        """It remembers nothing."""


@pytest.fixture
def hearing(models: object) -> Hearing:
    assert models
    make = Workshop(open_shelf())
    listener = Listener(Scripted(), make.vad(EngineChoice(engine="silero")), Options())
    asr = make.asr(EngineChoice(engine="whisper"))
    return Hearing(listener, asr, Grammar("en", demo_home()), wake_words=("hello",))


def wakes(hearing: Hearing, score: float, second: float) -> bool:
    sound = np.full(1280, round(score * 1000), np.int16)
    reports = hearing.feed(Frame(sound, samples(second)))
    return any(isinstance(report, Wake) for report in reports)


def test_a_doubtful_word_needs_somebody_and_a_clear_one_nobody(hearing: Hearing) -> None:
    assert wakes(hearing, 0.6, 0)
    hearing.referee(anybody=False)
    assert not wakes(hearing, 0.6, 10)
    assert wakes(hearing, 0.75, 15)


@pytest.mark.parametrize("anybody", [True, None])
def test_without_nobody_there_is_no_doubt(hearing: Hearing, anybody: bool | None) -> None:
    hearing.referee(anybody=False)
    hearing.referee(anybody=anybody)
    assert wakes(hearing, 0.6, 10)


def test_it_is_not_believed_for_long(hearing: Hearing) -> None:
    wakes(hearing, 0.0, 0)
    hearing.referee(anybody=False)
    assert not wakes(hearing, 0.6, 19)
    assert wakes(hearing, 0.6, 30)


def test_a_word_as_clear_as_can_be_is_always_heeded(hearing: Hearing) -> None:
    hearing.set_sensitivity(0.1)
    hearing.referee(anybody=False)
    assert wakes(hearing, 0.96, 0)
