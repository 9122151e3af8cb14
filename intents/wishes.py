"""What somebody wants, in Home Assistant's intent names and slots."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Slot = str | int | float
Slots = Mapping[str, Slot]
"""Slot name -> value, as home-assistant-intents names them; names as the home spells them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One intent with its slots. `score` 0..1: how sure the words are; `response` names the
    answer template of home-assistant-intents. A slot may hold free text, so it has no repr.
    """

    intent: str
    slots: Slots = field(repr=False)
    score: float = 1.0
    response: str = "default"


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """`nearest`: sentences of this home's own grammar, best first; never what was said."""

    nearest: tuple[str, ...] = ()


Understanding = tuple[Wish, ...] | NotUnderstood
