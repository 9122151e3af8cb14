"""What all rules share: how sure, which tags may stand there, and wishes from slots. Pure."""

from collections.abc import Callable, Iterable, Mapping

from intents.phrasing.places import Filled, Places
from intents.phrasing.spans import Clause
from intents.wishes import Slot, Wish

NATURAL = 0.9
"""How sure a wish is that was said in no template's words."""
INDIRECT = 0.8
"""As `NATURAL`, where what to do was only implied."""
Wishes = tuple[Wish, ...] | None
Rule = Callable[[Clause, Places], Wishes]
TARGETS = (
    *("kind", "quant", "thing", "area", "floor", "here", "whole", "ref", "except", "conj"),
    *("outdoor", "floor_like", "now", "coffee_words"),
)
"""Tags that tell what a clause is about."""
VERBS = ("act", "turn", "part")


def wishes(
    intent: str,
    found: Iterable[Filled] | None,
    more: Mapping[str, Slot] | None = None,
    score: float = NATURAL,
) -> Wishes:
    """A wish for each set of slots; None where there is none."""
    slots = list(found or ())
    if not slots:
        return None
    return tuple(
        Wish(intent, {**each, **(more or {})}, score, _response(intent, each, more or {}))
        for each in slots
    )


def _response(intent: str, slots: Filled, more: Mapping[str, Slot]) -> str:
    """The answer of home-assistant-intents that fits."""
    match intent:
        case "HassTurnOn" | "HassTurnOff":
            return _switched(slots)
        case "HassSetPosition" if "device_class" in slots:
            return "cover_device_class"
        case "HassLightSet":
            kinds = ("brightness", "color", "temperature")
            return next((kind for kind in kinds if kind in more), "brightness")
        case "HassListAddItem":
            return "item_added"
        case "HassListRemoveItem":
            return "item_deleted"
        case "HassListCompleteItem":
            return "item_completed"
        case _:
            return "default"


def _switched(slots: Filled) -> str:
    domain, place = slots.get("domain"), "area" in slots
    if domain == "light":
        return "lights_area" if place else "lights_floor" if "floor" in slots else "light_all"
    if domain == "fan" and place:
        return "fans_area"
    if domain == "cover" and "device_class" in slots:
        return "cover_device_class"
    return "default"
