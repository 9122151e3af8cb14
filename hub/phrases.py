"""What the hub says that home-assistant-intents has no words for: a file of phrases a language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

from intents.documents import read

_FOLDER = Path(__file__).with_name("words")


def phrase(key: str, language: str, name: str = "", **values: str) -> str:
    """In the language asked for, else in English."""
    template = _words(_known(language)).get(key) or _words("en")[key]
    return Template(template).substitute(values, name=name)


def known(key: str, language: str) -> bool:
    """Whether this language makes that difference."""
    return key in _words(_known(language))


def _known(language: str) -> str:
    short = language.partition("-")[0]
    return short if (_FOLDER / f"{short}.yaml").exists() else "en"


@cache
def _words(language: str) -> Mapping[str, str]:
    return read(_FOLDER / f"{language}.yaml").convert(dict[str, str])
