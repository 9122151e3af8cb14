"""Home Assistant's default agent, strict: hassil matches home-assistant-intents' sentences.

As of Home Assistant 2026.11.0, without its fuzzy matching of English sentences.
"""

from functools import cache

from hassil.intents import Intents, SlotList, TextSlotList
from hassil.recognize import recognize_best
from home_assistant_intents import get_intents

from intents.custom import Custom
from intents.home import Area, Entity, Floor, Home
from intents.wishes import Slot, Wish

_HERE = "here"
"""A room of no name in the home: sentences that mean the room one is in need one; no slot here."""


class Matcher:
    def __init__(self, home: Home, language: str = "en", custom: Custom | None = None) -> None:
        """`custom`: sentences instead of home-assistant-intents' own."""
        self._language = language
        self._intents = custom.intents if custom else _sentences(language)
        self._lists = _slot_lists(home)
        self.recognize("turn on")  # hassil prepares its sentences on first use

    def recognize(self, text: str, area: str | None = None) -> Wish | None:
        """From a satellite in this room (its name), or in some area of no name in the home."""
        here = area or _HERE
        found = recognize_best(
            text,
            self._intents,
            slot_lists=self._lists,
            intent_context={"area": {"value": here, "text": here}},
            language=self._language,
            best_metadata_key="hass_custom_sentence",
            best_slot_name="name",
        )
        if found is None:
            return None
        slots = {each.name: _value(each.value) for each in found.entities_list}
        return Wish(found.intent.name, {k: v for k, v in slots.items() if v != _HERE})


@cache
def _sentences(language: str) -> Intents:
    raw = get_intents(language)
    assert raw is not None
    return Intents.from_dict(raw)


def _slot_lists(home: Home) -> dict[str, SlotList]:
    entities = [
        (name, name, {"domain": entity.domain, **_device_class(entity)})
        for entity in home.entities
        for name in _names(entity)
    ]
    areas = [(name, name) for area in home.areas for name in _names(area)]
    floors = [(name, floor.name) for floor in home.floors for name in _names(floor)]
    return {
        "name": TextSlotList.from_tuples(entities, allow_template=False),
        "area": TextSlotList.from_tuples(areas, allow_template=False),
        "floor": TextSlotList.from_tuples(floors, allow_template=False),
    }


def _names(thing: Floor | Area | Entity) -> tuple[str, ...]:
    return (thing.name, *thing.aliases)


def _device_class(entity: Entity) -> dict[str, str]:
    return {"device_class": entity.device_class} if entity.device_class else {}


def _value(value: object) -> Slot:
    """Of several values the first, as Inglenook takes it too."""
    if isinstance(value, list) and value:
        return _value(value[0])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return str(value)
