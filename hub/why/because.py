"""Why these things were meant, and not others: told from the wish and the home. Pure."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from hub.turn import Action
from intents.home import Entity, Home, areas_called, called, floors_called, same
from intents.targets import floor_of
from intents.wishes import Wish


class Because(msgspec.Struct, frozen=True):
    """`named`: what was said names it; `only`: it is the only one of its kind there; `all`: they
    are all of their kind there. `place`: a room or floor, as the home spells it; empty: the home.
    """

    kind: Literal["named", "only", "all"]
    domain: str
    place: str = ""


def because(
    action: Action, wishes: Sequence[Wish], home: Home, words: str | None
) -> Because | None:
    """None where it was about nothing in this home, or the reason cannot be told."""
    things = [each for each in home.entities if each.name in action.targets]
    wish = _wish_of(action, wishes)
    domains = {thing.domain for thing in things}
    if wish is None or len(domains) != 1:
        return None
    [domain] = domains
    if len(things) == 1 and _is_named(things[0], wish, words):
        return Because("named", domain)
    place = _place(things, wish, home)
    if len(things) > len(action.targets):  # of one name, and nobody knows which of them
        return Because("named", domain)
    alike = [each for each in home.entities if each.domain == domain and _is_in(place, each, home)]
    if len(alike) != len(things):
        return Because("named", domain) if "name" in wish.slots else None
    return Because("only" if len(things) == 1 else "all", domain, place)


def _wish_of(action: Action, wishes: Sequence[Wish]) -> Wish | None:
    """Of several with this intent the one that names a target, else the first."""
    same_intent = [wish for wish in wishes if wish.intent == action.intent]
    naming = (
        wish
        for wish in same_intent
        if any(same(str(wish.slots.get("name", "")), target) for target in action.targets)
    )
    return next(naming, same_intent[0] if same_intent else None)


def _is_named(thing: Entity, wish: Wish, words: str | None) -> bool:
    """Whether the words hold its name; where they are not there, whether the wish has it."""
    if words is None:
        return called(thing, str(wish.slots.get("name", "")))
    said = words.casefold()
    return any(name.casefold() in said for name in (thing.name, *thing.aliases))


def _place(things: Sequence[Entity], wish: Wish, home: Home) -> str:
    """The floor that was named, the room where all of them stand, or the whole home."""
    if "floor" in wish.slots:
        return str(wish.slots["floor"])
    rooms = {thing.area for thing in things}
    return next((area.name for area in home.areas if {area.id} == rooms), "")


def _is_in(place: str, thing: Entity, home: Home) -> bool:
    if not place:
        return True
    rooms = {area.id for area in areas_called(home, place)}
    floors = {floor.id for floor in floors_called(home, place)}
    return thing.area in rooms or floor_of(thing, home) in floors
