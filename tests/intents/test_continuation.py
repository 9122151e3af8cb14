"""A sentence goes on if another of the grammar begins with it and means something else."""

from pathlib import Path
from random import Random

import pytest
from hassil.sample import sample_intents
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.custom import load_custom
from intents.grammar import Grammar
from intents.home import Home
from intents.wishes import NotUnderstood, Understanding
from tests.intents.homes import typical

SENTENCES = """
language: en
intents:
  Order:
    data:
      - sentences: ["(get|bring) [me] [a] [{size}] {drink} [with {extra} [and {other}]] [at once]"]
  Stop:
    data:
      - sentences: ["stop", "stop at once", "halt [all]"]
      - sentences: ["stop all of it"]
        slots: {what: all}
  Say:
    data:
      - sentences: ["say {words}", "hush"]
lists:
  size: {values: [small, large]}
  drink: {values: [tea, coffee, coffee cake]}
  extra: {values: [milk]}
  other: {values: [sugar, "no sugar"]}
  words: {wildcard: true}
skip_words: [please]
"""


@pytest.fixture(scope="module")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> Grammar:
    file = tmp_path_factory.mktemp("own") / "grammar.yaml"
    file.write_text(SENTENCES)
    return Grammar("en", Home(), load_custom(file, "en"))


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Understanding]:
    """All that can be said, but free text, and what it means."""
    file = tmp_path_factory.mktemp("all") / "grammar.yaml"
    file.write_text(SENTENCES)
    custom = load_custom(file, "en")
    grammar = Grammar("en", Home(), custom)
    texts = (" ".join(text.split()) for _, text in sample_intents(custom.intents))
    return {text: grammar.parse(text) for text in texts if not text.startswith("say")}


def test_it_goes_on_exactly_where_another_sentence_does(
    grammar: Grammar, sentences: dict[str, Understanding]
) -> None:
    assert len(sentences) > 300
    answers = set()
    for text, meaning in sentences.items():
        longer = (each for each in sentences if each.startswith(f"{text} "))
        answer = any(sentences[each] != meaning for each in longer)
        assert grammar.goes_on(text) is answer, text
        answers.add(answer)
    assert answers == {True, False}


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("Stop.", True),  # all of it
        ("Stop at once!", False),
        ("halt", False),  # "all" says no more
        ("Halt, please.", False),
        ("bring me a coffee", True),  # cake, or with milk
        ("bring me a tea with milk and sugar", False),
        ("say hello", True),
        ("hush", False),
        ("sing", True),  # no sentence: nobody can tell
        ("", True),
    ],
)
def test_as_it_is_said(grammar: Grammar, text: str, goes_on: bool) -> None:
    assert grammar.goes_on(text) is goes_on


@pytest.fixture(scope="module")
def coffee(data: Path) -> Grammar:
    custom = load_custom(data / "voice_commands" / "coffee_maker" / "grammar.yaml", "en")
    return Grammar("en", Home(), custom)


@settings(max_examples=20, deadline=None)
@given(st.integers(0))
def test_no_beginning_that_means_something_else_is_taken_for_all(
    coffee: Grammar, seed: int
) -> None:
    for sentence in coffee.examples(Random(seed), 2):
        words, whole = sentence.split(), coffee.parse(sentence)
        for count in range(1, len(words)):
            beginning = " ".join(words[:count])
            meant = coffee.parse(beginning)
            if not isinstance(meant, NotUnderstood) and meant != whole:
                assert coffee.goes_on(beginning), beginning


def test_in_a_home_people_may_go_on_in_their_own_words() -> None:
    assert Grammar("en", typical()).goes_on("close the blinds")
