"""Who asks for something, where, and by which way in."""

from dataclasses import dataclass
from typing import Literal

Way = Literal["voice", "typed", "page", "mqtt", "wyoming", "timer"]


@dataclass(frozen=True, slots=True)
class Asker:
    """`area`: name or id of the room; `speaker`: a person of this home, None for a guest."""

    way: Way
    area: str | None = None
    speaker: str | None = None


TYPED = Asker("typed")
"""Somebody at the machine, in no room."""
