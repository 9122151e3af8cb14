"""What may be handed to Home Assistant's conversation agent, which acts past our rules of care.

Only what was written; and nothing that names, or by a part of its name could mean, a thing with
which anything takes a yes or a code, or is refused.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Protocol

from hub.care.classes import Care
from hub.care.names import is_about_risk
from hub.care.rules import CareRules, Occasion
from intents.home import Area, Entity

_WAYS = frozenset({"typed", "page", "mqtt"})
_WORD = re.compile(r"\w+")


class Answered(Protocol):
    """`acted`: it did something."""

    @property
    def text(self) -> str: ...

    @property
    def acted(self) -> bool: ...


Agent = Callable[[str], Awaitable[Answered | None]]
"""A sentence to what the agent says; None where it does not understand. Raises CallFailed."""


def may_be_handed_on(text: str, occasion: Occasion, rules: CareRules) -> bool:
    """Pure. `text`: a sentence that nothing here understands."""
    if occasion.asker.way not in _WAYS or is_about_risk(text):
        return False
    things, rooms = occasion.home.entities, occasion.home.areas
    careful = {e.id for e in things if rules.strictest(e, occasion) >= Care.CONFIRM}
    free_rooms = {e.area for e in things if e.id not in careful}
    closed_rooms = {e.area for e in things} - free_rooms
    if careful and not free_rooms:
        return False
    guarded = _names(
        *(e for e in things if e.id in careful), *(r for r in rooms if r.id in closed_rooms)
    )
    harmless = _names(
        *(e for e in things if e.id not in careful), *(r for r in rooms if r.id not in closed_rooms)
    )
    said = _words(text)
    telling = _words(*guarded) - _words(*harmless)
    return not said & telling and not any(_words(name) <= said for name in guarded)


def _names(*things: Entity | Area) -> list[str]:
    return [name for thing in things for name in (thing.name, *thing.aliases) if _words(name)]


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()))
