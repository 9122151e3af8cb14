"""The names of a home as hassil's slot lists: only those that a sentence holds."""

from collections.abc import Iterable

from hassil.intents import SlotList, TextSlotList, TextSlotValue
from hassil.trie import Trie

from intents.home import Area, Entity, Floor, Home
from intents.spelling import spell

_Context = dict[str, str]


class Names:
    """The names of one home. An alias of an entity or area stands for itself, as in Home
    Assistant: what was said is what the answer says. An alias of a floor stands for its name.
    """

    def __init__(self, home: Home) -> None:
        self._entities = Trie()
        for entity in home.entities:
            context = _context(entity)
            for name in _spoken(entity):
                heard = spell(name)
                value = TextSlotValue.from_tuple((heard, name, context), allow_template=False)
                self._entities.insert(_key(heard), value)
        areas = ((spell(name), name) for area in home.areas for name in _spoken(area))
        floors = ((spell(name), floor.name) for floor in home.floors for name in _spoken(floor))
        self._areas = _list("area", areas)
        self._floors = _list("floor", floors)

    def lists(self, text: str) -> dict[str, SlotList]:
        """Slot lists for one sentence; the entities are those whose name is in it."""
        found = [value for _end, _name, value in self._entities.find(_key(text))]
        return {
            "name": TextSlotList(name="name", values=found),
            "area": self._areas,
            "floor": self._floors,
        }


def _context(entity: Entity) -> _Context:
    """What a template may require of a name: see `requires_context` in its sentences."""
    context = {"domain": entity.domain}
    if entity.device_class is not None:
        context["device_class"] = entity.device_class
    return context


def _spoken(thing: Floor | Area | Entity) -> Iterable[str]:
    return (name.strip() for name in (thing.name, *thing.aliases) if name.strip())


def _key(name: str) -> str:
    """Hassil lets a hyphen stand for a space; so must this."""
    return name.casefold().replace("-", " ").replace("_", " ")


def _list(slot: str, values: Iterable[tuple[str, str]]) -> TextSlotList:
    return TextSlotList.from_tuples(values, allow_template=False, name=slot)
