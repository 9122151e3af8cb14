"""Home Assistant's custom sentences beside the language's own."""

from pathlib import Path
from random import Random

import pytest

from intents.added import Added, load_added
from intents.documents import DocumentError
from intents.grammar import Grammar
from intents.wishes import NotUnderstood, Understanding, Wish
from tests.intents.homes import typical

FOLDER = Path(__file__).parents[1] / "custom_sentences"


@pytest.fixture(scope="module")
def grammar(added: Added) -> Grammar:
    return Grammar("en", typical(), added=added)


def said(understanding: Understanding) -> list[tuple[str, dict[str, object]]]:
    assert not isinstance(understanding, NotUnderstood), understanding
    return [(wish.intent, dict(wish.slots)) for wish in understanding]


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("brew me a little coffee", "MakeCoffee", {"size": "small"}),
        ("I need caffeine", "MakeCoffee", {}),
        ("pretty please make a large coffee", "MakeCoffee", {"size": "large"}),
        ("pull me a enormous tea", "MakeTea", {"size": "enormous"}),
        ("we are six for dinner tonight", "CookFor", {"people": 6, "meal": "dinner"}),
        ("dear diary it rains", "WriteDown", {"entry": "it rains"}),
        ("let there be light in the kitchen", "HassTurnOn", {"domain": "light", "area": "Kitchen"}),
        ("turn on the kitchen lights", "HassTurnOn", {"domain": "light", "area": "Kitchen"}),
    ],
)
def test_both_are_understood(
    grammar: Grammar, text: str, intent: str, slots: dict[str, object]
) -> None:
    assert said(grammar.parse(text)) == [(intent, slots)]


def test_ours_and_theirs_in_one_breath(grammar: Grammar) -> None:
    found = said(grammar.parse("make a large coffee and turn on the kitchen lights"))
    assert [intent for intent, _ in found] == ["MakeCoffee", "HassTurnOn"]


def test_what_is_misheard_is_put_right_among_both(grammar: Grammar) -> None:
    heard = grammar.hear("brew me a large coffey", None, None)
    assert said(heard.understanding) == [("MakeCoffee", {"size": "large"})]
    assert heard.text == "brew me a large coffee"
    assert said(grammar.hear("turn on the kichen lights", None, None).understanding)


def test_they_are_suggested_and_shown(grammar: Grammar) -> None:
    missed = grammar.parse("could somebody brew coffee for me or small tea")
    assert isinstance(missed, NotUnderstood)
    assert any("coffee" in each or "tea" in each for each in missed.nearest)
    assert {"enormous", "caffeine"} <= set(" ".join(grammar.phrases()).split())
    assert len(grammar.examples(Random(1), 20)) == 20


def test_another_home_has_the_same_sentences(grammar: Grammar) -> None:
    other = grammar.learnt(typical())
    assert said(other.parse("I need caffeine")) == [("MakeCoffee", {})]


def test_the_owners_word_goes_before_the_hubs(tmp_path: Path) -> None:
    """But yes, no, stop and cancel mean that."""
    text = (
        "language: en\nintents:\n  Mine:\n    data:\n"
        "      - sentences: [turn on the kitchen lights, make it cosy, louder, 'yes', stop]\n"
    )
    found = Grammar("en", typical(), added=load_added([_file(tmp_path, text)], "en"))
    for sentence in ("turn on the kitchen lights", "make it cosy", "louder"):
        assert said(found.parse(sentence)) == [("Mine", {})], sentence
    assert said(found.parse("yes")) == [("HubYes", {})]
    assert said(found.parse("stop")) == [("HubStop", {})]


def test_lists_of_the_owners_leave_the_languages_as_they_are(tmp_path: Path) -> None:
    text = (
        "language: en\nintents:\n  Paint:\n    data:\n      - sentences: ['paint it {color}']\n"
        "lists:\n  color: {values: [mauve]}\n"
    )
    found = Grammar("en", typical(), added=load_added([_file(tmp_path, text)], "en"))
    assert said(found.parse("paint it mauve")) == [("Paint", {"color": "mauve"})]
    assert isinstance(found.parse("paint it red"), NotUnderstood)
    assert said(found.parse("set the desk lamp to red"))[0][1]["color"] == "red"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("language: de\nintents: {}", r"line 1, language: these sentences are in de"),
        ("language: en\nintents:\n  HubUndo: {data: []}", r"line 3, .*the hub's own"),
        (
            "language: en\nintents:\n  A:\n    data:\n      - sentences: ['x {y}']",
            r"line 5, .*there is no list \{y\}",
        ),
        (
            "language: en\nexpansion_rules:\n  b: '(x|<c>)'\n  c: '<b> y'",
            r"line 3, expansion_rules: a rule that needs itself",
        ),
        ("language: en\nintent: {}", r"line 2, intent: this key is not known; allowed: .*intents"),
        (
            "language: en\nresponses: {intents: {A: {default: '{{ x'}}}",
            r"line 2, responses.*cannot be read",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(DocumentError, match=problem):
        load_added([_file(tmp_path, text)], "en")


def test_a_folder_of_languages_has_one_for_ours(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="holds no sentences"):
        load_added([tmp_path], "en")
    assert load_added([FOLDER], "en-US") is not None
    assert load_added([], "en") is None


def test_a_wish_of_its_own_carries_its_response(grammar: Grammar) -> None:
    understood = grammar.parse("make a large coffee")
    assert isinstance(understood, tuple)
    assert understood[0] == Wish("MakeCoffee", {"size": "large"}, response="coming")


def _file(folder: Path, text: str) -> Path:
    file = folder / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    return file
