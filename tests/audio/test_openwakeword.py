"""Our few lines of openWakeWord give the library's scores."""

from pathlib import Path

import numpy as np
import openwakeword
import pytest

from audio.frames import Pcm
from audio.tts import hibari
from audio.wake import openwakeword as ours
from tests.audio.sound import quiet, recording, shelf, spoken

RECORDINGS = [
    "smoke/wyoming_hey_jarvis.wav",
    "smoke/oww_hey_mycroft_test.wav",
    "smoke/oww_turn_on_the_office_lights_stream.wav",
    "positive/alexa/10.wav",
]


@pytest.fixture(scope="module")
def all_words(models: Path) -> ours.Engine:
    options = ours.Options(words=("alexa", "hey_jarvis", "hey_marvin", "hey_mycroft"))
    return ours.Engine(options, shelf(models, ours.files(options)))


def assert_same_scores(engine: ours.Engine, models: Path, sound: Pcm) -> dict[str, float]:
    """The highest score of each word, having compared every one with the library's."""
    names = {word: f"{word}_v0.1" for word in engine.words}
    paths = [str(models / "openwakeword" / f"{name}.onnx") for name in names.values()]
    library = openwakeword.Model(paths)
    engine.reset()
    best = dict.fromkeys(engine.words, 0.0)
    for at in range(0, len(sound) - engine.hop + 1, engine.hop):
        hop = sound[at : at + engine.hop]
        expected, scores = library.predict(hop), engine.scores(hop)
        for word, name in names.items():
            assert scores[word] == pytest.approx(expected[name], abs=1e-4), (word, at)
            best[word] = max(best[word], scores[word])
    return best


@pytest.mark.filterwarnings("ignore:Specified provider 'CUDAExecutionProvider':UserWarning")
@pytest.mark.parametrize("name", RECORDINGS)
def test_scores_equal_the_librarys(
    all_words: ours.Engine, models: Path, data: Path, name: str
) -> None:
    assert_same_scores(all_words, models, recording(data / "wakeword" / name))


@pytest.mark.filterwarnings("ignore:Specified provider 'CUDAExecutionProvider':UserWarning")
def test_scores_equal_the_librarys_on_silence_noise_and_speech(
    all_words: ours.Engine, models: Path, voice: hibari.Engine
) -> None:
    noise = np.random.default_rng(7).normal(0, 900, 32_000).astype(np.int16)
    loudest = np.tile(np.array([32767, -32768], np.int16), 8_000)
    speech = spoken(voice, "Hey Jarvis, turn on the kitchen light.")
    best = assert_same_scores(
        all_words, models, np.concatenate((quiet(1.5), noise, speech, loudest))
    )
    assert best["hey_jarvis"] > 0.9
    assert best["hey_mycroft"] < 0.1


def test_a_reset_engine_scores_as_a_new_one(wake: ours.Engine, voice: hibari.Engine) -> None:
    speech = spoken(voice, "Hey Jarvis.")
    hops = [speech[at : at + wake.hop] for at in range(0, len(speech) - wake.hop, wake.hop)]
    first = [wake.scores(hop) for hop in hops]
    wake.reset()
    assert [wake.scores(hop) for hop in hops] == first
