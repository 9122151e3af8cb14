"""The names of a home among the words: whole names, other words for rooms, and parts of names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from intents.documents import read
from intents.home import Area, Entity, Floor, Home
from intents.phrasing.spans import Span
from intents.phrasing.words import words

_ROOMS = Path(__file__).with_name("rooms.yaml")
_DIGITS = dict(enumerate("zero one two three four five six seven eight nine ten".split()))
_LEVELS = (
    frozenset({"upstairs", "upper floor", "first floor", "top floor", "second floor", "up there"}),
    frozenset({"downstairs", "ground floor", "lower floor", "main floor", "down there"}),
)
_PLAIN = frozenset(
    {"the", "a", "an", "and", "of", "in", "on", "off", "to", "my", "all", "it", "is", "for", "at"}
    | {"home", "house", "floor", "room", "up", "down", "out", "time", "day", "left", "right", "new"}
)
"""Words that never tell one thing from another."""


@dataclass
class _Node:
    things: dict[str, Entity] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    floors: dict[str, Floor] = field(default_factory=dict)
    following: dict[str, "_Node"] = field(default_factory=dict)


class Lookup:
    """Made once for each home: 1,000 entities in about 20 ms."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._root = _Node()
        self._by_word: dict[str, dict[str, Entity]] = {}
        for entity in home.entities:
            for name in (entity.name, *entity.aliases):
                self._index(entity, name)
        for area in home.areas:
            for name in (area.name, *area.aliases):
                for node in self._nodes(name):
                    node.areas[area.id] = area
        for floor in home.floors:
            for name in (floor.name, *floor.aliases, f"{floor.name} floor"):
                for node in self._nodes(name):
                    node.floors[floor.id] = floor
        self._other_words()

    def longest(self, tokens: tuple[str, ...], at: int) -> Span | None:
        """The longest whole name that begins here."""
        node, found = self._root, None
        for end in range(at, len(tokens)):
            if (after := node.following.get(tokens[end])) is None:
                break
            node = after
            if node.things or node.areas or node.floors:
                found = (node, end + 1)
        if found is None:
            return None
        meant, end = found
        tags = {"thing": meant.things, "area": meant.areas, "floor": meant.floors}
        return Span(
            at,
            end,
            dict.fromkeys((tag for tag, held in tags.items() if held), ""),
            tuple(meant.things.values()),
            tuple(meant.areas.values()),
            tuple(meant.floors.values()),
        )

    def with_words(self, said: Iterable[str]) -> tuple[Entity, ...]:
        """Entities whose names hold all of these words."""
        sets = [self._by_word.get(stem(word), {}) for word in said]
        if not sets:
            return ()
        few = min(sets, key=len)
        return tuple(e for key, e in few.items() if all(key in each for each in sets))

    def knows(self, word: str) -> bool:
        return stem(word) in self._by_word

    def _index(self, entity: Entity, name: str) -> None:
        for node in self._nodes(name):
            node.things[entity.id] = entity
        for spoken in _spellings(words(name)):
            for word in spoken:
                if word not in _PLAIN:
                    self._by_word.setdefault(stem(word), {})[entity.id] = entity

    def _nodes(self, name: str) -> list[_Node]:
        """Where each way to say this name ends; none for a name without words."""
        return [self._node(spoken) for spoken in _spellings(words(name)) if spoken]

    def _node(self, spoken: tuple[str, ...]) -> _Node:
        node = self._root
        for word in spoken:
            node = node.following.setdefault(word, _Node())
        return node

    def _other_words(self) -> None:
        """A room's other names, where nothing here is called so."""
        for group in room_words():
            areas = [a for a in self.home.areas if _called_one_of(a, group)]
            if len(areas) == 1:
                for name in group:
                    self._add_area(name, areas[0])
        for level in _LEVELS:
            floors = [f for f in self.home.floors if _called_one_of(f, level)]
            if len(floors) == 1:
                for name in level:
                    self._node(words(name)).floors.setdefault(floors[0].id, floors[0])

    def _add_area(self, name: str, area: Area) -> None:
        spoken = words(name)
        known = self.longest(spoken, 0)
        if known is None or known.end < len(spoken) or not (known.areas or known.things):
            self._node(spoken).areas.setdefault(area.id, area)


@cache
def room_words() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line) for line in read(_ROOMS).convert(list[list[str]]))


def stem(word: str) -> str:
    """Plurals and singulars are one: "lamps", "lamp"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word  # noqa: PLR2004 "gas"


def _called_one_of(place: Area | Floor, names: frozenset[str]) -> bool:
    return any(each.strip().casefold() in names for each in (place.name, *place.aliases))


def _spellings(spoken: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """As "lamp 1" is also said "lamp one"."""
    yield spoken
    spelled = tuple(_DIGITS.get(int(w), w) if w.isdecimal() else w for w in spoken)
    if spelled != spoken:
        yield spelled
