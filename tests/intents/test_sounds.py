"""Spellings of one sound are near, others are far; numbers sound as they are spoken."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.sounds import EXTRA, Sounds
from intents.wordcosts import BAND, Heard, Lexicon
from tests.intents.alike import ENGLISH, apart


@pytest.mark.parametrize(
    ("heard", "meant", "other"),
    [
        ("bad light", "bed light", "hall light"),
        ("medium rose", "medium roast", "medium dark"),
        ("eye smoke", "iced mocha", "latte"),
        ("all tires", "all timers", "all lights"),
        ("Eco Bee", "EcoBee", "TV"),
        ("to Maricano", "americano", "cappuccino"),
        ("the tenth", "the temp", "the lamp"),
        ("chalk list", "shop list", "lamp list"),
    ],
)
def test_what_was_meant_is_nearer_than_something_else(heard: str, meant: str, other: str) -> None:
    assert apart(heard, meant) < apart(heard, other) / 1.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20-ounce", "twenty ounce"),
        ("50%", "fifty percent"),
        ("4.5 hours", "four and a half hours"),
        ("T.V.", "TV"),
        ("21", "twenty-one"),
        ("light", "Light!"),
    ],
)
def test_one_sound_two_spellings(one: str, other: str) -> None:
    assert apart(one, other) == pytest.approx(0.0)


@pytest.mark.parametrize("word", ["Küche", "кухня", "거실", "客厅", "salón"])
def test_every_script_sounds_like_itself_and_not_like_nothing(word: str) -> None:
    language = Sounds("ko" if word == "거실" else "de")
    sounds = language.of(word)
    assert len(sounds)
    assert np.array_equal(sounds, language.of(word.upper()))
    assert not np.array_equal(sounds, language.of(word + word[0]))


@given(st.text(max_size=40))
def test_words_say_all_that_the_text_says(text: str) -> None:
    words = ENGLISH.words(text)
    assert re.sub(r"[\s-]", "", "".join(word.text for word in words)) == re.sub(r"[\s-]", "", text)
    assert all(0 <= code < len(EXTRA) for word in words for code in word.sounds)


WORDS = st.lists(
    st.sampled_from(["light", "lamp", "the", "a", "kitchen", "timer", "roast", "off"]), min_size=1
)
TALK = st.text(alphabet="abdeiklmnorst ", min_size=1, max_size=14)


@given(WORDS, TALK)
def test_the_costs_of_all_words_are_those_of_each(words: list[str], talk: str) -> None:
    heard = ENGLISH.of(talk)
    lexicon = Lexicon(ENGLISH.of(word) for word in words)
    starts = lexicon.starts(len(heard))
    costs = lexicon.costs(Heard(heard, EXTRA[heard]), starts)
    for word, row in zip(words, lexicon.rows, strict=True):
        length = lexicon.lengths[row]
        if abs(length - len(heard)) > BAND:
            continue
        [whole] = np.flatnonzero(starts[length, len(heard)] == 0)
        assert costs[row, len(heard), whole] >= apart(word, talk) - 1e-4
