"""What the hub says, in every language that it has words for."""

from datetime import UTC, datetime, time
from pathlib import Path
from string import Template

import pytest

import hub
from hub.phrases import phrase
from hub.timekeeping.agenda import Every
from hub.timekeeping.speech import once, when
from intents.documents import read

FOLDER = Path(hub.__path__[0]) / "words"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
PARTS = ("early", "morning", "noon", "afternoon", "evening", "night", "midnight")
"""Of the day: variants that a language need not make."""
WITH_TIME = ("today", "tomorrow", "day", "repeated", "dated")


def words(language: str) -> dict[str, str]:
    return read(FOLDER / f"{language}.yaml").convert(dict[str, str])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_asks_for_a_name_that_english_has_not(language: str) -> None:
    """A name that nobody fills would be an error while somebody waits."""
    english = words("en")
    for key, text in words(language).items():
        assert Template(text).is_valid(), key
        if key in english:
            names = set(Template(english[key]).get_identifiers())
            assert set(Template(text).get_identifiers()) <= names, key


def test_the_languages_are_those_that_are_promised() -> None:
    assert LANGUAGES == ["de", "en", "es", "fr", "it", "nl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_phrase_of_english(language: str) -> None:
    there = words(language).keys()
    needed = {key for key in words("en") if key.rpartition("_")[2] not in PARTS}
    assert needed <= there
    for key in WITH_TIME:
        assert key in there or all(f"{key}_{part}" in there for part in PARTS), key


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("à 1 heure tous les jours", "demain à midi", "le 1er décembre à 7 heures 5")),
        ("es", ("a la 1 todos los días", "mañana al mediodía", "el 1 de diciembre a las 7 y 5")),
        ("it", ("all'una ogni giorno", "domani a mezzogiorno", "il giorno 1º dicembre alle 7 e 5")),
        ("nl", ("elke dag om 1 uur", "morgen om 12 uur", "op 1 december om 7 uur 5")),
    ],
)
def test_times_are_said_as_one_says_them(language: str, said: tuple[str, ...]) -> None:
    now = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
    every = when(Every(frozenset(range(7)), time(1)), now, now, language)
    noon = once(datetime(2026, 11, 24, 12, tzinfo=UTC), now, language)
    first = once(datetime(2026, 12, 1, 7, 5, tzinfo=UTC), now, language)
    assert (every, noon, first) == said


def test_a_language_without_words_is_answered_in_english() -> None:
    assert phrase("done", "pl") == phrase("done", "en")
    assert phrase("done", "de-CH") == phrase("done", "de")
