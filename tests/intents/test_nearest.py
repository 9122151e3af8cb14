"""What is offered when a sentence was not understood."""

from pathlib import Path

import pytest

from intents.custom import load_custom
from intents.grammar import Grammar
from intents.home import Entity, Home
from intents.nearest import nearness
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
    for sentence in offered(grammar, "bedside lamp gadget blinking somehow"):
        assert isinstance(grammar.parse(sentence), tuple), sentence


def test_only_what_this_home_has_is_offered() -> None:
    """No rooms, no floors: no sentence about any, whatever was said."""
    bare = Home(entities=(Entity("light.lamp", "Lamp", "light"),))
    near = offered(Grammar("en", bare), "now turn that lamp on in the kitchen")
    assert any("Lamp" in each for each in near)
    assert not any("kitchen" in each.casefold() for each in near)


def test_of_many_names_the_one_that_shares_most() -> None:
    lamps = [f"{which} {what}" for which in ("Red", "Tall", "Old") for what in ("Lamp", "Light")]
    home = Home(entities=tuple(Entity(f"light.{n}", each, "light") for n, each in enumerate(lamps)))
    for lamp in lamps:
        near = offered(Grammar("en", home), f"now turn that {lamp} on somehow")
        assert lamp in near[0]


def test_the_owners_own_sentences_are_near(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "language: en\nintents:\n  Feed:\n    data:\n      - sentences: [feed the (cat|dog) now]\n"
    )
    grammar = Grammar("en", typical(), load_custom(file, "en"))
    assert offered(grammar, "will you feed that dog now") == ("feed the dog now",)


def test_a_sentence_is_as_near_as_the_words_they_share() -> None:
    assert nearness("turn on the Lamp", "Turn on the lamp!") == 1
    assert nearness("lamp", "fan") == 0
    assert nearness("", "") == 0


def test_nothing_that_was_said_comes_back(grammar: Grammar) -> None:
    words = "my shopping list wants zanzibar forty seven times for frederick"
    near = offered(grammar, words)
    assert near
    text = " ".join(near)
    for private in ("zanzibar", "frederick", "forty", "47"):
        assert private not in text.casefold()


def test_far_from_everything_offers_nothing(grammar: Grammar) -> None:
    assert offered(grammar, "colourless green ideas sleep furiously") == ()
    assert offered(grammar, "") == ()


def test_each_is_offered_once(grammar: Grammar) -> None:
    near = [each.casefold() for each in offered(grammar, "bedside lamp gadget blinking somehow")]
    assert len(near) == len(set(near))
