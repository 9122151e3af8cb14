"""Whisper's second look: what it thinks of other sentences for the sound that it transcribed."""

from collections.abc import Sequence
from statistics import median

import pytest

from audio.asr import whisper
from audio.engines import Scorer
from audio.tts import hibari
from tests.audio.sound import quiet, spoken


@pytest.fixture(scope="module")
def score(tiny: whisper.Engine, voice: hibari.Engine) -> Scorer:
    scorer = tiny.transcribe(spoken(voice, "Turn on the kitchen light.")).score
    assert scorer is not None
    return scorer


def best(score: Scorer, sentences: Sequence[str]) -> str:
    return max(zip(score(sentences), sentences, strict=True))[1]


def test_what_was_said_is_likeliest(score: Scorer) -> None:
    said = "Turn on the kitchen light."
    others = ("Turn off the kitchen light.", "Turn on the kitchen.", "Turn on the chicken light.")
    assert best(score, [*others, said]) == said


def test_a_sentence_that_goes_on_or_stops_short_is_not_likelier(score: Scorer) -> None:
    said, *others = score(
        ["Turn on the kitchen light.", "Turn on the kitchen light and the fan.", "Turn on."]
    )
    assert all(said > other + 5 for other in others)


def test_the_score_of_a_sentence_is_its_own_whatever_is_scored_with_it(
    tiny: whisper.Engine, voice: hibari.Engine
) -> None:
    """To a millionth; but in one sound of thirty the model's eight-bit numbers round the other way
    beside a longer sentence, and the score moves by a tenth (150 sounds). The voice never says a
    sentence twice alike, so the middle of seven is looked at.
    """
    one, long = "Turn on the light.", "Turn on all of the lights in the kitchen and in the hall."
    moved = []
    for _ in range(7):
        score = tiny.transcribe(spoken(voice, "Turn on the kitchen light.")).score
        assert score is not None
        [alone] = score([one])
        moved.append(max(abs(alone - other) for other in score([long, one, one])[1:]))
        assert alone < 0
        assert score([]) == ()
    assert median(moved) < 0.001


def test_silence_has_no_scores(tiny: whisper.Engine) -> None:
    assert tiny.transcribe(quiet(1)).score is None
