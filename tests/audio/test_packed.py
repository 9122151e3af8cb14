"""A packed table answers as the dict it was made of, and the voice reads with it as without."""

import random

import pytest
from hibari import Hibari
from hypothesis import given
from hypothesis import strategies as st

from audio.tts._packed import Packed
from audio.tts.hibari import packed

WORDS, A_SENTENCE = 4_000, 10

keys = st.text("ab'é\ud800", max_size=3)
texts = st.text("abé", max_size=3)
values = st.none() | texts | st.dictionaries(texts, st.none() | texts | st.floats(allow_nan=False))


@given(st.dictionaries(keys, values), st.lists(keys))
def test_answers_as_a_dict(table: dict[str, object], others: list[str]) -> None:
    row = Packed(table)
    assert list(row.items()) == list(table.items())
    for key in others:
        assert row.get(key, "nothing") == table.get(key, "nothing")
        assert (key in row) == (key in table)


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Words of both lexicons and of none, in nonsense of ten; and what has rules of its own."""
    lexicon, chance = Hibari().g2p.lexicon, random.Random(1)
    words = [*lexicon.golds.d, *lexicon.silvers.d]
    chosen = [*chance.sample(words, WORDS), *(word[::-1] for word in chance.sample(words, 100))]
    chance.shuffle(chosen)
    nonsense = [
        " ".join(chosen[at : at + A_SENTENCE]) + "." for at in range(0, len(chosen), A_SENTENCE)
    ]
    return [*nonsense, "He read the US record at 7:30 pm for $9.99.", "It's 21.5 °C, I've used to."]


def test_the_voice_reads_the_same(sentences: list[str]) -> None:
    before, after = Hibari(), packed(Hibari())
    for sentence in sentences:
        assert after.phonemize(sentence) == before.phonemize(sentence)
