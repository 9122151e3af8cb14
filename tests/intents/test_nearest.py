"""What is offered when a sentence was not understood."""

import pytest

from intents.grammar import Grammar
from intents.wishes import NotUnderstood
from tests.intents.homes import typical


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar("en", typical())


def offered(grammar: Grammar, text: str) -> tuple[str, ...]:
    understood = grammar.parse(text)
    assert isinstance(understood, NotUnderstood), text
    return understood.nearest


def test_sentences_of_this_home_are_near(grammar: Grammar) -> None:
    near = offered(grammar, "now switch that desk lamp thing on at once")
    assert 1 <= len(near) <= 5
    assert any("Desk Lamp" in each for each in near)


def test_what_is_offered_is_understood(grammar: Grammar) -> None:
    for sentence in offered(grammar, "turn me on that bedside lamp now"):
        assert isinstance(grammar.parse(sentence), tuple), sentence


def test_nothing_that_was_said_comes_back(grammar: Grammar) -> None:
    words = "would you add zanzibar forty seven times to my shopping list for frederick"
    near = offered(grammar, words)
    assert near
    text = " ".join(near)
    for private in ("zanzibar", "frederick", "forty", "47"):
        assert private not in text.casefold()


def test_far_from_everything_offers_nothing(grammar: Grammar) -> None:
    assert offered(grammar, "colourless green ideas sleep furiously") == ()
    assert offered(grammar, "") == ()


def test_each_is_offered_once(grammar: Grammar) -> None:
    near = [each.casefold() for each in offered(grammar, "turn me on that bedside lamp now")]
    assert len(near) == len(set(near))
