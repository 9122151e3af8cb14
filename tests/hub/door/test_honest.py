"""Honest senses are never refused: not in any home, not in a hurry, not after a restart."""

import json
from itertools import groupby
from pathlib import Path

import pytest

from hub.cage.seal import Level
from hub.door.capacity import home_of
from hub.fields import MOST_WISHES
from hub.grammars import names_of
from hub.messages import Closed, FromSenses, Health, Heard, State
from intents.grammar import Grammar
from intents.home_file import home_from
from tests.hub.door.sessions import HOME, door, heard, honest, wake, wish


def rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "nl", "it"])
def test_what_the_grammar_finds_passes(data: Path, language: str) -> None:
    """Every published test sentence, one each 8 s, with its words."""
    name = "ha_intents_en" if language == "en" else "ha_intents_de_fr_es_nl_it"
    told = [row for row in rows(data / "text" / f"{name}.jsonl") if row["lang"] == language]
    knocked, now, shown, commands = door(language=language), 0.0, 0, 0
    for _, same in groupby(told, key=lambda row: json.dumps(row["home"], sort_keys=True)):
        group = list(same)
        home = names_of(home_from(group[0]["home"]))
        knocked.learn(home)
        grammar = Grammar(language, home)
        for turn, row in enumerate(group, 1):
            now += 8.0
            for message in honest(grammar, str(row["text"]), turn):
                admitted = knocked.admit(message, now)
                if admitted and isinstance(message, Heard):
                    commands += 1
                    shown += knocked.texts(now).words is not None
    refused = dict(knocked.refusals.exact)
    assert refused.pop("too_much_text", 0) == commands - shown
    assert refused == {}
    assert commands > 50


def test_people_in_a_hurry() -> None:
    """A command each 1.5 s for half a minute, then one each 4.5 s for ten minutes."""
    home = home_of(250, 20)
    knocked, grammar, now = door(home), Grammar("en", home), 0.0
    for turn in range(1, 150):
        now += 1.5 if turn <= 20 else 4.5
        name = home.entities[turn % 250].name
        for message in honest(grammar, f"turn on the {name}", turn):
            knocked.admit(message, now)
    assert not knocked.refusals.exact


def test_words_cross_at_an_ordinary_pace() -> None:
    home = home_of(250, 20)
    knocked, grammar = door(home), Grammar("en", home)
    for turn in range(1, 30):
        text = f"set the {home.areas[turn % 20].name} brightness to {turn} percent"
        for message in honest(grammar, text, turn):
            if knocked.admit(message, turn * 10.0) and isinstance(message, Heard):
                assert knocked.texts(turn * 10.0).words == text
    assert not knocked.refusals.exact


@pytest.mark.parametrize(
    "text",
    [
        *("Yes.", "stop", "Undo that.", "a bit brighter", "What did you just do?"),
        *("and the Upper Bedroom?", "No, the Upper Bedroom.", "the second one", "not that one"),
        "it's too dark in the Upper Kitchen",
        "turn off Upper Kitchen Lamp 1 and Upper Kitchen Lamp 2",
        "set a timer for 5 minutes, turn off Upper Kitchen Lamp 1 and set the Upper Bedroom to 40%",
        "turn on Upper Kitchen Lamp 1 in ten minutes and wake me at seven tomorrow",
        " and ".join(
            f"turn on Upper Kitchen Lamp {number}" for number in range(1, MOST_WISHES + 1)
        ),
    ],
)
def test_peoples_own_words_cross(text: str) -> None:
    """As they are heard: talk, natural phrasing, and as many wishes as cross at all."""
    knocked, grammar = door(), Grammar("en", HOME)
    heard_as = grammar.hear(text, None, None)
    assert isinstance(heard_as.understanding, tuple)
    lines = [wish(w.intent, w.response, **w.slots) for w in heard_as.understanding]
    assert knocked.admit(wake(), 1.0)
    assert knocked.admit(heard(*lines, words=heard_as.text), 2.0)
    assert knocked.texts(2.0).words == text
    assert not knocked.refusals.exact


def test_words_that_were_put_right_cross_as_they_are_meant() -> None:
    knocked, grammar = door(), Grammar("en", HOME)
    found = grammar.hear("set a timer for 5 minutes and turn on apper kitchen lamp 1", None, None)
    assert isinstance(found.understanding, tuple)
    assert found.text == "set a timer for 5 minutes and turn on Upper Kitchen Lamp 1"
    knocked.admit(wake(), 1.0)
    lines = [wish(w.intent, w.response, **w.slots) for w in found.understanding]
    assert knocked.admit(heard(*lines, words=found.text), 2.0)
    assert knocked.texts(2.0).words == found.text


def test_suggestions_of_the_grammar_cross() -> None:
    knocked, grammar = door(), Grammar("en", home_of(20, 5))
    for message in honest(grammar, "turn upper kitchen lamp somehow brighter", 1):
        knocked.admit(message, 1.0)
    nearest = knocked.texts(1.0).nearest
    assert nearest
    assert not knocked.refusals.exact
    assert knocked.texts(1.0).nearest == ()


@pytest.mark.parametrize("level", ["A", "B", "C"])
def test_a_life_and_another(level: Level) -> None:
    """Started, sealed, listening, its device lost, started again; the same reason every time."""
    knocked = door()
    reason = "The microphone 'USB Audio' is used by another program. Close that program."
    for life in range(200):
        now = 20.0 * life
        knocked.restarted()
        told: list[FromSenses] = [
            State(source="senses", state="starting"),
            Closed(source="senses", level=level),
            State(source="senses", state="ready"),
            State(source="senses", state="idle"),
            Health(source="senses", dropped=160, unsent=0, refused=0),
            State(source="senses", state="deaf", reason=reason),
        ]
        said = [each for message in told for each in knocked.admit(message, now)]
        assert State(source="senses", state="deaf", reason=reason) in said
    assert not knocked.refusals.exact


def test_trouble_with_a_device_is_told_each_time_it_changes() -> None:
    """Busy, then there, then unplugged, then missing, within seconds: each with its reason."""
    knocked = door()
    reasons = (
        (
            "The microphone 'USB Audio Device' cannot be opened (Error opening InputStream: "
            "Unanticipated host error [PaErrorCode -9999]): close the program that uses it."
        ),
        "The microphone has stopped delivering sound: is it unplugged?",
        "There is no microphone 'USB Audio Device': plug one in, or name another device.",
    )
    for second, reason in enumerate(reasons):
        knocked.restarted()
        told = State(source="senses", state="deaf", reason=reason)
        [said] = knocked.admit(told, second * 2.0)
        assert isinstance(said, State)
        assert said.reason
    assert not knocked.refusals.exact
