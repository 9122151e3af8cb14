"""Whether free words in a sentence make sense in a home. Templates with open slots match much
that nobody says to a house: "who is {zone}" is the way to ask about anyone in the world.
"""

from collections.abc import Iterable

from hassil.recognize import RecognizeResult

from intents.home import Home, same

_NOTHING = {
    "search_query": frozenset(
        {
            "outside",
            "with",
            "nicely",
            "fair",
            "dead",
            "along",
            "time",
            "safe",
            "next",
            "again",
            "it",
        }
        | {"that", "chess", "hide", "solitaire", "football", "scrabble", "cards"}
    ),
    "item": frozenset(
        {"it", "that", "this", "them", "something", "am", "item", "items", "everything", "all"}
    ),
}
"""By slot with free words: how talk goes on that asks for nothing."""
_GAMES = frozenset({"game", "games", "joke", "jokes", "voicemail", "news"})
_PLACES = frozenset({"person", "device_tracker", "zone"})


def plausible(result: RecognizeResult, home: Home) -> bool:
    """Where people are can be asked only of a home with people, and of places; nobody plays
    "outside", and "it" stands on no list.
    """
    if _is_empty_talk(result):
        return False
    place = result.entities.get("state")
    if place is None or not place.is_wildcard:
        return True
    people = any(entity.domain == "person" for entity in home.entities)
    words = str(place.value)
    return people and (len(words.split()) == 1 or any(same(words, each) for each in _places(home)))


def _is_empty_talk(result: RecognizeResult) -> bool:
    for slot, words in _NOTHING.items():
        said = result.entities.get(slot)
        if said is None or not said.is_wildcard:
            continue
        spoken = str(said.value).casefold().split()
        bare = [word for word in spoken if word not in ("a", "an", "the", "new", "me")]
        if not bare or (bare[0] in words and (slot == "search_query" or len(bare) == 1)):
            return True
        if slot == "search_query" and not _GAMES.isdisjoint(bare):
            return True
    return False


def _places(home: Home) -> Iterable[str]:
    yield from (area.name for area in home.areas)
    yield from (floor.name for floor in home.floors)
    for entity in home.entities:
        if entity.domain in _PLACES:
            yield entity.name
            yield entity.state or ""
