"""What is obeyed at once, and what is given time to go on."""

import pytest

from hub.homes.demo import demo_home
from intents.grammar import Grammar
from intents.unfinished import may_go_on
from intents.wishes import NotUnderstood


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar("en", demo_home())


@pytest.mark.parametrize(
    ("sentence", "waits"),
    [
        ("turn on the kitchen light", False),
        ("set the bedroom lamp to thirty percent", False),
        ("is the front door locked", False),
        ("set a timer for ten minutes", False),
        ("close the living room curtains", True),
        ("lock the front door", True),
        ("open the curtains", True),
        ("add milk to my shopping list", True),
        ("turn off the kitchen light and turn on the bedroom lamp", True),
        ("yes", False),
        ("no", True),
        ("stop", False),
        ("undo that", False),
        ("a bit more", False),
    ],
)
def test_only_what_is_not_free_or_may_not_be_all_waits(
    grammar: Grammar, sentence: str, waits: bool
) -> None:
    found = grammar.parse(sentence)
    if isinstance(found, NotUnderstood):
        pytest.fail(f"not understood: {sentence}")
    assert may_go_on(found, demo_home()) is waits
