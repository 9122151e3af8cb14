"""What people say to each other means nothing when it was heard, though it does when typed."""

import pytest

from intents.grammar import Grammar
from intents.wishes import NotUnderstood
from tests.intents.homes import typical


@pytest.fixture(scope="module")
def home() -> Grammar:
    return Grammar("en", typical())


def understood(home: Grammar, text: str, *, asked: bool = False) -> str | None:
    found = home.hear(text, None, None, asked=asked).understanding
    return None if isinstance(found, NotUnderstood) else found[0].intent


@pytest.mark.parametrize("text", ["Right.", "Exactly.", "of course", "Nothing.", "later", "wrong"])
def test_no_answer_depends_on_it_even_where_one_is_awaited(home: Grammar, text: str) -> None:
    assert understood(home, text) is None
    assert understood(home, text, asked=True) is None
    assert isinstance(home.parse(text), tuple)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("More.", "HubMore"),
        ("up", "HubMore"),
        ("Kitchen.", "HubPick"),
        ("both", "HubPick"),
        ("First.", "HubPick"),
    ],
)
def test_a_lone_word_is_an_answer_and_nothing_else(home: Grammar, text: str, intent: str) -> None:
    assert understood(home, text) is None
    assert understood(home, text, asked=True) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Yes.", "HubYes"),
        ("Okay.", "HubYes"),
        ("Stop!", "HubStop"),
        ("a bit more", "HubMore"),
        ("Brighter.", "HubMore"),
        ("Undo that.", "HubUndo"),
        ("and the kitchen", "HubPick"),
        ("No, the bedroom.", "HubPick"),
        ("Not that one.", "HubPick"),
    ],
)
def test_what_is_said_to_a_house_is_heard(home: Grammar, text: str, intent: str) -> None:
    assert understood(home, text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "Turn off the kitchen and",
        "turn off the desk lamp and then.",
        "turn on the desk lamp and the",
        "close the blinds or",
        "add milk to the shopping list, and,",
    ],
)
def test_what_breaks_off_is_not_done(home: Grammar, text: str) -> None:
    assert understood(home, text) is None


@pytest.mark.parametrize("text", ["turn the desk lamp off and on", "turn the desk lamp on then"])
def test_an_end_that_only_looks_so_is_left_to_the_grammar(home: Grammar, text: str) -> None:
    assert understood(home, text) == understood(home, f"please {text}")


@pytest.mark.parametrize(
    ("language", "text", "whole", "more"),
    [
        ("de", "genau", "schalte Desk Lamp aus", "und"),
        ("fr", "rien", "allume Desk Lamp", "et"),
        ("es", "nada", "apaga Desk Lamp", "y"),
        ("it", "niente", "accendi Desk Lamp", "e"),
        ("nl", "klopt", "zet Desk Lamp uit", "en"),
    ],
)
def test_in_other_languages(language: str, text: str, whole: str, more: str) -> None:
    other = Grammar(language, typical())
    assert isinstance(other.parse(text), tuple)
    assert understood(other, text) is None
    assert understood(other, whole) is not None
    assert understood(other, f"{whole} {more}") is None
