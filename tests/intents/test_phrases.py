"""What a recogniser is told of a home: all its sentences are made of it."""

from random import Random

import pytest

from intents.grammar import Grammar
from intents.home import Home
from tests.intents.homes import typical


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar("en", typical())


def test_words_names_and_numbers_as_they_are_said(grammar: Grammar) -> None:
    found = set(grammar.phrases())
    assert {"turn", "on", "reading lamp", "living room", "twenty one", "upstairs"} <= found
    assert not any(each != each.strip() or each != each.lower() for each in found)
    assert not any(letter.isdigit() for each in found for letter in each)


def test_examples_are_made_of_them(grammar: Grammar) -> None:
    words = {word for phrase in grammar.phrases() for word in phrase.split()}
    for sentence in grammar.examples(Random(2), 40):
        said = [word for word in sentence.lower().split() if word.isalpha()]
        assert set(said) <= words, sentence


def test_another_home_has_other_names(grammar: Grammar) -> None:
    assert "reading lamp" not in Grammar("en", Home()).phrases()
