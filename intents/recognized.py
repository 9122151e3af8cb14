"""What hassil found in a sentence, as a wish. Pure."""

from collections.abc import Iterable

from hassil.models import MatchEntity
from hassil.recognize import RecognizeResult

from intents.wishes import Slot, Wish

NOWHERE = "\x00nowhere"
"""Stands for the area in which one speaks where nobody knows it; never leaves this package."""


def is_open(result: RecognizeResult) -> bool:
    """Part of it is anybody's words."""
    return any(each.is_wildcard for each in result.entities_list)


def wish_of(result: RecognizeResult) -> Wish:
    return Wish(
        intent=result.intent.name,
        slots=dict(_slots(result.entities_list)),
        response=result.response or "default",
    )


def _slots(found: Iterable[MatchEntity]) -> Iterable[tuple[str, Slot]]:
    for each in found:
        if each.value != NOWHERE:
            yield each.name, plain(each.value)


def plain(value: object) -> Slot:
    """A value of a sentence file as wishes have it: whole numbers as int; of several values (a word
    for two kinds of cover) the first.
    """
    match value:
        case list() | tuple() if value:
            return plain(value[0])
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return int(value)
        case int() | float() | str():
            return value
        case _:
            return str(value)
