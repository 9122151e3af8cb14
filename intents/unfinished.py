"""Whether a sentence that already is a command should be given time to go on. Pure.

"Turn on the light" may be obeyed at once: if more comes, it is another light. "Open the blinds" may
become "... in the bedroom only", and "add milk" "... and eggs".
"""

from collections.abc import Sequence

from intents.home import Home
from intents.wishes import Slot, Wish

_NOT_FREE = frozenset(
    {"lock", "cover", "valve", "alarm_control_panel", "siren", "vacuum", "script"}
)
"""Domains in which a mistake is not put right by saying the opposite."""
_FREE_TEXT = frozenset(
    {"item", "task", "message", "search_query", "conversation_command", "query", "title"}
)
"""Slots that hold whatever is said."""


def may_go_on(wishes: Sequence[Wish], home: Home) -> bool:
    """Whether more words could narrow or reverse what is not free, belong to free text, or say what
    is meant instead ("no, the bedroom"). Who wishes several things may not be through them.
    """
    return len(wishes) > 1 or any(
        wish.intent == "HubNo"
        or _is_free_text(wish)
        or _is_custom(wish)
        or _is_not_free(wish, home)
        for wish in wishes
    )


def _is_custom(wish: Wish) -> bool:
    """The owner's own sentences: nobody here knows whether what they do is free."""
    return not wish.intent.startswith(("Hass", "Hub"))


def _is_free_text(wish: Wish) -> bool:
    return not _FREE_TEXT.isdisjoint(wish.slots)


def _is_not_free(wish: Wish, home: Home) -> bool:
    if wish.intent.startswith("HassGet"):
        return False
    if wish.slots.get("domain") in _NOT_FREE:
        return True
    name = wish.slots.get("name")
    return name is not None and any(
        entity.domain in _NOT_FREE and _is_called(entity.name, entity.aliases, name)
        for entity in home.entities
    )


def _is_called(name: str, aliases: Sequence[str], wanted: Slot) -> bool:
    called = str(wanted).casefold()
    return any(each.casefold() == called for each in (name, *aliases))
