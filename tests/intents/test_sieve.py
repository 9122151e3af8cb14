"""The sieve leaves out no template that would have matched."""

import json
from itertools import islice
from pathlib import Path

import pytest
from hassil.recognize import RecognizeResult
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.grammar import Grammar
from intents.home import Entity, Home
from intents.home_file import home_from
from intents.wishes import Wish


def shape(result: RecognizeResult | None) -> tuple[str, dict[str, object], str | None] | None:
    if result is None:
        return None
    entities = {each.name: each.value for each in result.entities_list}
    return result.intent.name, entities, result.response


def both(grammar: Grammar, text: str) -> None:
    for way, sieve in zip(grammar._ways, grammar._sieves, strict=True):
        sifted = sieve.sift(text, grammar._words)
        assert shape(grammar._recognized(text, None, sifted)) == shape(
            grammar._recognized(text, None, way)
        ), text


@pytest.mark.parametrize("file", ["ha_intents_en.jsonl", "ha_intents_de_fr_es_nl_it.jsonl"])
def test_published_sentences_mean_the_same_with_it(data: Path, file: str) -> None:
    grammars: dict[str, Grammar] = {}
    lines = (data / "text" / file).read_text().splitlines()
    for row in map(json.loads, islice(lines, 0, None, 29)):
        key = f"{row['lang']}{row['home']}"
        if key not in grammars:
            grammars[key] = Grammar(str(row["lang"]), home_from(row["home"]))
        both(grammars[key], str(row["text"]))


def test_a_word_of_many_pieces_is_one() -> None:
    spanish = Grammar(
        "es", Home(entities=(Entity(id="switch.horno", name="Horno", domain="switch"),))
    )
    assert spanish.parse("enciende el horno") == (Wish("HassTurnOn", {"name": "Horno"}),)


ENGLISH = Grammar("en", Home())
WORDS = "turn on off the lights all set brightness to 50 % twenty five percent timer for minutes"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join))
def test_any_words_mean_the_same_with_it(text: str) -> None:
    both(ENGLISH, text)
