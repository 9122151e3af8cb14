"""Whether free words in a sentence make sense in a home. Templates with open slots match much
that nobody says to a house: "who is {zone}" is the way to ask about anyone in the world.
"""

from collections.abc import Iterable

from hassil.recognize import RecognizeResult

from intents.home import Home, same

_PLACES = frozenset({"person", "device_tracker", "zone"})


def plausible(result: RecognizeResult, home: Home) -> bool:
    """Where people are can be asked only of a home with people, and of places."""
    place = result.entities.get("state")
    if place is None or not place.is_wildcard:
        return True
    people = any(entity.domain == "person" for entity in home.entities)
    words = str(place.value)
    return people and (len(words.split()) == 1 or any(same(words, each) for each in _places(home)))


def _places(home: Home) -> Iterable[str]:
    yield from (area.name for area in home.areas)
    yield from (floor.name for floor in home.floors)
    for entity in home.entities:
        if entity.domain in _PLACES:
            yield entity.name
            yield entity.state or ""
