"""What home-assistant-intents knows of a language: its sentences and its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from hassil.intents import Intents
from home_assistant_intents import get_intents, get_languages

LANGUAGES: tuple[str, ...] = tuple(get_languages())

IntentsDict = dict[str, Any]
"""As the package's JSON and our YAML have it."""
Responses = Mapping[str, Mapping[str, str]]
"""Intent -> key -> jinja2 template."""


class UnknownLanguageError(ValueError):
    """home-assistant-intents has no sentences for it."""


_OURS = Path(__file__).with_name("sentences")
"""Sentences of our own for a language, in Home Assistant's format."""


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    intents: Intents
    responses: Responses
    errors: Mapping[str, str]
    """Error key -> jinja2 template."""


def known(language: str) -> str:
    """`language` as the package spells it, a region falling back to its language (en-US -> en)
    and a language to its first region (zh -> zh-CN).

    Raises UnknownLanguageError.
    """
    wanted = language.strip().replace("_", "-").casefold()
    spelled = {each.casefold(): each for each in LANGUAGES}
    for candidate in (wanted, wanted.split("-")[0]):
        if candidate in spelled:
            return spelled[candidate]
    for code in LANGUAGES:
        if code.casefold().startswith(f"{wanted}-"):
            return code
    raise UnknownLanguageError(
        f"There are no sentences for the language '{language}'. Known: {', '.join(LANGUAGES)}."
    )


@lru_cache(maxsize=4)
def load(code: str) -> Language:
    """Read from the installed package, about 10 ms; `code` as `known` gives it.

    Kept, since hassil prepares each sentence on its first use and a changed home needs no more.
    """
    raw = get_intents(code)
    if raw is None:
        raise UnknownLanguageError(f"The package home-assistant-intents holds no file for {code}.")
    responses = raw["responses"]
    return Language(
        code=code,
        intents=Intents.from_dict(_with_ours(raw, code)),
        responses=responses["intents"],
        errors=responses["errors"],
    )


def _with_ours(raw: IntentsDict, code: str) -> IntentsDict:
    """What people say besides, behind what the package knows."""
    file = _OURS / f"{code}.yaml"
    if not file.exists():
        return raw
    intents = dict(raw["intents"])
    for intent, block in yaml.safe_load(file.read_text("utf-8"))["intents"].items():
        known_blocks = intents.get(intent, {"data": []})["data"]
        intents[intent] = {"data": [*known_blocks, *block["data"]]}
    return {**raw, "intents": intents}
