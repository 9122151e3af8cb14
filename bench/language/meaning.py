"""What wishes come to in one home, so that two ways to say the same are seen to be the same. Pure.

Each wish becomes one part for each thing it is about: intent, other slots, thing, when. Order and
division no longer matter: "the fan and the lamp" may be one wish, two, or one for later with both.
Twice on is on; but twice louder, or twice on the list, is not once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from bench.language.brains import Meant
from intents.home import Home
from intents.targets import Miss, targets
from intents.wishes import Slot, Slots, Wish

Part = tuple[str, frozenset[tuple[str, str]], str, frozenset[tuple[str, str]]]

_SAME: Mapping[str, str] = {
    "HassShoppingListAddItem": "HassListAddItem",
    "HassShoppingListCompleteItem": "HassListCompleteItem",
}
_BY_DOMAIN: Mapping[tuple[str, str], str] = {
    ("HassTurnOn", "vacuum"): "HassVacuumStart",
    ("HassTurnOff", "vacuum"): "HassVacuumReturnToBase",
    ("HassTurnOn", "lawn_mower"): "HassLawnMowerStartMowing",
    ("HassTurnOff", "lawn_mower"): "HassLawnMowerDock",
}
_ADDS_UP = frozenset(
    {"HassListAddItem", "HassStartTimer", "HassIncreaseTimer", "HassDecreaseTimer", "HassToggle"}
    | {"HassMediaNext", "HassMediaPrevious", "HassBroadcast", "HubSetReminder", "HubSetAlarm"}
)
_ABOUT = frozenset({"name", "area", "floor", "domain", "device_class", "reference"})
"""Slots that say which things; `except` too, with its numbers."""
_LENGTHS = ("", "start_")
_UNITS = {"hours": 3600, "minutes": 60, "seconds": 1}
_WAYS = frozenset({"up", "down"})


def is_same(one: Iterable[Meant], other: Iterable[Meant], home: Home, area: str | None) -> bool:
    """`other` is the label; where it says "up" or "down" for an amount, any that way is right."""
    label = tuple(other)
    vague = any(_is_vague(each.wish.slots) for each in label)
    return parts(one, home, area, vague=vague) == parts(label, home, area, vague=vague)


def parts(
    meant: Iterable[Meant], home: Home, area: str | None, *, vague: bool = False
) -> Counter[Part]:
    """How often each is done, where that matters."""
    found = Counter(part for each in meant for part in _parts(each, home, area, vague=vague))
    return Counter({part: count if _adds_up(part) else 1 for part, count in found.items()})


def _adds_up(part: Part) -> bool:
    intent, slots, *_ = part
    return intent in _ADDS_UP or any(name.endswith("_step") for name, _ in slots)


def _parts(meant: Meant, home: Home, area: str | None, *, vague: bool) -> Iterable[Part]:
    wish = meant.wish
    when = _plain(meant.when, vague=False)
    intent = _SAME.get(wish.intent, wish.intent)
    found = targets(wish, home, area)
    if isinstance(found, Miss) or not found:
        yield intent, _plain(wish.slots, vague=vague), "", when
        return
    rest = {k: v for k, v in wish.slots.items() if not _is_about(k, wish)}
    for each in found:
        kind = _BY_DOMAIN.get((intent, each.domain), intent)
        yield kind, _plain(rest, vague=vague), each.id, when


def _is_about(slot: str, wish: Wish) -> bool:
    if slot == "area" and wish.intent == "HassVacuumCleanArea":
        return False
    return slot in _ABOUT or slot.startswith("except")


def _is_vague(slots: Slots) -> bool:
    return any(name.endswith("_step") and value in _WAYS for name, value in slots.items())


def _plain(slots: Slots, *, vague: bool) -> frozenset[tuple[str, str]]:
    """Lower case; lengths of time as seconds; amounts as up or down where the label is vague."""
    left = dict(slots)
    for prefix in _LENGTHS:
        length = [float(left.pop(prefix + u, 0)) * factor for u, factor in _UNITS.items()]
        if sum(length):
            left[f"{prefix}length"] = sum(length)
    return frozenset(
        (name, _way(value) if vague and name.endswith("_step") else plain(value))
        for name, value in left.items()
    )


def _way(value: Slot) -> str:
    if isinstance(value, str):
        return value
    return "up" if value > 0 else "down"


def plain(value: object) -> str:
    """Whole numbers without a point, words in lower case."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().casefold()
