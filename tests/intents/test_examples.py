"""Sentences that a home suggests mean something in it."""

from random import Random

import pytest

from intents.grammar import Grammar
from intents.home import Home
from intents.wishes import NotUnderstood
from tests.intents.homes import typical


@pytest.mark.parametrize("language", ["en", "de"])
def test_examples_are_different_and_understood(language: str) -> None:
    grammar = Grammar(language, typical())
    found = grammar.examples(Random(1), 30)
    assert len(set(found)) == 30
    wishes = [grammar.parse(sentence) for sentence in found]
    assert not any(isinstance(each, NotUnderstood) for each in wishes)
    intents = {
        wish.intent for each in wishes if not isinstance(each, NotUnderstood) for wish in each
    }
    assert len(intents) > 10
    rooms = [area.name for area in typical().areas]
    assert any(room in sentence for sentence in found for room in rooms)


def test_an_empty_home_has_examples_too() -> None:
    assert Grammar("en", Home()).examples(Random(1), 3)
