"""What the hub says, in every language that it has words for."""

from pathlib import Path
from string import Template

import pytest

import hub
from hub.phrases import phrase
from intents.documents import read

FOLDER = Path(hub.__path__[0]) / "words"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.yaml"))


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


def test_a_language_without_words_is_answered_in_english() -> None:
    assert phrase("done", "pl") == phrase("done", "en")
    assert phrase("done", "de-CH") == phrase("done", "de")
