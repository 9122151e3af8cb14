"""Sentences become wishes: the published test sentences of home-assistant-intents, and our own."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.grammar import Grammar
from intents.home import Home
from intents.home_file import home_from
from intents.languages import LANGUAGES, UnknownLanguageError, known
from intents.spelling import spell
from intents.wishes import NotUnderstood, Slots, Wish
from tests.intents.homes import typical

OTHERS = "ha_intents_de_fr_es_nl_it.jsonl"
Row = dict[str, object]


def rows(file: Path) -> Iterator[Row]:
    return map(json.loads, file.read_text(encoding="utf-8").splitlines())


def said(grammar: Grammar, text: str, area: str | None = None) -> Wish:
    understood = grammar.parse(text, area)
    assert isinstance(understood, tuple), text
    assert len(understood) == 1
    return understood[0]


def fits(slots: Slots, expected: Row) -> bool:
    """Every slot of the label; a label may list several right values."""

    def plain(value: object) -> str:
        return str(value).casefold().strip()

    return all(
        plain(slots.get(name)) in map(plain, value if isinstance(value, list) else [value])
        for name, value in expected.items()
    )


def is_understood(row: Row) -> bool:
    understood = Grammar(str(row["lang"]), home_from(row["home"])).parse(str(row["text"]))
    expected = row["slots"]
    assert isinstance(expected, dict)
    return (
        isinstance(understood, tuple)
        and understood[0].intent == row["intent"]
        and fits(understood[0].slots, expected)
    )


@pytest.fixture(scope="module")
def english() -> Grammar:
    return Grammar("en", typical())


@pytest.mark.parametrize(
    ("language", "file", "every"),
    [
        ("en", "ha_intents_en.jsonl", 1),
        ("de", OTHERS, 5),
        *(
            pytest.param(each, OTHERS, 1, marks=pytest.mark.slow)
            for each in ("de", "fr", "es", "nl", "it")
        ),
    ],
)
def test_published_sentences(data: Path, language: str, file: str, every: int) -> None:
    judged = [row for row in rows(data / "text" / file) if row["lang"] == language][::every]
    assert len(judged) > 90
    assert sum(map(is_understood, judged)) / len(judged) >= 0.99


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_what_is_not_for_the_home_triggers_nothing(
    data: Path, english: Grammar, every: int
) -> None:
    triggered = [
        understood[0].intent
        for row in islice(rows(data / "text" / "slurp_not_home.jsonl"), 0, None, every)
        if isinstance(understood := english.parse(str(row["text"]), "Kitchen"), tuple)
    ]
    assert len(triggered) <= 2, triggered


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("Turn on the desk lamp.", "HassTurnOn", {"name": "Desk Lamp"}),
        ("TURN OFF THE DESK LAMP!", "HassTurnOff", {"name": "Desk Lamp"}),
        ("Set the desk-lamp to 50 %.", "HassLightSet", {"name": "Desk Lamp", "brightness": 50}),
        ("set the desk lamp to fifty percent", "HassLightSet", {"brightness": 50}),
        ("set desk lamp brightness to twenty one", "HassLightSet", {"brightness": 21}),
        ("Set a 10-minute timer.", "HassStartTimer", {"minutes": 10}),
        ("set a timer for half an hour", "HassStartTimer", {"minutes": 30}),
        ("lock the front door", "HassTurnOn", {"name": "Front Door"}),
        (
            "set the bedroom color temperature to 2,700 kelvin",
            "HassLightSet",
            {"temperature": 2700},
        ),
        ("turn off the lights upstairs", "HassTurnOff", {"floor": "Upstairs", "domain": "light"}),
        ("next track on T.V.", "HassMediaNext", {"name": "TV"}),
        ("turn off the desk lamp in 5 minutes", "HassStartTimer", {"minutes": 5}),
        ("add apples to my shopping list", "HassListAddItem", {"item": "apples"}),
    ],
)
def test_what_recognisers_write(english: Grammar, text: str, intent: str, slots: Row) -> None:
    wish = said(english, text)
    assert wish.intent == intent
    assert fits(wish.slots, slots)


def test_here_is_the_room_one_speaks_in(english: Grammar) -> None:
    assert said(english, "turn on the lights", "Office").slots["area"] == "Office"
    assert said(english, "turn on the lights", "living_room").slots["area"] == "Living Room"
    assert said(english, "turn on the kitchen lights", "Office").slots["area"] == "Kitchen"


@pytest.mark.parametrize("area", [None, "Cellar"])
def test_an_unknown_room_fills_no_slot(english: Grammar, area: str | None) -> None:
    assert dict(said(english, "turn on the lights", area).slots) == {"domain": "light"}


def test_a_home_may_say_where_one_speaks() -> None:
    home = home_from({"areas": [{"name": "Attic"}, {"name": "Den", "context_area": True}]})
    assert said(Grammar("en", home), "vacuum in here").slots == {"area": "Den"}


def test_aliases_are_understood_and_kept() -> None:
    home = home_from(
        {
            "areas": [{"name": "Living Room", "aliases": ["Lounge"]}],
            "entities": [{"name": "Lamp 7", "aliases": ["Sun (big)"], "domain": "light"}],
        }
    )
    grammar = Grammar("en", home)
    assert said(grammar, "turn on sun (big)").slots == {"name": "Sun (big)"}
    assert said(grammar, "turn on the lounge lights").slots["area"] == "Lounge"


def test_german_with_umlauts() -> None:
    home = home_from(
        {"areas": [{"name": "Küche"}], "entities": [{"name": "Öfen", "domain": "fan"}]}
    )
    grammar = Grammar("de-DE", home)
    assert said(grammar, "Schalte das Licht in der Küche ein.").slots["area"] == "Küche"


def test_people_are_not_asked_for_in_a_home_without_people(english: Grammar) -> None:
    assert isinstance(english.parse("who is in the kitchen"), NotUnderstood)
    home = home_from({"entities": [{"name": "Ada", "domain": "person", "state": "Work"}]})
    assert said(Grammar("en", home), "who is at work").slots["state"] == "work"
    assert isinstance(Grammar("en", home).parse("who is the mayor of paris"), NotUnderstood)


def test_a_command_for_later_must_be_one_now(english: Grammar) -> None:
    assert isinstance(english.parse("order a pizza in 5 minutes"), NotUnderstood)


def test_a_wish_does_not_print_what_was_said(english: Grammar) -> None:
    assert "apples" not in repr(said(english, "add apples to my shopping list"))


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    understood = Grammar("en", Home()).parse(text)
    assert isinstance(understood, NotUnderstood | tuple)


@given(st.text(max_size=60))
def test_spelling_twice_changes_nothing(text: str) -> None:
    assert spell(spell(text)) == spell(text)


@pytest.mark.parametrize(
    ("asked", "found"), [("en-US", "en"), ("de_CH", "de-CH"), ("PT-br", "pt-BR"), ("zh", "zh-CN")]
)
def test_regions(asked: str, found: str) -> None:
    assert known(asked) == found


def test_an_unknown_language_is_named_with_those_known() -> None:
    with pytest.raises(UnknownLanguageError, match=r"'tlh'.*Known: .*de.*en"):
        Grammar("tlh", Home())


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_be_chosen(language: str) -> None:
    assert isinstance(Grammar(language, typical()).parse("xyzzy plugh"), NotUnderstood)
