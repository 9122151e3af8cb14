"""Grammars of one's own, in both formats."""

import json
from itertools import islice
from pathlib import Path

import pytest
from hassil.intents import TextSlotList
from hassil.sample import sample_intents

from intents.custom import Custom, load_custom
from intents.documents import DocumentError
from intents.grammar import Grammar
from intents.home import Home
from intents.rhino import RhinoError, template
from intents.wishes import NotUnderstood
from tests.intents.homes import typical

SENTENCES = """
language: en
intents:
  FeedTheCat:
    data:
      - sentences:
          - "feed [the] {animal} [{portions} portion[s]]"
          - "<give> food to {animal}"
        slots: {where: bowl}
        response: fed
  DimIt:
    data:
      - sentences: ["dim [the] {name} to {brightness} percent"]
        requires_context: {domain: light}
lists:
  animal: {values: [cat, {in: "(dog|puppy)", out: dog}]}
  portions: {range: {from: 1, to: 4}}
expansion_rules:
  give: "(give|serve)"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "grammar.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def coffee(data: Path) -> Custom:
    return load_custom(data / "voice_commands" / "coffee_maker" / "grammar.yaml", "en")


def test_home_assistant_sentences(tmp_path: Path) -> None:
    grammar = Grammar("en", typical(), load_custom(write(tmp_path, SENTENCES), "en"))
    fed = grammar.parse("Feed the puppy two portions.")
    assert isinstance(fed, tuple)
    assert (fed[0].intent, fed[0].response) == ("FeedTheCat", "fed")
    assert fed[0].slots == {"animal": "dog", "portions": 2, "where": "bowl"}
    dimmed = grammar.parse("dim the desk lamp to 20 percent")
    assert isinstance(dimmed, tuple)
    assert dimmed[0].slots == {"name": "Desk Lamp", "brightness": 20}


def test_only_the_file_is_understood(tmp_path: Path) -> None:
    grammar = Grammar("en", typical(), load_custom(write(tmp_path, SENTENCES), "en"))
    assert isinstance(grammar.parse("turn on the desk lamp"), NotUnderstood)
    assert isinstance(grammar.parse("dim the coffee maker to 20 percent"), NotUnderstood)


def test_sentences_of_a_rhino_context_are_understood(coffee: Custom) -> None:
    grammar = Grammar("en", Home(), coffee)
    lists = coffee.intents.slot_lists
    sampled = [
        text for _intent, text, *_ in islice(sample_intents(coffee.intents), 0, 60_000, 1_500)
    ]
    assert len(sampled) == 40
    for text in sampled:
        understood = grammar.parse(text)
        assert isinstance(understood, tuple), text
        assert understood[0].intent == "orderDrink"
        for slot, value in understood[0].slots.items():
            words = lists[slot]
            assert isinstance(words, TextSlotList)
            assert value in {each.value_out for each in words.values}
            assert str(value) in text


def test_the_labels_can_be_said(data: Path, coffee: Custom) -> None:
    """Each label, spoken as the grammar has it, comes back with its slots."""
    grammar = Grammar("en", Home(), coffee)
    exact = []
    for line in (data / "voice_commands/coffee_maker/labels.jsonl").read_text().splitlines():
        label = json.loads(line)
        if label["intent"] != "orderDrink":
            continue
        slots = {name: value.strip() for name, value in label["slots"].items()}
        order = ("size", "roast", "numberOfShots", "coffeeDrink")
        text = "give me a " + " ".join(slots[name] for name in order if name in slots)
        extras = [slots[name] for name in ("milkAmount", "sugarAmount") if name in slots]
        understood = grammar.parse(text + (" with " + " and ".join(extras) if extras else ""))
        exact.append(isinstance(understood, tuple) and dict(understood[0].slots) == slots)
    assert len(exact) > 60
    assert sum(exact) / len(exact) > 0.95


@pytest.mark.parametrize(
    ("rhino", "hassil"),
    [
        ("[brew, make me] [a, an] $size:size", "(brew| make me) (a| an) {size:size}"),
        ("turn (all) the lights $state", "turn [all] the lights {state:state}"),
        ("@greet, switch [on, (back) off] it", "<greet> switch (on| [back] off) it"),
    ],
)
def test_rhino_templates(rhino: str, hassil: str) -> None:
    assert template(rhino) == hassil


@pytest.mark.parametrize("rhino", ["[a, b", "(a]", "a)", "pay $ now", "[a, (b]"])
def test_rhino_templates_that_cannot_be_read(rhino: str) -> None:
    with pytest.raises(RhinoError):
        template(rhino)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("animals: [cat]", "this is no grammar; allowed: 'intents'.*'context'"),
        (SENTENCES.replace("language: en", "language: xx"), r"line 2, language: .*'xx'.*Known: af"),
        (SENTENCES.replace("{animal} [", "{anima} ["), r"line 7, .*no list \{anima\}; there are:"),
        (SENTENCES.replace("<give>", "<gift>"), r"line 8, .*no rule <gift>; there are:"),
        (SENTENCES.replace("feed [the]", "feed [the"), r"line 7, .*template cannot be read"),
        (SENTENCES.replace("(give|serve)", "(give|"), r"expansion_rules.give: .*cannot be read"),
        (SENTENCES.replace("response: fed", "answer: fed"), r"answer: .*allowed: sentences, slots"),
        (SENTENCES.replace("range: {from: 1, to: 4}", "wildcard: false"), "give one of: values"),
        (SENTENCES.replace("to: 4", "to: 0"), r"line 17, lists.portions: 'from' must not be above"),
        (SENTENCES.replace("(dog|puppy)", "(dog|"), r"lists.animal.values\[1\]: .*cannot be read"),
        (
            SENTENCES.replace("(give|serve)", "<mad>"),
            r"expansion_rules.give: there is no rule <mad>",
        ),
        ("context: {expressions: {x: ['[a']}}", r"line 1, .*'\[' is never closed"),
        ("context: {expressions: {x: ['$a:b']}}", r"no list \{a\}"),
        ("context: {phrases: {}}", r"phrases: .*allowed: expressions, slots, macros"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        load_custom(write(tmp_path, text), "en")
