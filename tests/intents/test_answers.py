"""What is said: the published answers, and ours."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from intents.answers import Answers
from intents.grammar import Grammar
from intents.home import Home
from intents.home_file import home_from
from intents.languages import LANGUAGES, load
from intents.questions import Facts, facts
from intents.targets import Miss
from intents.wishes import Slot, Wish
from tests.intents.homes import typical

NOW = datetime(2013, 9, 17, 1, 2)  # noqa: DTZ001 local time, as the published answers have it
SLOTS: dict[str, Slot] = {
    **dict.fromkeys(("name", "area", "floor", "item", "message", "search_query"), "Kitchen"),
    **dict.fromkeys(("hours", "minutes", "seconds", "brightness", "percentage"), 5),
    **dict.fromkeys(("temperature", "position", "volume_level", "volume_step"), 20),
    "state": "on",
    "color": "red",
    "domain": "cover",
    "device_class": "blind",
    "media_class": "album",
    "fan_mode": "auto",
    "conversation_command": "mute",
}


def answer(text: str, home: Home, language: str = "en") -> str:
    understood = Grammar(language, home).parse(text)
    assert isinstance(understood, tuple), text
    known = facts(understood[0], home, NOW)
    assert isinstance(known, Facts), known
    return Answers(language).reply(understood[0], known)


@pytest.mark.parametrize(
    ("language", "file", "least"),
    [
        ("en", "ha_intents_en.jsonl", 0.99),
        *(
            pytest.param(each, "ha_intents_de_fr_es_nl_it.jsonl", least, marks=pytest.mark.slow)
            for each, least in (("de", 0.98), ("fr", 0.99), ("es", 0.99), ("nl", 0.99), ("it", 0.9))
        ),
    ],
)
def test_published_answers(data: Path, language: str, file: str, least: float) -> None:
    lines = (data / "text" / file).read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["lang"] == language]
    right = sum(answer(r["text"], home_from(r["home"]), language) == r["response"] for r in rows)
    assert right / len(rows) >= least


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("is the front door locked", "Yes"),
        ("is the garage door open", "No, closed"),
        ("are any lights on", "Yes, Desk Lamp and Reading Lamp"),
        ("are any fans on in the kitchen", "No"),
        ("how many lights are on", "2"),
        ("what is the state of outside temperature", "Outside temperature is 11 °C"),
        ("what's the temperature in the living room", "20.5 degrees"),
        ("what time is it", "1:02 AM"),
        ("what's the date", "September 17th, 2013"),
        ("what's the weather", "12 °C and sunny"),
        ("set a timer for 1 minute", "Timer set for 1 minute"),
        ("turn on the desk lamp", "Turned on the light"),
        ("unlock the front door", "Unlocking"),
        ("add eggs to my shopping list", "Added eggs"),
        ("never mind", ""),
    ],
)
def test_answers_in_a_typical_home(text: str, spoken: str) -> None:
    assert answer(text, typical()) == spoken


def test_german() -> None:
    home = home_from({"entities": [{"name": "Flurlicht", "domain": "light", "state": "on"}]})
    assert answer("ist irgendein Licht an", home, "de") == "Ja, Flurlicht"


def test_someone_who_is_out_is_away() -> None:
    home = home_from({"entities": [{"name": "Ada", "domain": "person", "state": "not_home"}]})
    assert answer("where is Ada", home) == "Ada is away"


def test_a_thermometer_answers_where_there_is_no_thermostat() -> None:
    sensor = {
        "name": "Den sensor",
        "domain": "sensor",
        "area": "Den",
        "state": "19",
        "attributes": {"device_class": "temperature"},
    }
    assert answer("what's the temperature in the den", home_from({"entities": [sensor]})) == (
        "19 degrees"
    )


def test_timers_are_told_apart() -> None:
    timers = [
        {"name": "pizza", "is_active": True, "start_minutes": 30, "total_seconds_left": 1505},
        {"is_active": False, "start_minutes": 5, "total_seconds_left": 100},
    ]
    home = home_from({"timers": timers})
    assert "25 minutes" in answer("pizza timer status", home)
    assert answer("cancel all timers", home) == "Canceled 2 timers."


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        (Wish("HassGetState", {"area": "Cellar", "domain": "light", "state": "on"}), "no_area"),
        (Wish("HassGetState", {"name": "Piano"}), "no_entity"),
        (Wish("HassClimateGetTemperature", {"area": "Office"}), "no_domain_in_area"),
    ],
)
def test_what_cannot_be_answered(wish: Wish, key: str) -> None:
    miss = facts(wish, typical(), NOW)
    assert isinstance(miss, Miss)
    assert miss.key == key


def test_errors_are_spoken() -> None:
    spoken = Answers("en").error("no_entity", entity="Piano")
    assert spoken == "Sorry, I am not aware of any device called Piano"
    assert Answers("en").error("no such key") == Answers("en").error("no_intent") != ""


def test_nothing_is_called_none() -> None:
    wish = Wish("HassTurnOn", {"name": "Desk Lamp"})
    assert "None" not in Answers("en").reply(wish, Facts(NOW))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_every_language_renders(language: str) -> None:
    home = typical()
    answers = Answers(language)
    for intent, responses in load(language).responses.items():
        for response in responses:
            known = Facts(NOW, matched=home.entities[:2], unmatched=home.entities[2:4])
            assert "{" not in answers.reply(Wish(intent, SLOTS, response=response), known)
