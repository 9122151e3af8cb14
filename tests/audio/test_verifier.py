"""A verifier tells its person's wake word from others', as plain numbers that nothing else fits."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.columns import Floats
from audio.frames import Pcm
from audio.tts import hibari
from audio.verifier import OTHERS, OWN, WINDOW, Verified, Verifier, VerifierError, learn
from audio.wake import openwakeword
from tests.audio.sound import quiet, recording, shelf, spoken

AWAKE = 0.5
SENTENCES = ("Alexa.", "Alexa, stop.", "Alexa, play music.", "Alexa, good morning.", "Hey Alexa.")


@pytest.fixture(scope="module")
def engine(models: Path) -> openwakeword.Engine:
    options = openwakeword.Options(words=("alexa",))
    return openwakeword.Engine(options, shelf(models, openwakeword.files(options)))


def best(wake: openwakeword.Engine | Verified, sound: Pcm) -> float:
    wake.reset()
    sound = np.concatenate([quiet(1), sound, quiet(0.5)])
    hops = range(0, len(sound) - wake.hop + 1, wake.hop)
    return max(wake.scores(sound[at : at + wake.hop])["alexa"] for at in hops)


def seen(engine: openwakeword.Engine, sound: Pcm) -> Floats:
    """(hops, 16, 96): what the engine saw while it was awake."""
    engine.reset()
    sound = np.concatenate([quiet(1), sound, quiet(0.5)])
    hops = (sound[at : at + engine.hop] for at in range(0, len(sound) - engine.hop + 1, engine.hop))
    windows = [engine.window() for hop in hops if engine.scores(hop)["alexa"] >= AWAKE]
    return np.array(windows, np.float32).reshape(-1, *WINDOW)


@pytest.fixture(scope="module")
def people(data: Path) -> Sequence[Pcm]:
    files = sorted((data / "wakeword/positive/alexa").glob("*.wav"))[: 2 * OTHERS]
    return [recording(file) for file in files]


def test_a_known_voice_wakes_it_and_most_others_do_not(
    engine: openwakeword.Engine, voice: hibari.Engine, people: Sequence[Pcm]
) -> None:
    own = [spoken(voice, text) for text in SENTENCES]
    others = [windows for sound in people[:OTHERS] if len(windows := seen(engine, sound))]
    others += [seen(engine, people[OTHERS])]
    known = learn([seen(engine, sound) for sound in own[:OWN]], others[:OTHERS])
    verified = Verified(engine, {"alexa": (Verifier.from_vector(known.to_vector()),)})
    assert all(best(verified, sound) >= AWAKE for sound in own[OWN:])
    strangers = [best(verified, sound) >= AWAKE for sound in people[OTHERS + 1 :]]
    assert sum(strangers) <= len(strangers) // 3


def test_a_word_without_a_verifier_and_the_likeliest_of_several_voices(
    engine: openwakeword.Engine, people: Sequence[Pcm]
) -> None:
    nobody, anybody = (
        Verifier(np.zeros(1536, np.float32), -50),
        Verifier(np.zeros(1536, np.float32), 50),
    )
    alone = best(engine, people[0])
    assert alone > AWAKE
    assert best(Verified(engine, {}), people[0]) == alone
    assert best(Verified(engine, {"alexa": (nobody,)}), people[0]) < 1e-9
    assert best(Verified(engine, {"alexa": (nobody, anybody)}), people[0]) == alone


def test_the_window_is_what_the_head_saw(engine: openwakeword.Engine) -> None:
    engine.reset()
    first = engine.window()
    engine.scores(np.zeros(engine.hop, np.int16))
    second = engine.window()
    assert first.shape == second.shape == WINDOW
    assert np.array_equal(first[1:], second[:-1])
    assert not np.array_equal(first, second)


def blobs(random: np.random.Generator, middle: float, words: int) -> list[Floats]:
    return [random.normal(middle, 1, (3, *WINDOW)).astype(np.float32) for _ in range(words)]


def test_learning_is_repeatable_and_right_on_what_it_has_not_seen() -> None:
    random = np.random.default_rng(1)
    own, others = blobs(random, 0.2, OWN), blobs(random, -0.2, OTHERS)
    known = learn(own, others)
    assert np.array_equal(known.to_vector(), learn(own, others).to_vector())
    assert all(known.probability(w) > 0.5 for word in blobs(random, 0.2, 20) for w in word)
    assert all(known.probability(w) < 0.5 for word in blobs(random, -0.2, 20) for w in word)


def test_too_few_words_or_values_that_are_no_numbers_are_refused() -> None:
    random = np.random.default_rng(2)
    own, others = blobs(random, 0, OWN), blobs(random, 0, OTHERS)
    for few in ((own[1:], others), (own, others[1:])):
        with pytest.raises(VerifierError, match="Record more"):
            learn(*few)
    own[0][0, 0, 0] = np.nan
    with pytest.raises(VerifierError, match="no numbers"):
        learn(own, others)


def test_a_verifier_survives_its_vector_and_shows_nothing_of_itself() -> None:
    weights = np.random.default_rng(3).normal(size=1536).astype(np.float32)
    one = Verifier(weights, 0.25)
    again = Verifier.from_vector(one.to_vector())
    assert np.array_equal(again.weights, weights)
    assert again.bias == 0.25
    assert repr(one) == "Verifier()"


@given(st.integers(0, 2_000), st.sampled_from([0.0, np.nan, np.inf]))
def test_other_vectors_are_refused(size: int, value: float) -> None:
    vector = np.zeros(size, np.float32)
    vector[:1] = value
    if size == 1537 and value == 0.0:
        assert Verifier.from_vector(vector).bias == 0.0
        return
    with pytest.raises(VerifierError, match="again"):
        Verifier.from_vector(vector)
